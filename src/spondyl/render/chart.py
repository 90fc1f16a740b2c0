"""The plan as at most 25 plain ASCII lines to paste into a record. It is shorter than the text form, never other."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.explain import Words
from spondyl.render.parts import DONE_NOW, Sheet

WIDTH = 100
MOST_LINES = 25
_ASCII = {
    "→": "->", "·": ";",  "–": "-", "\N{EM DASH}": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "≥": ">=", "≤": "<=",
    "×": "x", "°": " deg ", "µ": "u", "½": " 1/2", "…": "...", "±": "+/-",
}  # fmt: skip


class Part(NamedTuple):
    """One labeled part: what it says, the lines it likes to have and the fewest it can do with."""

    label: str
    said: Sequence[str]
    most: int
    least: int


def plan_chart(record: Mapping[str, Any], words: Words) -> str:
    """The record as at most 25 lines of at most 100 ASCII characters."""
    parts = list(_parts(Sheet(record, words)))
    room = {place: part.most for place, part in enumerate(parts)}
    lines = [_fitted(part, room[place]) for place, part in enumerate(parts)]
    while sum(map(len, lines)) > MOST_LINES:
        # The longest part that can be shorter gives a line; of equals the later one.
        longest = max((len(lines[place]), place) for place, part in enumerate(parts) if len(lines[place]) > part.least)[
            1
        ]
        lines[longest] = _fitted(parts[longest], len(lines[longest]) - 1)
    return "\n".join(line for part in lines for line in part) + "\n"


def plain(text: str) -> str:
    """The text in ASCII: signs written out, accents dropped.

    >>> plain("SI tests ≥ 3 → “supported”")
    'SI tests >= 3 -> "supported"'
    """
    if text.isascii():
        return text
    written = "".join(_ASCII.get(character, character) for character in text.replace(" · ", "; "))
    return unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()


def _fitted(part: Part, most: int) -> list[str]:
    """A part with as many of its entries as `most` lines hold, and the number of those left out."""
    said = [one.rstrip(".") for one in part.said]
    lines: list[str] = []
    for kept in range(len(said), 0, -1):
        more = f"; and {len(said) - kept} more" if kept < len(said) else ""
        text = plain(f"{part.label}: {'; '.join(said[:kept])}{more}.")
        lines = textwrap.wrap(" ".join(text.split()), WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        if len(lines) <= most:
            return lines
    return [*lines[: most - 1], f"{lines[most - 1][: WIDTH - 4]} ..."] if said else []


def _parts(page: Sheet) -> Iterator[Part]:
    """The parts in order; the fewest lines of all together are less than 25."""
    record, words = page.record, page.words
    triage = record["triage"]
    alarming = triage["urgency"] in ("emergency", "urgent")
    yield Part("PAIN AFTER SPINE SURGERY", [page.who(), f"plan of {record['as_of']}, {record['profile']}"], 2, 1)
    yield Part(
        "URGENCY",
        [f"{triage['urgency']}. {page.lead()}", *_established(page)],
        7 if alarming else 4,
        4 if alarming else 2,
    )
    yield Part("NOT YET EXCLUDED", _opened(page), 3, 2)
    referred = [f"{words.title('referral', one['to'])} ({one['urgency']})" for one in record["referrals"]]
    if alarming:
        yield Part("REFER", referred, 1, 1)
    called = 4 if "early_postoperative" in record["scope"]["notes"] else 3
    yield Part("CALL AT ONCE IF", [page.safety_net().split(": ", 1)[-1]], called, called)
    for one in page.causes()[: 2 if alarming else 3]:
        argument = f": {page.text(one['for'][0])}" if one["for"] else ""
        against = f"; against: {page.text(one['against'][0])}" if one["against"] else ""
        yield Part(f"CAUSE {one['rank']}", [f"{page.cause(one)}, {one['standing']}{argument}{against}"], 2, 1)
    orders = [_order(page, one) for one in record["imaging"] if one["status"] != "not_recommended"]
    yield Part("IMAGE", orders, 3, 1)
    held = [words.title("order", one["order"]) for one in record["imaging"] if one["status"] == "not_recommended"]
    yield Part("DO NOT IMAGE", held, 1, 1)
    yield Part("NOW", _by_status(page), 3, 1)
    considered = page.grouped("consider")
    yield Part("CONSIDER", [_treated(page, group) for group in considered], 3, 1)
    yield Part("NOT DONE", [one.text for one in (*page.later(), *page.never())], 4, 2)
    if not alarming:
        yield Part("REFER", referred, 1, 1)
    yield Part("REVIEW", [f"{day} {page.several(what, 3)}" for day, what, _ in page.reviews()], 2, 1)


def _established(page: Sheet) -> Iterator[str]:
    for one in page.record["triage"]["established"]:
        site = f", {page.words.site(one['site'])}" if one["site"] else ""
        quoted = page.quoted(one["statement"], 2)
        said = f"{page.words.title('red_flag', one['red_flag'])}{site} ({one['urgency']})"
        yield f"{said}: {quoted}" if quoted else said


def _opened(page: Sheet) -> list[str]:
    """The flags that are not excluded; what to ask only where few are."""
    opened = page.record["triage"]["not_excluded"]
    if len(opened) <= 2:
        return [page.text(one["statement"]) for one in opened]
    return [page.words.title("red_flag", one["red_flag"]) for one in opened]


def _order(page: Sheet, one: Mapping[str, Any]) -> str:
    said = ("now: " if one["urgency"] == "emergency" else "") + page.words.title("order", one["order"])
    if one["status"] == "on_hold":
        said += f" ({page.words.title('imaging_status', one['status'])})"
    if one["check_first"]:
        said += f" ({page.words.fixed('check_first', facts=page.labels(one['check_first'], 3))})"
    return said


def _by_status(page: Sheet) -> list[str]:
    said: dict[str, list[str]] = {}
    for group in page.grouped(*DONE_NOW):
        title, _, status = page.treatment(group).partition(": ")
        check = page.checks(group, 3)
        said.setdefault(status, []).append(title + (f" ({check})" if check else ""))
    return [f"{status} {', '.join(titles)}" for status, titles in said.items()]


def _treated(page: Sheet, group: Sequence[Mapping[str, Any]]) -> str:
    check = page.checks(group, 3)
    return page.treatment(group).partition(": ")[0] + (f" ({check})" if check else "")
