"""Signs, symptoms and conditions: phrases of the lexicon, with how each is asserted."""

from __future__ import annotations

import re
from typing import Any, Final

from spondyl.record.facts import Assertion, JsonValue

from .aims import wished
from .beside import advised, asked_of_study, near_wound, noun_denied, wonders
from .bygone import bygone
from .changes import bad_now, never_better, of_a_study, provoked
from .context import CERTAIN, HYPOTHETICAL, NEGATED
from .found import Found
from .indication import was_reason
from .lazy import Lazy
from .limbs import told_gone
from .mistaken import is_mistaken
from .page import Page
from .past import answered, has_time, is_old, is_over
from .phrases import Hit
from .preop import THEN_ONLY, told_then
from .taken import taken_away
from .tripped import stayed_up
from .words import normal

_MINUS: Final = Lazy(
    r"\s*(?:sign|test)?\s*[:=]?\s*(?:[(\[]\s*[-\u2212\u2013]\s*[)\]]|[-\u2212\u2013](?=\s*(?:[,.;)]|$|\n|\s[a-zA-Z])))"
)
_ANSWER_MINUS: Final = Lazy(
    r"\s*(?:[(\[]\s*[-\u2212\u2013]\s*[)\]]|[:=]\s*[-\u2212\u2013](?=\s*(?:[,.;|)]|$|\n))|\s[-\u2212\u2013](?=\s*(?:[,;.]|$|\n))|\s?[-\u2212]ve\b)"
)
_PLUS: Final = Lazy(r"\s*(?:sign|test)?\s*[:=]?\s*(?:\(\s*\+\s*\)|\+|\d\s?\+)")
_MINUS_BEFORE: Final = Lazy(
    r"(?:[(\[]\s*(?:[-\u2212\u2013]|neg|no|n|0)\s*[)\]]|[\u00d8\u2205\u2296])\s*$", re.IGNORECASE
)
_PLUS_BEFORE: Final = Lazy(r"(?:[(\[]\s*(?:\+|pos|yes|y)\s*[)\]]|\+|\u2295)\s*$", re.IGNORECASE)
_TICKED: Final = Lazy(
    r"\s*[:=]?\s*(?:[LR]\s*)?\[\s*[xX\u2713]\s*\](?!\s*(?:neg|abs|norm|down|flex|no\b|none|nil))", re.IGNORECASE
)
_UNCHECKED: Final = Lazy(r"\[\s*\]\s*$")
_BOX_AFTER: Final = Lazy(r"\s*\[\s*(?P<mark>[xX\u2713]?)\s*\]")
_CHECKED: Final = Lazy(r"\[\s*[xX\u2713]\s*\]\s*$")
_ENDS_MARK: Final = frozenset(")]+\u00d8\u2205\u2296\u2295\u00f8")
_BY_PLUS: Final = frozenset(("urinary_retention", "saddle_anesthesia", "suicidal_ideation"))
_NEAR_END: Final = 20
_LINE: Final = 4_000
_OPENS_MARK: Final = frozenset("([:=-\u2212\u2013")
_BOTH: Final = frozenset(
    ("bilateral_leg_weakness", "bilateral_leg_symptoms", "bilateral_leg_pain", "leg_numbness_bilateral")
)
_TWO: Final = Lazy(
    r"\b(?:legs|feet|thighs|calves|knees|limbs|extremities|both|two|either|neither|bilateral\w*|bilat|b/l|le|ble|les|\w+(?:plegi|paresi)\w+|sides|as well|too|also)\b",  # noqa: E501
    re.IGNORECASE,
)
_CORD: Final = frozenset(
    ("hoffmann", "babinski", "clonus", "spasticity", "gait_ataxia", "hand_clumsiness", "lhermitte")
)
_OF_AN_INDICATION: Final = frozenset(("pain_pattern", "pain_topography", "deformity_known", "neurogenic_claudication"))
_SPREAD: Final = frozenset(("pain_pattern", "pain_topography"))
_BRACKET: Final = 90
_HIDDEN_NEAR: Final = 9
_DUE: Final = frozenset("due because of secondary owing through under from given 2/2 by with".split())
_DATED: Final = Lazy(r"^\W*(?:\[[^\]]{0,40}\]\W*)?$")
_OPENS: Final = frozenset("no not never without nil non doe did had deny".split())
_DENIED_INSIDE: Final = frozenset(("no", "without", "nor", "zero"))
_DENIES: Final = frozenset(
    "no not never without nil deny denied cant cannot unable longer nor neither lack lost loss".split()
)
Flip = dict[Assertion, Assertion]
_FALLS: Final = frozenset(("low_energy_fall", "falls"))
_HOPED: Final = frozenset(("pain_change", "course", "sleep_poor", "work_status", "function_better"))
_DENIAL: Final[Flip] = {"present": "negated", "historical": "negated"}


