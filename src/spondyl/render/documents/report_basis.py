"""The end of the report: outlook, contested questions, facts as told, sources, and how it was made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.documents.blocks import Block, Heading, Inline, Listed, Pairs, Para, Span, Table, section
from spondyl.render.documents.recorded import Recorded
from spondyl.render.parts import Sheet
from spondyl.render.pictures.wording import say

# Patients and payers ask for these; they are shown even when nothing offers the treatment.
WATCHED = {"revision_surgery", "lumbar_mri", "cervical_mri"}


def basis(page: Sheet, on_record: Recorded) -> Iterator[Block]:
    """The last parts of the report."""
    words = page.words
    yield from section(say(words, "outlook_title"), *_outlook(page))
    yield from section(words.fixed("contested_title"), _contested(page))
    yield from section(words.fixed("facts_title"), *_facts(page, on_record))
    yield from section(words.fixed("evidence_title"), _evidence(page))
    yield from _foot(page)


def shown_gates(page: Sheet) -> set[str]:
    """The interventions that the report lists: those of offered treatments, and those that are always asked for."""
    return {one["gate"] for one in page.record["treatments"] if one["gate"]} | WATCHED


def said(page: Sheet, statements: Sequence[str]) -> tuple[Inline, ...]:
    """Statements with their short ids."""
    return tuple((Span(page.text(one)), Span(page.mark(one), "id")) for one in statements)


def _outlook(page: Sheet) -> Iterator[Block]:
    record, words = page.record, page.words
    for title, statements in (
        (words.fixed("outcomes_title"), record["outcomes"]),
        (words.fixed("prognosis_better"), record["prognosis"]["better"]),
        (words.fixed("prognosis_worse"), record["prognosis"]["worse"]),
        (words.fixed("prevention_title"), record["prevention"]),
    ):
        if statements:
            yield Para(title, "section")
            yield Listed(said(page, statements))


def _contested(page: Sheet) -> Table:
    words = page.words
    rows = tuple(
        ((Span(one["topic"]), Span(page.mark(one["applied"]), "id")), page.text(one["applied"]), str(one["why"]))
        for one in page.record["conflicts"]
    )
    return Table((say(words, "topic"), say(words, "applied"), say(words, "why")), rows, widths=(28, 32, 40))


def _facts(page: Sheet, on_record: Recorded) -> Iterator[Block]:
    words = page.words
    for title, listed in (
        ("lane_surgeries", on_record.operations()),
        ("lane_imaging", on_record.studies()),
        ("lane_prior_treatments", on_record.treatments()),
        ("lane_medications", on_record.medicines()),
        ("devices", on_record.devices()),
    ):
        if listed:
            yield Para(say(words, title), "section")
            yield Listed(tuple(listed))
    rows = [(title, "; ".join(said)) for title, said in on_record.findings().items()]
    yield Pairs(tuple(rows))


def _evidence(page: Sheet) -> Listed:
    """Each source once, in small letters: what it is called here, its kind, where it stands."""
    words = page.words
    shown = [made for made in page.statements.values() if not made["rule"].startswith("gate.") or _printed(page, made)]
    cited = sorted({one["source"] for made in shown for one in made["evidence"]})
    return Listed(tuple(source_line(words, name) for name in cited if name in words.rules.evidence), "fine")


def _printed(page: Sheet, made: Mapping[str, Any]) -> bool:
    """Whether the gate of a statement stands in the table of interventions."""
    return str(made["rule"]).partition(".")[2] in shown_gates(page)


def source_line(words: Words, name: str) -> Inline:
    """A source of knowledge/evidence as one line."""
    known = words.rules.evidence[name]
    about = ". ".join(part.rstrip(".") for part in (known.authors, known.title, known.journal) if part)
    where = f" PubMed {known.pmid}." if known.pmid else f" doi {known.doi}." if known.doi else ""
    year = f" {known.year}." if known.year else ""
    return (Span(name, "strong"), Span(f" ({words.title('tier', known.tier)}). {about}.{year}{where}"))


def _foot(page: Sheet) -> Iterator[Block]:
    words, record = page.words, page.record
    yield Heading(say(words, "how_made"), 2)
    unverified = page.unverified()
    if unverified:
        yield Para(words.fixed("not_verified_line", ids=", ".join(unverified)), "small")
    yield Para(made_line(record, words), "small")
    yield Para(" ".join(str(words.table["disclaimer"]).split()), "small")


def made_line(record: Mapping[str, Any], words: Words) -> str:
    """By which version of what a document was made."""
    known, software = record["knowledge"], record["software"]
    return say(
        words, "made_by", software=software["version"], knowledge=known["version"], sha=str(known["sha256"])[:12]
    )
