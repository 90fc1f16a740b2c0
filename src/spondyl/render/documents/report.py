"""The clinical report: the whole plan as a document to print. It picks and lays out; it decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render import pictures
from spondyl.render.documents.blocks import (
    Banner,
    Block,
    Document,
    Heading,
    Inline,
    Listed,
    Pairs,
    Para,
    Picture,
    Span,
    Table,
    joined,
    section,
)
from spondyl.render.documents.recorded import Recorded
from spondyl.render.documents.report_basis import basis, said, shown_gates
from spondyl.render.parts import DONE_NOW, Sheet, count, short_of
from spondyl.render.pictures.wording import say

_SHORT_WORDS = 60
_MOST_QUESTIONS = 7


def report(record: Mapping[str, Any], words: Words) -> Document:
    """The clinical report of a record, with its pictures."""
    page = Sheet(record, words)
    blocks = tuple(_blocks(page, Recorded(record, words)))
    title = say(words, "report_title")
    subject = f"{title} · {record['as_of']} · {words.title('profile', record['profile'])}"
    return Document(
        title, blocks, f"report-{record['as_of']}", "clinical", str(record["locale"]), str(record["as_of"]), subject
    )


def _blocks(page: Sheet, on_record: Recorded) -> Iterator[Block]:
    record, words = page.record, page.words
    yield Heading(say(words, "report_title"), 1)
    yield head(page)
    yield from _triage(page)
    yield from _scope(page)
    yield from section(words.fixed("generators_title"), *_causes(page))
    yield from _drawn(page)
    yield from section(say(words, "imaging_title"), _imaging(page))
    for title, statuses in (
        ("now_title", (*DONE_NOW, "consider")),
        ("next_title", ("not_yet",)),
        ("not_title", ("avoid",)),
    ):
        yield from section(say(words, title), _treatments(page, statuses))
    yield from section(words.fixed("gates_title"), *_gates(page))
    yield from section(words.fixed("revision_title"), _revision(page))
    yield from section(words.fixed("referrals_title"), _referrals(page))
    yield from section(words.fixed("pitfalls_title"), Listed(said(page, record["pitfalls"])))
    yield from section(words.fixed("review_title"), _reviews(page))
    yield from section(words.fixed("questions_title"), _questions(page))
    yield from basis(page, on_record)


def head(page: Sheet) -> Pairs:
    """Who it is about, for which day, by which thresholds."""
    words, record = page.words, page.record
    rows: list[tuple[str, Inline]] = [(say(words, "about"), page.who())]
    rows.append((say(words, "plan_of"), str(record["as_of"])))
    rows.append((say(words, "thresholds"), words.title("profile", record["profile"])))
    inputs = ", ".join(
        f"{one['name']} ({one['written_on'] or words.fixed('not_recorded')})" for one in record.get("inputs", ())
    )
    if inputs:
        rows.append((say(words, "from_inputs"), inputs))
    return Pairs(tuple(rows))


def banner(page: Sheet) -> Banner:
    """The urgency with what establishes it, in the words of the note."""
    words, triage = page.words, page.record["triage"]
    lines: list[Inline] = []
    for one in triage["established"]:
        site = f", {words.site(one['site'])}" if one["site"] else ""
        lead = f"{words.title('red_flag', one['red_flag']).capitalize()}{site} ({one['urgency']}). "
        text = [Span(lead, "strong"), Span(page.text(one["statement"])), Span(page.mark(one["statement"]), "id")]
        quoted = page.quoted(one["statement"])
        if quoted:
            text.append(Span(f" {quoted}", "soft"))
        lines.append(tuple(text))
    when = f", {page.when()}" if triage["urgency"] != "routine" else ""
    return Banner(triage["urgency"], f"{triage['urgency'].upper()}{when}. {page.lead()}", tuple(lines))


def _triage(page: Sheet) -> Iterator[Block]:
    words, triage = page.words, page.record["triage"]
    yield banner(page)
    opened = tuple(
        (Span(page.text(one["statement"])), Span(page.mark(one["statement"]), "id")) for one in triage["not_excluded"]
    )
    if opened:
        yield Para(words.fixed("not_excluded"), "section")
        yield Listed(opened)
    if page.record["contradictions"]:
        names = page.labels([one["fact"] for one in page.record["contradictions"]])
        yield Para(f"{words.fixed('contradictions_title')}: {names}", "warn")
    yield Para(str(page.record["safety_net"]), "lead")


def _scope(page: Sheet) -> Iterator[Block]:
    scope, words = page.record["scope"], page.words
    if scope["status"] == "unclear":
        yield Para(words.fixed("scope_unclear"), "warn")
    elif scope["status"] != "in_scope":
        yield Para(f"{words.title('scope', scope['status']).capitalize()}. {words.fixed('out_of_scope')}", "warn")
    if "early_postoperative" in scope["notes"]:
        yield Para(words.fixed("early_postoperative"))
    quotes = list(dict.fromkeys(" ".join(str(one["text"]).split()) for one in page.record["unread"]))
    if quotes:
        shown = ", ".join(
            f"“{text if len(text) <= _SHORT_WORDS else text[: _SHORT_WORDS - 1] + '…'}”" for text in quotes
        )
        yield Para(words.fixed("not_understood", quotes=shown), "small")
    if "undated_input" in scope["notes"]:
        yield Para(words.fixed("undated_note", as_of=str(page.record["as_of"])), "small")


def _causes(page: Sheet) -> Iterator[Block]:
    words = page.words
    listed = page.causes()
    rows = []
    for one in listed:
        sides = [joined([page.text(name) for name in one[side]]) or "" for side in ("for", "against")]
        names = (Span(f"{one['rank']} ", "strong"), Span(page.cause(one)), Span(page.mark(one["statement"]), "id"))
        rows.append((names, words.title("standing", one["standing"]), *sides))
    yield Table(
        (say(words, "cause"), say(words, "standing"), say(words, "speaks_for"), say(words, "speaks_against")),
        tuple(rows), widths=(28, 12, 35, 25),
    )  # fmt: skip
    for standing in ("opposed", "excluded", "not_assessed"):
        rest = [one for one in page.record["generators"] if one["standing"] == standing]
        if rest:
            yield Para((Span(f"{words.title('standing', standing).capitalize()}: ", "strong"),
                        Span(page.named(rest, "generator"))))  # fmt: skip
    flips = page.flips()
    if flips:
        yield Para((Span(f"{words.fixed('would_change')}: ", "strong"), Span("; ".join(flips))))


def _drawn(page: Sheet) -> Iterator[Block]:
    words = page.words
    spine, course = pictures.spine(page.record, words), pictures.timeline(page.record, words)
    measured = pictures.scores(page.record, words)
    yield from section(
        say(words, "pictures_title"),
        *[
            Picture(svg, pictures.told(svg), caption, kind)
            for svg, caption, kind in (
                (spine, say(words, "spine_title"), "spine"),
                (course, say(words, "timeline_title", day=page.record["as_of"]), "timeline"),
                (measured, say(words, "scores_title"), "scores"),
            )
        ],
    )


def _imaging(page: Sheet) -> Table:
    words = page.words
    rows = []
    for one in page.record["imaging"]:
        name = words.title("order", one["order"])
        now = say(words, "now") if one["urgency"] == "emergency" else ""
        status = words.title("imaging_status", one["status"])
        why = page.reason(one, 9)
        check = words.fixed("check_first", facts=page.labels(one["check_first"])) if one["check_first"] else ""
        rows.append(
            (
                (Span(name, "strong"), Span(page.mark(one["statement"]), "id")),
                f"{status}{', ' + now if now else ''}; {words.title('rating', one['rating'])}",
                " ".join(part for part in (why, f"{check[:1].upper()}{check[1:]}." if check else "") if part),
            )
        )
    return Table((say(words, "picture"), say(words, "status"), say(words, "why")), tuple(rows), widths=(34, 26, 40))


def _treatments(page: Sheet, statuses: Sequence[str]) -> Table:
    words = page.words
    rows = []
    for group in page.grouped(*statuses):
        first = group[0]
        marks = ", ".join(dict.fromkeys(page.short.get(one["statement"], "") for one in group))
        title, _, status = page.treatment(group, counted=first["status"] == "not_yet").rpartition(": ")
        why: list[Inline] = [page.reason(first, 9)]
        check = page.checks(group)
        if check:
            why.append((Span(f"{check[:1].upper()}{check[1:]}.", "strong"),))
        why += [(Span(f"{caution}", "soft"),) for caution in page.cautions(group)]
        name = (Span(title, "strong"), Span(f" ({marks})" if marks else "", "id"))
        rows.append((name, status, joined([one for one in why if one], " ")))
    return Table(
        (say(words, "treatment_head"), say(words, "status"), say(words, "why")), tuple(rows), widths=(26, 20, 50)
    )


def _gates(page: Sheet) -> Iterator[Block]:
    words = page.words
    drawing = pictures.progress(page.record, words)
    yield Picture(drawing, pictures.told(drawing), kind="progress")
    offered = shown_gates(page)
    rows: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for one in page.record["gates"]:
        if one["gate"] in offered:
            rows.setdefault(_gate_cells(page, one), []).append(one)
    head = [say(words, name) for name in ("intervention", "result", "met_head", "short", "elsewhere")]
    listed: list[tuple[Inline, ...]] = [(_gate_name(page, same), *cells[1:]) for cells, same in rows.items()]
    if any(cells[-1] for cells in rows):
        yield Table(tuple(head), tuple(listed), widths=(32, 12, 12, 30, 14))
    else:  # the profiles agree
        yield Table(tuple(head[:-1]), tuple(row[:-1] for row in listed), widths=(36, 12, 12, 40))


def _gate_cells(page: Sheet, one: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row says of a gate; places and causes with the same words share a row."""
    words, short = page.words, short_of(one)
    said = f"{short['label']}: {page.result_word(short)}" if short is not None else ""
    if one["because"]:
        said = words.title("because", one["because"])
    met, total = count(one)
    differing = ", ".join(
        f"{words.title('profile', profile)}: {words.title('gate_result', result)}"
        for profile, result in one["by_profile"].items()
        if result != one["result"]
    )
    hazards = all(criterion["kind"] != "required" for criterion in one["criteria"])
    counted = say(words, "counted_excluded" if hazards else "counted", met=met, total=total)
    return one["gate"], words.title("gate_result", one["result"]), counted, said, differing