def read_findings(page: Page, found: Found) -> None:
    """Add every sign, symptom and condition named in the note."""
    after = answered(page)
    for hit in page.of("finding"):
        if page.heading[hit.i] and page.section[hit.i] != "" and hit.j - hit.i == 1:
            continue
        _read(page, found, hit, after.get(page.words.sentence[hit.i], ""))
    _known_cord_signs(found)


def _known_cord_signs(found: Found) -> None:
    """Cord signs that are all recorded as old and unchanged: the myelopathy is known and stands still."""
    old = {(said.start, said.end) for name, said in found.flat if name == "long_standing"}
    signs = [
        said
        for name, said in found.flat
        if name in _CORD and said.assertion in ("present", "uncertain") and said.value is not False
    ]
    if signs and all((said.start, said.end) in old for said in signs):
        found.say("myelopathy_known_unchanged", True, "present", signs[0].start, signs[0].end)


def _read(page: Page, found: Found, hit: Hit, after: str) -> None:
    entry = hit.entry
    section = page.section[hit.i]
    if section == "allergies" and not set(entry["facts"]) <= {
        "contrast_allergy",
        "gadolinium_reaction",
        "nsaid_allergy",
        "pud_gi_bleed",
    }:
        return
    if entry.get("capitals") and not page.text[page.words.start[hit.i] : page.words.end[hit.j - 1]].isupper():
        return
    if is_mistaken(page, hit):
        return
    exam = bool(entry.get("exam"))
    assertion = _assert(page, hit, exam)
    start, end = page.span(hit.i, hit.j)
    sentence = page.words.sentence[hit.i]
    if entry.get("of_others") and assertion == "family":
        assertion = "present"  # "lives with his daughter, who is supportive" is told of the patient
    if assertion == "family" and "personal" in page.words.norm[page.words.bounds[sentence][0] : hit.i]:
        assertion = "negated" if page.context.has(hit.i, hit.j, NEGATED) else "historical"
    if "surgeon_restrictions" in entry["facts"]:
        if page.text[start : page.words.end[hit.i]].lower() == "avoids":
            return  # his own habit
        if assertion == "hypothetical" and section == "return" and not page.context.has(hit.i, hit.j, HYPOTHETICAL):
            assertion = "present"  # instructions at discharge forbid what they name
    if assertion == "present" and noun_denied(page, hit):
        assertion = "negated"
    if (
        entry.get("meant")
        and (assertion in ("hypothetical", "historical", "planned") or wonders(page, hit, assertion))
        and not advised(page, hit)
    ):
        assertion = "present"  # "it would be easier for them without me" is no case supposed
    if entry.get("suspected") and assertion in ("present", "uncertain"):
        assertion = "uncertain" if asked_of_study(page, hit) else "present"  # "?CES": the fact says as much
    if assertion == "historical" and page.section[hit.i] != "past" and _of_late(page, hit):
        assertion = "present"
    if bygone(page, hit, entry["facts"], assertion):
        found.used(start, end)
        return  # a fall of years ago; "remote use, clean since 2005"
    if assertion in ("present", "historical") and _passes(page, entry) and told_then(page, hit):
        found.used(start, end)
        for name, value in entry["facts"].items():
            found.say(name, value, "historical", start, end)
        return
    if assertion == "present" and is_over(page, hit):
        assertion = "historical"
    if assertion in ("present", "historical") and told_gone(page, hit.i, hit.j):
        if entry["facts"] and set(entry["facts"]) <= _SPREAD:
            return
    if entry["facts"] and set(entry["facts"]) <= _SPREAD and not page.by_sentence("pain").get(sentence):
        if section == "exam" or ("pain_topography" in entry["facts"] and _examined(page, sentence)):
            return  # "great toe extension 4/5" is no pain in the toe, nor is a numb one
    if not _HOPED.isdisjoint(entry["facts"]) and wished(page, hit):
        return
    if ("pain_change" in entry["facts"] or "course" in entry["facts"]) and of_a_study(page, hit):
        return
    if entry["facts"].get("pain_change") in ("worse", "better") and provoked(page, hit):
        return  # "pain is worse with standing" is what provokes it, and no change
    if assertion == "present" and _OF_AN_INDICATION & set(entry["facts"]) and was_reason(page, hit):
        found.used(start, end)
        return  # "fusion for spondylolisthesis": why it was done, not how it is
    if after and assertion in ("present", "historical", "uncertain"):  # the next sentence answers this one
        assertion = "negated" if after == "negated" else "historical"
    if entry.get("denies") and assertion == "negated" and _own_part(page, hit):
        assertion = "present"
    if entry.get("denies"):
        turned = _DENIAL.get(assertion)
        if turned is None:
            if assertion == "negated":
                found.used(start, end)
                _say(page, found, entry["facts"], "uncertain", hit)
                return
            if assertion in ("family", "hypothetical", "uncertain"):
                found.used(start, end)
                return
            return
        assertion = turned
    if entry.get("denied_only") and assertion != "negated":
        if page.context.signed.get(hit.i) is not False or _BY_PLUS.isdisjoint(entry["facts"]):
            return  # alone the word says too little; with a plus of its own, "[+] retention", it says enough
    if entry.get("only") and assertion != entry["only"]:
        return
    if entry.get("near_wound") and not near_wound(page, hit):
        return
    if entry.get("unsure") and assertion in ("present", "historical"):
        assertion = "uncertain"
    if assertion == "historical" and entry.get("past") is False:
        assertion = "present"
    told: dict[str, JsonValue] = dict(entry["facts"])
    if assertion != "negated":
        told = {fact: value for fact, value in told.items() if not taken_away(page, fact, sentence)}
    if not _FALLS.isdisjoint(told) and assertion in ("present", "historical") and stayed_up(page, hit):
        assertion = "negated"
    if assertion in ("present", "negated") and _is_hidden(page, told, hit):
        assertion = "uncertain"
    if assertion == "negated" and "negated" in entry:
        told = dict(entry["negated"])
    found.used(start, end)
    _say(page, found, _one_side(page, told, assertion, hit), assertion, hit)


