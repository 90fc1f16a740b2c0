"""The referral letter: the question, what is established, what is on record and what is not. It decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spondyl.engine import URGENCIES
from spondyl.explain import Words
from spondyl.record import Refusal
from spondyl.render.aged import aged
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
    section,
)
from spondyl.render.documents.packet import no_such
from spondyl.render.documents.recorded import Recorded
from spondyl.render.documents.report import banner
from spondyl.render.documents.report_basis import made_line
from spondyl.render.parts import Sheet, is_planned
from spondyl.render.pictures.wording import say

_MOST_CAUSES, _MOST_QUESTIONS = 5, 6


def letter(record: Mapping[str, Any], words: Words, to: str) -> Document:
    """The letter to one of the referrals of a record, by its id or as the plan prints it ("spine surgery").

    Raises Refusal (I030) for one that the plan does not make.
    """
    found = next((one for one in record["referrals"] if _plain(to) in _called(one, words)), None)
    if found is None:
        raise Refusal([no_such("referral in this plan", to, [str(one["to"]) for one in record["referrals"]])])
    to = str(found["to"])
    page = Sheet(record, words)
    blocks = tuple(_blocks(page, Recorded(record, words), found))
    title = say(words, "letter_title", to=words.title("referral", to))
    day = str(record["as_of"])
    return Document(title, blocks, f"letter-{to}-{day}", "clinical", str(record["locale"]), day, f"{title} · {day}")


def _called(referral: Mapping[str, Any], words: Words) -> set[str]:
    """What a referral may be called: its id, and its title."""
    return {_plain(str(referral["to"])), _plain(words.title("referral", referral["to"]))}


def _plain(name: str) -> str:
    return " ".join(name.casefold().replace("_", " ").replace("-", " ").split())


def _blocks(page: Sheet, on_record: Recorded, referral: Mapping[str, Any]) -> Iterator[Block]:
    record, words = page.record, page.words
    to = words.title("referral", referral["to"])
    urgency = words.values["titles"]["urgency"][referral["urgency"]]
    yield Heading(say(words, "letter_title", to=to), 1)
    yield Pairs(
        (
            (say(words, "to"), to),
            (say(words, "from"), say(words, "blank")),
            (say(words, "day"), str(record["as_of"])),
            (say(words, "about"), page.who()),
            (say(words, "name_line"), say(words, "blank")),
            (say(words, "urgency"), (Span(f"{urgency['word']} ({urgency['when']})", "strong"),)),
        )
    )
    yield from _urgency(page, referral)
    yield from section(say(words, "question_to_you"), Listed(_asked(page, referral)))
    yield from section(say(words, "what_may_hurt"), Listed(_causes(page)))
    yield from section(say(words, "lane_surgeries"), Listed(tuple(on_record.operations())))
    yield from section(say(words, "examined"), Pairs(_findings(on_record)))
    yield from section(say(words, "lane_imaging"), Listed(tuple(on_record.studies())))
    yield from section(say(words, "so_far"), *_so_far(page, on_record))
    old = _old(page)
    yield from section(
        say(words, "not_on_record"),
        Listed(_open(page)),
        Para(say(words, "recorded_too_long_ago", names="; ".join(old))) if old else None,
    )
    yield from section(say(words, "planned_here"), Listed(_planned(page)))
    yield Para(page.safety_net(), "small")
    yield Heading(say(words, "signature_title"), 2)
    yield Pairs(tuple((say(words, name), say(words, "blank")) for name in ("clinician", "signature", "date")))
    yield Para(f"{made_line(record, words)} {' '.join(str(words.table['disclaimer']).split())}", "small")


def _asked(page: Sheet, referral: Mapping[str, Any]) -> tuple[Inline, ...]:
    """What the statements behind the referral say; an established finding stands in the banner already."""
    return tuple(dict.fromkeys(page.text(one) for one in referral["statements"]))


def _causes(page: Sheet) -> tuple[Inline, ...]:
    listed = []
    for one in page.causes()[:_MOST_CAUSES]:
        said = f"{page.cause(one)}: {page.words.title('standing', one['standing'])}"
        for side in ("for", "against"):
            if one[side]:
                said += f"; {page.words.fixed(side)}: {', '.join(page.text(name) for name in one[side][:3])}"
        listed.append(said)
    return tuple(listed)


def _findings(on_record: Recorded) -> tuple[tuple[str, Inline], ...]:
    return tuple((title, "; ".join(said)) for title, said in on_record.findings().items())


def _so_far(page: Sheet, on_record: Recorded) -> Iterator[Block]:
    words = page.words
    mme = page.mme()
    for title, listed in (
        ("lane_prior_treatments", on_record.treatments()),
        ("lane_medications", [*on_record.medicines(), *([mme] if mme else [])]),
        ("devices", on_record.devices()),
    ):
        if listed:
            yield Para((Span(f"{say(words, title)}: ", "strong"), Span("; ".join(listed))))


def _urgency(page: Sheet, referral: Mapping[str, Any]) -> Iterator[Block]:
    """The banner of the case; where more is urgent than this referral, it is said that it goes another way."""
    words, whole = page.words, str(page.record["triage"]["urgency"])
    made = banner(page)
    if URGENCIES.index(whole) <= URGENCIES.index(str(referral["urgency"])):
        yield made
        return
    yield Banner(made.level, f"{say(words, 'whole_case')}: {made.title}", made.lines)
    own = words.values["titles"]["urgency"][referral["urgency"]]
    others = [words.title("referral", one["to"]) for one in page.record["referrals"] if one["urgency"] == whole]
    key = "urgent_elsewhere" if others else "urgent_apart"
    text = say(words, key, own=f"{own['word']} ({own['when']})", urgency=whole, names=", ".join(others))
    yield Para(text, "warn")


def _open(page: Sheet) -> tuple[Inline, ...]:
    """What nothing on record answers; what was recorded too long ago is told apart."""
    old = aged(page.record, page.words.rules)
    asked = [str(one["ask"]) for one in page.record["questions"] if one["fact"] not in old]
    return tuple(asked[:_MOST_QUESTIONS])


def _old(page: Sheet) -> list[str]:
    """What the plan asks for again, with the day it was last recorded."""
    old = aged(page.record, page.words.rules)
    asked = dict.fromkeys(str(one["fact"]) for one in page.record["questions"] if one["fact"] in old)
    return [f"{page.words.label(name)}, {old[name]}" for name in asked]


def _planned(page: Sheet) -> tuple[Inline, ...]:
    """What is arranged meanwhile: pictures and treatments of this plan."""
    words = page.words
    orders = [words.title("order", one["order"]) for one in page.record["imaging"] if is_planned(one)]
    started = [
        page.treatment(group).replace(": ", " (", 1) + ")"
        for group in page.grouped("continue", "start", "taper", "reduce", "stop")
    ]
    listed = []
    if orders:
        listed.append(f"{say(words, 'imaging_title')}: {', '.join(orders)}")
    if started:
        listed.append(f"{say(words, 'now_title')}: {', '.join(started)}")
    held = [group[0]["treatment"] for group in page.grouped("not_yet", "avoid")]
    if held:
        named = ", ".join(dict.fromkeys(words.title("treatment", one) for one in held))
        listed.append(f"{say(words, 'not_title')}: {named}")
    return tuple(listed)
