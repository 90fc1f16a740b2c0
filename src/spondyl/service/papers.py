"""The documents that can be taken along: each is made from the record on the page, so that none contradicts it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from spondyl.plan import Plan
from spondyl.record import Case
from spondyl.service.desk import one
from spondyl.service.refusing import refused

KINDS = {
    "pdf": ("pdf", "application/pdf"),
    "html": ("html", "text/html; charset=utf-8"),
    "md": ("md", "text/markdown; charset=utf-8"),
    "text": ("txt", "text/plain; charset=utf-8"),
    "json": ("json", "application/json"),
}
LANGUAGES = (("en-US", "English (US)"), ("en-GB", "English (UK)"), ("es", "Spanish, not reviewed"))
Taken = tuple[bytes, str, str]


def paper(made: Plan, case: Case, name: str, fields: Sequence[tuple[str, str]]) -> Taken:
    """A document as bytes, with the name of its file and its kind. Raises Refused and Refusal.

    `name` is document and form ("leaflet.pdf"); which language, whom and what for stand in the fields of the page.
    """
    what, _, form = name.rpartition(".")
    if form not in KINDS:
        raise refused("I208", "there is no such form", "document", "choose one of the page")
    ending, kind = KINDS[form]
    from spondyl.render import documents

    record, words, day = made.record, made.words, made.record["as_of"]
    if what == "chart" and form == "text":
        from spondyl.render.chart import plan_chart

        return plan_chart(record, words).encode(), f"spondyl-chart-{day}.txt", kind
    if what == "record" and form == "json":
        return as_json(record), f"spondyl-record-{day}.json", kind
    data: Mapping[str, Any] | None = None
    if what == "report":
        document = documents.report(record, words)
    elif what == "letter":
        document = documents.letter(record, words, one(fields, "letter_to"))
    elif what == "leaflet":
        data = documents.leaflet(record, words, one(fields, "leaflet_language") or "en-US")
        document = documents.leaflet_sheet(data)
    elif what == "packet":
        refusal = one(fields, "packet_refusal").strip() or None
        data = documents.packet(
            record,
            words,
            one(fields, "packet_for"),
            target=one(fields, "packet_target") or None,
            region=one(fields, "packet_region") or None,
            appeal=refusal,
            texts=case.texts,
            plan=made,
        )
        document = documents.packet_sheet(data, words)
    else:
        raise refused("I208", "there is no such document", "document", "choose one of the page")
    file = f"{documents.file_name(document)}.{ending}"
    if form == "json":
        if data is None:
            raise refused("I208", "this document has no such form", "document", "take the record")
        return as_json(data), file, kind
    return documents.written(document, form), file, kind


def as_json(data: Mapping[str, Any]) -> bytes:
    """A document as indented JSON."""
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS)