def _examined(page: Page, sentence: int) -> bool:
    """Whether a sentence tells of feeling or of strength."""
    return bool(page.by_sentence("feeling").get(sentence) or page.by_sentence("muscle").get(sentence))


def _passes(page: Page, entry: dict[str, Any]) -> bool:
    """Whether what a phrase says may pass: a sign or an event, and no lasting condition."""
    names = set(entry["facts"])
    lasts = _lasting(page) - THEN_ONLY
    return (
        bool(names)
        and not entry.get("denies")
        and names.isdisjoint(lasts)
        and (entry.get("past") is not False or names <= THEN_ONLY)
    )


def _own_part(page: Page, hit: Hit) -> bool:
    """Whether a comma parts a normal result from the denial before it: "no Hoffmann, plantars downgoing"."""
    norm = page.words.norm
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    for t in range(hit.i - 1, first - 1, -1):
        if norm[t] == ",":
            return True
        if norm[t] in _DENIES:
            return False
    return False


def _one_side(page: Page, told: dict[str, JsonValue], assertion: Assertion, hit: Hit) -> dict[str, JsonValue]:
    """Words are compared without their plural ending: "leg weak" is one leg, "legs weak" are two."""
    if not any(name in _BOTH for name in told) or (assertion == "negated" and not hit.entry.get("denies")):
        return told
    start, end = page.span(hit.i, hit.j)
    if hit.entry.get("both") or _TWO.search(page.text[start:end]) or (assertion == "negated" and hit.slots):
        return told
    if assertion == "negated":
        return {}  # "the right leg is fine" denies nothing of both
    kept = {name: value for name, value in told.items() if name not in _BOTH}
    return {**kept, "weakness_reported": True} if "bilateral_leg_weakness" in told else kept


