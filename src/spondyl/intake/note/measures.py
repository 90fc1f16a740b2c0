"""Numbers with a name: scores, laboratory values, vital signs, pain scales. Units are converted to those of the fact."""  # noqa: E501

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Any, Final

from spondyl.record.facts import Assertion, JsonValue

from .extremes import is_extreme, is_of_mind, later_score
from .found import Found
from .lazy import Lazy
from .page import Page
from .past import is_over
from .phrases import Hit
from .results import bone_density, day_of_result
from .vitals import is_angle, read_vitals

_VALUE: Final = Lazy(
    r"[\s]*(?:\(?(?:level|scored?|scores|rated|answered|marked|today|now|of|is|was|at|a|total|index|count|result|reading|measured|shows?|showed|read(?:ing)?|approximately|about|only|up|down|to|the|value|rate|on\s+exam|after\s+void(?:ing)?|=|:|~|>|<|≥|≤|-(?=\s)|,(?=\s*\d)|\)|\()\s*){0,4}"
    r"(?P<n>-?\d+(?:,\d{3})*(?:\.\d+)?)(?:\s*(?:/|out\s+of|of)\s*(?P<of>\d+)(?!\d))?\s*(?P<unit>mg\s?/\s?d?l|g\s?/\s?d?l|[uµμn]mol/l|mmol/mol|mmol/l|mm\s?/\s?hr?|ng/ml|mls?\b|cc\b|%|percent|mm\b|cm\b|ms\b|k\b|m\b|l\b|meters|metres|yards|feet|ft|miles|liters?)?",
    re.IGNORECASE,
)
_BEFORE: Final = Lazy(
    r"(?P<n>\d+|one|two|three|four|five)\s*(?:/\s*(?P<of>\d)|(?:out\s+)?of\s+\d)?\s*(?:positive\s+)?$", re.IGNORECASE
)
_COUNTED: Final = Lazy(
    r"\s*(?:are|were|is|was)?\s*(?:positive)?\s*[:=(]?\s*(?:positive\s+)?(?:in\s+)?(?P<n>\d|one|two|three|four|five)\s*(?:/|out\s+of|of)\s*(?:\d|three|four|five|six)\b(?:\s*positive)?",
    re.IGNORECASE,
)
_THEN: Final = Lazy(
    r"\s*(?:mg/l\b|mm/hr?\b)?\s*(?:,?\s*then|->|>|→|[,;]?\s*(?:and\s+)?(?:now|today|then)|\bto\b)\s*(?P<n>\d+(?:\.\d+)?)(?![\d/:])",
    re.IGNORECASE,
)
_LISTED: Final = Lazy(
    r"(?:\s*,\s*\d{1,3}(?:\.\d)?(?![\w/:%]|\.\d|\s*(?:mg|day|week|month|°|c\b|f\b|hour)))+", re.IGNORECASE
)
_FROM: Final = Lazy(
    r"\s*(?:(?:is|was|has|had|been|,|:|now|still|steadily|slowly|then|again|back|level)\s*){0,3}"
    r"(?:trend(?:ed|ing)|f[ae]ll(?:en|ing)?|ris(?:en|ing)|rose|went|gone|dropp(?:ed|ing)|climb(?:ed|ing)|c[ao]me|coming|up|down"
    r"|increas(?:ed|ing)|decreas(?:ed|ing)|improv(?:ed|ing)|settl(?:ed|ing))\s+(?:(?:down|up|nicely|steadily|slowly)\s+)?"
    r"from\s+(?P<a>\d+(?:\.\d+)?)\s*(?:mg/l|mm/hr?|%)?\s*(?:(?:on|at|in|last|this)\s+[\w/]+\s+)?(?:down\s+|up\s+)?to\s+(?P<n>\d+(?:\.\d+)?)",
    re.IGNORECASE,
)
_TEMP: Final = Lazy(
    r"(?<![\w/])(?:temp(?:erature)?|tmax|t(?:\s*max)?|a?febrile(?:\s*,|\s+(?:to|at))?|(?:oral|ear|tympanic|forehead)?\s?thermometer|fevers?(?:\s+(?:to|of|up\s+to))?)\s*(?:(?:is|was|of|at|:|=|to|up\s+to|says?|said|reads?|reading|showed|shows|gave|tonight|today|last\s+night|this\s+(?:morning|evening|afternoon)|on\s+arrival|at\s+home)\s*){0,3}(?P<a>\d{2,3}(?:[.,]\d+)?)\s*(?:°|degrees?)?\s*(?P<ua>[cf]\b|celsius|fahrenheit)?"
    r"|(?<![\w.])(?P<b>\d{2,3}(?:[.,]\d+)?)\s*(?:°|degrees?|deg)?\s*(?P<ub>[cf]|celsius|fahrenheit)\b",
    re.IGNORECASE,
)
_PAIN: Final = Lazy(
    r"(?<![\w/.])(?P<n>\d{1,2}(?:\.\d)?)(?:\s*(?:-|–|to)\s*(?P<n2>\d{1,2}))?\s*(?:/|out\s+of)\s*10(?![\d/])|\b(?:vas|nrs)\s*(?:pain\s*)?(?:score\s*)?(?:back|leg|neck|arm)?\s*(?:of|is|was|:|=|at)?\s*(?P<v>\d{1,3})(?:\s*(?P<mm>mm)|(?:\s*/\s*(?P<of>10|100)))?(?![\d/])",
    re.IGNORECASE,
)
_LINED: Final = frozenset(("respiratory_rate", "oxygen_saturation", "vital.heart_rate"))
_TALL: Final = Lazy(
    r"(?:feet|foot|ft\b\.?)[ \t]*(?:\d{1,2}(?:[ \t]*(?:inch(?:es)?|in\b\.?))?)?(?:[ \t]*tall)?[ \t]*(?:,|;|and)?[ \t]*"
    r"(?P<n>\d{2,3}(?:\.\d)?)[ \t]*(?P<u>kgs?|kilograms?|lbs?|pounds?)\b",
    re.IGNORECASE,
)
_KG: Final = Lazy(
    r"\b(?:weight|wt|weighs|weighing)\s*(?:is|of|:|=|currently)?\s*(?P<n>\d{2,3}(?:\.\d)?)\s*(?P<u>kg|kgs|kilograms?|lbs?|pounds?)\b",
    re.IGNORECASE,
)
_PLACES: Final = (
    ("nrs_leg", ("leg_", "buttock_")),
    ("nrs_arm", ("arm_", "shoulder_")),
    ("nrs_neck", ("neck",)),
    ("nrs_back", ("low_back", "thoracic", "sacrum")),
)
_SKIP: Final = frozenset(("family", "return", "risks"))
_BESIDE: Final = 4
_FEW: Final = 4
_ALIKE: Final = frozenset((",", ";", ".", ":", "and", "with", "/", "to", "worst", "now", "today"))
_COURSES: Final = frozenset(("crp_mg_l", "esr_mm_h"))
_LEAST_LISTED: Final = 2
_EMPTY_ML: Final = 100
_OF_A_SCORE: Final = frozenset(("score", "scored", "of", "is", "was", ":", "=", "(", "-", "total"))


