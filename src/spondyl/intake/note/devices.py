"""Devices that matter for MRI, cancer in the patient, and what is asked for."""

from __future__ import annotations

import re
from typing import Final

from .found import EntryFound, Found, Said
from .injections import is_no_injection
from .lazy import Lazy
from .page import Page
from .phrases import Hit

SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
# Words right before or after a device that speak of one not yet there.
_THOUGHT_OF: Final = Lazy(
    r"\b(?:(?:cleared|clearance|candida(?:te|cy)|suitab\w+|appropriate|eligib\w+|approv\w+|authori[sz]\w+|evaluat\w+|assess\w*|refer\w*|screen\w*|consult\w*|work-?up|consent\w*|indicat\w+|indications?|waiting|listed|scheduled|planned|plans?|education|counsel\w+|recommend\w+|considered|option|options|request\w*|interested|proceed\w*|trial|trials|decision|ready|qualif\w+|pre-?op\w*)"
    r"\s+(?:for|of|about|to|in|on|with|as|toward|towards|include|are|is|regarding|re)|(?:consider\w*|contemplat\w+|thinking\s+(?:about|of)|awaiting|await|offer(?:ed|ing)?|recommend(?:ed|ing|s)?|propos\w+|declin\w+|refus\w+|(?:would|may|might|could)\s+(?:benefit\s+from|need|consider)|benefit\s+from|discuss(?:ed|ing)?|wants?|needs?|prior\s+to|before|possible|potential|future))"
    r"\s+(?:(?:a|an|the|permanent|possible|potential|new|implanted|implantable|implantation\s+of|implant\s+of|placement\s+of|insertion\s+of|trial\s+of|thoracic|cervical|lumbar|use\s+of)\s+){0,3}$",
    re.IGNORECASE,
)
_THOUGHT_AFTER: Final = Lazy(
    r"\s+(?:(?:implant|implantation|therapy|placement)\s+)?(?:trials?|candida(?:te|cy)|evaluation|eval|assessment|consult\w*|referral|clearance|option|workup|work-up|education|booklet|leaflet|brochure|planned|scheduled|(?:was|were|is|has\s+been|being)\s+(?:considered|offered|discussed|recommended|proposed|suggested|declined|planned|mentioned)|considered|offered|discussed|recommended|proposed|suggested|declined)\b",
    re.IGNORECASE,
)
_IS_IN: Final = Lazy(
    r"[^.;]{0,40}?\b(?:in\s+situ|in\s+place|implanted|inserted|(?:re)?program\w+|interrogat\w+|battery|ipg|generator|lead|leads|migrat\w+|malfunction\w*|remov\w+|explant\w*|revis\w+|replace\w*|pocket|infect\w*|turned\s+(?:on|off)|switched\s+(?:on|off)|recharg\w+|not\s+working|stopped|check|adjust\w*|since\s+(?:19|20)\d\d|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)


def read_devices(page: Page, found: Found) -> None:
    """Add implanted devices, with what is told of MRI."""
    for hit in page.of("no_devices"):
        found.say("implanted_devices", [], "present", *page.span(hit.i, hit.j))
        found.used(*page.span(hit.i, hit.j))
    held: dict[str, EntryFound] = {}
    for hit in page.of("device"):
        how = page.assertion(hit, plan=True)
        if how not in ("present", "historical", "negated") or page.section[hit.i] in (*SKIP, "plan"):
            continue
        start, end = page.span(hit.i, hit.j)
        sentence = page.words.sentence[hit.i]
        following = page.words.norm[hit.j : hit.j + 2]
        if "trial" in following or any(
            asking.j <= hit.i and hit.i - asking.j <= 4 for asking in page.by_sentence("asking").get(sentence, ())
        ):
            continue
        if how != "negated" and is_only_thought_of(page, hit):
            continue
        found.used(start, end)
        how = "present" if how == "historical" else how
        entry = held.setdefault(f"{hit.entry['type']} {how}", EntryFound("implanted_devices"))
        if not entry.told:
            found.entries.append(entry)
        entry.say("type", Said(hit.entry["type"], how, start, end))
        for status in page.by_sentence("mri_status").get(sentence, ()):
            entry.say("mri_status", Said(status.entry["status"], how, *page.span(status.i, status.j)))
        first, last = page.words.bounds[sentence]
        for time in page.times_in(first, last):
            if first <= time.i < last and time.iso and 0 <= time.i - hit.j <= 3:
                entry.say("implanted_on", Said(time.iso, how, time.start, time.end, None, time.precision))
                found.used(time.start, time.end)


def is_only_thought_of(page: Page, hit: Hit) -> bool:
    """Whether the patient is considered, cleared or waiting for the device, and nothing says that it is in."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start, end = page.span(hit.i, hit.j)
    stop = page.words.end[last - 1]
    if _IS_IN.match(page.text, end, stop):
        return False
    before = page.text[max(page.words.start[first], start - 80) : start]
    return _THOUGHT_OF.search(before) is not None or _THOUGHT_AFTER.match(page.text, end, stop) is not None


def read_cancer(page: Page, found: Found) -> None:
    """Add a cancer of the patient: its kind, year and state."""
    for hit in page.of("cancer"):
        how = page.assertion(hit)
        if how == "historical":
            how = "present"
        start, end = page.span(hit.i, hit.j)
        if page.section[hit.i] in ("return", "risks"):
            continue
        found.used(start, end)
        found.say("cancer_history", True, how, start, end)
        if how not in ("present", "uncertain"):
            continue
        found.say("cancer_history.type", hit.entry["type"], how, start, end)
        sentence = page.words.sentence[hit.i]
        first, last = page.words.bounds[sentence]
        for time in page.times_in(first, last):
            if first <= time.i < last and time.iso and 0 <= time.i - hit.j <= 4:
                found.say("cancer_history.year", int(time.iso[:4]), how, time.start, time.end)
                found.used(time.start, time.end)
                break
        for status in page.by_sentence("cancer_status").get(sentence, ()):
            if abs(status.i - hit.i) <= 8:
                found.say("cancer_history.status", status.entry["status"], how, *page.span(status.i, status.j))
                break


def read_requests(page: Page, found: Found) -> None:
    """Add what the patient or another asks for."""
    for hit in page.of("request"):
        sentence = page.words.sentence[hit.i]
        near = [
            asking
            for asking in page.by_sentence("asking").get(sentence, ())
            if -7 <= asking.i - hit.j <= 3 or 0 <= hit.i - asking.j <= 6
        ]
        if not near or page.section[hit.i] in (*SKIP, "imaging", "plan"):
            continue
        asking = near[0]
        after = asking.i >= hit.j
        if after and page.words.norm[asking.i] != "requested":
            continue
        if any(word in (".", ";") for word in page.words.norm[min(hit.j, asking.j) : max(hit.i, asking.i)]):
            continue
        how = page.assertion(hit, past=False)
        if how in ("negated", "family") or is_no_injection(page, hit):
            continue
        start, end = page.span(hit.i, hit.j)
        found.say("requested", [hit.entry["asked"]], "present", start, end)
        found.used(start, end)