def _say(page: Page, found: Found, told: dict[str, Any], assertion: Assertion, hit: Hit) -> None:
    start, end = page.span(hit.i, hit.j)
    on = _on(page, hit)
    if assertion == "present":
        told = {
            **told,
            **{implied: True for fact in told for implied in page.lexicon.tables.get("implies", {}).get(fact, ())},
        }
        if told.get("pain_change") == "better" and never_better(page, hit):
            return
        if told.get("pain_change") == "better" and bad_now(page, hit):
            told = {"pain_change": "returned", "postop_course": "improved_then_recurred"}
    for fact, value in told.items():
        name: str = fact
        how = assertion
        if how == "historical" and fact in _lasting(page):
            how = "present"
        if how in ("present", "historical", "uncertain") and fact in _can_be_old(page) and is_old(page, hit):
            if fact == "new_urinary_incontinence":
                name = "urinary_incontinence_chronic"
            else:
                found.say("long_standing", [fact], "present", start, end)
        if isinstance(value, list) and len(value) > 1 and "negated" not in hit.entry:
            for member in value:  # each member of a set is a truth of its own; "no drainage" is one denial of three
                found.say(name, [member], how, start, end, on)
            continue
        found.say(name, value, how, start, end, on)


def _assert(page: Page, hit: Hit, exam: bool) -> Assertion:
    """The assertion of a phrase, with the marks of forms and examinations: "Hoffmann (-)", "[x] chills"."""
    start, end = page.span(hit.i, hit.j)
    opens = not _OPENS.isdisjoint(page.words.norm[hit.i : hit.j if hit.entry.get("denies") else hit.i + 1])
    if (
        opens and not hit.slots and ("channel" in hit.entry or hit.entry.get("denies"))
    ):  # "no radiation": its own "no" does not deny it
        return page.context.assertion(hit.i, hit.i + 1)
    assertion = page.context.assertion(hit.i, hit.j, exam=exam, own=bool(hit.entry.get("denies")), slots=hit.slots)
    if assertion in ("family", "hypothetical"):
        return assertion
    mark = marked(page, start, end, exam)
    if mark is not None:
        return mark
    if not hit.entry.get("denies") and any(
        first > hit.i and page.words.norm[first - 1] in _DENIED_INSIDE for first, _ in hit.slots
    ):
        return "negated"  # "does up buttons without difficulty"
    if exam and (listed := _answered_before(page.text, start)) is not None:
        return listed
    named = page.words.norm[max(0, hit.i - 2) : hit.i]  # "a Hoffmann sign on the right" is there; "Hoffmann" is a test
    if exam and assertion == "present" and any(word in ("a", "an") for word in named):
        return assertion
    if exam and assertion in ("present", "historical") and not page.context.has(hit.i, hit.j, CERTAIN):
        return "uncertain"
    if assertion == "present" and page.section[hit.i] == "past" and hit.entry.get("past") is not False:
        return "historical"
    return assertion


def _answered_before(text: str, start: int) -> Assertion | None:
    """The answer before a list in brackets: "4/5 positive (thigh thrust, compression, Gaenslen)"."""
    opened = text.rfind("(", max(0, start - _BRACKET), start)
    if opened < 0 or ")" in text[opened:start]:
        return None
    word = text[max(0, opened - 12) : opened].rstrip(" :").rpartition(" ")[2].lower()
    return "present" if word in ("positive", "pos", "+") else "negated" if word in ("negative", "neg") else None


