"""The plan as a busy clinician reads it in a terminal: urgency first, then causes, imaging, treatment, reviews."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from spondyl.explain import Words
from spondyl.render.parts import DONE_NOW, Said, Sheet

WIDTH = 80
_MOST_CAUSES = 4
_SHORT_END = 12
_MARK = {
    "emergency": "bold white on red",
    "urgent": "bold black on yellow",
    "soon": "bold yellow",
    "routine": "bold green",
}
_ANSI = {
    "bold white on red": "\x1b[1;97;41m",
    "bold black on yellow": "\x1b[1;30;43m",
    "bold yellow": "\x1b[1;33m",
    "bold green": "\x1b[1;32m",
    "head": "\x1b[1m",
    "dim": "\x1b[2m",
    "alarm": "\x1b[1;31m",
}
Line = tuple[str, str]


def plan_text(record: Mapping[str, Any], words: Words, *, color: bool = False) -> str:
    """The record as text of at most 80 columns; with ANSI color when asked for."""
    lines = list(_lines(_Page(record, words)))
    if not color:
        return "\n".join(text.rstrip() for text, _ in lines) + "\n"
    return "\n".join(_painted(text.rstrip(), style) for text, style in lines) + "\n"


def _painted(text: str, style: str) -> str:
    code = _ANSI.get(style)
    if code is None or not text:
        return text
    if style in _MARK.values():
        word, _, rest = text.partition("  ")
        return f"{code} {word} \x1b[0m {rest}"
    return f"{code}{text}\x1b[0m"


class _Page(Sheet):
    def __init__(self, record: Mapping[str, Any], words: Words) -> None:
        super().__init__(record, words)
        self.printed: dict[str, None] = {}

    def row(self, text: str, statement: str = "", indent: int = 2, style: str = "", hang: int = 2) -> Iterable[Line]:
        """One wrapped line with its short id at the right edge."""
        mark = self.short.get(statement, "") if statement else ""
        self.printed[mark] = None
        room = WIDTH - indent - (len(mark) + 2 if mark else 0)
        parts = textwrap.wrap(text, room, subsequent_indent=" " * hang, break_on_hyphens=False) or [""]
        for place, part in enumerate(parts):
            line = " " * indent + part
            if mark and place == 0:
                line = f"{line:<{WIDTH - len(mark)}}{mark}"
            yield line, style

    def rows(self, name: str, said: Iterable[Said], most: int = 99, blank: bool = False) -> Iterable[Line]:
        """A heading and its lines; the ids of the rest when there are more."""
        listed = list(said)
        if not listed:
            return
        if blank:
            yield "", ""
        yield self.words.fixed(f"{name}_title").upper(), "head"
        for one in listed[:most]:
            yield from self.row(one.text, one.statement)
        rest = [self.short[one.statement] for one in listed[most:] if one.statement in self.short]
        if rest:
            yield from self.row(f"also: {', '.join(rest)}", "", 2, "dim")


def _lines(page: _Page) -> Iterable[Line]:
    yield from _head(page)
    yield from _triage(page)
    yield from _scope(page)
    yield from _generators(page)
    yield from _imaging(page)
    yield from _now(page)
    yield from page.rows("next", page.later(), 5)
    yield from page.rows("not", page.never(), 7)
    yield from page.rows("referrals", _referrals(page), 4, blank=True)
    yield from page.rows("pitfalls", (Said(page.text(one), one) for one in page.record["pitfalls"]), 3)
    reviews = (Said(f"{day}  {page.several(what, 5)}", made[0]) for day, what, made in page.reviews())
    yield from page.rows("review", reviews, 3)
    yield from _questions(page)
    yield from _foot(page)


def _head(page: _Page) -> Iterable[Line]:
    profile = page.words.fixed("profile_line", profile=str(page.record["profile"]))
    if page.record["site"]:
        profile += f", {page.words.fixed('site_line', folder=str(page.record['site']['name']))}"
    for place, part in enumerate(_evenly(page.who(), WIDTH - len(profile) - 2)):
        yield (f"{part:<{WIDTH - len(profile)}}{profile}" if place == 0 else part), "head"
    yield "─" * WIDTH, "dim"


def _evenly(text: str, room: int) -> list[str]:
    """Wrapped so that no last line holds a lone short word."""
    parts = textwrap.wrap(text, room) or [""]
    narrow = room
    while len(parts) > 1 and len(parts[-1]) < _SHORT_END and narrow > room - 2 * _SHORT_END:
        narrow -= 1
        tried = textwrap.wrap(text, narrow)
        if len(tried) > len(parts):
            break
        parts = tried
    return parts


def _triage(page: _Page) -> Iterable[Line]:
    words, triage = page.words, page.record["triage"]
    urgency = triage["urgency"]
    within = f" ({page.when()})" if urgency != "routine" else ""
    yield f"{urgency.upper()}  {page.lead()}{within}", _MARK[urgency]
    for one in triage["established"]:
        site = f" ({words.site(one['site'])})" if one["site"] else ""
        text = f"{one['urgency']}: {words.title('red_flag', one['red_flag'])}{site}. {page.text(one['statement'])}"
        yield from page.row(text, one["statement"], 2, "alarm" if one["urgency"] in ("emergency", "urgent") else "")
        quoted = page.quoted(one["statement"])
        if quoted:
            yield from page.row(quoted, "", 6, "dim", 0)
    opened = triage["not_excluded"]
    if opened:
        yield "  " + words.fixed("not_excluded") + ":", ""
        shown = opened if len(opened) <= 4 else opened[:3]
        for one in shown:
            yield from page.row(page.text(one["statement"]), one["statement"], 4)
        rest = [words.title("red_flag", one["red_flag"]) + page.mark(one["statement"]) for one in opened[len(shown) :]]
        if rest:
            yield from page.row(f"also: {', '.join(rest)}", "", 4, "dim")
    yield from page.row(page.safety_net(), "", 2, "head")


_UNREAD = ("word of a red flag", "day that no calendar has", "disease, allergy, operation or result", "sentence")
_MOST_UNREAD, _LONG = 3, 60


def _unread(page: _Page) -> str:
    """The pieces of the notes no rule understood, words of red flags first, the first few quoted."""
    told = [one for why in _UNREAD for one in page.record["unread"] if one["why"] == why]
    texts = list(dict.fromkeys(" ".join(str(one["text"]).split()) for one in told))
    quotes = [f"“{text if len(text) <= _LONG else text[: _LONG - 1] + '…'}”" for text in texts[:_MOST_UNREAD]]
    rest = len(texts) - len(quotes)
    return ", ".join(quotes) + (f" and {rest} more (spondyl read)" if rest else "")


def _scope(page: _Page) -> Iterable[Line]:
    scope, words = page.record["scope"], page.words
    if page.record["contradictions"]:
        names = page.labels([one["fact"] for one in page.record["contradictions"]])
        yield from page.row(f"{words.fixed('contradictions_title')}: {names}", "", 2, "alarm")
    if scope["status"] == "unclear":
        yield from page.row(words.fixed("scope_unclear"))
    elif scope["status"] != "in_scope":
        yield from page.row(f"{words.title('scope', scope['status'])}. {words.fixed('out_of_scope')}")
    if "early_postoperative" in scope["notes"]:
        yield from page.row(words.fixed("early_postoperative"))
    unread = _unread(page)
    if unread:
        yield from page.row(words.fixed("not_understood", quotes=unread), "", 2, "alarm")
    if page.record.get("not_read"):
        yield from page.row(words.fixed("not_read", what="; ".join(page.record["not_read"])), "", 2, "alarm")
    if "undated_input" in scope["notes"]:
        yield from page.row(words.fixed("undated_note", as_of=str(page.record["as_of"])), "", 2, "dim")


def _generators(page: _Page) -> Iterable[Line]:
    words, listed = page.words, page.causes()
    if not page.record["generators"]:
        return
    yield "", ""
    yield words.fixed("generators_title").upper(), "head"
    shown = listed if len(listed) <= _MOST_CAUSES + 1 else listed[:_MOST_CAUSES]
    for one in shown:
        said = f"{one['rank']} {page.cause(one)}: {words.title('standing', one['standing'])}"
        yield from page.row(said, one["statement"])
        sides = [
            f"{words.fixed(side)}: {'; '.join(page.text(statement) for statement in one[side][:3])}"
            for side in ("for", "against")
            if one[side]
        ]
        for text in [" · ".join(sides)] if len(" · ".join(sides)) <= WIDTH - 4 else sides:
            yield from page.row(text, "", 4)
    others = [one for one in page.record["generators"] if one not in listed]
    yield from _rest(page, "also possible", [one for one in listed if one not in shown], "")
    for standing in ("opposed", "excluded", "not_assessed"):
        rest = [one for one in others if one["standing"] == standing]
        yield from _rest(page, words.title("standing", standing), rest, "dim")
    flips = page.flips(2)
    if flips:
        yield from page.row(f"{words.fixed('would_change')}: {'; '.join(flips)}", "", 2)


def _rest(page: _Page, title: str, rest: list[Mapping[str, Any]], style: str) -> Iterable[Line]:
    if rest:
        more = f" and {len(rest) - 6} more" if len(rest) > 6 else ""
        yield from page.row(f"– {title}: {page.named(rest[:6], 'generator')}{more}", "", 2, style)


def _imaging(page: _Page) -> Iterable[Line]:
    words, orders = page.words, page.record["imaging"]
    if not orders:
        return
    yield "", ""
    yield words.fixed("imaging_title").upper(), "head"
    wanted = [order for order in orders if order["status"] != "not_recommended"]
    for one in wanted[:6]:
        text = page.brief(one["statement"])
        if one["check_first"]:
            text = f"{text.rstrip('.')}; {words.fixed('check_first', facts=page.labels(one['check_first']))}."
        if one["urgency"] == "emergency":
            text = f"now: {text}"
        yield from page.row(text, one["statement"])
    if wanted[6:]:
        yield from page.row(f"also: {page.named(wanted[6:], 'order')}", "", 2, "dim")
    for one in [order for order in orders if order["status"] == "not_recommended"][:3]:
        text = page.brief(one["statement"])
        short = _short_of(page, one)
        yield from page.row(f"{text} {short}".rstrip(), one["statement"], 2, "dim")


def _short_of(page: _Page, order: Mapping[str, Any]) -> str:
    """What the gate of a picture counts and finds short: "Therapy here: 0 weeks, needed 6 weeks."."""
    if order["modality"] != "mri":
        return ""
    for gate in page.record["gates"]:
        site = gate["site"]
        if not gate["gate"].endswith("_mri") or not site or site["region"] != order["region"]:
            continue
        for one in gate["criteria"]:
            if one["kind"] == "required" and one["result"] != "met" and one["have"] and one["need"]:
                counted = page.words.counted(one["have"], one["need"])
                return f"{page.words.fixed('counted_care')}: {counted}."
    return ""


def _now(page: _Page) -> Iterable[Line]:
    words, mme = page.words, page.mme()
    done = page.grouped(*DONE_NOW)
    considered = page.grouped("consider")
    if not (done or considered or mme):
        return
    yield "", ""
    yield words.fixed("now_title").upper(), "head"
    if mme and not any(group[0]["treatment"] == "opioid" for group in [*done, *considered]):
        yield from page.row(f"{mme}.")
    for group in done:
        taken = group[0]["status"] in ("continue", "taper", "reduce", "stop")  # nothing is left out of what is taken
        yield from page.row(page.offered(group, checks=5, most_cautions=99 if taken else 2), group[0]["statement"])
    plain = [group for group in considered if not page.checks(group) and not page.cautions(group)]
    for group in [one for one in considered if one not in plain]:
        yield from page.row(page.offered(group, checks=5, most_cautions=2), group[0]["statement"])
    if plain:
        yield from page.row(f"consider: {page.named([group[0] for group in plain], 'treatment')}")


def _referrals(page: _Page) -> Iterable[Said]:
    words = page.words
    for one in page.record["referrals"]:
        when = words.values["titles"]["urgency"][one["urgency"]]["word"]
        own = page.statements[one["statement"]]["key"].startswith("referral.")
        text = f"{words.title('referral', one['to'])} ({when})"
        yield Said(text + (f": {page.brief(one['statement'])}" if own else ""), one["statement"])


def _questions(page: _Page) -> Iterable[Line]:
    groups = page.asked()
    if groups:
        yield "", ""
        yield page.words.fixed("questions_title").upper(), "head"
        for title, facts in groups.items():
            yield from page.row(f"{title}: {page.labels(facts)}")


def _foot(page: _Page) -> Iterable[Line]:
    words, record = page.words, page.record
    yield "", ""
    if record["conflicts"]:
        topics = "; ".join(f"{one['topic'].rstrip('.')}{page.mark(one['applied'])}" for one in record["conflicts"][:3])
        rest = [page.short[one["applied"]] for one in record["conflicts"][3:] if one["applied"] in page.short]
        topics += f"; {', '.join(rest)}" if rest else ""
        yield from page.row(f"{words.fixed('contested_title')}: {topics}", "", 0)
    unverified = [name for name in page.unverified() if name in page.printed]
    if unverified:
        yield from page.row(words.fixed("not_verified_line", ids=", ".join(unverified)), "", 0, "dim")
    shown = [name for name in page.printed if name]
    example = next((name for name in shown if name.startswith("g")), shown[0] if shown else "g1")
    yield from page.row(
        f"{words.fixed('why_hint', id=example)} · "
        f"{words.fixed('knowledge_line', version=record['knowledge']['version'])}",
        "", 0, "dim",
    )  # fmt: skip
