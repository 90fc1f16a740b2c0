"""Where it hurts and for how long."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .found import Found, Said
from .injections import INJECTED
from .lazy import Lazy
from .limbs import came_back, told_gone
from .page import Page
from .phrases import Hit
from .sides import side_of
from .times import weeks

_TOWARD: Final = frozenset(
    "+ & plus running run runs out coming starting space between in into down to over at of around across from along about radiating radiate radiated shooting shoot going go both and the his her their my left right lateral medial posterior anterior aspect side upper lower l r , or sided".split()  # noqa: E501
)
_STATED: Final = Lazy(
    r"\b(?:radiat\w+|rads?|shoot\w*|going|travel\w*|extend\w*|spread\w*|goes)\s+(?:down|in|into|to|along|from|up|towards?|across)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_LED: Final = frozenset(
    "severe chronic axial radicular pain mid low buttock sacral hip thigh calf groin shoulder new back leg arm neck"
    " lower - sharp significant are is extremity incisional surgical postoperative postop preoperative preop residual"
    " ongoing persistent recurrent mild moderate constant dull burning mechanical worsening bilateral bilat b/l usual"
    " typical neuropathic intermittent stiff tender tight occasional midline central".split()
)
_ALSO: Final = frozenset(
    "is in low lower upper mid more back neck leg mostly mainly buttock hip bilateral bilat b/l localized localised si"
    " joint region area felt located confined centered".split()
)
_NOT_FROM: Final = frozenset(
    "relief relieved medication score since different distinct no apart aside free went down to".split()
)
_WENT: Final = frozenset(
    "cured helped relieved improved fixed abolished rid eased resolved settled reduced eliminated".split()
)
_SENSED: Final = tuple([word] for word in "numbness weakness tingling paresthesia swelling clumsiness".split())
_JOINED: Final = frozenset(("and", ",", "+", "&", "plus", "with"))
_SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
_DESCRIBING: Final = frozenset(
    "onset of low lower upper mid middle back neck leg arm left right l r side sided lateral buttock groin hip thigh calf thoracic lumbar sacral radicular axial thoracolumbar interscapular midline central focal severe sharp dull burning stabbing shooting electric aching constant unremitting unrelenting intense intractable excruciating sudden bilateral mechanical terrible significant persistent worsening and or - / shoulder foot foot".split()  # noqa: E501
)
_NO_PAIN: Final = frozenset(
    "clinic medication med medicine doctor physician management pump regimen program specialist score free".split()
)
_NOT_PAIN: Final = frozenset(("symptom", "sx"))
_SINCE: Final = Lazy(
    r"\b(?:pain|lbp|symptoms?|sciatica|neck|back|leg|arm|complain\w*|shoot\w*|ache|aching|hurt\w*|radicul\w*|stiffness|cervicalgia|duration|onset|began|started)\b",
    re.IGNORECASE,
)
_BEGAN: Final = Lazy(
    r"\b(?:pain|symptoms?|sciatica|ache)\s+(?:first\s+)?(?:started|began|commenced|came\s+back|came\s+on|returned|recurred|set\s+in)\s+(?:about\s+|around\s+|approximately\s+|some\s+)?$",
    re.IGNORECASE,
)
_OTHER: Final = Lazy(
    r"\b(?:pt|physical\s+therapy|physio\w*|therapy|opioid|smok\w+|pack|weight|fever|treated|antibiotic|numb\w*|weak\w*|clums\w*|relief|pain[\s-]free|improve\w*|married|taking|takes|mg|follow|return|back\s+in|sleep\w*|collar|brace|wear|off\s+work)\b",
    re.IGNORECASE,
)
_FREE: Final = Lazy(
    r"\b(?:(?:pain|symptom)[\s-]free|(?:pain|ache|sciatica|symptoms?|it|and)\s+(?:(?:had|has|was|were|is|been|then|then|all)\s+){0,3}(?:resolved|settled|vanished|disappeared|went\s+away|gone|abolished)(?:\s+(?:completely|totally|entirely|altogether))?|(?:straight|well|fine|great|good)\s+and\s+comfortable|(?:was|felt|been|remained|stayed)\s+(?:(?:very|quite|completely|entirely|fairly|really)\s+)?(?:comfortable|asymptomatic|well)|(?:full|complete|good|excellent|total)\s+relief|relief|did\s+(?:very\s+|fairly\s+)?well|(?:excellent|great|good)\s+(?:result|outcome|response)|free\s+of\s+pain|no\s+pain)\b[^.;]{0,24}$",
    re.IGNORECASE,
)


_FOR: Final = ("for ", "for roughly ", "for perhaps ", "for nearly ", "for almost ", "for just over ", "for well over ")
_RECURS: Final = frozenset("return returned recurred recurrence back again then before".split())
_OF_RELIEF: Final = Lazy(
    r"\s+(?:of\s+)?(?:(?:good|great|excellent|complete|full|total|real|decent|near-complete)\s+)?(?:pain\s+)?(?:relief|pain[\s-]free)\b",
    re.IGNORECASE,
)
_SINCE_AGO: Final = Lazy(
    r"\s*(?:,\s*(?:without|with\s+no|after|following|while)\s+[^.;,]{1,40}(?=,))?,?\s*(?:when\s+)?(?:he|she|they|i|pt|(?:the\s+)?patient)\s+(?:(?:has|had|suddenly|gradually|first|then|also|again)\s+){0,2}"
    r"(?:developed|noticed|got|experienced|began\s+(?:having|to\s+(?:have|get|feel))|started\s+(?:having|to\s+(?:have|get|feel))|woke\s+(?:up\s+)?with|had\s+the\s+onset\s+of)"
    r"\s+(?:(?!with\b|and\b|infection|drainage|fever|leak)[\w,-]+\s+){0,8}?(?:pain|ache|aching|sciatica)\b"
    r"|\s*,?\s*(?:when|that|his|her|the|a|an)?\s*(?:[\w-]+\s+){1,7}?(?:pain|ache|aching|sciatica)\s+(?:(?:has|had|suddenly|gradually|first|then)\s+)?"
    r"(?:began|started|came\s+on|set\s+in|appeared|developed|arose)\b",
    re.IGNORECASE,
)


_OF_PAIN: Final = Lazy(
    r"\s+(?:history\s+)?of\s+(?:(?!relief|no\b|free)[\w/-]+\s+){0,4}?(?:pain|aching|sciatica|cervicalgia|lumbago)\b"
    r"(?!\s*(?:-\s*)?(?:relief|free|clinic|program\w*|manage\w*|med\w*|control|psych\w*|pills?))",
    re.IGNORECASE,
)
_FINE: Final = Lazy(
    r"\bdid\s+(?:just\s+|quite\s+)?(?:fine|ok|okay|all\s+right|great)\s+(?:for\s+)?(?:about\s+)?$", re.I
)


def read_pain(page: Page, found: Found) -> None:
    """Add the regions that hurt, and how long they have."""
    for hit in page.of("pain"):
        if page.section[hit.i] in _SKIP or page.heading[hit.i]:
            continue
        _pain(page, found, hit)
    _durations(page, found)


def _pain(page: Page, found: Found, hit: Hit) -> None:
    how = page.assertion(hit)
    if how in ("family", "hypothetical", "planned"):
        return
    if how in ("present", "historical") and (told_gone(page, hit.i, hit.j) or _is_free(page, hit)):
        how = "negated"
    if how == "negated" and page.words.norm[max(0, hit.i - 5) : hit.i].count("not") and _but_not(page, hit):
        how = "present"  # "cured her leg pain but not her back pain"
    if how == "negated" and came_back(page, hit.i, hit.j):
        how = "present"  # "leg pain resolved completely for ten weeks, then recurred"
    if hit.entry.get("region") == "head" and page.section[hit.i] == "ros":
        return
    if hit.entry.get("region"):
        if hit.entry["region"] == "low_back" and hit.i and page.words.norm[hit.i - 1] in ("upper", "mid", "middle"):
            pass
        elif how == "negated" or page.words.norm[hit.i] not in _NOT_PAIN:
            _say(page, found, str(hit.entry["region"]), hit, hit, how)
    elif page.words.norm[hit.i] == "sciatica":
        side = side_of(page, hit.i, hit.j, 3)
        for member in _sided("leg_", side):
            found.say("pain_regions", [member], how, *page.span(hit.i, hit.j))
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    norm = page.words.norm
    if how == "present":
        _is_new(page, found, hit, first, last)
    weak_word = norm[hit.i] in _NOT_PAIN
    for place in page.by_sentence("place").get(page.words.sentence[hit.i], ()):
        pain = place.entry.get("pain")
        if not pain or hit.i <= place.i < hit.j:
            continue
        if place.j <= hit.i:
            between = norm[place.j : hit.i]
            near = len(between) <= 6 and all(word in _TOWARD or word in _LED for word in between)
        else:
            between = norm[hit.j : place.i]
            near = len(between) <= 8 and all(word in _TOWARD or word in _ALSO for word in between)
            near = near or (len(between) <= 16 and _spreads(page, hit, place))
        if not near or (weak_word and how != "negated"):
            continue
        if place.i >= hit.j and _numb(norm, hit.j, place):
            continue
        if how == "negated" and "new" in norm[max(first, place.i - 3) : hit.i]:
            continue
        if place.entry.get("weak") and page.levels and place.i > first and norm[place.i - 1] in ("upper", "mid"):
            continue
        _say(
            page,
            found,
            str(pain),
            place,
            hit,
            page.assertion(Hit(min(place.i, hit.i), max(place.j, hit.j), {})) if how != "negated" else how,
        )
    del last


def _numb(norm: list[str], start: int, place: Hit) -> bool:
    """ "Back pain and left leg numbness": the leg is numb, nobody says that it hurts."""
    return norm[place.j : place.j + 1] in _SENSED and not _JOINED.isdisjoint(norm[start : place.i])


def _is_free(page: Page, hit: Hit) -> bool:
    """ "Right leg pain-free", with no time for which it was so."""
    norm = page.words.norm
    at = hit.j + 1 if norm[hit.j : hit.j + 1] == ["-"] else hit.j
    return norm[at : at + 1] == ["free"] and not any(time.cue == "for" for time in page.times_in(at, at + 8))


def _but_not(page: Page, hit: Hit) -> bool:
    norm = page.words.norm
    for t in range(hit.i - 1, max(1, hit.i - 5), -1):
        if norm[t] == "not":
            return norm[t - 1] == "but" and _WENT.isdisjoint(norm[max(0, t - 12) : t]) is False
        if norm[t] not in _TOWARD and norm[t] not in _LED:
            return False
    return False


def _spreads(page: Page, hit: Hit, place: Hit) -> bool:
    """Whether words lead from the pain to the place: "burning pain with jolts from the left buttock down the calf"."""
    start, end = page.words.end[hit.j - 1], page.words.start[place.i]
    if _STATED.search(page.text[start:end]):
        return True
    between = page.words.norm[hit.j : place.i]
    return "from" in between[-3:] and _NOT_FROM.isdisjoint(between) and page.words.norm[hit.j : hit.j + 1] != ["free"]


def _is_new(page: Page, found: Found, hit: Hit, first: int, last: int) -> None:
    """ "New severe midline low back pain": however many words describe it."""
    norm = page.words.norm
    if hit.j < last and norm[hit.j] in _NO_PAIN:
        return
    for at in range(hit.i - 1, max(first, hit.i - 8) - 1, -1):
        if norm[at] in ("new", "fresh"):
            if page.assertion(Hit(at, hit.j, {})) == "present":
                found.say("pain_change", "new", "present", *page.span(at, hit.j))
            return
        if norm[at] not in _DESCRIBING:
            return


def _sided(pain: str, side: str | None) -> list[str]:
    return {"L": [pain + "L"], "R": [pain + "R"], "both": [pain + "L", pain + "R"]}.get(side or "", [])


def _say(page: Page, found: Found, pain: str, place: Hit, hit: Hit, how: Assertion) -> None:
    start = min(page.words.start[place.i], page.words.start[hit.i])
    end = max(page.words.end[place.j - 1], page.words.end[hit.j - 1])
    if end - start > 60:
        start, end = page.span(place.i, place.j)
    found.used(start, end)
    if pain == "low_back" and page.words.norm[place.i] == "axial":
        pain = "neck" if page.regions == {"cervical"} else pain
    if not pain.endswith("_"):
        found.say("pain_regions", [pain], how, start, end)
        return
    side = side_of(page, place.i, place.j, 3) or _limb_side(page, place, hit) or side_of(page, hit.i, hit.j, 3)
    members: list[JsonValue] = list(_sided(pain, side))
    if how == "negated" and not members:
        members = [pain + "L", pain + "R"]
    if members:
        found.say("pain_regions", members, how, start, end)
    elif how in ("present", "historical", "uncertain"):
        entry = found.entry("pains")
        entry.say("region", Said(pain.rstrip("_"), how, start, end))
    if pain in ("leg_", "arm_") and how == "present":
        found.say("pain_topography", ["limb_pain"], how, start, end)


def say_region(page: Page, found: Found, pain: str, place: Hit) -> None:
    """A region that hurts, told by its score."""
    _say(page, found, pain, place, place, "present")


def _limb_side(page: Page, place: Hit, hit: Hit) -> str | None:
    """The side of the same limb named between the pain and a part of it: "with R LE radiation to the ankle"."""
    for other in page.by_sentence("place").get(page.words.sentence[place.i], ()):
        if hit.j <= other.i < place.i and other.entry.get("pain") == place.entry.get("pain"):
            return side_of(page, other.i, other.j, 3)
    return None


def _durations(page: Page, found: Found) -> None:
    for time in page.times:
        if time.iso is not None or time.unit == "hour" or time.cue in ("post", "pod"):
            continue
        first, last = page.words.bounds[page.words.sentence[time.i]]
        start, end = page.words.start[first], page.words.end[last - 1]
        began = time.cue == "ago" and _SINCE_AGO.match(page.text, time.end, end) is not None
        gave = time.cue != "ago" and _OF_RELIEF.match(page.text, time.end, end) is not None
        of_pain = time.cue in ("", "for") and _OF_PAIN.match(page.text, time.end, end) is not None
        if not (
            gave
            or of_pain
            or began
            or time.cue == "for"
            or (time.cue == "ago" and _BEGAN.search(page.text, max(0, time.start - 30), time.start))
            or page.text.endswith(_FOR, start, time.start)
        ) or page.section[time.i] in ("plan", *_SKIP, "medications", "social", "past"):
            continue
        before, after = page.text[start : time.start], page.text[time.end : min(end, time.end + 50)]
        if page.assertion(Hit(time.i, time.j, {}), plan=True) in ("planned", "hypothetical", "family"):
            continue
        treated = page.by_sentence("treatment").get(page.words.sentence[time.i], ())
        if any(hit.entry["type"] in INJECTED and hit.i < time.i for hit in treated) or before.endswith("first "):
            continue  # how long an injection helped
        if gave and time.cue != "for" and (treated or _RECURS.isdisjoint(page.words.norm[time.j : last])):
            continue  # weeks of relief after an operation are told with what came after them
        if time.cue != "ago" and _FINE.search(before[-30:]):
            continue  # how long it went well
        low, high = weeks(time)
        value: JsonValue = _tidy(low) if low == high else {"low": _tidy(low), "high": _tidy(high)}
        if gave or (time.cue != "ago" and _FREE.search(before)):
            found.say("pain_free_interval_weeks", value, "present", time.start, time.end, None, time.precision)
            found.used(time.start, time.end)
            continue
        clause = re.split(r"[.;,]", before)[-1]
        near = clause if _SINCE.search(clause) else before[-60:]
        if began or of_pain or ((_SINCE.search(near) or _SINCE.search(after)) and not _OTHER.search(near[-50:])):
            found.say("duration_weeks", value, "present", time.start, time.end, None, time.precision)
            found.used(time.start, time.end)


def _tidy(number: float) -> int | float:
    return int(number) if number == int(number) else number
