"""The packet, or the appeal that answers a refusal, laid out to print, fax or upload."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.documents.blocks import (
    Banner,
    Block,
    Document,
    Heading,
    Inline,
    Listed,
    Pairs,
    Para,
    Span,
    Table,
    joined,
    section,
)
from spondyl.render.documents.report_basis import source_line
from spondyl.render.pictures.wording import say

_MOST_QUOTES = 3
_ORDER = ("not_met", "contradicted", "not_documented", "met", "bypassed")
# What an emergency finding hastens; a needle, a device or a medicine waits for it.
_HASTENED = ("lumbar_mri", "cervical_mri", "revision_surgery", "implant_removal", "endoscopic_decompression")
_FIRST = ("emergency_first", "urgent_first")
_SIGNS = {"met": "absent", "not_met": "present"}  # of a contraindication


def packet_sheet(packet: Mapping[str, Any], words: Words) -> Document:
    """The packet as a document; with an appeal in it, the sheet for the appeal and the talk."""
    appealed = packet["appeal"] is not None
    title = say(words, "appeal_title" if appealed else "packet_title", gate=_request(packet, words))
    blocks = tuple(_appeal(packet, words) if appealed else _packet(packet, words))
    name = f"{'appeal' if appealed else 'packet'}-{packet['gate']}-{packet['as_of']}"
    subject = f"{title} · {packet['as_of']}"
    return Document(title, blocks, name, "clinical", str(packet["locale"]), str(packet["as_of"]), subject)


def _request(packet: Mapping[str, Any], words: Words) -> str:
    target = f", {words.title('generator', packet['target'])}" if packet["target"] else ""
    placed = packet["site"] and words.rules.gates[packet["gate"]].kind != "imaging"  # a picture names its region
    site = f", {words.site(packet['site'])}" if placed else ""
    return f"{packet['title']}{target}{site}"


def _head(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    key = "appeal_title" if packet["appeal"] is not None else "packet_title"
    yield Heading(say(words, key, gate=_request(packet, words)), 1)
    inputs = ", ".join(
        f"{one['name']} ({one['written_on'] or words.fixed('not_recorded')})" for one in packet["inputs"]
    )
    rows: list[tuple[str, Inline]] = [
        (say(words, "about"), packet["who"] or words.fixed("not_recorded")),
        (say(words, "name_line"), say(words, "blank")),
        (say(words, "requested"), _request(packet, words)),
        (say(words, "thresholds"), words.title("profile", packet["profile"])),
        (say(words, "plan_of"), packet["as_of"]),
    ]
    yield Pairs((*rows, (say(words, "from_inputs"), inputs)) if inputs else tuple(rows))


def _packet(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    yield from _head(packet, words)
    yield _result(packet, words)
    yield from _expedite(packet, words)
    required = [one for one in packet["criteria"] if one["kind"] == "required"]
    checks = [one for one in packet["criteria"] if one["kind"] == "check_first"]
    yield from section(say(words, "must_be_documented"), _criteria(required, words))
    yield from section(say(words, "checklist_title"), _checklist(packet, words))
    recorded = [one for one in checks if one["result"] != "met"]
    absent = [one for one in checks if one["result"] == "met"]
    yield from section(
        say(words, "contraindications"),
        _criteria(recorded, words),
        Para((Span(f"{say(words, 'excluded')}: ", "strong"), *_excluded(absent))) if absent else None,
    )
    yield from (
        section(say(words, "besides_title"), _besides(packet, words), Para(say(words, "besides_note"), "small"))
        if packet["besides"]
        else ()
    )
    yield from section(say(words, "attach_title"), Listed(tuple(packet["attach"]), "boxes"))
    yield from section(say(words, "elsewhere_title"), _elsewhere(packet, words))
    yield from _sources(packet, words)
    yield from _sign(packet, words)


def _result(packet: Mapping[str, Any], words: Words) -> Banner:
    counted = say(words, "counted", met=packet["counted"]["met"], total=packet["counted"]["total"])
    title = f"{words.title('gate_result', packet['result']).upper()}: {counted}"
    if packet["because"]:
        title += f". {words.title('because', packet['because']).capitalize()}"
    stops = "emergency" if packet["because"] == "emergency_first" else packet["result"]
    lines: list[Inline] = [say(words, f"result_{stops}")]
    if packet["also"]:
        others = dict.fromkeys(
            ", ".join(
                part
                for part in (
                    words.title("generator", one["target"]) if one["target"] else "",
                    words.site(one["site"]) if one["site"] else "",
                )
                if part
            )
            for one in packet["also"]
        )
        lines.append((Span(say(words, "also_judged", names="; ".join(others)), "soft"),))
    return Banner(packet["result"], title, tuple(lines))


def _expedite(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    if packet["red_flags"]:
        waits = packet["because"] in _FIRST and packet["gate"] not in _HASTENED
        yield Para(say(words, "expedite_other" if waits else "expedite"), "warn")
        for one in packet["red_flags"]:
            lead = Span(f"{one['title']} ({one['urgency']}): ", "strong")
            yield Para((lead, Span(one["text"]), *_quoted(one["quotes"])))


def _criteria(listed: Sequence[Mapping[str, Any]], words: Words) -> Table:
    ordered = sorted(listed, key=lambda one: _ORDER.index(one["result"]))
    rows = tuple((_label(one), _shown(one, words), _proof(one, words), _missing(one)) for one in ordered)
    return Table(
        (say(words, "criterion"), say(words, "result"), say(words, "proof"), say(words, "missing_head")),
        rows, widths=(25, 20, 35, 20),
    )  # fmt: skip


def _label(one: Mapping[str, Any]) -> Inline:
    return (Span(one["label"]), Span(f" [{one['criterion']}]", "id"))


def _shown(one: Mapping[str, Any], words: Words) -> Inline:
    sign, text = one["result"], words.title("criterion_result", one["result"])
    if one["kind"] == "check_first":
        sign = _SIGNS.get(sign, sign)
        text = say(words, sign) if sign in ("absent", "present") else text
    spans = [Span(text, sign)]
    if one["have"] and one["need"]:
        spans.append(Span(f": {words.counted(one['have'], one['need'])}"))
    return tuple(spans)


def _proof(one: Mapping[str, Any], words: Words) -> Inline:
    return joined([_quote(quote) for quote in one["quotes"][:_MOST_QUOTES]]) or "–"


def _quoted(quotes: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return tuple(span for quote in quotes[:_MOST_QUOTES] for span in (Span(" "), *_quote(quote)))


def _quote(quote: Mapping[str, Any]) -> tuple[Span, ...]:
    where = ", ".join(part for part in (str(quote["source"]), str(quote["on"] or "")) if part)
    return (
        Span(str(quote["text"]), "quote" if quote["verbatim"] else ""),
        Span(f" ({where})" if where else "", "soft"),
    )


def _missing(one: Mapping[str, Any]) -> str:
    return ", ".join(one["missing"])


def _excluded(absent: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return joined([str(one["label"])[:1].lower() + str(one["label"])[1:] for one in absent])


def _checklist(packet: Mapping[str, Any], words: Words) -> Listed:
    wanted: dict[str, list[str]] = {}
    for one in packet["checklist"]:
        for get in one["get"]:
            wanted.setdefault(get, []).append(one["for"])
    return Listed(
        tuple(
            (Span(get, "strong"), Span(f" ({'; '.join(dict.fromkeys(why))})", "soft")) for get, why in wanted.items()
        ),
        "boxes",
    )


def _besides(packet: Mapping[str, Any], words: Words) -> Table:
    rows = []
    for one in packet["besides"]:
        sign = "met" if one["recorded"] else "not_documented"
        shown = (Span(say(words, "on_record" if one["recorded"] else "not_documented"), sign),)
        rows.append((one["label"], shown, joined([_quote(quote) for quote in one["quotes"][:_MOST_QUOTES]])))
    return Table((say(words, "what"), say(words, "result"), say(words, "proof")), tuple(rows), widths=(30, 20, 50))


def _elsewhere(packet: Mapping[str, Any], words: Words) -> Table:
    rows = []
    for one in packet["criteria"]:
        for other in one["elsewhere"]:
            result = words.title("criterion_result", other["result"])
            rows.append((one["label"], words.title("profile", other["profile"]), other["need"] or "–", result))
    return Table(
        (say(words, "criterion"), say(words, "thresholds"), say(words, "needed"), say(words, "result")), tuple(rows)
    )


def _sources(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    told = tuple(
        (Span(one["say"]), Span(f" ({one['source']}, {_tier(words, one['source'])})", "soft")) for one in packet["told"]
    )
    names = dict.fromkeys([*(one["source"] for one in packet["told"]), *(one["source"] for one in packet["evidence"])])
    listed = tuple(source_line(words, name) for name in names if name in words.rules.evidence)
    yield from section(say(words, "sources_say"), Listed(told), Listed(listed, "fine"))


def _tier(words: Words, name: str) -> str:
    known = words.rules.evidence.get(name)
    return words.title("tier", known.tier) if known is not None else ""


def _sign(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    yield Heading(say(words, "signature_title"), 2)
    yield Pairs(tuple((say(words, name), say(words, "blank")) for name in ("clinician", "signature", "date")))
    known, software = packet["knowledge"], packet["software"]
    yield Para(
        say(words, "made_by", software=software["version"], knowledge=known["version"], sha=known["sha256"][:12]),
        "small",
    )
    yield Para(say(words, "packet_note"), "small")


def _appeal(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    made = packet["appeal"]
    yield from _head(packet, words)
    yield Banner("note", say(words, "reason_given", reason=made["reason"]), (made["stands"],))
    labels = [one["label"] for one in packet["criteria"] if one["criterion"] in made["matched"]]
    if labels:
        yield Para((Span(f"{say(words, 'reason_means')}: ", "strong"), Span("; ".join(dict.fromkeys(labels)))))
    counted = say(words, "counted", met=packet["counted"]["met"], total=packet["counted"]["total"])
    yield from section(
        say(words, "in_a_minute"),
        Listed(
            (
                say(words, "minute_who", who=packet["who"] or words.fixed("not_recorded")),
                say(words, "minute_what", gate=_request(packet, words)),
                say(words, "minute_result", result=words.title("gate_result", packet["result"]), counted=counted),
            )
        ),
    )
    yield from section(say(words, "record_shows"), Listed(tuple(made["arguments"])))
    yield from section(say(words, "evidence_says"), *_appeal_evidence(packet, words))
    own = made["conceded_of_reason"]
    yield from section(say(words, "conceded_title"), Listed(tuple(own)))
    yield from section(say(words, "also_open"), Listed(tuple(one for one in made["conceded"] if one not in own)))
    yield from section(say(words, "checklist_title"), _checklist(packet, words))
    yield from _sign(packet, words)


def _appeal_evidence(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    told = tuple(
        (Span(one["say"]), Span(f" ({one['source']}, {_tier(words, one['source'])})", "soft")) for one in packet["told"]
    )
    yield Listed(told)
    for role, title in (("supports", "evidence_title"), ("contradicts", "evidence_against")):
        shown = tuple(
            (
                Span(f"{one['source']} ({words.title('tier', one['tier'])}): ", "strong"),
                Span(" ".join(str(one["shows"]).split())),
            )
            for one in packet["appeal"]["evidence"]
            if one["role"] == role
        )
        if shown:
            yield Para(say(words, title), "section")
            yield Listed(shown)
