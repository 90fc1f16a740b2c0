"""Medicines taken now: ingredient, dose, how often, how long, with what relief. What was stopped or is planned says so."""  # noqa: E501

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .allergies import is_allergic, no_allergy_at_all, say_allergy, text_before
from .courses import span
from .dates import DATE, read_date
from .doses import PRN, on_the_skin, release_of, say_dosing, tidy
from .found import EntryFound, Found, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .relief import relief_in
from .standing import is_course, lists_of_old, standing, was_given_once
from .times import Time, weeks
from .tried import (
    ALL_THE_SAME,
    HARM,
    NOT_TRIED,
    REACTED,
    TRIED,
    failure_before,
    is_tried,
    stopped_for_harm,
    tried_after,
)
from .untaken import only_missed

# A name that is no known medicine, with a dose of its own, ends the entry before it.
_OTHER: Final = Lazy(
    r"[,;\n]\s*(?:and\s+)?(?!(?:dose|daily|twice|three|four|once|tabs?|tablets?|caps?|capsules?|about|approx\w*|then|plus|times|every|max\w*|with|taking|usually|increased|reduced|total|currently|from|started|since|last|first|morning|evening|night|nightly|bedtime|breakthrough|long|short|extended|patch|gives?|helps?|relief|pain|score|less|more|over|under|only|takes?|also|now)\b)[A-Za-z][A-Za-z-]{3,}\s+\d+(?:\.\d+)?\s*(?:mg|milligrams?|mcg|micrograms?|g|ml|units?|iu)\b",
    re.IGNORECASE,
)
_USED_TO: Final = Lazy(
    r"\b(?:used\s+to\s+(?:take|be\s+on|use)|(?:previously|formerly)\s+(?:took|on|taking|used|using|tried|prescribed)|tried|failed)\s+(?:(?:the|both|some|oral)\s+)?$",
    re.IGNORECASE,
)
_TYPE: Final = {
    "nsaid": "nsaid",
    "gabapentinoid": "gabapentinoid",
    "snri": "snri",
    "ssri": "snri",
    "tca": "tca",
    "muscle_relaxant": "muscle_relaxant",
    "opioid": "opioid",
    "analgesic": "acetaminophen",
    "topical": "topical",
}
_NOT_TOLERATED: Final = Lazy(
    r"\b(?:(?:could|can|did|does|would)\s*(?:not|n't|n\u2019t)|unable\s+to|cannot|never|not\s+able\s+to)\s+tolerat\w*\s+(?:(?:any|the|either|higher|doses?|of|a|trial)\s+){0,3}"
    r"(?:[\w-]+\s*(?:,|and|or|/)\s*(?:or\s+|and\s+)?){0,4}$|\bintoleran(?:t|ce)\s+(?:of|to)\s+(?:[\w-]+\s*(?:,|and|or|/)\s*(?:or\s+|and\s+)?){0,4}$"
    r"|\b(?:rash|hives|urticaria|anaphylaxis|angioedema|(?:had|got|developed)\s+(?:\w+\s+)?(?:nausea|vomiting|itching|dizziness|confusion|hallucinations|headaches?|swelling))\s+(?:with|from|after|on)\s+$",
    re.IGNORECASE,
)
_CONSERVATIVE: Final = Lazy(
    r"\b(?:conservative|non-?operative|nonsurgical|non-surgical)\s+(?:treatments?|care|management|measures?|therap\w+|options)[^.;]{0,90}$|\b(?:treatments?|therap\w+)\s+(?:tried|to\s+date)\b[^.;]{0,90}$",
    re.IGNORECASE,
)
_NOW: Final = Lazy(
    r"\b(?:takes|taking|currently|remains?\s+on|continu\w+|(?:is|still|now)\s+on|on)\s+(?:\w+\s+)?$", re.IGNORECASE
)
_TRIES: Final = frozenset("used previously formerly tried failed".split())
_ASPIRIN_LOW: Final = frozenset((75, 81, 100))
_SINCE: Final = Lazy(
    r"\b(?:since|started|start|begun|began|initiated|commenced|from)\s*(?:in\s+|on\s+|about\s+|around\s+|early\s+|late\s+)*\(?$",
    re.IGNORECASE,
)
_OFF_SINCE: Final = Lazy(r"\b(?:held|hold|paused|off|stopped|not\s+taken)\s+since\b", re.IGNORECASE)
_BEGAN: Final = Lazy(r"\b(?:started|commenced|began|begun|initiated)\s+(?:on\s+|taking\s+|with\s+)?$", re.IGNORECASE)
_DOSED: Final = Lazy(
    r"(?:[\s(]*(?:\d[\d.]*\s*(?:mg|mcg|g|units?)|po|bid|tid|qid|bd|tds|qds|od|daily|qhs|nightly|nocte|at\s+night|on|in|about|prn|once|twice|a|day|three|times))*[\s(]*",
    re.IGNORECASE,
)
_STRENGTH: Final = Lazy(r"\s*\d[\d.]*\s*%")
_HELPED: Final = Lazy(r"\b(?:relie\w+|help\w*|last\w+|benefit|better|improve\w*)\b[^.;]{0,24}$", re.IGNORECASE)
_LOW_DOSE: Final = Lazy(r"\b(?:low[\s-]dose|baby|mini|cardiac|junior|children'?s|prophylactic)\s+$", re.IGNORECASE)
_SKIP: Final = frozenset(("family", "return", "risks"))
_PARTS: Final = frozenset((",", "and", "+", "&"))
# "Ran out last week", "hold Plavix 7 days before", "wean to 5 bid over 2 weeks": no length of taking.
_NO_LENGTH: Final = Lazy(
    r"\b(?:out\s+of|hold|holding|held|stop|stopping|paus\w+|wean\w*|taper\w*|reduc\w+|titrat\w+)\s+(?:(?:off|down|her|his|the|my|all)\s+){0,2}$",
    re.IGNORECASE,
)


