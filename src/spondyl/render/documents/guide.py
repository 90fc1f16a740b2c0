"""The patient's guide, for whoever has no case yet: every statement from knowledge/guide, with its sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spondyl.explain import Words
from spondyl.record import Refusal
from spondyl.render.documents.blocks import Banner, Block, Contents, Document, Heading, Listed, Para, Span
from spondyl.render.documents.packet import no_such
from spondyl.render.documents.patient_words import PatientWords, sections_of
from spondyl.render.documents.reading import grade

SCHEMA = "spondyl/guide/1"
_WEAK = ("expert_default", "seed")
_MET = ("emergency", "same_day", "mood")
_EVERYWHERE = ("lumbar", "cervical")


def guide(words: Words, section: str | None = None) -> dict[str, Any]:
    """The guide as `spondyl/guide/1`, or one section of it, with its reading grade and its sources by number.

    Raises Refusal (I030) for a section there is not.
    """
    known = sections_of(words)
    names = [str(one["guide"]) for one in known]
    if section is not None and section not in names:
        raise Refusal([no_such("section of the guide", section, names)])
    plain = PatientWords(words, words.locale)
    shown = [_section(one, plain) for one in known if section in (None, one["guide"])]
    cited = list(dict.fromkeys(name for part in shown for one in part["statements"] for name in one["sources"]))
    texts = [
        text for part in shown for one in part["statements"] for text in (one["ask"] or "", one["text"], *one["list"])
    ]
    return {
        "schema": SCHEMA,
        "locale": words.locale,
        "title": plain.say("guide_title"),
        "intro": plain.say("guide_intro"),
        "note": plain.say("guide_note"),
        "unverified": plain.say("guide_unverified"),
        "sources_title": plain.say("guide_sources"),
        "contents": plain.say("guide_contents"),
        "sections": shown,
        "sources": [_source(place, name, words) for place, name in enumerate(cited, 1)],
        "knowledge": {"version": words.rules.version, "sha256": words.rules.sha256},
        "readability": {"grade": grade(texts)},
    }


def _section(one: Mapping[str, Any], plain: PatientWords) -> dict[str, Any]:
    return {
        "id": one["guide"],
        "title": plain.spell(str(one["title"])),
        "statements": [_statement(each, plain) for each in one["statements"]],
    }


def _statement(one: Mapping[str, Any], plain: PatientWords) -> dict[str, Any]:
    evidence = plain.words.rules.evidence
    tiers = [evidence[name].tier for name in one["sources"]]
    text, listed = _text(str(one["say"]), plain)
    return {
        "id": one["id"],
        "ask": plain.spell(str(one["ask"])) if "ask" in one else None,
        "text": text,
        "list": listed,
        "sources": list(one["sources"]),
        "tiers": tiers,
        "rules": list(one.get("rules", ())),
        "verified": any(tier not in _WEAK for tier in tiers),
    }


def _text(say: str, plain: PatientWords) -> tuple[str, list[str]]:
    """The text with numbers to call, and the signs of danger where a statement stands for them."""
    for kind in _MET:
        if say == f"{{{kind}}}":
            signs = list(plain.signs(kind, _EVERYWHERE).values()) if kind != "mood" else []
            return (plain.lead(kind) if signs else plain.net(kind)), [f"{one[:1].upper()}{one[1:]}." for one in signs]
    return plain.spell(say.format(**plain.numbers())), []


def _source(number: int, name: str, words: Words) -> dict[str, Any]:
    known = words.rules.evidence[name]
    return {
        "number": number,
        "source": name,
        "tier": known.tier,
        "kind": words.title("tier", known.tier),
        "title": known.title,
        "year": known.year,
        "where": f"PubMed {known.pmid}" if known.pmid else known.url or "",
    }


def guide_sheet(guide_: Mapping[str, Any]) -> Document:
    """The guide as a document; numbers behind a statement lead to its sources."""
    version = guide_["knowledge"]["version"]
    part = guide_["sections"][0]["id"] if len(guide_["sections"]) == 1 else "all"
    return Document(
        str(guide_["title"]), tuple(_blocks(guide_)), f"guide-{part}-{version}", "patient", str(guide_["locale"]), "",
        str(guide_["title"]),
    )  # fmt: skip


def _blocks(guide_: Mapping[str, Any]) -> Iterator[Block]:
    numbers = {one["source"]: one["number"] for one in guide_["sources"]}
    yield Heading(str(guide_["title"]), 1)
    yield Para(str(guide_["intro"]))
    if len(guide_["sections"]) > 1:
        yield Contents(
            str(guide_["contents"]),
            tuple((str(part["title"]), f"guide-{part['id']}") for part in guide_["sections"]),
        )
    for part in guide_["sections"]:
        yield Heading(str(part["title"]), 2, f"guide-{part['id']}")
        if part["id"] == "help_now":
            for one in part["statements"]:
                lines = (*(one["list"]), (Span(f"[{_mark(one, numbers)}]", "id"),))
                yield Banner("emergency" if one["id"] == "emergency" else "note", one["text"], lines)
            continue
        listed: list[tuple[Span, ...]] = []
        for one in part["statements"]:
            spans = (Span(one["text"]), Span(f" [{_mark(one, numbers)}]", "id"))
            if one["ask"]:
                yield Para((Span(one["ask"], "strong"),))
                yield Para(spans)
            else:
                listed.append(spans)
        if listed:
            yield Listed(tuple(listed))
    yield Heading(str(guide_["sources_title"]), 2)
    yield Para(f"* {guide_['unverified']}", "small")
    yield Listed(
        tuple(
            (
                Span(f"[{one['number']}] ", "strong"),
                Span(f"{one['title'].rstrip('.')}. {one['kind'].capitalize()}"),
                Span(f", {one['year']}" if one["year"] else ""),
                Span(f". {one['where']}" if one["where"] else ""),
                Span(f" ({one['source']})."),
            )
            for one in guide_["sources"]
        ),
        "fine",
    )
    yield Para(str(guide_["note"]), "small")


def _mark(one: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    """The numbers of the sources of a statement, with a star where none of them was verified."""
    listed = ", ".join(str(numbers[name]) for name in one["sources"])
    return listed if one["verified"] else f"{listed}*"
