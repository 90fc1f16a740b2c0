"""Whether a medicine is told as one of the past, of an hour or never begun, where no word says "stopped".

"Was on prednisolone until 2020", "switched from gabapentin to pregabalin", "given ketorolac in the emergency room",
"prescribed pregabalin but never filled it". It reads the sentence of a name and answers; it adds no fact.
"""

from __future__ import annotations

from typing import Final, Literal

from .page import Page
from .phrases import Hit

End = Literal["stopped", "once", "never"]

_UNTIL: Final = frozenset("until till through".split())
_GOES_ON: Final = frozenset(
    "continue continued continuing hold keep remain take takes start stay stays advised".split()
)
_WAS: Final = frozenset("was were took used been had received stayed remained taken taking relied".split())
_AHEAD: Final = frozenset("next tomorrow further seen review reviewed appointment follow visit then healed".split())
_MADE_OVER: Final = frozenset(
    "switched changed converted rotated transitioned moved went swapped replaced traded".split()
)
_INTO: Final = frozenset("to by with for".split())
_NOT: Final = frozenset("never not didnt hasnt havent wasnt".split())
_BEGIN: Final = frozenset("fill filled start started begin began begun pick picked".split())
_TAKE: Final = frozenset("take took taken use used try tried get got".split())
_PRESCRIBED: Final = frozenset(
    "prescribed given gave prescription script rx ordered sent offered recommended advised told suggested".split()
)
_TODAY: Final = frozenset("day morning today tonight yesterday dose evening week weekend time daily".split())
_GIVE: Final = frozenset("given gave got received administered had required needed".split())
_PLACES: Final = frozenset(
    "er ed emergency recovery pacu ward ambulance theatre theater hospital a&e casualty inpatient triage".split()
)
_AT: Final = frozenset("in at on during".split())
_TAKEN_HOME: Final = frozenset(
    "home discharged discharge prescription script prescribed continue continued continues now since still".split()
)
_LISTED: Final = frozenset(
    ", / & + and of a an the some one two single dose shot injection bolus tablet iv im sc po oral intravenous"
    " intramuscular mg mcg g ml stat pca multiple several x both then her him them me".split()
)
_DETERMINERS: Final = frozenset("her his the my all any of a an their daily regular".split())
_COURSE: Final = frozenset(
    "a an the his her my course taper dose pack of burst round day week full short long oral iv and - entire".split()
)
_WORKS: Final = frozenset("help helped helping work worked last lasted lasting hold cover".split())
_AT_ALL: Final = frozenset(", since for any at now anymore again and".split())
_UNITS: Final = frozenset("day week month year".split())
_NOW: Final = frozenset("since now current currently still on take takes taking bid tid qid daily qhs nightly".split())
_NEED: Final = frozenset("need needed needing require required requiring".split())
_WITHOUT: Final = frozenset("not without hasnt havent never didnt doesnt".split())
_ENDS: Final = frozenset(".;:")
_FAR: Final = 14
_NEAR: Final = 8


def ended(page: Page, hit: Hit) -> End | None:
    """How the sentence takes a medicine away from what is taken; None when it does not.

    "Stopped" for the past, "once" for a dose of an hour, "never" for what was not begun.
    """
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    others = [other for other in page.by_sentence("drug").get(page.words.sentence[hit.i], ()) if other.i != hit.i]
    start = next((t + 1 for t in range(hit.i - 1, first - 1, -1) if norm[t] in _ENDS), first)
    following = next((other.i for other in others if other.i >= hit.j), last)
    stop = next((t for t in range(hit.j, last) if norm[t] in _ENDS), last)
    before = norm[start : hit.i]
    after = norm[hit.j : min(stop, following, hit.j + _FAR)]
    if _over(page, hit, before, after) or _made_over(norm, hit, before, others, stop):
        return "stopped"
    if _never(before, after):
        return "never"
    names = {t for other in others for t in range(other.i, other.j)}
    return "once" if _of_an_hour(norm, hit, start, stop, names) else None


def _over(page: Page, hit: Hit, before: list[str], after: list[str]) -> bool:
    """Words of time or of an end beside the name."""
    t = next((t for t, word in enumerate(after) if word in _UNTIL), None)
    if t is not None and _GOES_ON.isdisjoint(before) and _until(page, before, after, t):
        return True
    was = _was_taken(before)
    if was and after[:1] == ["for"] and {"first", "only"} & set(after[1:6]) and "time" not in after[1:6]:
        return True
    if was and after[:3] in (["at", "the", "time"], ["at", "that", "time"], ["back", "then"]):
        return True
    if _past_course(page, hit, before, after):
        return True
    at = len(before)
    while at and (before[at - 1] in _COURSE or before[at - 1][0].isdigit()):
        at -= 1
    if at and before[at - 1] in ("finished", "completed") and at - len(before) < 0:
        return True
    at = len(before)
    while at and before[at - 1] in _DETERMINERS:
        at -= 1
    if before[max(0, at - 2) : at] == ["out", "of"]:
        at -= 2
    if at >= 2 and before[at - 1] in _NEED and before[max(0, at - 3) : at - 1][-2:] == ["no", "longer"]:
        return True
    told = before[max(0, at - 3) : at + 2]
    return "out" in told and {"ran", "run"} & set(told) != set() and "ago" in after[:_NEAR] and "early" not in after


