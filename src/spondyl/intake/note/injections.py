"""What a note tells of injections and of how long a treatment helped; the last diagnostic block and stimulator trial.

It adds to the entries that `treatments` opens, and never opens one.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from spondyl.record.facts import Assertion, JsonValue, Precision

from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .times import Time, weeks

INJECTED: Final = frozenset(
    "esi snrb mbb rfa facet_injection sij_injection trigger_point_injection hardware_block nerve_block".split()
)
_BLOCKS: Final = {
    "snrb": "root",
    "mbb": "medial_branch",
    "facet_injection": "facet_joint",
    "sij_injection": "sacroiliac_joint",
    "hardware_block": "implant",
}
_ALWAYS_DIAGNOSTIC: Final = frozenset(("snrb", "mbb", "hardware_block"))
_DIAGNOSTIC: Final = Lazy(
    r"\b(?:diagnostic(?:ally)?|test|numbing|an(?:a)?esthetic|lidocaine|lignocaine|bupivacaine|ropivacaine|blocks?|concordant)\b",
    re.IGNORECASE,
)
_THERAPEUTIC: Final = Lazy(r"\b(?:therapeutic|steroid|cortisone|depo\w*|kenalog|triamcinolone)\b", re.IGNORECASE)
_NEAR: Final = 8
# A column of a table, or a comma, between the relief and how long it lasted: "70 %    6 weeks".
_COLUMN: Final = Lazy(r"\d\s*%(?:\s*(?:relief|better|improvement|benefit))?\s*[|,/]?\s*(?:~|about\s+)?$")
_OF_RELIEF: Final = Lazy(
    r"\s*(?:of\s+)?(?!(?:\w+\s+)?(?:no|without|little|minimal|zero|poor)\b)(?:\w+\s+){0,2}(?:relief|benefit|improvement|help|pain[\s-]free)",
    re.IGNORECASE,
)
_HELPED: Final = Lazy(
    r"\b(?:relief|relieved|help(?:s|ed|ful|ing)?|better|benefit(?:ed)?|improve\w*|wore\s+off|pain[\s-]free|effective|lasted|eased|worked|good\s+for|\d{1,3}\s*%|\d{1,3}\s+percent)",
    re.IGNORECASE,
)
_GUIDED: Final = Lazy(
    r"\b(?:fluoro(?:scop\w*)?|ct|ultrasound|u/?s|x-?ray|image|imaging|radiolog\w+)[\s-]*guid\w+|\(\s*(?:fluoro\w*|ct|ultrasound|u/?s|x-?ray)(?:\s*(?:guid\w+|control))?\s*[),;]|\b(?:under|with|using|by)\s+(?:\w+\s+)?(?:fluoro\w*|c-arm|(?:image|imaging|x-?ray|ct|ultrasound|fluoro\w*)\s+(?:guidance|control|screening)|image\s+intensifier)",
    re.IGNORECASE,
)
_UNGUIDED: Final = Lazy(
    r"\b(?:blind(?:ly)?|unguided|landmark[\s-](?:based|guided|technique)|(?:without|no|not\s+under)\s+(?:any\s+)?(?:image|imaging|x-?ray|fluoro\w*)(?:\s+guidance)?)\b",
    re.IGNORECASE,
)
_SEDATED: Final = Lazy(
    r"\b(?:under|with)\s+(?:\w+\s+)?sedation\b|\bsedated\b|\bmidazolam\b|\bversed\b"
    r"|\b(?:iv|conscious|moderate|light|mild|minimal)\s+sedation\b(?!\s+(?:was\s+)?(?:not|declined|offered))",
    re.IGNORECASE,
)
_UNSEDATED: Final = Lazy(
    r"\b(?:without|no)\s+(?:any\s+|iv\s+|conscious\s+)?sedation\b|\bunsedated\b|\bnot\s+sedated\b|\bsedation\s*(?::|was)?\s*(?:none|no\b|not\s+(?:used|given))|\blocal\s+(?:an(?:a)?esthe\w+\s+)?only\b",
    re.IGNORECASE,
)
_ADEQUATE: Final = Lazy(
    r"\b(?:adequate|full|complete|sufficient|proper|entire|whole)\s+(?:\w+\s+)?(?:trial|course|program(?:me)?|dose)\b|\b(?:completed|finished)\s+(?:(?:a|the|all|his|her)\s+){0,2}(?:full\s+)?(?:course|program(?:me)?|sessions|visits)\b|\battended\s+(?:all|every)\b",
    re.IGNORECASE,
)
_INADEQUATE: Final = Lazy(
    r"\b(?:inadequate|incomplete|insufficient|subtherapeutic|sub-therapeutic)\s+(?:\w+\s+)?(?:trial|course|dose)\b|\b(?:not|never)\s+(?:an?\s+|had\s+an?\s+|completed\s+(?:a|the)\s+)?(?:adequate|full|proper)\s+(?:trial|course)\b|\b(?:stopped|quit|left|dropped\s+out)\s+(?:after|following)\s+(?:one|two|1|2|a\s+few|a\s+couple\s+of)\s+(?:sessions?|visits?|doses?|days?|tablets?)\b|\bdid\s+not\s+(?:finish|complete|attend)\b",
    re.IGNORECASE,
)
_FROM_TO: Final = Lazy(
    r"\b(?:from\s+(?:a\s+)?|pain\s+)(?P<a>\d{1,2})(?:\s*/\s*10)?\s*(?:down\s+)?(?:to|->|→)\s*(?:a\s+)?(?P<b>\d{1,2})(?:\s*/\s*10)?(?![\d%/])",
    re.IGNORECASE,
)
_SCORE: Final = (
    r"(?:\s*(?:-?\s*(?:procedure|injection|block|op))?\s*(?:pain|vas|nrs|score|level|was|of|:|=|\(|rated|\s)*)"
)
BEFORE_AFTER: Final = Lazy(
    rf"\b(?:pre{_SCORE}(?P<a>\d{{1,2}})(?:\s*/\s*10)?(?![\d%/]|\.\d)[^\n]{{0,40}}?\bpost{_SCORE}(?:\(\s*\w[\w\s]{{0,12}}\)\s*)?(?P<b>\d{{1,2}})(?:\s*/\s*10)?(?![\d%/]|\.\d)"
    r"|(?P<a2>\d{1,2})\s*/\s*10\s+(?:pain\s+)?(?:before|pre\w*)[^\n]{0,24}?(?P<b2>\d{1,2})\s*/\s*10\s+(?:pain\s+)?(?:after\w*|post\w*|immediately))",
    re.IGNORECASE,
)
# What "epidural" describes when it is no injection: tissue, blood, pus, a tumor, an anesthetic, a lead.
_TISSUE: Final = (
    r"(?:fibro\w+|scar\w*|abscess\w*|phlegmon\w*|empyema\w*|infection|ha?ematomas?|lipomato\w+|collections?|fluid"
    r"|seromas?|tissue|tumou?rs?|metasta\w+|mets)"
)
_NO_NEEDLE: Final = Lazy(
    r"\s+(?:(?!(?:and|or|in|on|was|is|gave|helped|with|without|for|no|not|last|then|done|did|complicated|caused|followed|by|after|before|led)\b)[A-Za-z-]+\s+){0,2}"
    rf"(?:{_TISSUE}|pus|blood|bleed\w*|ha?emorrhag\w+|fat|spaces?|gas|air|enhanc\w+|granulation|adhesions?|mass(?:es)?|lesions?|disease|involvement|extension|component|process|compress\w+|veins?|venous|vessels?|plexus|cysts?|o?edema|ana?lges\w+|ana?esthe\w+|pca|infusion|catheters?|pumps?|leads?|electrodes?|paddles?|needles?|labou?r|delivery)\b"
    rf"|\s*(?:/|,|-|and|or|&)\s*(?:(?:and|or|peri|para|sub|intra)\w*\s+)?{_TISSUE}\b"
    rf"|\s*(?:/|-|and|or|&)\s*[A-Za-z]+\s+{_TISSUE}\b"
    r"|\s+(?:in|during|for)\s+(?:(?:her|the|my)\s+)?(?:labou?r|delivery|childbirth|birth|c-?section|ca?esarean)\b",
    re.IGNORECASE,
)
_A_MONTH: Final = Lazy(
    r"\b(?:for|lasted|lasting)\s+(?:(?:about|roughly|only|barely|almost|nearly|over|just|around|maybe)\s+)?a\s+(?:(?:full|whole|good|solid)\s+)?(?P<unit>day|week|fortnight|month|year)\b(?!\s+(?:or\s+(?:two|so)|and\s+a\s+half))",
    re.IGNORECASE,
)
_ONE: Final[dict[str, JsonValue]] = {"day": 0.1, "week": 1, "fortnight": 2, "month": 4.3, "year": 52.2}
_RESULT: Final = Lazy(r"\b(?P<yes>positive|concordant)\b|\b(?P<no>negative|non-?diagnostic)\b", re.IGNORECASE)


def is_no_injection(page: Page, hit: Hit) -> bool:
    """Whether a bare "epidural" describes something else: fibrosis, an abscess, the anesthetic of a birth."""
    if page.words.norm[hit.i : hit.j] != ["epidural"]:
        return False
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    return _NO_NEEDLE.match(page.text, page.words.end[hit.i], page.words.end[last - 1]) is not None


def add_details(page: Page, found: Found, entry: EntryFound, kind: str, how: Assertion, low: int, high: int) -> None:
    """Add how long the treatment helped, and how it was done, as told between two places of the note."""
    text = page.text
    start = _sentence_start(page, low)
    helped = _HELPED.search(text, low, high)
    if helped is not None:
        _lasted(page, found, entry, how, low, high)
    _either(text, entry, "adequate", (_ADEQUATE, _INADEQUATE), start, high)
    if kind in INJECTED or kind == "scs_trial":
        say_how_done(text, entry, start, high)
        numbers = _FROM_TO.search(text, low, high) or BEFORE_AFTER.search(text, low, high)
        if numbers is not None and entry.get("relief_pct") is None:
            told = numbers.groupdict()
            before, after = int(told["a"] or told["a2"]), int(told["b"] or told["b2"])
            if 0 <= after <= before <= 10 and before:
                percent = round(100 * (before - after) / before)
                entry.say("relief_pct", Said(percent, how, numbers.start(), numbers.end()))
                found.used(numbers.start(), numbers.end())


def say_how_done(text: str, entry: EntryFound, start: int, high: int) -> None:
    """Whether a picture guided the needle, and whether the patient was sedated."""
    _either(text, entry, "image_guided", (_GUIDED, _UNGUIDED), start, high)
    _either(text, entry, "sedation_used", (_SEDATED, _UNSEDATED), start, high)


def _sentence_start(page: Page, place: int) -> int:
    """Where the part of the sentence begins that speaks of the treatment: after the comma or semicolon before it."""
    i = min(page.words.at(max(0, place - 1)), len(page.words.norm) - 1)
    first, _ = page.words.bounds[page.words.sentence[i]]
    while i > first and page.words.norm[i - 1] not in (";", ",", "."):
        i -= 1
    return page.words.start[i]


def _lasted(page: Page, found: Found, entry: EntryFound, how: Assertion, low: int, high: int) -> None:
    i, j = page.words.slice(low, high)
    for time in page.times_in(i, max(i, j)):
        if time.iso is not None or time.unit == "hour" or time.cue in ("ago", "pod"):
            continue
        told = page.text[max(low, time.start - 30) : time.start]
        if time.cue == "for" and not _HELPED.search(page.text, low, time.end):
            continue
        if (
            time.cue == "for"
            or _OF_RELIEF.match(page.text, time.end, high)
            or _COLUMN.search(page.text, low, time.start)
            or re.search(r"(?:lasted|lasting|after|within|in)\s+(?:\w+\s+){0,2}$", told, re.IGNORECASE)
        ):
            a, b = (int(n) if n == int(n) else n for n in weeks(time))
            value: JsonValue = a if a == b else {"low": a, "high": b}
            entry.say("relief_weeks", Said(value, how, time.start, time.end, None, time.precision))
            found.used(time.start, time.end)
            return
    whole = _A_MONTH.search(page.text, low, high) if " a " in page.text[low:high] else None
    if whole is not None and entry.get("relief_weeks") is None and _HELPED.search(page.text, low, whole.end()):
        entry.say("relief_weeks", Said(_ONE[whole["unit"].lower()], how, whole.start(), whole.end(), None, "about"))
        found.used(whole.start(), whole.end())


def _either(text: str, entry: EntryFound, name: str, ways: tuple[Lazy, Lazy], start: int, end: int) -> None:
    """A truth and its denial; the denial is looked for first, because its words hold those of the truth."""
    if entry.get(name) is not None:
        return
    for pattern, value in ((ways[1], False), (ways[0], True)):
        match = pattern.search(text, start, end)
        if match is not None:
            entry.say(name, Said(value, "present", match.start(), match.end()))
            return


def say_last_block(page: Page, found: Found, entries: list[tuple[EntryFound, str | None]]) -> None:
    """Add the target and the relief of the last diagnostic block, and the relief of a stimulator trial."""
    last: tuple[str, int, str, Said] | None = None
    for entry, named in entries:
        relief = next(iter(entry.told.get("relief_pct", ())), None)
        if relief is None or relief.assertion != "present":
            continue
        kind = str(entry.get("type"))
        if kind == "scs_trial":
            found.say("scs_trial_relief_pct", relief.value, "present", relief.start, relief.end)
        target = _target(page, entry, kind, named)
        if target is None:
            continue
        key = (str(entry.get("date") or ""), relief.start)
        if last is None or key >= last[:2]:
            last = (*key, target, relief)
    if last is not None:
        on = last[0] if len(last[0]) == 10 else None
        relief = last[3]
        found.say("block_target", last[2], "present", relief.start, relief.end, on)
        found.say("block_relief_pct", relief.value, "present", relief.start, relief.end, on)


def _target(page: Page, entry: EntryFound, kind: str, named: str | None) -> str | None:
    """What a block aimed at; None for an injection that was to heal and not to tell."""
    target = named or _BLOCKS.get(kind)
    if target is None:
        return None
    said = entry.told["type"][0]
    i, _ = page.words.slice(said.start, said.end)
    first, last = page.words.bounds[page.words.sentence[i]]
    start, end = page.words.start[first], page.words.end[last - 1]
    if kind not in _ALWAYS_DIAGNOSTIC:
        if not _DIAGNOSTIC.search(page.text, start, end) or _THERAPEUTIC.search(page.text, start, end):
            return None
    near = [level for level in page.levels_in(first, last) if abs(level.i - i) <= _NEAR]
    neck = entry.get("region") == "cervical" or any(level.region == "cervical" for level in near)
    return "cervical_root" if target == "root" and neck else target


def result_of(text: str, start: int, end: int) -> tuple[JsonValue, int, int] | None:
    """The relief that a bare "positive" or "negative" of a block stands for."""
    match = _RESULT.search(text, start, end)
    if match is None:
        return None
    value: JsonValue = {"low": 50, "high": 100} if match["yes"] else {"low": 0, "high": 49}
    return value, match.start(), match.end()


def day_of(page: Page, time: Time) -> tuple[str, Precision] | None:
    """The day a time stands for, as precise as it was said; None when it lies ahead or cannot be told."""
    if time.iso is not None:
        if page.written_on is not None and time.iso > page.written_on[: len(time.iso)]:
            return None
        return time.iso, time.precision or "day"
    if page.written_on is None or time.cue not in ("ago", "for"):
        return None
    if time.unit == "year" and time.precision == "about" and time.low < 1:
        return None  # "in the last year" is of no day
    back = date.fromisoformat(page.written_on) - timedelta(days=round(sum(time.days) / 2))
    exact = time.unit in ("hour", "day") and time.low == time.high and time.precision != "about"
    if exact or time.unit == "week":
        return back.isoformat(), "day" if exact else "week"
    if time.unit == "month":
        return back.isoformat()[:7], "month"
    return back.isoformat()[:4], "year"