def read_measures(page: Page, found: Found) -> None:
    """Add every named number."""
    for hit in page.of("measure"):
        if page.section[hit.i] not in _SKIP:
            _measure(page, found, hit)
    _temperature(page, found)
    _gestation(page, found)
    bone_density(page, found)
    read_vitals(page, found)
    weighed = page.marks.tries(_KG, page.marks.of("weight", "wt", "weighs", "weighing"))
    for match in [*weighed, *page.marks.tries(_TALL, page.marks.of("feet", "foot", "ft"))]:
        factor = 1.0 if match["u"].lower().startswith("k") else 0.45359
        found.say("weight_kg", round(float(match["n"]) * factor, 1), "present", match.start(), match.end())
        found.used(match.start(), match.end())


_GESTATION: Final = Lazy(r"(?<![\d/])(?P<n>[1-4]?\d)(?:\s*\+\s*\d)?\s*/\s*40\b(?!\s*(?:mg|lines))", re.IGNORECASE)


def _gestation(page: Page, found: Found) -> None:
    """ "24/40": the British way to write weeks of pregnancy."""
    for match in page.marks.tries(_GESTATION, page.marks.numbers if "40" in page.text else ()):
        near = page.text[max(0, match.start() - 24) : match.end() + 24].lower()
        if any(word in near for word in ("pregnan", "gestation", "gravid", "weeks", "antenatal")):
            found.say("gestational_weeks", int(match["n"]), "present", match.start(), match.end())
            found.used(match.start(), match.end())


