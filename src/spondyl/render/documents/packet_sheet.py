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
from spondyl.render.documents.cells import Shown
from spondyl.render.documents.place import requested
from spondyl.render.documents.report_basis import source_line
from spondyl.render.pictures.wording import say

_MOST_BESIDES = 2
_ORDER = ("not_met", "contradicted", "not_documented", "met", "bypassed")
# What an emergency finding hastens; a needle, a device or a medicine waits for it.
_HASTENED = ("lumbar_mri", "cervical_mri", "revision_surgery", "implant_removal", "endoscopic_decompression")
_FIRST = ("emergency_first", "urgent_first")


def packet_sheet(packet: Mapping[str, Any], words: Words) -> Document:
    """The packet as a document; with an appeal in it, the sheet for the appeal and the talk."""
    appealed = packet["appeal"] is not None
    title = say(words, "appeal_title" if appealed else "packet_title", gate=requested(packet, words))
    blocks = tuple(_appeal(packet, words) if appealed else _packet(packet, words))
    name = f"{'appeal' if appealed else 'packet'}-{packet['gate']}-{packet['as_of']}"
    subject = f"{title} · {packet['as_of']}"
    return Document(title, blocks, name, "clinical", str(packet["locale"]), str(packet["as_of"]), subject)


def _head(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    key = "appeal_title" if packet["appeal"] is not None else "packet_title"
    yield Heading(say(words, key, gate=requested(packet, words)), 1)
    inputs = ", ".join(
        f"{one['name']} ({one['written_on'] or words.fixed('not_recorded')})" for one in packet["inputs"]
    )
    quoted = f"; {say(words, 'all_quoted')}" if _one_source(packet) and packet["appeal"] is None else ""
    rows: list[tuple[str, Inline]] = [
        (say(words, "about"), packet["who"] or words.fixed("not_recorded")),
        (say(words, "name_line"), say(words, "blank")),
        (say(words, "requested"), requested(packet, words)),
        (say(words, "thresholds"), words.title("profile", packet["profile"])),
        (say(words, "plan_of"), packet["as_of"]),
    ]
    yield Pairs((*rows, (say(words, "from_inputs"), inputs + quoted)) if inputs else tuple(rows))


def _one_source(packet: Mapping[str, Any]) -> bool:
    """Whether every quotation is of one input, so that it need not stand beside each."""
    listed = [*packet["criteria"], *packet["besides"], *packet["red_flags"]]
    found = {(quote["source"], quote["on"]) for one in listed for quote in one["quotes"]}
    inputs = {(one["name"], one["written_on"]) for one in packet["inputs"]}
    return len(packet["inputs"]) == 1 and found == inputs


def _packet(packet: Mapping[str, Any], words: Words) -> Iterator[Block]:
    shown = Shown(words, named=not _one_source(packet))
    yield from _head(packet, words)
    yield _result(packet, words)
    yield from section(say(words, "checklist_title"), _checklist(packet))
    yield from _expedite(packet, words, shown)
    required = [one for one in packet["criteria"] if one["kind"] == "required"]
    checks = [one for one in packet["criteria"] if one["kind"] == "check_first"]
    yield from section(say(words, "must_be_documented"), _criteria(required, shown))
    absent = [one for one in checks if one["result"] == "met"]
    bare = [one for one in checks if one["result"] == "not_documented" and not one["quotes"]]
    yield from section(
        say(words, "contraindications"),
        _criteria([one for one in checks if one not in absent and one not in bare], shown),
        Para((Span(f"{say(words, 'nothing_on_record')}: ", "strong"), *joined([_label(one) for one in bare])))
        if bare
        else None,
        Para((Span(f"{say(words, 'excluded')}: ", "strong"), *_excluded(absent))) if absent else None,
    )
    yield from (
        section(say(words, "besides_title"), _besides(packet, shown), Para(say(words, "besides_note"), "small"))
        if packet["besides"]
        else ()
    )
    yield from section(say(words, "attach_title"), Listed(tuple(packet["attach"]), "boxes"))
    yield from section(say(words, "elsewhere_title"), _elsewhere(packet, words))
    yield from _sources(packet, words)
    yield from _sign(packet, words)


def _result(packet: Mapping[str, Any], words: Words) -> Banner:
    title = f"{words.title('gate_result', packet['result']).upper()}: {_counts(packet, words)}"
    if packet["because"]:
        title += f". {words.title('because', packet['because']).capitalize()}"
    stops = "emergency" if packet["because"] == "emergency_first" else packet["result"]
    lines: list[Inline] = [say(words, f"result_{stops}")]
    checks = packet["results"]["check_first"]
    if checks:
        absent, present = checks.get("met", 0), checks.get("not_met", 0)
        open_ = sum(checks.values()) - absent - present
        lines.append(say(words, "checks_counted", present=present, open=open_, absent=absent))
    if packet["also"]:
        lines.append((Span(say(words, "also_judged", names="; ".join(_also(packet, words))), "soft"),))
    return Banner(packet["result"], title, tuple(lines))


def _counts(packet: Mapping[str, Any], words: Words) -> str:
    """How many criteria are met, and how many are not in which way."""
    found = packet["results"]["required"]
    counted = say(words, "counted", met=packet["counted"]["met"], total=packet["counted"]["total"])
    rest = [
        f"{found[name]} {words.title('criterion_result', name)}"
        for name in ("not_met", "contradicted", "not_documented")
        if name in found
    ]
    return ", ".join([counted, *rest])


def _also(packet: Mapping[str, Any], words: Words) -> Iterator[str]:
    """The other causes and places this was judged for; the place only where it is another one."""
    here = packet["site"] and packet["site"]["region"]
    found: dict[str, None] = {}
    for one in packet["also"]:
        away = one["site"] is not None and one["site"]["region"] != here
        parts = [words.title("generator", one["target"])] if one["target"] else []
        found[", ".join([*parts, *([words.site(one["site"])] if away or not parts else [])])] = None
    return iter(found)


def _expedite(packet: Mapping[str, Any], words: Words, shown: Shown) -> Iterator[Block]:
    if packet["red_flags"]:
        waits = packet["because"] in _FIRST and packet["gate"] not in _HASTENED
        yield Para(say(words, "expedite_other" if waits else "expedite"), "warn")
        for one in packet["red_flags"]:
            lead = Span(f"{one['title']} ({one['urgency']}): ", "strong")
            yield Para((lead, Span(f"{one['text']} "), *shown.quotes(one["quotes"])))


def _criteria(listed: Sequence[Mapping[str, Any]], shown: Shown) -> Table:
    words = shown.words
    ordered = sorted(listed, key=lambda one: _ORDER.index(one["result"]))
    rows = tuple((_label(one), shown.result(one), shown.quotes(one["quotes"])) for one in ordered)
    return Table((say(words, "criterion"), say(words, "result"), say(words, "on_record_head")), rows,
                 widths=(30, 25, 45))  # fmt: skip


def _label(one: Mapping[str, Any]) -> Inline:
    return (Span(one["label"]), Span(f" [{one['criterion']}]", "id"))


def _excluded(absent: Sequence[Mapping[str, Any]]) -> tuple[Span, ...]:
    return joined([str(one["label"])[:1].lower() + str(one["label"])[1:] for one in absent])


def _checklist(packet: Mapping[str, Any]) -> Listed:
    """What to get, each once, with the criteria it is for."""
    wanted: dict[str, list[str]] = {}
    for one in packet["checklist"]:
        for get in one["get"]:
            wanted.setdefault(get, []).append(one["criterion"])
    return Listed(
        tuple((Span(get, "strong"), Span(f" [{', '.join(dict.fromkeys(why))}]", "id")) for get, why in wanted.items()),
        "boxes",
    )


def _besides(packet: Mapping[str, Any], shown: Shown) -> Listed:
    """What else is asked for: with the words that stand nowhere above; what is quoted already, and what is missing."""
    words = shown.words
    entries: list[Inline] = []
    above: list[str] = []
    missing: list[str] = []
    for one in packet["besides"]:
        new = shown.unseen(one["quotes"])
        if not one["recorded"]:
            missing.append(one["label"])
        elif new:
            entries.append((Span(f"{one['label']}. "), *shown.quotes(new, _MOST_BESIDES)))
        else:
            above.append(one["label"])
    if above:
        entries.append((Span(say(words, "above"), "met"), Span(f": {'; '.join(above)}")))
    if missing:
        entries.append((Span(say(words, "not_documented"), "not_documented"), Span(f": {'; '.join(missing)}")))
    return Listed(tuple(entries))


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
    """What is told of the intervention with its sources in full; the other sources by their names."""
    told = tuple(
        (Span(one["say"]), Span(f" ({one['source']}, {_tier(words, one['source'])})", "soft")) for one in packet["told"]
    )
    known = words.rules.evidence
    full = [one for one in dict.fromkeys(one["source"] for one in packet["told"]) if one in known]
    rest = [one for one in dict.fromkeys(one["source"] for one in packet["evidence"]) if one not in full]
    named = "; ".join(f"{one} ({_tier(words, one)})" for one in rest if one in known)
    yield from section(
        say(words, "sources_say"),
        Listed(told),
        Listed(tuple(source_line(words, name) for name in full), "fine"),
        Para(f"{say(words, 'sources_also')}: {named}.", "small") if named else None,
    )


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
    counted = _counts(packet, words)
    yield from section(
        say(words, "in_a_minute"),
        Listed(
            (
                say(words, "minute_who", who=packet["who"] or words.fixed("not_recorded")),
                say(words, "minute_what", gate=requested(packet, words)),
                say(words, "minute_result", result=words.title("gate_result", packet["result"]), counted=counted),
            )
        ),
    )
    yield from section(say(words, "record_shows"), Listed(tuple(made["arguments"])))
    yield from section(say(words, "evidence_says"), *_appeal_evidence(packet, words))
    own = made["conceded_of_reason"]
    yield from section(say(words, "conceded_title"), Listed(tuple(own)))
    yield from section(say(words, "also_open"), Listed(tuple(one for one in made["conceded"] if one not in own)))
    yield from section(say(words, "checklist_title"), _checklist(packet))
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
