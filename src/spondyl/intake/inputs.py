"""Files of any kind become one case. The kind is recognized from the content; several files are one patient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spondyl.intake import case as structured
from spondyl.intake.dating import day_of, with_day_of_study
from spondyl.intake.formats.document import Document
from spondyl.intake.formats.plain import decoded
from spondyl.intake.formats.recognize import form_of
from spondyl.intake.merge import merge
from spondyl.intake.strict_json import parse_json
from spondyl.intake.structure import kind_of
from spondyl.knowledge.rules import Ruleset
from spondyl.record import Case, Fact, Problem, Reading, Refusal, Source, Unread

MOST_BYTES = 20_000_000
MOST_OF_A_NOTE = 1_000_000
KINDS = ("note", "case", "fhir")
_BETWEEN = "\n\n"
_JSON = re.compile(r"\s*(?:\[|\{\s*(?:[\"}]|$))")  # a brace before a bare name opens a mapping of YAML
_CASE_ENDINGS = (".yaml", ".yml", ".json")


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it came: its name and its bytes."""

    name: str
    content: bytes


def decode(one: Input) -> str:
    """The text of an input: UTF-8, UTF-16 or Windows-1252. Raises Refusal for what is no text."""
    _measure(one)
    return decoded(one.content, one.name)


def _measure(one: Input) -> None:
    if len(one.content) > MOST_BYTES:
        raise Refusal(
            [Problem("I006", "the input is larger than 20 MB", one.name, "give the part that concerns the spine")]
        )
    if not one.content.strip():
        raise Refusal([Problem("I002", "the input is empty", one.name, "give a note, a case or a FHIR record")])


def read_inputs(inputs: Sequence[Input], rules: Ruleset, as_of: str, kind: str | None = None) -> Case:
    """One case from one or several inputs. Raises Refusal with every problem of every input."""
    cases: list[Case] = []
    problems: list[Problem] = []
    for one in inputs:
        try:
            cases.append(_read(one, rules, as_of, kind))
        except Refusal as refusal:
            problems.extend(refusal.problems)
    if problems:
        raise Refusal(problems)
    return merge(cases)


def _read(one: Input, rules: Ruleset, as_of: str, kind: str | None) -> Case:
    _measure(one)
    form = form_of(one.content) if kind in (None, "note") else None
    if form is not None:
        return _read_file(form, one, rules, as_of)
    text = decode(one)
    found = kind or kind_of(text, rules.facts)
    if kind is None and found == "note" and one.name.lower().endswith(_CASE_ENDINGS):
        found = "case"  # what is wrong with it is said; as a note it would be read as words
    if found == "note":
        return _read_documents((Document(text),), one.name, rules, as_of)
    if found == "fhir":
        return _read_file("fhir", one, rules, as_of)
    if _JSON.match(text):
        plain = parse_json(text, one.name)
    else:
        plain = structured.parse_yaml(text.encode("utf-8"), one.name)
    return structured.read_case(plain, one.name, rules, as_of)


def _read_file(form: str, one: Input, rules: Ruleset, as_of: str) -> Case:
    """A file that holds notes; what of it was not read is said with the case."""
    from spondyl.intake.formats.confined import extract

    found = extract(form, one.content, one.name)
    case = _read_documents(found.documents, one.name, rules, as_of)
    return replace(case, not_read=tuple(f"{one.name}: {what}" for what in found.not_read))


def _read_documents(documents: Sequence[Document], name: str, rules: Ruleset, as_of: str) -> Case:
    """The notes of one input: each is read by itself and has its own day, the places count in their joined text."""
    texts = [document.text for document in documents]
    whole = _BETWEEN.join(texts)
    if len(whole) > MOST_OF_A_NOTE:
        raise Refusal([Problem("I006", "the note is longer than 1 MB", name, "give the part that concerns the spine")])
    from spondyl.intake.note import read
    from spondyl.intake.phrases import phrases

    lexicon = phrases()
    cases: list[Case] = []
    start = 0
    for number, document in enumerate(documents, 1):
        mine = name if len(documents) == 1 else f"{name}#{number}"
        day = document.written_on
        reading = read(document.text, mine, lexicon, min(day, as_of) if day else as_of)
        written = day_of(reading, document, mine, as_of)
        found = with_day_of_study(reading.facts, document, mine, as_of)
        facts = _not_ahead(found, rules, as_of)
        unread = reading.unread
        if start or document.places or document.resource:
            facts = tuple(replace(fact, source=_placed(fact.source, document, start)) for fact in facts)
            unread = tuple(_moved(one, document, start) for one in unread)
        dates = {mine: written} if written else {}
        cases.append(Case(facts, dates, {name: whole, mine: whole}, unread))
        start += len(document.text) + len(_BETWEEN)
    return merge(cases) if len(cases) > 1 else cases[0]


def _placed(source: Source, document: Document, by: int) -> Source:
    """A place of one document as a place of the whole text, with its page or element."""
    if source.start is None or source.end is None:
        return source
    locator = document.locator(source.start)
    start, end = source.start + by, source.end + by
    return replace(source, start=start, end=end, locator=locator, resource=document.resource)


def _moved(one: Unread, document: Document, by: int) -> Unread:
    return replace(one, start=one.start + by, end=one.end + by, locator=document.locator(one.start))


def _not_ahead(facts: Sequence[Fact], rules: Ruleset, as_of: str) -> tuple[Fact, ...]:
    """A note's date after the day of the plan is a slip or a plan: nothing that was done has it."""
    kept = []
    for fact in facts:
        ahead = (
            fact.assertion in ("present", "historical")
            and isinstance(fact.value, str)
            and fact.value[:4].isdigit()
            and fact.value > as_of[: len(fact.value)]
            and _is_date(fact.fact, rules)
            and not fact.fact.endswith("restrictions_until")  # it ends on a day to come
        )
        kept.append(replace(fact, assertion="uncertain") if ahead else fact)
    return tuple(kept)


def _is_date(name: str, rules: Ruleset) -> bool:
    entry = rules.facts.get(name)
    if entry is None and name.count(".") == 2:
        head, _, field = name.split(".")
        held = rules.facts.get(head)
        entry = held.fields.get(field) if held is not None and held.fields else None
    return entry is not None and entry.type.kind == "date"


def read_note(text: str, name: str, rules: Ruleset, as_of: str | None = None) -> Reading:
    """The facts of one note with their places in the text."""
    from spondyl.intake.note import read
    from spondyl.intake.phrases import phrases

    return read(text, name, phrases(), as_of)


__all__ = ["KINDS", "Input", "Source", "decode", "kind_of", "merge", "read_inputs", "read_note"]