def read_medicines(page: Page, found: Found) -> None:
    """Add medicines, allergies and the flags of their classes."""
    held: dict[str, EntryFound] = {}
    hits = page.of("drug")
    over = lists_of_old(page) if hits else []
    listed: dict[int, int] = {}
    for number, hit in enumerate(hits):
        section = page.section[hit.i]
        _, end = page.span(hit.i, hit.j)
        if section in _SKIP or _is_level(page, hit):
            continue
        if section == "allergies" or is_allergic(page, hit):
            nsaid = hit.entry.get("class") == "nsaid" or hit.entry["drug"] == "aspirin"
            say_allergy(page, found, hit, hit.entry["drug"], nsaid)
            continue
        after = number + 1
        while after < len(hits) and _joined(page, hits[after - 1], hits[after]):
            after += 1
        following = hits[after].i if after < len(hits) else len(page.words.norm)
        stretch = _stretch(page, hit, following)
        if number and _joined(page, hits[number - 1], hit):
            stretch = (stretch[0], stretch[0])
        _medicine(page, found, hit, stretch, held, over)
        if section == "medications":
            listed[hit.i] = end
    for hit in page.of("allergen"):
        if page.section[hit.i] == "allergies" or is_allergic(page, hit):
            say_allergy(page, found, hit, hit.entry["substance"], False)
    for kind, fact in (("no_medicines", "medications"), ("no_allergies", "allergies")):
        for hit in page.of(kind):
            if fact == "allergies" and not no_allergy_at_all(page, hit):
                continue
            found.say(fact, [], "present", *page.span(hit.i, hit.j))
    for hit in page.of("section"):
        if (
            listed
            and hit.entry["section"] == "medications"
            and page.heading[hit.i]
            and any(at > hit.i for at in listed)
        ):
            if {"current", "active", "list"} & set(page.words.norm[hit.i : hit.j]):
                found.say("medications", "complete", "present", *page.span(hit.i, hit.j))
            break
    for hit in page.of("drug_class"):
        _class(page, found, hit)


