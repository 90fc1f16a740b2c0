"""Devices that matter for MRI, cancer in the patient, and what is asked for."""

from __future__ import annotations

from typing import Final

from .found import EntryFound, Found, Said
from .page import Page

SKIP: Final = frozenset(("family", "return", "risks", "allergies"))


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
        if how in ("negated", "family"):
            continue
        start, end = page.span(hit.i, hit.j)
        found.say("requested", [hit.entry["asked"]], "present", start, end)
        found.used(start, end)
