"""What a sentence tells of a named study besides its findings: whether it was done, its region, its day.

It reads no finding and adds no entry.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .found import EntryFound, Said
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .proposed import Proposal, proposal
from .times import Time

_REGIONS: Final = {"sacroiliac": "pelvis"}
_JOINED: Final = Lazy(r"\s*(?:spine\s*)?(?:and|&|/|\+|,)\s*(?:the\s+)?")
_BETWEEN_REGIONS: Final = 16
_CONTRASTS: Final = frozenset("contrast gadolinium gad and or without iv".split())
_NOT_ITS_DAY: Final = frozenset("; requested ordered op surgery operation fusion to compared before".split())
_TOLD: Final = frozenset(
    "show showed shown demonstrate demonstrated reveal revealed read reviewed dated performed done normal no"
    " with".split()
)

_SHOWN: Final = frozenset(
    "show showed shown demonstrate demonstrated reveal revealed read reviewed dated performed done normal confirmed"
    " unremarkable negative reported report".split()
)
_COMING_BACK: Final = frozenset("follow followup f return review back visit appointment appt rtc see seen".split())
_COUNTS: Final = frozenset("one two three four six eight nine twelve".split())
_PURPOSE: Final = frozenset(
    "assess evaluate rule exclude check confirm look document monitor clarify plan determine".split()
)
_LABELS: Final = frozenset(
    "conditional compatible incompatible safe unsafe label labeling compatibility conditionality safety scanner suite"
    " card machine clearance disc disk cd form contraindication technologist unit".split()
)
_PICTURED: Final = frozenset(
    "was wa were is are show showed shown done taken had got reviewed reveal revealed obtained performed read normal"
    " negative unremarkable stable intact no".split()
)
_NOT_HAD: Final = frozenset(
    "unable cannot cant couldnt refused declined deferred contraindicated claustrophobic claustrophobia incompatible"
    " unavailable".split()
)
_CLEARED: Final = frozenset(
    "auth authorized authorised authorization approved approval insurance cleared clearance able stable he she we"
    " cardiology device rep pain swelling drain drains".split()
)
_LEAVES: Final = frozenset(
    "discharge discharged dc d/c d leaving leave going goes go home dispo disposition transfer rehab".split()
)
_SOON: Final = 9
_EARLIER: Final = frozenset("prior previous last earlier the old preoperative".split())
_DETAILS: Final = frozenset("contrast thin_slice quality position".split())
_AROUND: Final = 9
_ASKS: Final = frozenset("r/o rule eval evaluate assess for ? query concern look exclude please check r to if".split())
_NEVER: Final = frozenset("cannot cant unable contraindicated declined refused none n/a deferred".split())
_WAITS: Final = frozenset("pending await awaiting awaited booked requested ordered scheduled".split())
_GOT: Final = frozenset("done obtained available possible performed safe yet had compatible".split())


def how_told(page: Page, hit: Hit) -> Assertion:
    """Whether the study was done, is planned, or is denied."""
    how = page.assertion(hit, plan=True, past=False)
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    after = page.words.norm[hit.j : min(last, hit.j + 14)]
    findings = [one.i for one in page.by_sentence("image_finding").get(page.words.sentence[hit.i], ())]
    shown = any(
        word in _TOLD
        and not (word == "with" and after[at + 1 : at + 2] and after[at + 1] in _CONTRASTS)
        and not (at and after[at - 1] in ("be", "yet", "not", "never"))
        and (word not in ("with", "no") or any(hit.j + at < one <= hit.j + at + _AROUND for one in findings))
        for at, word in enumerate(after)
    )
    if how == "negated" and not any(
        word in ("no", "not", "without", "never", "deny") for word in page.words.norm[max(first, hit.i - 3) : hit.i]
    ):
        how = "present"
    undone = _left_undone(page, hit, last)
    if undone:
        return undone
    done = _already_done(page, hit) or _told_behind_colon(page, hit)
    if how == "planned" and shown and page.section[hit.i] != "plan":
        return "present"
    if how in ("planned", "uncertain") and done:
        return "present"
    if how == "present" and not done and not (shown and _seen(after)):
        asked = proposal(page, hit.i, hit.j, False) or _back_with(page, hit, first) or _still_to_come(page, hit)
        if asked:
            return "negated" if asked == "refused" else "hypothetical" if asked == "if" else "planned"
    if page.section[hit.i] == "plan" and how == "present" and not shown:
        return "planned"
    return how


def _left_undone(page: Page, hit: Hit, last: int) -> Assertion | None:
    """ "MRI: not done", "MRI - cannot, claustrophobic", "MRI: pending": what stands behind its name is no result."""
    norm = page.words.norm
    if norm[hit.j : hit.j + 1] not in ([":"], ["-"]) or any(
        hit.j < one.i <= hit.j + _AROUND
        for one in page.by_sentence("image_finding").get(page.words.sentence[hit.i], ())
    ):
        return None
    after = norm[hit.j + 1 : min(last, hit.j + 5)]
    if not after:
        return None
    if after[0] in _NEVER or (after[0] in ("not", "never") and not _GOT.isdisjoint(after[1:3])):
        return "negated"
    if after[0] in _WAITS:
        return "planned"
    return None


def is_seen(page: Page, hit: Hit) -> bool:
    """Whether the sentence tells what the study showed."""
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    after = page.words.norm[hit.j : min(last, hit.j + 14)]
    return _seen(after) or ":" in after[:_AROUND]


def _seen(after: list[str]) -> bool:
    """Whether a word after the study tells of its pictures, and not of what it is for."""
    return any(
        word in _SHOWN and not (at and after[at - 1] in ("to", "be", "not", "would", "will"))
        for at, word in enumerate(after)
    )


def _back_with(page: Page, hit: Hit, first: int) -> Proposal:
    """ "Follow up in 2 weeks with x-rays", "CT at six months to assess fusion": still to come."""
    norm = page.words.norm
    before = norm[max(first, hit.i - _AROUND) : hit.i]
    if "with" in before or "for" in before:
        if not _COMING_BACK.isdisjoint(before) and not {"showed", "show", "had", "reviewed"} & set(before):
            return "planned"
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    after = norm[hit.j : min(last, hit.j + _AROUND)]
    ahead = any(
        word in ("at", "in")
        and after[t + 1 : t + 2]
        and (after[t + 1].isdigit() or after[t + 1] in _COUNTS)
        and after[t + 2 : t + 3]
        and after[t + 2] in ("week", "month", "year", "wk", "mo", "day")
        for t, word in enumerate(after)
    )
    purpose = any(word == "to" and after[t + 1 : t + 2] and after[t + 1] in _PURPOSE for t, word in enumerate(after))
    if (ahead or page.section[hit.i] == "plan") and purpose:
        return "planned"
    return ""


def _told_behind_colon(page: Page, hit: Hit) -> bool:
    """ "CT tonight: 3 cm collection behind L4": what stands behind the colon is what it showed."""
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    norm = page.words.norm
    colon = next((t for t in range(hit.j, min(last, hit.j + _AROUND)) if norm[t] == ":"), None)
    if colon is None or page.section[hit.i] in ("plan", "return") or not _ASKS.isdisjoint(norm[colon + 1 : colon + 3]):
        return False
    findings = page.by_sentence("image_finding").get(page.words.sentence[hit.i], ())
    after = next((one.i for one in findings if one.i > colon), None)
    return after is not None and "\n" not in page.text[page.words.end[colon] : page.words.start[after]]


def _still_to_come(page: Page, hit: Hit) -> Proposal:
    """ "MRI w/wo in am", "standing films before discharge"; "MRI: has a pacer" tells why there is none."""
    norm = page.words.norm
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    stop = min(last, hit.j + _SOON)
    for t in range(hit.j, stop):
        word = norm[t]
        if word in _PICTURED or word in (".", ";"):
            return ""
        if word == ":":
            if not _NOT_HAD.isdisjoint(norm[t + 1 : min(last, t + 4)]):
                return "refused"
            if t == hit.j and any(
                one.i < t + 5 for one in page.by_sentence("device").get(page.words.sentence[hit.i], ()) if one.i > t
            ):
                return "refused"
            return ""
        if word in ("tonight", "tomorrow", "overnight"):
            return "planned"
        if word == "in" and (
            norm[t + 1 : t + 2] == ["am"] or norm[t + 1 : t + 3] in (["the", "am"], ["the", "morning"])
        ):
            return "planned"
        if word in ("before", "prior") and not _LEAVES.isdisjoint(norm[t + 1 : min(last, t + 5)]):
            return "" if not _PICTURED.isdisjoint(norm[t + 1 : last]) else "planned"
        if word == "once" and not _CLEARED.isdisjoint(norm[t + 1 : min(last, t + 4)]):
            return "planned"
        if word == "way" and norm[t + 1 : t + 2] == ["out"]:
            return "planned"
        if word == "when" and norm[t + 1 : t + 2] in (["able"], ["stable"], ["possible"], ["available"]):
            return "planned"
    return ""


def is_a_label(page: Page, hit: Hit) -> bool:
    """Whether the word is part of another: "MRI-conditional", "MRI safety form", "bring the MRI disc"."""
    norm = page.words.norm
    at = hit.j + (norm[hit.j : hit.j + 1] == ["-"])
    return at < len(norm) and norm[at] in _LABELS and page.words.sentence[at] == page.words.sentence[hit.i]


def is_compared(page: Page, hit: Hit, sentence: int, open_before: bool) -> bool:
    """Whether a study is named only as the earlier one that another is compared with."""
    first, _ = page.words.bounds[sentence]
    norm = page.words.norm
    other = open_before or any(one.i < hit.i for one in page.by_sentence("study").get(sentence, ()))
    before = norm[max(first, hit.i - 5) : hit.i]
    if not other or any(word in (";", ".") for word in before):
        return False
    return any(
        word in ("compared", "comparison", "versus", "relative", "vs")
        or (word in ("since", "than", "from") and before[t + 1 :] != [] and not _EARLIER.isdisjoint(before[t + 1 :]))
        for t, word in enumerate(before)
    )


def add_details(page: Page, entry: EntryFound, hit: Hit | None, sentence: int) -> None:
    """Add how the study was done: contrast, thin slices, position, and what limits it."""
    for detail in page.by_sentence("study_detail").get(sentence, ()):
        name, value = next((pair for pair in detail.entry.items() if pair[0] in _DETAILS), ("", None))
        if not name:
            continue
        far = 0 if hit is None else max(detail.i - hit.j, hit.i - detail.j)
        if far >= (10 if name == "contrast" else 4 if name == "position" else 40):
            continue
        if name == "contrast" and hit is None and "contrast" in entry.told:
            continue
        if name != "contrast" and page.assertion(detail, past=False) != "present":
            continue
        entry.say(name, Said(value, "present", *page.span(detail.i, detail.j)))
    if (
        hit is not None
        and hit.entry["modality"] == "standing_radiograph"
        and "standing" in page.words.norm[hit.i : hit.j]
    ):
        entry.say("position", Said("standing", "present", *page.span(hit.i, hit.j)))


def _already_done(page: Page, hit: Hit) -> bool:
    """Whether a study has a day of its own right after it that is over: "MRI 11/16 ordered for ..."."""
    for time in page.times_in(hit.j, hit.j + 4):
        if time.iso is not None and time.precision == "day" and page.written_on is not None:
            return time.iso <= page.written_on
    return False


def region_told(page: Page, hit: Hit, sentence: int) -> tuple[str, int, int] | None:
    """The region named next to a study or finding, else that of a level near it; with its place in the text."""
    best: tuple[int, tuple[str, int, int]] | None = None
    for place in page.by_sentence("place").get(sentence, ()):
        region = place.entry.get("region") or _limb(hit, place)
        if not region:
            continue
        far = hit.i - place.j if place.j <= hit.i else place.i - hit.j
        if (
            far < 0
            or far > 4
            or (
                any(word in ",;." for word in page.words.norm[min(place.j, hit.j) : max(place.i, hit.i)])
                and not _listed(page, hit, place)
            )
        ):
            continue
        if best is None or far < best[0]:
            best = (far, (_REGIONS.get(str(region), str(region)), *page.span(place.i, place.j)))
    if best is not None:
        return best[1]
    first, last = page.words.bounds[sentence]
    for level in page.levels_in(first, last):
        if first <= level.i < last and abs(level.i - hit.i) <= 8:
            return (level.region, level.start, level.end)
    return None


def _listed(page: Page, hit: Hit, place: Hit) -> bool:
    """ "MRI, lumbar spine." as records list it: the region between a comma and the next mark."""
    norm = page.words.norm
    return place.i == hit.j + 1 and norm[hit.j] == "," and (place.j >= len(norm) or norm[place.j] in ",.:;(")


def _limb(hit: Hit, place: Hit) -> str | None:
    """The limb of an ultrasound study."""
    if hit.entry.get("modality") != "ultrasound":
        return None
    return {"leg_": "leg", "arm_": "arm"}.get(str(place.entry.get("pain")))


def second_region(
    page: Page, hit: Hit, sentence: int, first: tuple[str, int, int] | None
) -> tuple[str, int, int] | None:
    """The other region of one report: "CT of the cervical and lumbar spine"."""
    if first is None:
        return None
    for place in page.by_sentence("place").get(sentence, ()):
        region = place.entry.get("region")
        start, end = page.span(place.i, place.j)
        low, high = sorted(((start, end), (first[1], first[2])))
        if (
            region in ("cervical", "thoracic", "lumbar")
            and first[0] in ("cervical", "thoracic", "lumbar")
            and region != first[0]
            and high[0] - low[1] <= _BETWEEN_REGIONS
            and _JOINED.fullmatch(page.text, low[1], high[0]) is not None
        ):
            return str(region), start, end
    return None


def day_told(page: Page, hit: Hit, sentence: int) -> Time | None:
    """The day named next to a study and nearer to it than to another; None for none."""
    first, last = page.words.bounds[sentence]
    best: tuple[int, Time] | None = None
    studies = page.by_sentence("study").get(sentence, ())
    for time in page.times_in(first, last):
        if not first <= time.i < last or time.iso is None:
            continue
        far = time.i - hit.j if time.i >= hit.j else hit.i - time.j + 2
        between = page.words.norm[hit.j : time.i] if time.i >= hit.j else page.words.norm[time.j : hit.i]
        if not 0 <= far <= 8 or not _NOT_ITS_DAY.isdisjoint(between):
            continue
        if any(study is not hit and min(hit.i, time.i) < study.i < max(hit.i, time.i) for study in studies):
            continue
        if best is None or far < best[0]:
            best = (far, time)
    return best[1] if best else None


__all__ = [
    "add_details",
    "day_told",
    "how_told",
    "is_a_label",
    "is_compared",
    "is_seen",
    "region_told",
    "second_region",
]
