"""The plan as at most 25 plain ASCII lines to paste into a record. It is shorter than the text form, never other."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.parts import DONE_NOW, Sheet

WIDTH = 100
MOST_LINES = 25
_ASCII = {
    "→": "->", "·": ";", "–": "-", "—": "-", "“": '"', "”": '"', "‘": "'", "’": "'", "≥": ">=", "≤": "<=",
    "×": "x", "°": " deg ", "µ": "u", "½": " 1/2", "…": "...", "±": "+/-",
}  # fmt: skip


def plan_chart(record: Mapping[str, Any], words: Words) -> str:
    """The record as at most 25 lines of at most 100 ASCII characters."""
    lines = [line for label, said, most in _parts(Sheet(record, words)) for line in _fitted(label, list(said), most)]
    return "\n".join(lines[:MOST_LINES]) + "\n"


def plain(text: str) -> str:
    """The text in ASCII: signs written out, accents dropped.

    >>> plain("SI tests ≥ 3 → “supported”")
    'SI tests >= 3 -> "supported"'
    """
    if text.isascii():
        return text
    written = "".join(_ASCII.get(character, character) for character in text)
    return unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()


def _fitted(label: str, said: Sequence[str], most: int) -> list[str]:
    """A label and as many of its parts as `most` lines hold, with the number of those left out."""
    for kept in range(len(said), 0, -1):
        more = f"; and {len(said) - kept} more" if kept < len(said) else ""
        text = plain(f"{label}: {'; '.join(part.rstrip('.') for part in said[:kept])}{more}.")
        lines = textwrap.wrap(" ".join(text.split()), WIDTH, subsequent_indent="  ", break_on_hyphens=False)
        if len(lines) <= most:
            return lines
    return [*lines[: most - 1], f"{lines[most - 1][: WIDTH - 4]} ..."] if said else []


def _parts(page: Sheet) -> Iterator[tuple[str, Iterable[str], int]]:
    """Each part with the most lines it may take; the most together are 25."""
    record, words = page.record, page.words
    triage = record["triage"]
    alarming = triage["urgency"] in ("emergency", "urgent")
    yield "PAIN AFTER SPINE SURGERY", [f"{page.who()} (plan of {record['as_of']}, {record['profile']})"], 1
    yield "URGENCY", [f"{triage['urgency']}. {page.lead()}", *_established(page)], 6 if alarming else 3
    yield "NOT YET EXCLUDED", [page.text(one["statement"]) for one in triage["not_excluded"]], 2 if alarming else 3
    yield "CALL AT ONCE", [page.safety_net().split(": ", 1)[-1]], 2
    for one in page.causes()[: 2 if alarming else 3]:
        argument = f": {page.text(one['for'][0])}" if one["for"] else ""
        against = f"; against: {page.text(one['against'][0])}" if one["against"] else ""
        yield f"CAUSE {one['rank']}", [f"{page.cause(one)}, {one['standing']}{argument}{against}"], 1
    orders = [one for one in record["imaging"] if one["status"] == "recommended"]
    yield "IMAGE", [_order(page, one) for one in orders], 2
    held = [one for one in record["imaging"] if one["status"] != "recommended"]
    yield "DO NOT IMAGE", [_order(page, one) for one in held], 1
    yield "NOW", [_treated(page, group) for group in page.grouped(*DONE_NOW)], 3
    yield "CONSIDER", [_treated(page, group) for group in page.grouped("consider")], 2
    yield "NOT DONE", [one.text for one in (*page.never(), *page.later())], 3
    yield "REFER", [f"{words.title('referral', one['to'])} ({one['urgency']})" for one in record["referrals"]], 1
    yield "REVIEW", [f"{day} {page.several(what, 3)}" for day, what, _ in page.reviews()], 1


def _established(page: Sheet) -> Iterator[str]:
    for one in page.record["triage"]["established"]:
        site = f", {page.words.site(one['site'])}" if one["site"] else ""
        quoted = page.quoted(one["statement"], 2)
        said = f"{page.words.title('red_flag', one['red_flag'])}{site} ({one['urgency']})"
        yield (
            f"{said}: {quoted}. {page.brief(one['statement'])}" if quoted else f"{said}. {page.brief(one['statement'])}"
        )


def _order(page: Sheet, one: Mapping[str, Any]) -> str:
    said = page.words.title("order", one["order"])
    if one["status"] == "on_hold":
        said += f" ({page.words.title('imaging_status', one['status'])})"
    return said + (
        f" ({page.words.fixed('check_first', facts=page.labels(one['check_first'], 3))})" if one["check_first"] else ""
    )


def _treated(page: Sheet, group: Sequence[Mapping[str, Any]]) -> str:
    check = page.checks(group, 3)
    return page.treatment(group) + (f" ({check})" if check else "")