def _is_level(page: Page, hit: Hit) -> bool:
    """Whether "T3" is a vertebra and no tablet: another level or an operation stands in the sentence."""
    if not page.levels_in(hit.i, hit.j):
        return False
    sentence = page.words.sentence[hit.i]
    first, last = page.words.bounds[sentence]
    return len(page.levels_in(first, last)) > 1 or bool(page.by_sentence("procedure").get(sentence))


def _joined(page: Page, first: Hit, second: Hit) -> bool:
    """Whether two names are one product: "oxycodone/APAP 5/325"; the dose written is that of the first."""
    return page.words.norm[first.j : second.i] in (["/"], ["-"], ["+"])


def _stretch(page: Page, hit: Hit, following: int) -> tuple[int, int]:
    """The text that belongs to one medicine: up to the next one or the end of the sentence."""
    sentence = page.words.sentence[hit.i]
    last = min(page.words.bounds[sentence][1], following)
    for needle in page.by_sentence("treatment").get(sentence, ()):  # "Medrol pack, 2 ESIs (40% for 4 weeks)"
        part = next((t for t in (needle.i - 1, needle.i - 2) if page.words.norm[t] in _PARTS), -1)
        if hit.j <= part < last:
            last = part
            break
    end = page.words.end[last - 1] if last > hit.j else page.words.end[hit.j - 1]
    start = page.words.end[hit.j - 1]
    other = _OTHER.search(page.text, start, end)
    if other is not None:
        end = other.start()
    semicolon = page.text.find(";", start, end)
    if semicolon >= 0 and page.text[semicolon + 1 : semicolon + 18].lower().startswith(
        (" to be restarted", " restart")
    ):
        semicolon = -1  # "held: apixaban; to be restarted at 5 mg"
    return start, semicolon if semicolon >= 0 else min(end, start + 160)


def _medicine(
    page: Page,
    found: Found,
    hit: Hit,
    stretch: tuple[int, int],
    held: dict[str, EntryFound],
    over: list[tuple[int, int]],
) -> None:
    start, end = page.span(hit.i, hit.j)
    found.used(start, end)
    before = text_before(page, hit)
    after = page.text[stretch[0] : stretch[1]]
    if NOT_TRIED.search(before):
        return
    if hit.entry.get("class") == "antibiotic" and (was_given_once(page, hit, after) or not is_course(page, hit, after)):
        return
    how, status = standing(page, hit, over)
    if how in ("hypothetical", "family") or was_given_once(page, hit, after):
        return
    kind = "topical" if on_the_skin(page, hit) else str(hit.entry.get("class", ""))
    refused = _NOT_TOLERATED.search(before) if how in ("negated", "present", "historical") else None
    hurt = HARM.search(after)
    if hurt is not None and ALL_THE_SAME.match(after, hurt.end()):
        hurt = None
    harmed = hurt or refused
    stop = page.words.end[page.words.bounds[page.words.sentence[hit.i]][1] - 1]
    tried = tried_after(page, hit, before)
    if harmed is None and (tried or status == "stopped" or is_tried(before)):
        harmed = REACTED.match(after) or (REACTED.match(after, max(0, tried.end() - stretch[0])) if tried else None)
    drug = hit.entry["drug"]
    if refused or (
        how in ("present", "historical")
        and (page.section[hit.i] != "medications" or _undosed(page, hit, before, after, status, tried, hurt))
        and (is_tried(before) or (harmed and not _NOW.search(before[-30:])) or tried or status == "stopped")
    ):
        why = stopped_for_harm(page.text, stretch[0], min(stop, stretch[1])) if harmed is None else None
        tried_end = stretch[0] + harmed.end() if harmed and not refused else end
        if tried is not None and stretch[1] < tried.end():
            stretch = (tried.start(), min(stop, tried.end() + 60))
        _treatment(page, found, hit, kind, (start, why[1] if why else tried_end), bool(harmed or why), stretch)
        if status != "stopped" or refused:
            return
    for flag in hit.entry.get("flags", ()) if kind == hit.entry.get("class") and status != "stopped" else ():
        if flag == "on_antibiotics" and not is_course(page, hit, after):
            continue
        if not (flag == "nsaid_use" and PRN.search(after)):
            found.say(flag, True, how, start, end)
    entry = _entry(page, found, hit, how, after, held)
    # the list holds what is taken: a medicine that was stopped is one that is denied, with its status
    entry.say("drug", Said(drug, "negated" if status == "stopped" else how, start, end))
    if how == "planned" or status == "stopped":
        entry.say("status", Said(status, how, start, end))
    low = _LOW_DOSE.search(before) if drug == "aspirin" and how in ("present", "negated") else None
    if low is not None:
        found.say("aspirin_low_dose", True, how, start - len(before) + low.start(), end)
    say_dosing(page, found, entry, hit, how, stretch, drug)
    if drug == "aspirin" and how == "present" and low is None and entry.get("dose") in _ASPIRIN_LOW:
        found.say("aspirin_low_dose", True, how, start, end)
    if how == "present":
        _course(page, found, entry, hit, stretch, kind)


