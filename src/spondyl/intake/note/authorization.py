"""The authorization of a payer: what was read of it settled by its sentence, and the day it was asked for."""

from __future__ import annotations

import re
from typing import Final

from .context import FAMILY, HYPOTHETICAL
from .found import Found, Said
from .lazy import Lazy
from .page import Page
from .spoken import bounds_of, sentences_with

_AUTH: Final = Lazy(
    r"\b(?:(?:prior|pre)[\s-]?auth\w*|auth(?:orization|orisation|s)?|pre-?\s?cert\w*|insurance|insurer|payer|utilization\s+review|PA)\b",
    re.IGNORECASE,
)
_AUTH_WORDS: Final = ("auth", "cert", "insur", "payer", " pa ", "utilization")
_ASKED_ON: Final = Lazy(
    r"\b(?:request(?:ed)?|submitted|sent|filed|faxed|initiated|placed|resubmitted|applied)\s*(?:to\s+(?:\w+\s+){1,3})?(?:on\s+|:\s*|-\s*)?\(?$",
    re.IGNORECASE,
)
_ASKED: Final = Lazy(
    r"\b(?:request(?:ed|ing)?|seeking|submitted|sent|filed|faxed|initiated|pending|awaiting|in\s+process|under\s+review)\b",
    re.IGNORECASE,
)
_NOT_ASKED: Final = Lazy(
    r"\b(?:not|never|hasn't|haven't|wasn't|n\u2019t)\s+(?:yet\s+)?(?:been\s+)?(?:yet\s+)?(?:requested|submitted|sought|sent(?:\s+in)?|filed|started|initiated|applied\s+for|asked\s+for)\b"
    r"|\bno\s+(?:prior\s+|pre-?\s?)?auth\w*\s+(?:has\s+been\s+|was\s+|yet\s+|is\s+)*(?:requested|submitted|sought|sent|filed|started|on\s+file|yet)\b",
    re.IGNORECASE,
)
_JUDGED: Final = Lazy(
    r"\b(?:(?P<yes>approved|granted|authorized|authorised|approval\s+(?:was\s+)?(?:received|obtained))|denied|rejected|not\s+approved(?!\s+(?:yet|as\s+of|so\s+far)))\b",
    re.IGNORECASE,
)
_NOT_JUDGED: Final = Lazy(
    r"\b(?:not|no|if|when|once|until|unless|pending|await\w*|to\s+be|be|hasn't|previously)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_AHEAD: Final = Lazy(
    r"\b(?:will|to\s+be|plan\w*|need\w*|must|should|once|when|if|may|going\s+to)\s+(?:\w+\s+){0,2}$", re.IGNORECASE
)
_SKIP: Final = frozenset(("family", "return", "risks"))


def read_authorization(page: Page, found: Found) -> None:
    """Settle the status, and add the day on which it was asked for."""
    _settle_authorization(page, found)
    if any(word in page.marks.low for word in _AUTH_WORDS):
        _authorization(page, found)
        if "not" in page.marks.low or "no " in page.marks.low:
            _not_asked(page, found)


def _told(page: Page, place: int) -> bool:
    i = min(page.words.at(place), len(page.words.norm) - 1)
    return page.section[i] not in _SKIP and not page.context.has(i, i + 1, FAMILY | HYPOTHETICAL)


def _settle_authorization(page: Page, found: Found) -> None:
    """What was read of an authorization, where the sentence says more."""
    for number, (name, said) in enumerate(found.flat):
        if name == "auth_status" and said.assertion == "negated":
            near = page.text[max(0, said.start - 24) : said.start]
            if not re.search(r"\b(?:no|not|never|hasn't|nor)\s+(?:\w+\s+){0,2}$", near, re.IGNORECASE):
                found.replace(number, "present")  # "w/o contrast - auth requested": the contrast is left out
        elif name == "auth_status" and said.assertion == "present" and said.value in ("requested", "denied"):
            start, end = bounds_of(page, said.start)
            verdict = _judged(page.text, start, end)
            if verdict is not None and verdict[0] != said.value:  # "prior authorization for RFA was approved"
                found.flat[number] = (name, Said(verdict[0], "present", verdict[1], verdict[2]))


def _authorization(page: Page, found: Found) -> None:
    """The day on which it was asked for."""
    if any(name == "auth_requested_on" for name, _ in found.flat):
        return
    for start, end in sentences_with(page, *_AUTH_WORDS):
        match = _AUTH.search(page.text, start, end)
        if match is None or (match[0].lower() == "pa" and match[0] != "PA"):
            continue
        asked = _ASKED.search(page.text, start, end)
        if asked is None or not _told(page, match.start()):
            continue
        if asked[0].lower() in ("requesting", "seeking") and not any(name == "auth_status" for name, _ in found.flat):
            if not _AHEAD.search(page.text, max(start, asked.start() - 30), asked.start()):
                found.say("auth_status", "requested", "present", asked.start(), match.end())
        i, j = page.words.slice(start, end)
        for time in page.times_in(i, j):
            told = (time.iso, time.precision or "day") if time.iso is not None else None  # an addendum may be later
            if told is None or not _ASKED_ON.search(page.text, max(start, time.start - 40), time.start):
                continue
            found.say("auth_requested_on", told[0], "present", time.start, time.end, None, told[1])
            if not any(name == "auth_status" and said.assertion == "present" for name, said in found.flat):
                found.say("auth_status", "requested", "present", asked.start(), asked.end())
            found.used(time.start, time.end)
            return


def _not_asked(page: Page, found: Found) -> None:
    """That none was asked for so far: "the insurer's approval has not yet been requested"."""
    for start, end in sentences_with(page, *_AUTH_WORDS):
        match = _AUTH.search(page.text, start, end)
        if match is None or (match[0].lower() == "pa" and match[0] != "PA") or not _told(page, match.start()):
            continue
        told = _NOT_ASKED.search(page.text, start, end)
        if told is not None and _ASKED.search(page.text, start, told.start()) is None:
            found.flat = [
                (name, said)
                for name, said in found.flat
                if name != "auth_status" or said.value != "requested" or not start <= said.start < end
            ]
            if any(name == "auth_status" and said.assertion == "present" for name, said in found.flat):
                return
            found.say("auth_status", "none", "present", told.start(), told.end())
            found.used(told.start(), told.end())
            return


def _judged(text: str, start: int, end: int) -> tuple[str, int, int] | None:
    """What a sentence says that an insurer decided; the last word counts."""
    told = [
        match
        for match in _JUDGED.finditer(text, start, end)
        if not _NOT_JUDGED.search(text, max(start, match.start() - 30), match.start())
    ]
    if not told:
        return None
    value = "approved" if told[-1]["yes"] else "denied"
    return value, told[-1].start(), told[-1].end()
