"""Vital signs told in words or without a name: "seven breaths a minute", "the thermometer said 102.3", "86 over 50".

It reads only sentences that speak of breathing, heat or pressure; numbers with a name of their own are read elsewhere.
"""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .found import Found
from .lazy import Lazy
from .page import Page
from .past import is_over
from .phrases import Hit

_ONES: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
_TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
_BREATH: Final = frozenset(
    "breath breathe breathing resp respiration respiratory rr snore snoring bradypnea hyperventilating"
    " panting gasp gasping sat spo2".split()
)
_MINUTE: Final = frozenset("minute min mn".split())
_EACH: Final = frozenset("a per / each every in one the breath time x resp respiration of only".split())
_RATE: Final = frozenset("rate rr resp respiration".split())
_LINK: Final = frozenset(
    "of is are was were . now only about at to down = : the breathing fell dropped went , slow around".split()
)
_OTHER_RATE: Final = frozenset("heart pulse infusion sed sedimentation flow pump basal hr bpm filtration".split())
_STRONG_HEAT: Final = frozenset(
    "fever febrile temp temperature thermometer tmax spike spiked spiking pyrexia pyrexial degree feverish".split()
)
_HEAT: Final = _STRONG_HEAT | frozenset(
    "vital vs obs burning forehead hot flushed sweating sweaty shivering shiver chill rigor shaking ear tongue armpit"
    " boiling roasting tylenol paracetamol fire grade ward arm underarm shivery".split()
)
# "tonight 38.8": a number with one decimal right behind the time of day is a temperature, where no other thing is named
_HOURS: Final = frozenset("tonight evening overnight night morning afternoon midnight".split())
_OTHERS: Final = frozenset(
    "waist girth pef length cobb crp wbc esr hb hgb hct hematocrit bmi weight kg creatinine albumin glucose sugar"
    " sodium potassium platelet lactate"
    " ph inr procalcitonin score odi ndi percent % dose mg ml vitamin".split()
)
# a bare number among vital signs: "Today 38.9, pulse 108"; these may stand in its part of the list, and no other word
_VITALS: Final = frozenset("pulse hr bp sat spo2 resp rr sbp".split())
_WHEN: Final = _HOURS | frozenset(
    "today now yesterday arrival admission triage presentation here home clinic er ed a & e in on at the this was is he"
    " she it still again of to up : ( and".split()
)
_ON_THE_DAY: Final = frozenset("today arrival admission triage presentation".split())
# a number told of a movement, a test or a curve is an angle, unless a word for heat stands nearer to it
_ANGLES: Final = frozenset(
    "slr slump lasegue lasègue laseg raise raising abduction adduction rotation flexion extension rom arc motion bend"
    " bending tilt turn angle angulation cobb lordosis kyphosis scoliosis elevation inclination curve supination"
    " pronation hob flex extend rotate turning raised dorsiflexion plantarflexion slip incidence".split()
)
_HEAT_NAMES: Final = (_STRONG_HEAT - {"degree"}) | {"t"}
_NOT_HEAT_BEFORE: Final = frozenset(
    "crp wbc esr hb hgb hct bmi hr pulse sat spo2 age aged l c t over above than > < below under exceed reach lasted"
    " abi inr cr lactate ph pco2 po2 hematocrit".split()
)
_UNITS_AFTER: Final = frozenset(
    "mg mcg ug g ml mm cm % percent year yo yr day week month hour hr minute min kg lb pound am pm / bpm beat time"
    " unit meter foot mile x old pack dollar mmhg".split()
)
_PRESSURE: Final = frozenset(
    (
        "bp sbp systolic map cuff pressure ob obs vital ems palp palpation ew ews news nibp hypotensive monitor sys"
        " number"
    ).split()
)
_SYSTOLIC: Final = frozenset("sbp systolic sys".split())
_FEVER: Final = 38.0
_ENDS_ITEM: Final = frozenset(", . ; / ) ( - | and with".split())
_WARM: Final = _HOURS | _VITALS | _ON_THE_DAY
_REACH: Final = 7
_ITEM: Final = 5
_ANGLE_REACH: Final = 14
_LOW: Final = 100
_LOW_MEAN: Final = 65
_LEAST_AIR: Final = 60
_FULL: Final = 100
_FAST: Final = 100
_AIR: Final = Lazy(
    r"(?<![\d./])(?P<n>\d{2,3})(?:[ ]?%[ ,]*(?:(?:sats?|saturation|o2)[ ,]*)?(?:on[ ]+)?|[ ]+on[ ]+)"
    r"(?:RA\b|R/A\b|room[ ]air\b|(?<=on )\d(?:\.5)?[ ]?(?:L|lpm|liters?|litres?)\b|\d(?:\.5)?[ ]?L[ ]?(?:NC|nasal)\b)"
)
_ROW: Final = Lazy(
    r"(?:vs|vitals?(?:\s+signs)?|obs(?:ervations)?)[\s:-]*(?:3[4-9]|4[01]|9[4-9]|10[0-6])(?:\.\d)?[ ]?(?:\u00b0?"
    r"[ ]?[CF])?[ ]*[/,;][ ]*(?P<n>[3-9]\d|1\d\d|2[0-2]\d)[ ]*[/,;][ ]*(?:[6-9]\d|[12]\d\d)/[2-9]\d",
    re.IGNORECASE,
)
Spoken = tuple[int, int, float]