def _is_hidden(page: Page, told: dict[str, JsonValue], hit: Hit) -> bool:
    """Whether something hides the sign: "pulses diminished due to edema" tells of the edema alone."""
    tables = page.lexicon.tables.get("hidden", {})
    hides = [frozenset(map(normal, tables[fact])) for fact in told if fact in tables]
    if not hides:
        return False
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    norm = page.words.norm
    for t in range(hit.j, min(last, hit.j + _HIDDEN_NEAR)):
        if norm[t] in (".", ";", "but"):
            return False
        if any(norm[t] in words for words in hides):
            return bool(_DUE & set(norm[hit.j : t]))
    return False


def _of_late(page: Page, hit: Hit) -> bool:
    """A past tense with a day of the last weeks is now: "had two accidents yesterday"."""
    sentence = page.words.sentence[hit.i]
    return has_time(page, sentence, old=False) and not has_time(page, sentence, old=True)


def _behind(text: str, start: int) -> bool:
    """Whether the boxes of a line stand behind their names: "Fever [ ]  Chills [x]"."""
    first = text.rfind("\n", max(0, start - _LINE), start) + 1
    last = text.find("\n", start, start + _LINE)
    last = len(text) if last < 0 else last
    return (
        text[max(first, last - _NEAR_END) : last].rstrip().endswith("]")
        and text[first : first + _NEAR_END].lstrip()[:1] != "["
    )


def marked(page: Page, start: int, end: int, exam: bool) -> Assertion | None:
    """What a mark beside a phrase says: "Hoffmann (-)", "[x] chills"; None without a mark."""
    text = page.text
    signed = page.context.signed
    if signed and (denied := signed.get(page.words.at(start))) is not None:
        return "negated" if denied else "present"
    before = text[max(0, start - 8) : start]
    beside = before.rstrip()[-1:] in _ENDS_MARK  # most phrases have no mark beside them: the expressions can wait
    if beside and _MINUS_BEFORE.search(before):
        return "negated"
    if text[end : end + 3].lstrip()[:1] in _OPENS_MARK and _ANSWER_MINUS.match(text, end):
        return "negated"
    if exam and _MINUS.match(text, end):
        return "negated"
    if exam and _TICKED.match(text, end):
        return "present"
    if "]" in text[end : end + 6] and (box := _BOX_AFTER.match(text, end)) and _behind(text, start):
        return "present" if box["mark"] else "uncertain"
    if beside and _UNCHECKED.search(before):
        return "negated" if page.context.has(*page.words.slice(start, end), NEGATED) else "uncertain"
    if (beside and (_CHECKED.search(before) or _PLUS_BEFORE.search(before))) or (exam and _PLUS.match(text, end)):
        return "present"
    return None


def _on(page: Page, hit: Hit) -> str | None:
    """The day of a sentence that opens with its date: text copied from an earlier note."""
    words = page.words
    if words.sentence[hit.i] in page.carried:
        return page.carried[words.sentence[hit.i]]
    first, _ = words.bounds[words.sentence[hit.i]]
    for time in page.times_in(first, min(hit.i, first + 12)):
        if time.iso and time.form in ("full", "md") and time.i >= first and time.precision == "day":
            opening = page.text[words.start[first] : time.start]
            following = page.text[time.end : time.end + 2]
            if _DATED.match(opening) and following[:1] == ":" and time.iso != page.written_on:
                return time.iso
    return None


def _can_be_old(page: Page) -> frozenset[str]:
    held = page.lexicon.cache.get("can be old")
    if held is None:
        names = page.lexicon.tables.get("can_be_long_standing", ())
        held = page.lexicon.cache["can be old"] = frozenset(names)
    return held


def _lasting(page: Page) -> frozenset[str]:
    """Facts that say "ever" or name a lasting condition: history is as good as now."""
    held = page.lexicon.cache.get("lasting")
    if held is None:
        held = page.lexicon.cache["lasting"] = frozenset(page.lexicon.tables.get("lasting", ()))
    return held