def _measure(page: Page, found: Found, hit: Hit) -> None:
    entry, (start, end) = hit.entry, page.span(hit.i, hit.j)
    how = page.assertion(hit, past=False)
    if how in ("family", "hypothetical", "planned") or _copied(page, hit.i):
        return
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    stop = page.words.end[last - 1]
    if entry.get("before"):
        match = _BEFORE.search(page.text, max(0, start - 24), start) or _COUNTED.match(page.text, end)
        if match is None:
            return
        words = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
        number = float(words.get(match["n"].lower(), 0) or match["n"])
        if number <= entry["max"]:
            low, high = min(start, match.start()), max(end, match.end())
            found.say(entry["fact"], _tidy(number), "present", low, high)
            found.used(low, high)
        return
    match = _VALUE.match(page.text, end, stop)
    if match is None:
        if entry.get("lab") or entry.get("score"):
            _moved(page, found, entry, start, end, stop)
        return
    value = _convert(entry, match)
    if value is None or not entry.get("min", 0) <= value <= entry["max"]:
        return
    if page.text[match.end("n") : match.end("n") + 1] == "/" and not match["of"] and entry["fact"] != "vital.systolic":
        return
    found.used(start, match.end())
    told = [(value, start, match.end())]
    told += _series(page, entry, match, stop)
    for number, (one, low, high) in enumerate(told):
        _tell(page, found, entry, one, low, high, last=number == len(told) - 1)
        found.used(low, high)


def _series(page: Page, entry: dict[str, Any], match: re.Match[str], stop: int) -> list[tuple[float, int, int]]:
    """The values that follow a first one: "148 -> 92 -> 61", "14 then 41", "148, 92, 61"."""
    if not entry.get("lab") and not entry.get("score"):
        return []
    told = []
    place = match.end()
    if entry.get("score") and (later := later_score(page.text, place, stop, entry["max"])) is not None:
        return [later]
    while (then := _THEN.match(page.text, place, stop)) is not None and float(then["n"]) <= entry["max"]:
        told.append((float(then["n"]), then.start("n"), then.end("n")))
        place = then.end("n")
    if told or entry["fact"] not in _COURSES:
        return told
    listed = _LISTED.match(page.text, place, stop)
    values = list(re.finditer(r"[\d.]*\d", listed[0])) if listed else []
    if listed is None or len(values) < _LEAST_LISTED:
        return []
    begin = listed.start()
    return [(float(one[0]), begin + one.start(), begin + one.end()) for one in values]


def _moved(page: Page, found: Found, entry: dict[str, Any], start: int, end: int, stop: int) -> None:
    """ "CRP fell from 148 to 61": the value it went to, and the one before."""
    match = _FROM.match(page.text, end, stop)
    if match is None or max(float(match["a"]), float(match["n"])) > entry["max"]:
        return
    _tell(page, found, entry, float(match["a"]), match.start("a"), match.end("a"), last=False)
    _tell(page, found, entry, float(match["n"]), start, match.end())
    found.used(start, match.end())


def _retained(found: Found) -> bool:
    return any(name == "urinary_retention" and said.assertion != "negated" for name, said in found.flat)


def _copied(page: Page, i: int) -> bool:
    """Whether a word stands in text copied from a note of an earlier year."""
    return page.section[i] == "past" and page.words.sentence[i] in page.carried


def _tell(
    page: Page, found: Found, entry: dict[str, Any], value: float, start: int, end: int, *, last: bool = True
) -> None:
    """One value; one that a later value follows is of the past unless it has a day of its own."""
    fact = entry["fact"]
    number = _tidy(value)
    if fact == "vital.heart_rate":
        found.say("fast_heart", True, "present" if value > 100 else "negated", start, end)
        return
    if fact == "vital.systolic":
        found.say("hypotension", True, "present" if value < 100 else "negated", start, end)
        return
    dated = day_of_result(page, start, end)
    on = dated.iso if dated else None
    if fact == "respiratory_rate":
        found.say("rapid_breathing", True, "present" if value >= 22 else "negated", start, end)
    if not fact.startswith("labs."):
        how: Assertion = "present" if last or on else "historical"
        found.say(fact, number, how, start, end, on)
    if fact == "pvr_ml" and value <= _EMPTY_ML and on is None and not _retained(found):
        found.say("urinary_retention", True, "negated", start, end)  # a bladder that empties
    list_name = "labs" if entry.get("lab") else "scores" if entry.get("score") else None
    if list_name and (on is not None or fact.startswith("labs.")):
        from .found import Said

        held = found.entry(list_name)
        held.say("test" if list_name == "labs" else "name", Said(fact.removeprefix("labs."), "present", start, end))
        held.say("value", Said(number, "present", start, end))
        if dated is not None:
            held.say("on", Said(dated.iso, "present", dated.start, dated.end, None, dated.precision))