def read_vitals(page: Page, found: Found) -> None:
    """Add breathing rates, temperatures and low pressures that the sentence around them names."""
    norm = page.words.norm
    _lines(page, found)
    held = set(norm)
    tasks = [
        (cues, read)
        for cues, read in ((_BREATH, _breathing), (_HEAT | _WARM, _heat), (_PRESSURE, _pressure))
        if not cues.isdisjoint(held)
    ]
    if not tasks:
        return
    for first, last in page.words.bounds:
        told = norm[first:last]
        for cues, read in tasks:
            if not cues.isdisjoint(told):
                numbers = _numbers(page, first, last)
                if numbers:
                    read(page, found, first, last, numbers)


def _lines(page: Page, found: Found) -> None:
    """Numbers without a name in the line of vital signs: "38.6 / 112 / 128/61", "97% RA", "95% on 2L"."""
    marks = page.marks
    for match in marks.tries(_AIR, marks.numbers) if "%" in marks.low or "room air" in marks.low else ():
        value = int(match["n"])
        i, j = page.words.slice(match.start(), match.end())
        if _LEAST_AIR <= value <= _FULL and i < j and _meant(page, i, j):
            if not _told(found, "oxygen_saturation", match.start(), match.end()):
                found.say("oxygen_saturation", value, "present", match.start(), match.end())
                found.used(match.start(), match.end())
    for match in marks.tries(_ROW, marks.of("vs", "vital", "vitals", "obs", "observations")):
        start, end = match.span("n")
        i, j = page.words.slice(start, end)
        if i < j and _meant(page, i, j) and not _told(found, "fast_heart", start, end):
            found.say("fast_heart", True, "present" if int(match["n"]) > _FAST else "negated", start, end)
            found.used(start, end)


def _numbers(page: Page, first: int, last: int) -> list[Spoken]:
    """The numbers of a sentence, in digits or in words: "38,7", "seven", "a hundred and two", "thirty-nine"."""
    norm, told = page.words.norm, []
    t = first
    while t < last:
        word, i = norm[t], t
        value: float | None = None
        if word.replace(".", "", 1).isdecimal() and len(word) <= 6:
            value = float(word)
            t += 1
            glued = t + 1 < last and norm[t] == "," and page.words.end[i] == page.words.start[t]
            if glued and norm[t + 1].isdecimal() and len(norm[t + 1]) == 1 and "." not in word:
                if page.words.start[t + 1] == page.words.end[t]:
                    value += int(norm[t + 1]) / 10
                    t += 2
        elif word in _ONES or word in _TENS or word == "hundred":
            value, t = _spoken(norm, t, last)
        else:
            t += 1
            continue
        told.append((i, t, value))
    return told