def _undosed(
    page: Page,
    hit: Hit,
    before: str,
    after: str,
    status: str,
    tried: re.Match[str] | None,
    hurt: re.Match[str] | None,
) -> bool:
    """Whether a name in the list of medicines is one that was tried: it stands without a dose, and its words say so."""
    if re.match(r"\W*\d", after[:20]) or (tried is not None and re.search(r"\d", after[:20])):
        return False
    if tried is not None or status == "stopped" or (hurt is not None and hurt.start() <= 1):
        return True
    return not _TRIES.isdisjoint(page.words.norm[max(0, hit.i - 5) : hit.i]) and _USED_TO.search(before) is not None


def _entry(page: Page, found: Found, hit: Hit, how: Assertion, after: str, held: dict[str, EntryFound]) -> EntryFound:
    """The entry of a medicine; the long-acting tablet and the short-acting one beside it are two."""
    name = f"{hit.entry['drug']} {how}"
    release = release_of(page, hit)
    entry = held.get(name)
    if entry is not None:
        before = entry.get("release")
        other = release is not None and before is not None and release[0] != before
        if other or (release is None and before == "extended" and PRN.search(after)):
            name = f"{name} {release[0] if release else 'immediate'}"
            entry = held.get(name)
    if entry is None:
        entry = held[name] = found.entry("medications")
    return entry


def _course(page: Page, found: Found, entry: EntryFound, hit: Hit, stretch: tuple[int, int], kind: str) -> None:
    """Since when, and with what relief."""
    for time in () if _NO_LENGTH.search(text_before(page, hit)[-30:]) else _times(page, stretch):
        if time.iso is not None:
            told = page.text[stretch[0] : time.start]
            if _SINCE.search(told) and not _OFF_SINCE.search(told):
                entry.say("since", Said(time.iso, "present", time.start, time.end, None, time.precision))
            continue
        if time.cue not in ("for", "ago") or time.unit == "hour" or only_missed(page, hit.i, hit.j):
            continue
        low, high = weeks(time)
        value: JsonValue = tidy(low) if low == high else {"low": tidy(low), "high": tidy(high)}
        entry.say("weeks_taken", Said(value, "present", time.start, time.end, None, time.precision))
        found.used(time.start, time.end)
        if kind == "opioid":
            found.say("opioid_weeks", value, "present", time.start, time.end, None, time.precision)
        break
    _started(page, entry, hit, stretch)
    relief = relief_in(page.text, *stretch)
    if relief is not None and not (kind == "topical" and _STRENGTH.match(page.text, stretch[0])):
        value, start, end = relief
        entry.say("relief_pct", Said(value, "present", start, end))
        found.used(start, end)
        if kind == "opioid":
            found.say("opioid_relief_pct", value, "present", start, end)


def _started(page: Page, entry: EntryFound, hit: Hit, stretch: tuple[int, int]) -> None:
    """ "Started pregabalin 50 mg TID 10/20": the day right behind the dose."""
    if entry.get("since") is not None or not _BEGAN.search(text_before(page, hit)[-40:]):
        return
    dose = _DOSED.match(page.text, *stretch)
    match = DATE.match(page.text, dose.end(), stretch[1]) if dose is not None else None
    told = read_date(match, False, page.written_on) if match is not None else None
    if (
        match is not None
        and told is not None
        and (page.written_on is None or told[0] <= page.written_on[: len(told[0])])
    ):
        entry.say("since", Said(told[0], "present", match.start(), match.end(), None, told[1]))