def _convert(entry: dict[str, Any], match: re.Match[str]) -> float | None:
    value = float(match["n"].replace(",", ""))
    unit = re.sub(r"\s", "", (match["unit"] or "").lower())
    unit = {"percent": "%", "mls": "ml", "liter": "l", "liters": "l"}.get(unit, unit)
    if match["of"]:
        factors = entry.get("of")
        if factors is None:
            apart = (
                match.string[match.end("n") : match.start("of")] == " / " and entry["fact"] in _LINED
            )  # "RR 20 / 97%"
            return value if apart or entry["fact"] == "vital.systolic" else None
        factor = factors.get(int(match["of"]), factors.get(match["of"]))
        return value * factor if factor is not None else None
    units = entry.get("units", {})
    if entry.get("needs_unit") and unit not in units:
        return None
    factor = units.get(unit, 1)
    if factor == "mmol":
        return round(value / 10.929 + 2.15, 1)
    if unit in units:
        value *= float(factor)
    elif value > entry.get("over", value):
        value *= float(entry["over_factor"])
    if entry.get("thousands") and value > 1000:
        value /= 1000
    if entry["fact"] == "hba1c_pct" and value > 20:
        return None
    return round(value, 2)


def _degrees_begin(page: Page) -> list[int]:
    """Where a temperature may begin: at its number, or at the word for it."""
    marks, words = page.marks, page.words
    places = [*marks.numbers, *marks.of("temp", "tmax", "febrile", "afebrile", "fever")]
    places += [words.start[t] for t in words.all("t")]
    places += [place - 1 for place in marks.numbers if place and marks.low[place - 1] == "t"]  # "T38.2"
    for place in marks.of("thermometer"):
        places += [place - 1, place] if place else [place]
    if "thermometer" in marks.low:
        places += marks.of("oral", "ear", "tympanic", "forehead")
    return sorted(places)


def _temperature(page: Page, found: Found) -> None:
    for match in page.marks.tries(_TEMP, _degrees_begin(page)):
        written = match["a"] or match["b"]
        unit = (match["ua"] or match["ub"] or "").lower()[:1]
        value = float(written.replace(",", "."))
        i, j = page.words.slice(match.start(), match.end())
        if match[0][:4].lower() == "afeb" and not (unit or "." in written):
            continue  # "afebrile 36 hours"
        if j <= i or page.section[i] in _SKIP or (match["b"] and (not unit or is_angle(page, i, j))):
            continue
        if page.assertion(Hit(i, j, {}), past=False) in ("hypothetical", "family", "negated") or _copied(page, i):
            continue
        if unit == "f" or (not unit and 93 <= value <= 108):
            celsius = (value - 32) / 1.8
        elif unit == "c" or 34 <= value <= 43:
            celsius = value
        else:
            continue
        if not 30 <= celsius <= 44:
            continue
        celsius = round(celsius, 1)
        end = match.end()
        how: Assertion = "historical" if is_over(page, Hit(i, j, {})) else "present"
        found.say("temp_c", celsius, how, match.start(), end)
        found.used(match.start(), end)
        if celsius >= 38:
            found.say("fever", True, how, match.start(), end)


def read_pain_scores(page: Page, found: Found) -> None:
    """Add pain scores; run it after the regions that hurt are known."""
    found.regions.sort(key=lambda pair: pair[1].start)
    for match in page.marks.tries(_PAIN, sorted([*page.marks.numbers, *page.marks.of("vas", "nrs")])):
        value = float(match["n"] or match["v"])
        if match["v"] and (match["mm"] or match["of"] == "100" or value > 10):
            value /= 10
        i, j = page.words.slice(match.start(), match.end())
        if value > 10 or j <= i or page.section[i] in _SKIP:
            continue
        high = float(match["n2"]) if match["n2"] else value
        if match["n"] and _is_named(page, i):
            continue
        if is_of_mind(page.words.norm, i) or is_extreme(page, match.start(), match.end(), i):
            found.used(match.start(), match.end())
            continue
        names = _pained(page, found, i, j)
        how = page.assertion(Hit(i, j, {}), past=False)
        if not names or how in ("hypothetical", "family", "negated"):
            continue
        for name in names:
            told: JsonValue = _tidy(round(value, 1)) if high == value else {"low": _tidy(value), "high": _tidy(high)}
            found.say(name, told, "present", match.start(), match.end())
        found.used(match.start(), match.end())