def _spoken(norm: list[str], t: int, last: int) -> tuple[float, int]:
    """A number in words from word `t` on, and the word after it."""
    value = 0.0
    while t < last:
        word = norm[t]
        if word == "hundred":
            value = (value or 1) * 100
        elif word in _TENS:
            value += _TENS[word]
        elif word in _ONES:
            value += _ONES[word]
            if norm[t + 1 : t + 2] != ["point"] and norm[t + 1 : t + 2] != ["hundred"]:
                return value, t + 1
        elif word == "point" and t + 1 < last and norm[t + 1] in _ONES:
            return value + _ONES[norm[t + 1]] / 10, t + 2
        elif not (word in ("and", "-", "&") and t + 1 < last and (norm[t + 1] in _ONES or norm[t + 1] in _TENS)):
            break
        t += 1
    return value, t


def _breathing(page: Page, found: Found, first: int, last: int, numbers: list[Spoken]) -> None:
    norm = page.words.norm
    for i, j, value in numbers:
        if not 0 < value <= 60 or value != int(value):
            continue
        if value >= 5 and norm[j : j + 1] in (["second"], ["sec"]) and norm[i - 1 : i] == ["every"]:
            value, t = 60 // value, j
            a_minute = True
        else:
            t = j
            while t < last and t - j < 4 and norm[t] in _EACH:
                t += 1
            a_minute = t > j and t < last and norm[t] in _MINUTE
        if not a_minute and not _rate_before(norm, first, i):
            continue
        if not _OTHER_RATE.isdisjoint(norm[max(first, i - 3) : j + 2]):
            continue
        if not a_minute and j < last and norm[j] in _UNITS_AFTER:
            continue
        if _meant(page, i, j):
            start, end = page.words.start[i], page.words.end[(t if a_minute else j - 1)]
            if not _told(found, "respiratory_rate", start, end):
                found.say("respiratory_rate", int(value), "present", start, end)
                found.say("rapid_breathing", True, "present" if value >= 22 else "negated", start, end)
                found.used(start, end)


def _rate_before(norm: list[str], first: int, i: int) -> bool:
    """Whether the words before a number say that it is a rate: "rate of breathing 27", "RR down from 16 to 8"."""
    t = i - 1
    while t >= first and i - t < 7 and (norm[t] in _LINK or norm[t] == "from" or norm[t].isdecimal()):
        if norm[t] == "from" and "to" not in norm[t:i]:
            return False  # "from 16": the number it came from
        if norm[t] == "," and norm[t - 1].isdecimal():
            return False
        t -= 1
    return t >= first and norm[t] in _RATE and (t == first or norm[t - 1] not in _OTHER_RATE)


def _heat(page: Page, found: Found, first: int, last: int, numbers: list[Spoken]) -> None:
    norm = page.words.norm
    for i, j, value in numbers:
        celsius = value if 36 <= value <= 42.5 else round((value - 32) / 1.8, 1) if 97 <= value <= 108 else None
        if celsius is None or (i > first and norm[i - 1] in _NOT_HEAT_BEFORE):
            continue
        apart = j < last and norm[j] == "/" and page.words.start[j] > page.words.end[j - 1]  # "38.6 / 112 / 128/61"
        if (j < last and norm[j] in _UNITS_AFTER and not apart) or (i > first and norm[i - 1] == "/"):
            continue
        at_night = value != int(value) and celsius >= _FEVER and _at_night(norm, first, last, i, j)
        if not at_night and is_angle(page, i, j):
            continue
        near = norm[max(first, i - _REACH) : min(last, j + _REACH)]
        strong = not _STRONG_HEAT.isdisjoint(near)
        if not strong and (
            value == int(value)
            or (_HEAT.isdisjoint(near) and not at_night and not _among_vitals(page, first, last, i, j))
        ):
            continue
        if strong and value == int(value) and not (38 <= value <= 41 or 101 <= value <= 106):
            continue
        if _meant(page, i, j):
            start, end = page.words.start[i], page.words.end[j - 1]
            if not _told(found, "temp_c", start, end):
                left = norm[i - 1] == "from" and "to" in norm[j : j + 4]  # "fell from 39 to 37"
                how: Assertion = "historical" if left or is_over(page, Hit(i, j, {})) else "present"
                found.say("temp_c", round(celsius, 1), how, start, end)
                found.used(start, end)
                if celsius >= 38:
                    found.say("fever", True, how, start, end)


