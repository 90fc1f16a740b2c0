"""The text that FHIR R4 carries: DocumentReference and DiagnosticReport, alone or in a Bundle. Nothing is fetched.

Coded resources are not read here; what was passed over is said, never dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from spondyl.record import Problem, Refusal

from .attachment import attached
from .document import Document, Extracted
from .plain import decoded
from .refuse import counted
from .writer import Writer, sound

TEXTUAL: Final = ("DocumentReference", "DiagnosticReport")
MOST_NOTES: Final = 500
# Several attachments of one resource are one text in several formats; the plainest is taken.
_ORDER: Final = ("text/plain", "text/html", "application/xhtml+xml", "text/rtf", "application/rtf", "application/pdf")
_VOID: Final = frozenset(("entered-in-error", "cancelled"))
_OLD: Final = frozenset(("superseded",))
_TIME: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")

Plain = Mapping[str, Any]


def read_fhir(content: bytes, name: str) -> Extracted:
    """The notes of a resource or Bundle, each a document with its own day.

    Raises Refusal when it holds no note, or notes of several patients.
    """
    from spondyl.intake.strict_json import parse_json

    whole = parse_json(decoded(content, name), name)
    resources = list(_resources(whole))
    textual = [one for _, one in resources if one.get("resourceType") in TEXTUAL]
    if not textual:
        raise _without_note(whole, resources, name)
    _one_patient(textual, resources, name)
    if len(textual) > MOST_NOTES:
        raise Refusal([Problem("I024", f"more than {MOST_NOTES} notes", name, "give the notes that concern the spine")])
    held = {place: one for place, one in resources if one.get("resourceType") == "Binary"}
    documents: list[Document] = []
    not_read: list[str] = []
    problems: list[Problem] = []
    for number, one in enumerate(textual, 1):
        label = f"{one['resourceType']}/{one['id']}" if _word(one.get("id")) else f"{one['resourceType']} {number}"
        try:
            documents += _document(one, label, held, not_read, name)
        except Refusal as refusal:
            problems += refusal.problems
            said = [problem.message for problem in refusal.problems]
            not_read += [message if label in message else f"{label}: {message}" for message in said]
    if not documents:
        raise Refusal(problems) if problems else _no_note(name, "each note in this record is withdrawn or superseded")
    others = Counter(str(one.get("resourceType")) for _, one in resources)
    coded = [
        f"{counted(count, kind) if kind.isalpha() else counted(count, 'resource')}: coded data"
        for kind, count in sorted(others.items())
        if kind not in (*TEXTUAL, "Binary", "Bundle")
    ]
    return Extracted(tuple(documents), (*not_read, *coded))


def _resources(whole: Any) -> Iterator[tuple[str, Plain]]:
    """Every resource with its full address."""
    if not isinstance(whole, Mapping):
        return
    if whole.get("resourceType") != "Bundle":
        yield "", whole
        return
    for entry in _list(whole.get("entry")):
        resource = entry.get("resource") if isinstance(entry, Mapping) else None
        if isinstance(resource, Mapping):
            yield str(entry.get("fullUrl") or f"{resource.get('resourceType')}/{resource.get('id')}"), resource


def _without_note(whole: Any, resources: list[tuple[str, Plain]], name: str) -> Refusal:
    """Why a record has no note: it is no Bundle at all, an empty one, or coded data only."""
    bundle = isinstance(whole, Mapping) and whole.get("resourceType") == "Bundle"
    if bundle and not isinstance(whole.get("entry", []), list):
        message, remedy = "`entry` of the Bundle is no list of resources", "write `entry` as a list; export it again"
        return Refusal([Problem("I022", message, name, remedy)])
    if bundle and not resources:
        return _no_note(name, "the Bundle holds no resource")
    if not isinstance(whole, Mapping) or "resourceType" not in whole:
        return _no_note(name, "this has no FHIR resource")
    kinds = Counter(str(one.get("resourceType")) for _, one in resources)
    told = ", ".join(counted(count, kind if kind.isalpha() else "resource") for kind, count in sorted(kinds.items()))
    return _no_note(name, f"there is no note in it ({told}), and coded data is not read in this version")


def _no_note(where: str, message: str, remedy: str = "") -> Refusal:
    remedy = remedy or "give a DocumentReference or DiagnosticReport with its text, the note itself, or a case"
    return Refusal([Problem("I009", message, where, remedy)])


def _one_patient(textual: list[Plain], resources: list[tuple[str, Plain]], name: str) -> None:
    subjects = {
        "/".join(str(_at(one, "subject", "reference")).split("/")[-2:]) for one in textual if _at(one, "subject")
    }
    patients = sum(1 for _, one in resources if one.get("resourceType") == "Patient")
    if len(subjects) > 1 or patients > 1:
        raise Refusal(
            [Problem("I027", "the record holds notes of more than one patient", name, "give one patient at a time")]
        )


def _document(one: Plain, label: str, held: Mapping[str, Plain], not_read: list[str], name: str) -> list[Document]:
    status = {str(one.get("status")), str(one.get("docStatus"))}
    if status & _VOID:
        not_read.append(f"{label}: entered in error or cancelled")
        return []
    if status & _OLD:
        not_read.append(f"{label}: superseded by another document")
        return []
    writer = Writer()
    if one["resourceType"] == "DiagnosticReport":
        day = _day(one, ("effectiveDateTime",), ("effectivePeriod", "start"), ("issued",))
        _report(one, label, day, held, writer, not_read, name)
    else:
        day = _day(one, ("context", "period", "start"), ("content", 0, "attachment", "creation"), ("date",))
        contents = [_at(entry, "attachment") for entry in _list(one.get("content"))]
        _attachments(contents, label, "content", held, writer, not_read, name)
    if not writer.parts:
        raise _no_note(name, f"{label} has no text")
    studied = _time(one, ("effectiveDateTime",), ("effectivePeriod", "start"))
    return [writer.document(day, label)._replace(studied_on=studied)]


def _report(
    one: Plain, label: str, day: str | None, held: Mapping[str, Plain], writer: Writer, not_read: list[str], name: str
) -> None:
    """The name and day of the study stand first: a conclusion alone does not say what was looked at."""
    coding = _at(one, "code", "coding", 0, "display")
    study = _word(_at(one, "code", "text")) or _word(coding)
    if study:
        writer.put(f"{study} {day}:" if day else f"{study}:", f"{label}, code")
    before = len(writer.parts)
    forms = _list(one.get("presentedForm"))
    if forms:
        _attachments(forms, label, "presentedForm", held, writer, not_read, name)
    conclusion = _word(one.get("conclusion"))
    if conclusion and conclusion not in "".join(writer.parts):
        writer.put(conclusion, f"{label}, conclusion")
    if len(writer.parts) == before:
        narrative = _word(_at(one, "text", "div"))
        if not narrative:
            raise _no_note(name, f"{label} has neither a text nor a conclusion")
        from .web import read_html

        _join(writer, read_html(narrative.encode("utf-8"), name).documents[0], f"{label}, text")


def _attachments(
    attachments: list[Any],
    label: str,
    where: str,
    held: Mapping[str, Plain],
    writer: Writer,
    not_read: list[str],
    name: str,
) -> None:
    """The plainest attachment that can be read. Raises the refusals when none can."""
    problems: list[Problem] = []
    elsewhere: list[str] = []
    usable = [(number, one) for number, one in enumerate(attachments, 1) if isinstance(one, Mapping)]
    usable.sort(key=lambda pair: (_rank(pair[1]), pair[0]))
    for number, one in usable:
        encoded, kind = one.get("data"), _word(one.get("contentType"))
        if not encoded and _word(one.get("url")):
            binary = _binary(str(one["url"]), held)
            if binary is None:
                elsewhere.append(f"{label}, {where} {number}: the text is at an address, and nothing is fetched")
                continue
            encoded, kind = binary.get("data"), _word(binary.get("contentType")) or kind
        if not isinstance(encoded, str):
            continue
        try:
            found = attached(encoded, kind, name)
        except Refusal as refusal:
            problems += refusal.problems
            continue
        not_read += elsewhere
        not_read += [f"{label}, {where} {number}: {what}" for what in found.not_read]
        for document in found.documents:
            _join(writer, document, f"{label}, {where} {number}")
        return
    if problems:
        not_read += elsewhere
        raise Refusal(problems)
    if elsewhere and where == "content":
        remedy = "put the text into the record as `data`, or its Binary into the Bundle, or give the document itself"
        raise _no_note(name, f"the text of {label} is at an address, and nothing is fetched", remedy)
    not_read += elsewhere


def _join(writer: Writer, document: Document, label: str) -> None:
    """A document inside another, with its own pages behind the label."""
    places = document.places or ((0, ""),)
    for (start, locator), following in zip(places, [*places[1:], (len(document.text), "")], strict=True):
        writer.put(document.text[start : following[0]], f"{label}, {locator}" if locator else label)


def _rank(attachment: Plain) -> int:
    kind = str(attachment.get("contentType") or "").partition(";")[0].strip().lower()
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _binary(address: str, held: Mapping[str, Plain]) -> Plain | None:
    found = held.get(address)
    if found is None:
        end = "/".join(address.split("/")[-2:])
        found = next(
            (one for place, one in held.items() if place.endswith(end) or f"Binary/{one.get('id')}" == end), None
        )
    return found


def _day(one: Plain, *paths: tuple[str | int, ...]) -> str | None:
    """The first of these times that is a whole day."""
    return next((day for path in paths if (day := _time(one, path)) is not None and len(day) == 10), None)


def _time(one: Plain, *paths: tuple[str | int, ...]) -> str | None:
    """The first of these times, without its hour: a day, a month or a year that exists."""
    for path in paths:
        found = str(_at(one, *path) or "").partition("T")[0]
        if _TIME.fullmatch(found):
            try:
                date.fromisoformat(f"{found}-01-01"[:10])
            except ValueError:
                continue
            return found
    return None


def _at(one: Any, *path: str | int) -> Any:
    for step in path:
        if isinstance(step, int):
            one = one[step] if isinstance(one, list) and len(one) > step else None
        else:
            one = one.get(step) if isinstance(one, Mapping) else None
    return one


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _word(value: Any) -> str:
    return sound(value).strip() if isinstance(value, str) else ""