def _until(page: Page, before: list[str], after: list[str], t: int) -> bool:
    """Whether what follows "until" lies behind the note."""
    rest = after[t + 1 : t + 7]
    was = _was_taken(before) and _WORKS.isdisjoint(after[:t])
    year = next((word for word in rest if len(word) == 4 and word[:2] in ("19", "20") and word.isdigit()), None)
    if year is not None and page.written_on is not None and year != page.written_on[:4]:
        return year < page.written_on[:4]
    return was and after[t] != "through" and bool(rest) and _AHEAD.isdisjoint(rest)


def _was_taken(before: list[str]) -> bool:
    """Whether the words before a name tell of a time that is over: "was on", "took", and not "has been on"."""
    told = before[-_NEAR:]
    if not {"is", "are", "now", "still"}.isdisjoint(before):
        return False
    return any(
        word in _WAS and not (word != "was" and t and told[t - 1] in ("has", "have")) for t, word in enumerate(told)
    )


def _past_course(page: Page, hit: Hit, before: list[str], after: list[str]) -> bool:
    """ "Warfarin for six months after the clot in 2019": a course that a year of the past holds."""
    if page.section[hit.i] == "medications" or "for" not in after[:1] or _UNITS.isdisjoint(after[1:4]):
        return False
    if not _NOW.isdisjoint(after) or not _NOW.isdisjoint(before[-4:]):
        return False
    own = page.written_on[:4] if page.written_on is not None else ""
    return any(
        len(word) == 4 and word.isdigit() and word[:2] in ("19", "20") and word < own and after[t - 1] in ("in", "of")
        for t, word in enumerate(after)
    )


def _made_over(norm: list[str], hit: Hit, before: list[str], others: list[Hit], stop: int) -> bool:
    """ "Switched from gabapentin to pregabalin", "naproxen was changed to celecoxib": one medicine for another."""
    if before[-1:] == ["replaced"] and any(other.j == hit.i - 1 for other in others):
        return True  # "pregabalin replaced gabapentin"
    following = next((other.i for other in others if hit.j <= other.i < stop), None)
    if following is None:
        return False
    between = norm[hit.j : following]
    if before[-1:] == ["from"] and not _MADE_OVER.isdisjoint(before[-5:-1]):
        return "to" in between[-4:] and "," not in between
    return any(
        word in _MADE_OVER and word != "went" and between[t + 1 : t + 2] and between[t + 1] in _INTO
        for t, word in enumerate(between)
        if t >= len(between) - 4
    ) and not {"dose", "dosage", "timing", "not"} & set(between)


def _never(before: list[str], after: list[str]) -> bool:
    """ "Prescribed pregabalin but never filled it", "gave her a muscle relaxant, which she did not take"."""
    if before[-2:] == ["instead", "of"] or before[-3:] == ["in", "place", "of"] or before[-2:] == ["rather", "than"]:
        return True
    at = len(before)
    while at and before[at - 1] in _DETERMINERS:
        at -= 1
    if at >= 2 and before[at - 1] in _NEED and not _WITHOUT.isdisjoint(before[max(0, at - 3) : at - 1]):
        return (not after or after[0] in _AT_ALL) and _TAKE.isdisjoint(after) and after[:2] != ["at", "night"]
    for t, word in enumerate(after):
        if word not in _NOT:
            continue
        told = after[t + 1 : t + 4]
        begun = next((n for n, verb in enumerate(told) if verb in _BEGIN or verb in _TAKE), None)
        if begun is None or not _TODAY.isdisjoint(after[t + begun + 2 : t + begun + 6]):
            continue
        if told[begun] in _BEGIN or not _PRESCRIBED.isdisjoint((*before, *after[:t])):
            return True
    return False


def _of_an_hour(norm: list[str], hit: Hit, start: int, stop: int, names: set[int]) -> bool:
    """ "Given ketorolac in the emergency room", "a shot of ketorolac": no medicine that is taken since."""
    if "pca" in (*norm[max(start, hit.i - 1) : hit.i], *norm[hit.j : hit.j + 1]):
        return True
    t = hit.i - 1
    shot = False
    while t >= start and (norm[t] in _LISTED or norm[t][0].isdigit() or t in names):
        shot = shot or norm[t] in ("shot", "bolus")
        t -= 1
    if t < start or norm[t] not in _GIVE:
        return False
    clause = norm[start:stop]
    if not _TAKEN_HOME.isdisjoint(clause):
        return False
    return shot or any(
        word in _PLACES and (n == 0 or not _AT.isdisjoint(clause[max(0, n - 3) : n])) for n, word in enumerate(clause)
    )
