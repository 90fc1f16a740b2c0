"""Strength by muscle or root, as examined or as reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from spondyl.record.facts import JsonValue

from .feeling import read_feeling
from .findings import marked
from .found import Found, Said
from .lazy import Lazy
from .page import Page
from .past import is_old, is_over
from .phrases import Hit
from .power_dates import of_then
from .power_lists import power_lists, rows
from .power_then import moved, replaced, then_over
from .sides import side_of

_GRADE: Final = Lazy(
    r"(?<![\w./])(?P<sign>[+-](?=[0-5]))?(?P<n>[0-5])(?P<after>\s?[+\u2212-](?![\d])|\s?(?:plus|minus))?(?:\s*(?:-|to)\s*(?P<n2>[0-5])(?P<after2>[+-])?)?\s*(?P<of>/\s*5(?!\d)|out\s+of\s+(?:5|five))"
    r"|\b(?P<word>zero|one|two|three|four|five)(?P<wsign>\s+(?:plus|minus))?\s+(?:out\s+of|over)\s+five\b"
    r"|(?:grade|mrc|(?<=\s))\s*(?P<bare>[+-]?[0-5])(?P<bsign>[+-])?(?=\s+(?:on|in|at)\s+the\s+(?:left|right))",
    re.IGNORECASE,
)
_TABLE: Final = {"5": 5.0, "4": 4.0, "3": 3.0, "2": 2.0, "1": 1.0, "0": 0.0}
_WORDS: Final = {"zero": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5"}
_STEP: Final = 0.3
_WHOLE: Final = 4  # as many muscles, all full, are a normal examination
_FULL: Final = 5.0
_LIMITED: Final = Lazy(
    r"\b(?:pain[\s-]limited|limited\s+by\s+pain|give[\s-]?way|effort[\s-]dependent|due\s+to\s+pain|secondary\s+to\s+pain|poor\s+effort)",
    re.IGNORECASE,
)
_THEN: Final = Lazy(
    r"[\s,(;-]*(?:was|previously|previous|prior|prev)\s+(?:also\s+)?(?P<n>[0-5]\s?[+-]?)\s*/\s*5\b[^.;]{0,40}"
    r"\b(?:unchanged|stable|same|no\s+change|not\s+changed)\b",
    re.IGNORECASE,
)
_BOTH: Final = Lazy(r"[ \t]*\(?(?:B|BL|B/L)\b(?![/'\u2019])")  # "4/5 B": both sides
_ABNORMAL: Final = frozenset(
    "hoffmann babinski clonus gait_ataxia spasticity foot_drop sensory_level saddle_anesthesia anal_tone_reduced"
    " weakness_reported bilateral_leg_weakness".split()
)
_SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
_LIMBS: Final = frozenset("arm leg foot hand ankle knee hip wrist elbow toe finger thumb shoulder".split())
_NO_LIMB: Final = frozenset("tone squeeze sphincter rectal anal stream pulse pulses voice contraction cough".split())
_PAINS: Final = frozenset("vas nrs score ache hurt painful severity pulse tenderness".split())
_WEAK: Final[JsonValue] = {"low": 0, "high": 4.7}


def read_power(page: Page, found: Found) -> None:
    """Add strength grades, weakness on examination, full strength, and areas of reduced feeling."""
    graded: set[int] = set()
    full: Hit | None = None
    weak_found = False
    listed = power_lists(page)
    told = [(match, *page.words.slice(match.start(), match.end()), _grade(match)) for match in _grades(page)]
    told = [
        one
        for one in told
        if one[1] < one[2] and page.section[one[1]] not in _SKIP and one[3] is not None and _is_power(page, *one[1:3])
        if not any(row.start <= one[0].start() < row.end for row in listed)
    ]
    gone, own = replaced(page, [(i, j, _muscle(page, i, j)) for _, i, j, _ in told], page.of("full_power"))
    for match, i, j, value in told:
        graded.add(page.words.sentence[i])
        if i in gone or value is None:
            continue
        if page.section[i] == "past" or of_then(page, i, match.start()):
            continue
        found.used(match.start(), match.end())
        if value == _FULL:
            full = full or Hit(i, j, {})
            continue
        weak_found = _deficit(page, found, i, j, match.start(), match.end(), value, own.get(i)) or weak_found
    for start, end, value, muscle, side in [*moved(page, gone), *rows(listed)]:
        i, j = page.words.slice(start, end)
        graded.add(page.words.sentence[i])
        if page.section[i] not in _SKIP and value < _FULL:
            weak_found = _deficit(page, found, i, j, start, end, value, muscle, side) or weak_found
    if len(listed) >= _WHOLE and all(value == _FULL for one in listed for _, value in one.grades):
        full = full or listed[0].muscle
    then_over(page, found, gone)
    for hit in page.of("full_power"):
        if page.section[hit.i] not in _SKIP and page.assertion(Hit(hit.i, hit.j, {})) not in ("hypothetical", "family"):
            full = full or hit
            found.used(*page.span(hit.i, hit.j))
    for hit in page.of("exam_weakness"):
        weak_found = _examined(page, found, hit, graded) or weak_found
    for hit in page.of("finding"):
        if (
            "foot_drop" in hit.entry["facts"]
            and page.words.sentence[hit.i] not in graded
            and page.assertion(hit) == "present"
            and not is_over(page, hit)
        ):
            entry = found.entry("motor_deficit")
            start, end = page.span(hit.i, hit.j)
            entry.say("myotome", Said("ankle_dorsiflexion", "present", start, end))
            entry.say("mrc", Said(_WEAK, "present", start, end))
            if is_old(page, hit):
                entry.say("old_unchanged", Said(True, "present", start, end))
            side = side_of(page, hit.i, hit.j)
            if side:
                entry.say("side", Said(side, "present", start, end))
            weak_found = True
    _same_as_old(found)
    _old_on_both_sides(found)
    if full is not None and not weak_found:
        found.say("motor_deficit", [], "present", *page.span(full.i, full.j))
    read_feeling(page, found)


def _grades(page: Page) -> Iterator[re.Match[str]]:
    """What is written like a grade: it begins with its number, the sign or the blank before it, or a word."""
    marks, text = page.marks, page.text
    if " the left" in marks.low or " the right" in marks.low:
        return _GRADE.finditer(text)  # "3 on the left" may begin with blanks
    before = [place - 1 for place in marks.numbers if place and text[place - 1] in "+-"]
    named = marks.of(*_WORDS) if " five" in marks.low or "\nfive" in marks.low else ()
    return marks.tries(_GRADE, sorted([*marks.numbers, *before, *named]))


def _same_as_old(found: Found) -> None:
    """A weakness named once more without a day of its own is the one that the note calls old and unchanged."""
    entries = found.of("motor_deficit")
    old = [entry for entry in entries if entry.get("old_unchanged")]
    for entry in entries:
        if entry in old or entry.get("onset_days") is not None or entry.get("mrc") != _WEAK:
            continue  # a grade of its own is an examination of its own
        for other in old:
            if entry.get("myotome") == other.get("myotome") and entry.get("side") in (None, other.get("side")):
                place = entry.told["mrc"][0]
                entry.say("old_unchanged", Said(True, "present", place.start, place.end))
                break


def _old_on_both_sides(found: Found) -> None:
    """Weakness of both sides, all graded as old and unchanged, and none told besides: it is none that is new."""
    entries = found.of("motor_deficit")
    old = all(entry.get("old_unchanged") or not entry.told.get("mrc") for entry in entries)
    told = any(
        name in ("bilateral_leg_weakness", "weakness_progressing", "weakness_reported") and said.assertion == "present"
        for name, said in found.flat
    )
    both = [entry.told["mrc"][0] for entry in entries if entry.get("side") == "both" and entry.told.get("mrc")]
    if both and old and not told:
        found.say("long_standing", ["bilateral_leg_weakness"], "present", both[0].start, both[0].end)


def _grade(match: re.Match[str]) -> float | None:
    written = match["n"] or (match["bare"] or "").lstrip("+-") or _WORDS.get((match["word"] or "").lower(), "")
    if not written:
        return None
    value = _TABLE[written]
    sign = (match["sign"] or match["after"] or match["bsign"] or match["wsign"] or "").strip().lower()
    if not sign and match["bare"] and match["bare"][0] in "+-":
        sign = match["bare"][0]
    if match["n2"]:
        return value
    if value == 5.0:
        return 5.0 if sign not in ("-", "\u2212", "minus") else 4.7
    return round(value + (_STEP if sign in ("+", "plus") else -_STEP if sign in ("-", "\u2212", "minus") else 0), 1)


def _is_power(page: Page, i: int, j: int) -> bool:
    sentence = page.words.sentence[i]
    if any(page.by_sentence("muscle").get(sentence, ())):
        return True
    words = page.words.norm[max(0, i - 8) : j + 6]
    if any(word in _LIMBS for word in page.words.norm[max(0, i - 4) : i]) and not any(word in _PAINS for word in words):
        return True  # "arms now 3/5"
    return any(
        word in ("strength", "power", "motor", "weakness", "throughout", "bilat", "bilaterally") for word in words
    )


def _muscle(page: Page, i: int, j: int) -> Hit | None:
    """The muscle a grade belongs to: the last named before it, or one right after."""
    muscles = [
        hit
        for hit in page.by_sentence("muscle").get(page.words.sentence[i], ())
        if not (
            hit.entry.get("root")
            and any(level.i <= hit.i < level.j and level.segments for level in page.levels_in(hit.i, hit.i + 1))
        )
    ]
    before = [hit for hit in muscles if hit.j <= i]
    named = [hit for hit in before if not hit.entry.get("general")]
    after = [
        hit
        for hit in muscles
        if hit.i >= j and hit.i - j <= 6 and not hit.entry.get("general") and page.words.norm[j : hit.i].count(",") == 0
    ]
    if named and i - named[-1].j <= 10:
        return named[-1]
    return after[0] if after else before[-1] if before else None


def _deficit(
    page: Page, found: Found, i: int, j: int, start: int, end: int, value: float, muscle: Hit | None = None,
    side: str | None = None,
) -> bool:  # fmt: skip
    if i in page.context.before:
        return False
    how = page.assertion(Hit(i, j, {}), past=False)
    if how in ("hypothetical", "family", "planned"):
        return False
    how = "present" if how == "negated" else how
    muscle = muscle or _muscle(page, i, j)
    entry = found.entry("motor_deficit")
    number: JsonValue = int(value) if value == int(value) else value
    entry.say("mrc", Said(number, how, start, end))
    side = side or ("both" if _BOTH.match(page.text, end) else side_of(page, i, j, 6))
    if muscle is not None:
        m_start, m_end = page.span(muscle.i, muscle.j)
        entry.say("myotome", Said(muscle.entry["myotome"], how, m_start, m_end))
        found.used(m_start, m_end)
        side = side or side_of(page, muscle.i, muscle.j, 4)
    if side is None:
        side = _side_before(page, i)
    if side is not None:
        entry.say("side", Said(side, how, start, end))
    last = page.words.bounds[page.words.sentence[i]][1]
    if is_old(page, Hit(i, j, {})) or _same_before(page.text, start, end):
        entry.say("old_unchanged", Said(True, how, start, end))
    limited = _LIMITED.search(page.text, end, page.words.end[last - 1])
    if limited is not None:
        entry.say("pain_limited", Said(True, how, limited.start(), limited.end()))
    return True


def _same_before(text: str, start: int, end: int) -> bool:
    """ "4/5 (was 4/5 in August, unchanged)": the grade of then is that of now."""
    if not text[end : end + 14].lstrip(" ,(;-").lower().startswith(("was", "prev", "prior")):
        return False
    told = _THEN.match(text, end)
    return told is not None and told["n"].replace(" ", "") == re.sub(r"\s|/.*", "", text[start:end])


def _side_before(page: Page, i: int) -> str | None:
    sides = [hit for hit in page.by_sentence("side").get(page.words.sentence[i], ()) if hit.j <= i]
    return str(sides[-1].entry["side"]) if sides else None


def _examined(page: Page, found: Found, hit: Hit, graded: set[int]) -> bool:
    """Weakness seen on examination without a grade."""
    section = page.section[hit.i]
    sentence = page.words.sentence[hit.i]
    if not _NO_LIMB.isdisjoint(page.words.norm[max(0, hit.i - 3) : hit.j + 2]):
        return False  # "squeeze weak", "stream weak"
    if sentence in graded or (section not in ("exam", "imaging") and not _on_examination(page, hit)):
        return False
    start, end = page.span(hit.i, hit.j)
    if (marked(page, start, end, exam=False) or page.assertion(hit, past=False)) != "present":
        return False
    entry = found.entry("motor_deficit")
    entry.say("mrc", Said(_WEAK, "present", start, end))
    muscles = page.by_sentence("muscle").get(sentence, ())
    named = next(
        (muscle for muscle in muscles if not muscle.entry.get("general") and not muscle.entry.get("root")), None
    )
    if named is not None:
        entry.say("myotome", Said(named.entry["myotome"], "present", *page.span(named.i, named.j)))
    side = side_of(page, hit.i, hit.j) or (side_of(page, named.i, named.j, 4) if named else None)
    if side:
        entry.say("side", Said(side, "present", start, end))
    return True


def _on_examination(page: Page, hit: Hit) -> bool:
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    words = page.words.norm[first:last]
    return any(word in ("exam", "examination", "testing", "o/e") for word in words)


def read_whole_exam(page: Page, found: Found) -> None:
    """Add `neuro_exam_normal` where power, feeling and reflexes beside each other are normal, and no sign otherwise."""
    flat = [(name, said) for name, said in found.flat if said.assertion == "present"]
    if any(name in _ABNORMAL or (name == "reflexes" and said.value != "normal") for name, said in flat):
        return
    if found.of("motor_deficit") or found.of("sensory_deficit"):
        return
    places = {
        name: page.words.sentence[page.words.slice(said.start, said.end)[0]]
        for name, said in flat
        if name in ("motor_deficit", "sensory_deficit", "reflexes")
    }
    if len(places) == 3 and max(places.values()) - min(places.values()) <= 2:
        start = min(said.start for name, said in flat if name in places)
        end = max(said.end for name, said in flat if name in places)
        found.say("neuro_exam_normal", True, "present", start, end)