def _gate_name(page: Sheet, same: Sequence[Mapping[str, Any]]) -> Inline:
    words = page.words
    targets = dict.fromkeys(words.title("generator", one["target"]) for one in same if one["target"])
    text = words.title("gate", same[0]["gate"])
    # The name of a picture says its region already.
    placed = same if words.rules.gates[same[0]["gate"]].kind != "imaging" else ()
    sites = dict.fromkeys(words.site(one["site"]) for one in placed if one["site"])
    text += f" ({', '.join(targets)})" if targets else ""
    text += f", {', '.join(sites)}" if sites else ""
    marks = ", ".join(page.short[one["statement"]] for one in same if one["statement"] in page.short)
    return (Span(text), Span(f" ({marks})" if marks else "", "id"))


def _revision(page: Sheet) -> Table:
    words = page.words
    rows = tuple(
        (
            f"{words.title('revision_option', one['option'])} ({words.title('generator', one['for'])})",
            " ".join(page.text(name) for name in one["benefits"]),
            " ".join(page.text(name) for name in one["risks"]),
        )
        for one in page.record["revision_options"]
    )
    return Table((say(words, "option"), say(words, "benefits"), say(words, "risks")), rows, widths=(24, 38, 38))


def _referrals(page: Sheet) -> Table:
    words = page.words
    rows = tuple(
        (
            (Span(words.title("referral", one["to"]), "strong"), Span(page.mark(one["statement"]), "id")),
            f"{one['urgency']} ({words.values['titles']['urgency'][one['urgency']]['when']})",
            page.text(one["statement"]),
        )
        for one in page.record["referrals"]
    )
    return Table((say(words, "to"), say(words, "urgency"), say(words, "why")), rows, widths=(24, 22, 50))


def _reviews(page: Sheet) -> Table:
    words = page.words
    rows = tuple(
        (day, ", ".join(what), ", ".join(page.short.get(one, "") for one in made)) for day, what, made in page.reviews()
    )
    return Table((say(words, "day"), say(words, "what"), "id"), rows, widths=(16, 60, 24))


def _questions(page: Sheet) -> Listed:
    return Listed(tuple(str(one["ask"]) for one in page.record["questions"][:_MOST_QUESTIONS]), "boxes")