def _times(page: Page, stretch: tuple[int, int]) -> list[Time]:
    at = page.words.at(stretch[0])
    return [time for time in page.times_in(at, at + 60) if stretch[0] <= time.start and time.end <= stretch[1]]


def _treatment(
    page: Page, found: Found, hit: Hit, kind: str, place: tuple[int, int], harmed: bool, stretch: tuple[int, int]
) -> None:
    """A medicine that was tried, with what it did."""
    start, end = place
    name = "tramadol" if hit.entry.get("drug") == "tramadol" else _TYPE.get(kind)
    if name is None:
        return
    entry = found.entry("prior_treatments")
    entry.say("type", Said(name, "present", start, end))
    if harmed:
        entry.say("adverse", Said(True, "present", start, end))
    for time in _times(page, stretch):
        if (
            time.iso is None
            and time.cue == "for"
            and time.unit != "hour"
            and not _HELPED.search(page.text, stretch[0], time.start)
        ):
            low, high = weeks(time)
            entry.say("weeks_or_n", Said(span(low, high), "present", time.start, time.end, None, time.precision))
            break
    relief = relief_in(page.text, *stretch)
    if relief is None:
        failed = failure_before(page, start)
        relief = (0, *failed) if failed else None
    if relief is not None:
        entry.say("relief_pct", Said(relief[0], "present", relief[1], relief[2]))
    found.tries.append((hit, entry, stretch[1]))


def _class(page: Page, found: Found, hit: Hit) -> None:
    before = text_before(page, hit)
    start, end = page.span(hit.i, hit.j)
    found.used(start, end)
    how, _ = standing(page, hit, [])
    if (
        NOT_TRIED.search(before)
        or how in ("hypothetical", "family", "planned", "uncertain")
        or page.section[hit.i] in (*_SKIP, "allergies", "plan")
    ):
        return
    if how == "negated":
        for flag in hit.entry.get("flags", ()):
            found.say(flag, True, "negated", start, end)
        return
    after = page.text[end : end + 60]
    harmed = bool(HARM.search(after))
    if TRIED.search(before[-60:]) or harmed or _CONSERVATIVE.search(before):
        _treatment(page, found, hit, hit.entry["class"], (start, end), harmed, _stretch_of_class(page, hit))
    elif (
        re.search(r"\b(?:takes?|taking|on|uses?|using)\s+(?:\w+\s+){0,2}$", before, re.IGNORECASE)
        or page.section[hit.i] == "medications"
    ):
        for flag in hit.entry.get("flags", ()):
            found.say(flag, True, how, start, end)
        _opioid_weeks(page, found, hit)


def _stretch_of_class(page: Page, hit: Hit) -> tuple[int, int]:
    """What is told of a class of medicines: up to the next treatment or medicine of the sentence."""
    sentence = page.words.sentence[hit.i]
    last = page.words.bounds[sentence][1]
    others = [
        other.i
        for kind in ("drug", "treatment", "drug_class")
        for other in page.by_sentence(kind).get(sentence, ())
        if other.i > hit.i
    ]
    start = page.words.end[hit.j - 1]
    end = page.words.end[min([last, *others]) - 1]
    return start, max(start, min(end, start + 60))


def _opioid_weeks(page: Page, found: Found, hit: Hit) -> None:
    """ "On opioids for 3 years"."""
    if hit.entry.get("class") != "opioid":
        return
    for time in _times(page, _stretch_of_class(page, hit)):
        if time.iso is None and time.cue == "for" and time.unit != "hour":
            low, high = weeks(time)
            value: JsonValue = tidy(low) if low == high else {"low": tidy(low), "high": tidy(high)}
            found.say("opioid_weeks", value, "present", time.start, time.end, None, time.precision)
            return
