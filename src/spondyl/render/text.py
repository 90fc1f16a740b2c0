"""The plan as a busy clinician reads it in a terminal: urgency first, then causes, imaging, treatment, reviews."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spondyl.explain import Words, short_names

WIDTH = 80
_LIKELY = ("confirmed", "supported", "possible")
_NOW = ("start", "continue", "taper", "reduce", "stop", "consider")
_MARK = {
    "emergency": "bold white on red",
    "urgent": "bold black on yellow",
    "soon": "bold yellow",
    "routine": "bold green",
}
Line = tuple[str, str]


def plan_text(record: Mapping[str, Any], words: Words, *, color: bool = False) -> str:
    """The record as text of at most 80 columns; with ANSI color when asked for."""
    lines = list(_lines(record, words))
    if not color:
        return "\n".join(text.rstrip() for text, _ in lines) + "\n"
    return "\n".join(_painted(text.rstrip(), style) for text, style in lines) + "\n"


_ANSI = {
    "bold white on red": "\x1b[1;97;41m",
    "bold black on yellow": "\x1b[1;30;43m",
    "bold yellow": "\x1b[1;33m",
    "bold green": "\x1b[1;32m",
    "head": "\x1b[1m",
    "dim": "\x1b[2m",
    "alarm": "\x1b[1;31m",
}


def _painted(text: str, style: str) -> str:
    code = _ANSI.get(style)
    if code is None or not text:
        return text
    if style in _MARK.values():
        word, _, rest = text.partition("  ")
        return f"{code} {word} \x1b[0m {rest}"
    return f"{code}{text}\x1b[0m"


class _Page:
    def __init__(self, record: Mapping[str, Any], words: Words) -> None:
        self.record = record
        self.words = words
        self.statements: Mapping[str, Mapping[str, Any]] = record["statements"]
        self.short = short_names(record)

    def text(self, statement: str) -> str:
        return str(self.statements[statement]["text"])

    def row(self, text: str, statement: str = "", indent: int = 2, style: str = "") -> Iterable[Line]:
        """One wrapped line with its short id at the right edge."""
        mark = self.short.get(statement, "") if statement else ""
        room = WIDTH - indent - (len(mark) + 2 if mark else 0)
        parts = textwrap.wrap(text, room) or [""]
        for place, part in enumerate(parts):
            line = " " * indent + part if place == 0 else " " * (indent + 2) + part
            if mark and place == 0:
                line = f"{line:<{WIDTH - len(mark)}}{mark}"
            yield line, style


def _lines(record: Mapping[str, Any], words: Words) -> Iterable[Line]:
    page = _Page(record, words)
    yield from _head(page)
    yield from _triage(page)
    yield from _scope(page)
    yield from _generators(page)
    yield from _imaging(page)
    yield from _treatments(page)
    yield from _not(page)
    yield from _referrals_and_reviews(page)
    yield from _questions(page)
    yield from _contested(page)


def _head(page: _Page) -> Iterable[Line]:
    record, words = page.record, page.words
    profile = words.fixed("profile_line", profile=str(record["profile"]))
    who = str(record["who"]["line"]) or words.fixed("not_recorded")
    for place, part in enumerate(textwrap.wrap(who, WIDTH - len(profile) - 2) or [""]):
        yield (f"{part:<{WIDTH - len(profile)}}{profile}" if place == 0 else part), "head"
    yield "─" * WIDTH, "dim"


def _triage(page: _Page) -> Iterable[Line]:
    record, words = page.record, page.words
    triage = record["triage"]
    urgency = triage["urgency"]
    when = words.values["titles"]["urgency"][urgency]["when"]
    established = triage["established"]
    lead = words.fixed("no_emergency")
    if urgency in ("emergency", "urgent"):
        lead = words.fixed(f"{urgency}_established")
    yield f"{urgency.upper()}  {lead} ({when})" if urgency != "routine" else f"ROUTINE  {lead}", _MARK[urgency]
    for one in established:
        site = f" ({words.site(one['site'])})" if one["site"] else ""
        title = words.title("red_flag", one["red_flag"])
        text = f"{one['urgency']}: {title}{site}. {page.text(one['statement'])}"
        yield from page.row(text, one["statement"], 2, "alarm" if one["urgency"] in ("emergency", "urgent") else "")
        yield from page.row(_quoted(page, one["statement"]), "", 6, "dim")
    opened = triage["not_excluded"]
    if opened:
        yield "  " + words.fixed("not_excluded") + ":", ""
        shown = opened if len(opened) <= 7 else opened[:6]
        for one in shown:
            text = page.text(one["statement"])
            yield from page.row(text, one["statement"], 4)
        if len(shown) < len(opened):
            rest = ", ".join(words.title("red_flag", one["red_flag"]) for one in opened[len(shown) :])
            yield from page.row(f"also: {rest}", "", 4)
    yield from page.row(str(record["safety_net"]), "", 2, "head")


def _quoted(page: _Page, statement: str) -> str:
    """The words of the note behind a statement, the first few."""
    by_id = {fact["id"]: fact for fact in page.record["facts"]}
    quotes = []
    for name in page.statements[statement]["facts"]:
        source = by_id.get(name, {}).get("source", {})
        if source.get("text"):
            quotes.append(f"“{' '.join(str(source['text']).split())}”")
    return ", ".join(dict.fromkeys(quotes[:4]))


def _scope(page: _Page) -> Iterable[Line]:
    scope, words = page.record["scope"], page.words
    if scope["status"] == "unclear":
        yield from page.row(words.fixed("scope_unclear"))
    elif scope["status"] != "in_scope":
        yield from page.row(f"{words.title('scope', scope['status'])}. {words.fixed('out_of_scope')}")
    if "early_postoperative" in scope["notes"]:
        yield from page.row(words.fixed("early_postoperative"))
    if "undated_input" in scope["notes"]:
        yield from page.row(words.fixed("undated_note", as_of=str(page.record["as_of"])), "", 2, "dim")


def _generators(page: _Page) -> Iterable[Line]:
    words = page.words
    listed = [one for one in page.record["generators"] if one["standing"] in _LIKELY]
    others = [one for one in page.record["generators"] if one["standing"] not in _LIKELY]
    if not listed and not others:
        return
    yield "", ""
    yield words.fixed("generators_title").upper(), "head"
    for one in listed[:6]:
        site = words.site(one["site"])
        name = f"{one['rank']} {words.title('generator', one['generator'])}, {site}: {one['standing']}"
        yield from page.row(name, one["statement"])
        for side in ("for", "against"):
            if one[side]:
                texts = "; ".join(page.text(statement) for statement in one[side][:4])
                yield from page.row(f"{words.fixed(side)}: {texts}", "", 6)
    if len(listed) > 6:
        rest = ", ".join(words.title("generator", one["generator"]) for one in listed[6:])
        yield from page.row(f"also possible: {rest}", "", 2)
    settled = [one for one in others if one["standing"] in ("excluded", "opposed")]
    if settled:
        rest = ", ".join(f"{words.title('generator', one['generator'])} ({one['standing']})" for one in settled[:6])
        yield from page.row(f"– {rest}", "", 2, "dim")
    waiting = [one for one in others if one["standing"] == "not_assessed"]
    if waiting:
        rest = ", ".join(dict.fromkeys(words.title("generator", one["generator"]) for one in waiting[:6]))
        yield from page.row(f"– {words.title('standing', 'not_assessed')}: {rest}", "", 2, "dim")
    flips = [
        f"{words.label(flip['fact'])} {flip['value']} → {words.title('generator', one['generator'])} {flip['standing']}"
        for one in listed[:2]
        for flip in one["would_change"][:2]
    ]
    if flips:
        yield from page.row(f"{words.fixed('would_change')}: {'; '.join(flips[:3])}", "", 2)


def _imaging(page: _Page) -> Iterable[Line]:
    words, orders = page.words, page.record["imaging"]
    if not orders:
        return
    yield "", ""
    yield words.fixed("imaging_title").upper(), "head"
    for one in [order for order in orders if order["status"] != "not_recommended"][:6]:
        text = page.text(one["statement"])
        if one["check_first"]:
            text += " " + words.fixed("check_first", facts=_labels(words, one["check_first"])) + "."
        if one["urgency"] == "emergency":
            text = f"now: {text}"
        yield from page.row(text, one["statement"])
    for one in [order for order in orders if order["status"] == "not_recommended"][:3]:
        yield from page.row(page.text(one["statement"]), one["statement"], 2, "dim")


def _labels(words: Words, facts: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words.label(fact) for fact in facts))


def _treatments(page: _Page) -> Iterable[Line]:
    words = page.words
    offered = page.record["treatments"]
    now = [one for one in offered if one["status"] in _NOW]
    mme = page.record["medications"]["mme_per_day"]
    if now or mme:
        yield "", ""
        yield words.fixed("now_title").upper(), "head"
    if mme:
        if mme["high"] is None:
            line = words.fixed("mme_open", low=f"{mme['low']:g}", drugs=", ".join(mme["not_counted"]))
        elif mme["high"] != mme["low"]:
            line = words.fixed("mme_range", low=f"{mme['low']:g}", high=f"{mme['high']:g}")
        else:
            line = words.fixed("mme_line", low=f"{mme['low']:g}")
        yield from page.row(f"{line}. {words.fixed('mme_not_rotate')}")
    for phase in sorted({one["phase"] for one in now}):
        simple = []
        for one in (entry for entry in now if entry["phase"] == phase):
            text = page.text(one["statement"])
            if one["check_first"]:
                text += " " + words.fixed("check_first", facts=_labels(words, one["check_first"])) + "."
            for caution in one["cautions"]:
                text += f" ! {page.text(caution)}"
            if len(text) > 70 or one["check_first"] or one["cautions"]:
                yield from page.row(text, one["statement"])
            else:
                simple.append(one)
        for one in simple:
            yield from page.row(page.text(one["statement"]), one["statement"])


def _not(page: _Page) -> Iterable[Line]:
    words = page.words
    later = [one for one in page.record["treatments"] if one["status"] == "not_yet"]
    never = [one for one in page.record["treatments"] if one["status"] == "avoid"]
    if later:
        yield "", ""
        yield words.fixed("next_title").upper(), "head"
        for one in later[:6]:
            yield from page.row(page.text(one["statement"]), one["statement"])
    named = {one["treatment"] for one in later + never}
    closed = [
        one
        for one in page.record["gates"]
        if one["result"] == "closed"
        and one["gate"] in ("revision_surgery", "collection_aspiration")
        and one["gate"] not in named
    ]
    if never or closed:
        yield "", ""
        yield words.fixed("not_title").upper(), "head"
        for one in [*closed, *never][:8]:
            yield from page.row(page.text(one["statement"]), one["statement"])


def _referrals_and_reviews(page: _Page) -> Iterable[Line]:
    words = page.words
    referrals, reviews = page.record["referrals"], page.record["reassessment"]
    if referrals:
        yield "", ""
        yield words.fixed("referrals_title").upper(), "head"
        for one in referrals[:5]:
            when = words.values["titles"]["urgency"][one["urgency"]]["word"]
            title = words.title("referral", one["to"])
            own = page.statements[one["statement"]]["key"].startswith("referral.")
            text = f"{title} ({when})" + (f": {page.text(one['statement'])}" if own else "")
            yield from page.row(text, one["statement"] if own else "")
    if page.record["pitfalls"]:
        yield "", ""
        yield words.fixed("pitfalls_title").upper(), "head"
        for statement in page.record["pitfalls"][:4]:
            yield from page.row(page.text(statement), statement)
    if reviews:
        yield "", ""
        dates: dict[str, list[str]] = {}
        for one in reviews:
            dates.setdefault(one["on"], []).extend(one["what"])
        text = " · ".join(f"{on} {', '.join(dict.fromkeys(what))}" for on, what in list(dates.items())[:3])
        yield from page.row(f"{words.fixed('review_title').upper()}  {text}", reviews[0]["statement"], 0)


def _questions(page: _Page) -> Iterable[Line]:
    words, asked = page.words, page.record["questions"]
    if not asked:
        return
    groups: dict[str, list[str]] = {}
    for one in asked:
        groups.setdefault(one["group"], []).append(one["fact"])
    yield "", ""
    yield words.fixed("questions_title").upper(), "head"
    for group, facts in list(groups.items())[:5]:
        title = words.values["groups"].get(group, group)
        yield from page.row(f"{title}: {_labels(words, facts[:6])}")


def _contested(page: _Page) -> Iterable[Line]:
    words, record = page.words, page.record
    if record["contradictions"]:
        yield "", ""
        names = _labels(words, [one["fact"] for one in record["contradictions"]])
        yield from page.row(f"{words.fixed('contradictions_title')}: {names}", "", 0, "alarm")
    if record["conflicts"]:
        yield "", ""
        topics = "; ".join(f"{one['topic']} ({page.short.get(one['applied'], '')})" for one in record["conflicts"][:5])
        yield from page.row(f"{words.fixed('contested_title')}: {topics}", "", 0)
    shown = [page.short[name] for name in page.short if not page.statements[name]["verified"]]
    if shown:
        picked = ", ".join(sorted(shown, key=lambda name: (name[0], int(name[1:])))[:14])
        yield from page.row(words.fixed("not_verified_line", ids=picked), "", 0, "dim")
    yield from page.row(
        f"{words.fixed('why_hint', id='g1')} · {words.fixed('knowledge_line', version=record['knowledge']['version'])}",
        "", 0, "dim",
    )  # fmt: skip
