"""Pain scores without "/10" below the heading of a scale: "PAIN SCORES (0-10)", then "Back: 2  Leg: 7"."""

from __future__ import annotations

import re
from typing import Final

from .found import Found
from .lazy import Lazy
from .page import Page

_SCALES: Final = ("0-10", "0 - 10", "0\u201310", "0 to 10")
_HEAD: Final = Lazy(r"\b(?:pain|nrs|vas)\b[^\n]{0,40}$", re.IGNORECASE)
_OPENS: Final = Lazy(r"[ \t)\]]*(?:scale|rating|numeric|today|now)?[ \t)\]]*(?:[:=,-]|\n)[ \t]*\n?", re.IGNORECASE)
_ITEM: Final = Lazy(
    r"[ \t\n;,|*-]{0,12}(?:(?:low|lower|average|avg|usual|current|right|left|r|l|pain|in)\s+){0,3}"
    r"(?P<place>back|legs?|neck|arms?|lbp)(?:[ \t]+pain)?[ \t]*[:=-]?[ \t]*"
    r"(?P<n>10|\d(?:\.\d)?)(?![\d/:%-]|\.\d|[ \t]*(?:/|out\b|weeks?|days?|months?|years?))",
    re.IGNORECASE,
)
_FACT: Final = {"b": "nrs_back", "l": "nrs_leg", "n": "nrs_neck", "a": "nrs_arm"}
_SKIP: Final = frozenset(("family", "return", "risks", "plan"))


def read_pain_scales(page: Page, found: Found) -> None:
    """Add the scores of a list whose heading names the scale."""
    text = page.text
    for scale in _SCALES:
        place = text.find(scale)
        while place >= 0:
            head = _HEAD.search(text, max(0, text.rfind("\n", 0, place) + 1), place)
            opens = _OPENS.match(text, place + len(scale))
            place = text.find(scale, place + 1)
            if head is None or opens is None or page.section[page.words.at(head.start())] in _SKIP:
                continue
            item = _ITEM.match(text, opens.end())
            while item is not None:
                name = "nrs_back" if item["place"].lower() == "lbp" else _FACT[item["place"][0].lower()]
                value = float(item["n"])
                number = int(value) if value == int(value) else value
                found.say(name, number, "present", item.start("place"), item.end())
                found.used(item.start("place"), item.end())
                item = _ITEM.match(text, item.end())