def _at_night(norm: list[str], first: int, last: int, i: int, j: int) -> bool:
    """Whether a number stands right beside a time of day and nothing else is named: "tonight 38.8"."""
    t = i - 1
    while t > first and norm[t] in (",", ":", "is", "was", "at", "of", "now", "again"):
        t -= 1
    k = j + (norm[j : j + 1] == ["this"])
    beside = (t >= first and norm[t] in _HOURS) or (k < last and norm[k] in _HOURS)
    return beside and _OTHERS.isdisjoint(norm[first:i])


def _among_vitals(page: Page, first: int, last: int, i: int, j: int) -> bool:
    """Whether a bare number stands beside vital signs, or alone on the day: "Today 38.9, pulse 108"."""
    norm = page.words.norm
    t = i - 1
    while t >= first and norm[t] not in (",", ";"):
        if norm[t] not in _WHEN:
            return False
        t -= 1
    if not _OTHERS.isdisjoint(norm[first:i]) or not _OTHERS.isdisjoint(norm[j : j + 2]):
        return False
    if j < last and norm[j] not in _ENDS_ITEM and norm[j] not in _VITALS:
        return False  # "38.5 on the NDI", "38.6 grams"
    if not _VITALS.isdisjoint(norm[max(first, t - _ITEM) : max(first, t)]):
        return True
    if not _VITALS.isdisjoint(norm[j : min(last, j + _ITEM)]):
        return True
    if t >= first or _ON_THE_DAY.isdisjoint(norm[first:i]):
        return False
    before = page.words.bounds[max(0, page.words.sentence[i] - 1)][0]  # "CRP 54.1. Today 38.9": the same thing again
    return _OTHERS.isdisjoint(norm[before:first]) and not any(word in ("/", "%") for word in norm[j : j + 1])


def is_angle(page: Page, i: int, j: int) -> bool:
    """Whether a number is told of a movement or a curve: "SLR left at 40 degrees", "40 degrees of flexion"."""
    first, last = page.words.bounds[page.words.sentence[i]]
    norm = page.words.norm
    for t in (*range(i - 1, max(first, i - _ANGLE_REACH) - 1, -1), *range(j, min(last, j + _REACH))):
        if norm[t] in _HEAT_NAMES:
            return False
        if norm[t] == "bed" and norm[t - 2 : t] == ["head", "of"]:
            return True
        if norm[t] in _ANGLES:  # "temp raised to 39": told of heat, with no comma between
            return not any(word in _HEAT_NAMES for word in norm[max(first, t - 2) : t] if "," not in norm[t - 2 : t])
    return False


def _pressure(page: Page, found: Found, first: int, last: int, numbers: list[Spoken]) -> None:
    norm = page.words.norm
    for at, (i, j, value) in enumerate(numbers):
        after = norm[j : j + 3]
        end = j
        if after[:1] in (["/"], ["over"]):
            below = next((one for one in numbers[at + 1 : at + 2] if one[0] == j + 1), None)
            if below is None:
                if after[1:2] not in (["p"], ["palp"]):
                    continue
                end = j + 2
            elif not 20 <= below[2] < value - 8:
                continue
            else:
                end = below[1]
        elif after[:1] == ["palp"] or after[:2] == ["by", "palpation"]:
            end = j + 1
        elif not _SYSTOLIC.isdisjoint(near := norm[max(first, i - 3) : i]) or ("top" in near and "number" in near):
            pass
        elif norm[max(first, i - 1) : i] == ["map"] and 30 <= value < _LOW_MEAN:
            value = _LOW_MEAN
        else:
            continue
        if 50 <= value < _LOW and value == int(value) and _meant(page, i, end):
            start, stop = page.words.start[i], page.words.end[end - 1]
            if not _told(found, "hypotension", start, stop):
                found.say("hypotension", True, "present", start, stop)
                found.used(start, stop)


def _meant(page: Page, i: int, j: int) -> bool:
    """Whether the number is of this patient and now, not of a relative, an advice or a supposed case."""
    how = page.assertion(Hit(i, j, {}), past=False)
    if page.section[i] == "past" and page.words.sentence[i] in page.carried:
        return False  # copied from a note of an earlier year
    return how in ("present", "uncertain", "negated") and page.section[i] not in ("family", "return", "risks")


def _told(found: Found, fact: str, start: int, end: int) -> bool:
    """Whether the same number has been read by its name already."""
    return found.holds(fact, start, end)