def _is_named(page: Page, i: int) -> bool:
    """Whether a number belongs to a scale with a name of its own: "DN4 6/10"."""
    near = [hit for hit in page.of("measure") if 0 <= i - hit.j <= 3 and hit.entry.get("score")]
    return any(all(word in _OF_A_SCORE for word in page.words.norm[hit.j : i]) for hit in near)


def _pained(page: Page, found: Found, i: int, j: int) -> list[str]:
    """Which pain a score is about: the place right beside it, else the pain told last, else the back."""
    sentence, norm = page.words.sentence[i], page.words.norm
    places = [hit for kind in ("place", "pain") for hit in page.by_sentence(kind).get(sentence, ()) if _name(hit)]
    before = sorted((hit for hit in places if hit.j <= i), key=lambda hit: hit.j)
    opened = _before_parenthesis(norm, i)
    if opened is not None:  # "leg pain (burning, L5 distribution) 8/10"
        outside = [hit for hit in before if hit.j <= opened]
        if outside and opened - outside[-1].j <= 1:
            i, before = opened, outside
    after = sorted((hit for hit in places if hit.i >= j), key=lambda hit: hit.i)
    if before and after and _score_first(norm, page.words.bounds[sentence][0], before, i) and after[0].i - j <= _BESIDE:
        name = _name(after[0])
        if name and _ALIKE.isdisjoint(norm[j : after[0].i]):
            return [name]
    if before and i - before[-1].j <= 4 and ";" not in norm[before[-1].j : i]:
        last = before[-1]
        names = {_name(last)} | {_name(hit) for hit in before if 0 < last.i - hit.j <= 1 and norm[hit.j] == "and"}
        return sorted(name for name in names if name)
    if after and after[0].i - j <= 4 and not any(word in ",;." for word in norm[j : after[0].i]):
        name = _name(after[0])
        return [name] if name else []
    place = page.words.start[i]
    at = bisect_left(found.regions, place, key=lambda pair: pair[1].start)
    for _, said in reversed(found.regions[max(0, at - 3) : at]):
        if sentence - page.words.sentence[min(page.words.at(said.start), len(norm) - 1)] > 2 or not isinstance(
            said.value, list
        ):
            continue
        for member in said.value:
            region = str(member)[:-1] if str(member)[-2:] in ("_L", "_R") else member
            for name, members in _PLACES:
                if region in members:
                    return [name]
    told = {_name(hit) for hit in places}
    if len(told) == 1:
        return [name for name in told if name]
    if any(word in ("pain", "nrs", "vas", "lbp") for word in norm[max(0, i - 8) : j + 4]):
        return ["nrs_neck"] if page.regions == {"cervical"} else ["nrs_back"]
    return []


def _score_first(norm: list[str], first: int, before: list[Hit], i: int) -> bool:
    """Whether each score stands before its place, "6/10 back 7/10 leg": so does the first of the sentence."""
    opening = next((t for t in range(first + 2, i) if norm[t] == "10" and norm[t - 1] == "/"), None)
    if opening is None:
        return False
    place = next((hit for hit in before if hit.i > opening), None)
    return (
        place is not None
        and place.i - opening <= _BESIDE
        and _ALIKE.isdisjoint(norm[opening + 1 : place.i])
        and not any(opening - 2 - _FEW <= hit.j <= opening - 2 for hit in before)
    )


def _before_parenthesis(norm: list[str], i: int) -> int | None:
    """Where the parenthesis opens that closes right before a token; None when none does."""
    if not i or norm[i - 1] != ")":
        return None
    return next((at for at in range(i - 2, max(-1, i - 26), -1) if norm[at] == "("), None)


def _name(hit: Hit) -> str | None:
    pain = hit.entry.get("pain") or hit.entry.get("region")
    if hit.entry.get("kind") == "place":
        pain = hit.entry.get("pain")
    if hit.entry.get("weak") and pain == "low_back":
        return "nrs_back"
    for name, members in _PLACES:
        if pain in members:
            return name
    return None


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else round(number, 2)
