"""Files of any kind become one case. The kind is recognized from the content; several files are one patient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spondyl.intake import case as structured
from spondyl.intake.merge import merge
from spondyl.knowledge.rules import Ruleset
from spondyl.record import Case, Fact, Problem, Reading, Refusal, Source

MOST_BYTES = 20_000_000
MOST_OF_A_NOTE = 1_000_000
KINDS = ("note", "case", "fhir")


@dataclass(frozen=True, slots=True)
class Input:
    """One input as it came: its name and its bytes."""

    name: str
    content: bytes


def decode(one: Input) -> str:
    """The text of an input: UTF-8, UTF-16 or Windows-1252. Raises Refusal for what is no text."""
    content = one.content
    if len(content) > MOST_BYTES:
        raise Refusal(
            [Problem("I006", "the input is larger than 20 MB", one.name, "give the part that concerns the spine")]
        )
    if not content.strip():
        raise Refusal([Problem("I002", "the input is empty", one.name, "give a note, a case or a FHIR record")])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content.startswith(b"\xef\xbb\xbf"):
        encodings = ["utf-8-sig"]
    else:
        encodings = ["utf-8", "cp1252"]
    if content.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG", b"\xd0\xcf\x11\xe0")):
        raise Refusal(
            [Problem("I007", "this kind of file cannot be read here", one.name, "give the note as plain text")]
        )
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.count("\x00") > len(text) // 20:
            break
        return text
    raise Refusal([Problem("I008", "the text is in no encoding known here", one.name, "save it as UTF-8")])


def kind_of(text: str) -> str:
    """What an input is by its content: note, case or fhir."""
    head = text.lstrip()[:4000]
    if head.startswith(("{", "[")):
        compact = head.replace(" ", "").replace("\n", "")
        if '"resourceType"' in compact or '"hookInstance"' in compact or '"prefetch"' in compact:
            return "fhir"
        if '"schema"' in compact or '"facts"' in compact or '"surgeries"' in compact:
            return "case"
    if head.startswith(("schema:", "---\nschema:")) or "\nschema: spondyl/" in head:
        return "case"
    return "note"


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
    text = decode(one)
    found = kind or kind_of(text)
    if found == "note":
        if len(text) > MOST_OF_A_NOTE:
            raise Refusal(
                [Problem("I006", "the note is longer than 1 MB", one.name, "give the part that concerns the spine")]
            )
        reading = read_note(text, one.name, rules, as_of)
        # A note dated after the day of the plan counts as written on that day; nothing is known from the future.
        dates = {one.name: min(reading.written_on, as_of)} if reading.written_on else {}
        return Case(_not_ahead(reading.facts, rules, as_of), dates, {one.name: text}, reading.unread)
    if found == "fhir":
        raise Refusal(
            [Problem("I009", "FHIR records cannot be read yet", one.name, "give the note or a structured case")]
        )
    if text.lstrip().startswith(("{", "[")):
        plain = structured.parse_json(text, one.name)
    else:
        plain = structured.parse_yaml(text.encode("utf-8"), one.name)
    return structured.read_case(plain, one.name, rules, as_of)


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
