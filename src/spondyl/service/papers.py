"""The documents that can be taken along: which there are, and each of them made from the record on the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One document: its address under /document/, its title and its form."""

    path: str
    title: str
    form: str


PAPERS: tuple[Paper, ...] = (
    Paper("chart", "Chart text", "text"),
    Paper("plan.md", "Plan", "Markdown"),
    Paper("plan.html", "Plan", "HTML"),
    Paper("record.json", "Record", "JSON"),
)
