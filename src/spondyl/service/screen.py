"""One desk read, corrected and planned: what a page shows. It renders nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spondyl.explain import Words
from spondyl.intake.inputs import Input, decode, read_inputs
from spondyl.plan import Plan, plan
from spondyl.record import Case
from spondyl.render.parts import Sheet
from spondyl.service import said
from spondyl.service.controls import Control, control
from spondyl.service.corrections import Correction, corrected
from spondyl.service.desk import Desk
from spondyl.service.marks import Mark, Piece, marks_of, pieces, rows
from spondyl.service.work import Work

MOST_ASKED = 7
MOST_OF_A_FLAG = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """One open question with its control and what its answer would change."""

    control: Control
    changes: tuple[str, ...]


@dataclass(slots=True)
class Screen:
    """A planned desk. `read` is the case as read, `case` the one with the corrections."""

    desk: Desk
    read: Case
    case: Case
    corrections: list[Correction]
    made: Plan
    marks: list[Mark]

    @property
    def words(self) -> Words:
        return self.made.words

    @property
    def record(self) -> Mapping[str, Any]:
        return self.made.record

    @property
    def names(self) -> list[str]:
        """The inputs, in the order in which places count them."""
        return [name for name, _ in self.desk.inputs]

    def sheet(self) -> Sheet:
        """The record with its words."""
        return Sheet(self.record, self.words)

    def texts(self) -> list[tuple[int, str, list[list[Piece]]]]:
        """Each text that is a note, in rows of pieces."""
        shown = []
        for number, (name, text) in enumerate(self.desk.inputs):
            if not text.strip():
                continue
            source = self.read.texts.get(name)
            if source is None or source != text:
                shown.append((number, name, rows([Piece(text)])))
                continue
            unread = [(one.start, one.end) for one in self.read.unread if text[one.start : one.end] == one.text]
            shown.append((number, name, rows(pieces(text, number, self.marks, unread))))
        return shown

    def corrected_places(self) -> set[str]:
        """The marks that a correction is about."""
        found: set[str] = set()
        for one in self.corrections:
            for fact in one.replaced:
                found.update(mark.id for mark in self.marks if self._on(mark, fact.source.start, fact.source.name))
        return found

    def _on(self, mark: Mark, start: int | None, name: str) -> bool:
        return start is not None and self.names[mark.input] == name and mark.start <= start < mark.end

    def unplaced(self) -> list[tuple[str, str, str]]:
        """Facts that no words of a note stand behind: name, label and value; those of a structured case."""
        words = self.words
        return [
            (fact.fact, said.label(words, fact.fact), said.value(words, fact))
            for fact in self.case.facts
            if fact.source.kind != "note" and fact.source.name != "form"
        ]

    def questions(self, flag: str = "") -> list[tuple[str, list[Asked]]]:
        """What to ask next by group, most useful first; with `flag`, what would exclude this red flag."""
        answered = {one.name for one in self.corrections}
        listed: Sequence[Mapping[str, Any]] = self.record["questions"]
        if flag:
            listed = [one for one in listed if f"red_flag:{flag}" in one["would_change"]][:MOST_OF_A_FLAG]
        groups: dict[str, list[Asked]] = {}
        count = 0
        for one in listed:
            if one["fact"] in answered or count >= (MOST_OF_A_FLAG if flag else MOST_ASKED):
                continue
            made = control(self.words, str(one["fact"]), str(one["ask"]))
            if made is None:
                continue
            count += 1
            title = str(self.words.values["groups"].get(one["group"], one["group"]))
            groups.setdefault(title, []).append(Asked(made, tuple(_changes(one["would_change"], self.words))))
        return list(groups.items())


def _changes(targets: Sequence[str], words: Words) -> list[str]:
    """What an answer would change, in few words."""
    shown: dict[str, None] = {}
    for target in targets:
        kind, _, name = target.partition(":")
        if kind == "scope":
            shown["whether these rules apply"] = None
        elif kind in ("red_flag", "generator", "gate"):
            shown[words.title(kind, name)] = None
        elif kind == "imaging":
            shown[words.title("order", name)] = None
    return list(shown)


def screen_of(work: Work, desk: Desk) -> Screen:
    """Read, correct and plan what lies on the desk. Raises Refusal with every problem."""
    read = read_inputs(desk.given, work.rules, desk.options.as_of)
    names = [name for name, _ in desk.inputs]
    case, corrections = corrected(read, names, desk.changes, work.rules, desk.options.as_of)
    made = plan(work.program, case, desk.options)
    return Screen(desk, read, case, corrections, made, marks_of(read, names))


def unfolded(name: str, content: bytes, work: Work, as_of: str) -> tuple[list[tuple[str, str]], tuple[str, ...]]:
    """A file as texts to put on the desk, and what of it was not read. Raises Refusal.

    The texts are what was read out of it, or the structured case itself.
    """
    one = Input(name, content)
    case = read_inputs([one], work.rules, as_of)
    texts = list(dict.fromkeys(case.texts.values()))
    if not texts:
        texts = [decode(one)]
    plain = [text.replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    shown = [(name if number == 1 else f"{name} {number}", text) for number, text in enumerate(plain, 1)]
    return shown, case.not_read
