"""What was tested, judged and agreed around a treatment: the urine test, the function on opioids, the psychological
evaluation, the plan for a blood thinner, a steroid taken for long."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from .context import FAMILY, HYPOTHETICAL, PLANNED
from .found import Found, Said
from .injections import day_of
from .lazy import Lazy
from .page import Page
from .spoken import bounds_of, sentences_with
from .times import Time

_SKIP: Final = frozenset(("family", "return", "risks"))
_UDS: Final = Lazy(
    r"\b(?:uds|udt|u-?tox|utox|urine\s+(?:drug|tox\w*)(?:\s+(?:screen\w*|test\w*))?|(?:urine\s+)?drug\s+screen(?:ing)?|toxicology)\b",
    re.IGNORECASE,
)
_UDS_SAYS: Final = tuple(
    (value, Lazy(pattern, re.IGNORECASE))
    for value, pattern in (
        (
            "unexpected",
            r"\b(?:inconsistent|not\s+consistent|unexpected|aberrant|abnormal|discordant|(?:positive\s+for|showed|detected|\+\s*for)\s+(?:\w+\s+){0,2}?(?:cocaine|meth\w*|amphetamine\w*|heroin|fentanyl|thc|cannab\w+|marijuana|non-?prescribed|unprescribed|illicit|alcohol|benzodiazepines?)|negative\s+for\s+(?:the\s+|her\s+|his\s+)?(?:prescribed|oxycodone|hydrocodone|morphine|opioids?|opiates?))",
        ),
        (
            "as_prescribed",
            r"\b(?:consistent|appropriate|as\s+expected|expected|concordant|compliant|as\s+prescribed|in\s+keeping|positive\s+for\s+(?:prescribed|oxycodone|hydrocodone|morphine|tramadol)(?:\s+only)?|no\s+(?:illicit|unexpected|aberrant|non-?prescribed)\s+\w+)",
        ),
        (
            "not_done",
            r"(?:\bn\s?/\s?a\b|\bnot\s+(?:done|performed|obtained|indicated|applicable)|\bnone\b|\bdeferred\b|\bnever\s+done|\bdeclined\b|\brefused\b)",
        ),
    )
)
_UDS_AHEAD: Final = Lazy(
    r"\s*(?:to\s+be|is\s+due|due|pending|ordered|today\s+pending|will|next|at\s+next|sent\b(?!.*consistent))",
    re.IGNORECASE,
)
_OPIOID_RELIEF: Final = Lazy(
    r"(?P<n>\d{1,3})\s*(?:%|percent|per\s+cent)\s+(?:(?:pain|of)\s+)?(?:relief|better|improvement|improved)\s+"
    r"(?:with|from|on|by|thanks\s+to)\s+(?:(?:the|his|her|current|these|chronic)\s+){0,2}"
    r"(?:opioids?|opiates?|narcotics?|oxycodone|hydrocodone|morphine|percocet|norco|oxycontin|methadone|tapentadol)\b",
    re.IGNORECASE,
)
_GAIN: Final = Lazy(
    r"\b(?:(?P<no>no|without|not\s+any|without\s+any)\s+(?:real\s+|clear\s+|significant\s+|meaningful\s+|sustained\s+|documented\s+)?(?:gain|improvement|change|benefit|increase)\s+in\s+(?:\w+\s+)?function(?:ing)?"
    r"|(?P<no2>no|without)\s+(?:real\s+|clear\s+|any\s+)?functional\s+(?:gain|improvement|benefit|change)|function(?:al)?\s+(?:is\s+|was\s+|has\s+)?(?P<no3>not|no)\s+(?:been\s+)?(?:better|improved|improving|changed)|function\s+unchanged(?P<no4>)"
    r"|(?:improved|improves|better|improvement\s+in|gain\s+in|increased)\s+(?:\w+\s+)?function(?:ing)?\b|function(?:ing)?\s+(?:is\s+|was\s+|has\s+)?(?:much\s+|clearly\s+)?(?:better|improved|improves)|functional\s+(?:gain|improvement|benefit)s?"
    r"|(?:allows?|allowing|lets|enables?|enabling)\s+(?:her|him|them|the\s+patient)\s+to\s+(?:work|walk|function|cook|shop|garden|do|keep|stay|care|drive|complete|perform|participate)|(?:able|can)\s+(?:to\s+)?(?:work|walk|cook|shop|do\s+(?:chores|housework)|function)\s+(?:\w+\s+){0,3}(?:on|with)\s+(?:it|the\s+(?:medic\w+|opioids?)|medic\w+|oxycodone|hydrocodone|morphine|tramadol))",
    re.IGNORECASE,
)
_COMPLETED: Final = Lazy(
    r"\b(?:completed|finished|has\s+had|was\s+treated\s+with|status\s+post|s/p|previous(?:ly)?|prior|off|stopped)\b(?![^.;]*\b(?:now|currently|still|on|continues)\s)[^.;]{0,50}$",
    re.IGNORECASE,
)
_PSYCH: Final = Lazy(
    r"\b(?:psych(?:olog(?:y|ic(?:al)?|ist)|iatr(?:y|ic|ist)|osocial|ometric)?)\.?\s+(?:(?:pain|pre-?\s?(?:scs|op|surgical|implant|trial)|candidacy|suitability|and|behavioral|screening|testing|clearance)\s+){0,3}(?:evaluation|eval|assessment|assess|clearance|testing|consult(?:ation)?|interview|screen(?:ing)?|report|review)\b|\b(?:cleared|seen|evaluated|assessed)\s+by\s+(?:(?:a|the|our|dr\.?\s+\w+,?|pain|clinical|health)\s+){0,3}psycholog\w+|\bpsych(?:olog\w+)?\s+(?:clear(?:ed|ance)|ok)\b|\bpsych(?:olog\w+)?\.?\s*[:\u2013-]\s*(?:was\s+)?(?:screened|seen|evaluated|assessed|interviewed|cleared)\b",
    re.IGNORECASE,
)
_NOT_SUITABLE: Final = Lazy(
    r"\b(?:not\s+(?:a\s+)?(?:suitable|cleared|appropriate|recommended|(?:good\s+)?candidate)|unsuitable|poor\s+candidate|inappropriate|clearance\s+(?:was\s+)?(?:denied|withheld|not\s+given)|contraindicated|advised\s+against)",
    re.IGNORECASE,
)
_SUITABLE: Final = Lazy(
    r"\b(?:suitable|cleared|(?:good|appropriate|acceptable|reasonable|favorable)\s+candidate|appropriate\s+for|no\s+(?:psych\w*\s+)?contraindications?|(?:with\s+clearance|clearance\s+(?:for|(?:was\s+)?(?:obtained|given|granted)))|recommended\s+for|favou?rable|low\s+risk|acceptable|passed|candidacy\s+(?:supported|confirmed))\b",
    re.IGNORECASE,
)
_AFTER_TREATMENT: Final = Lazy(
    r"\b(?:after|following|once|provided|conditional(?:ly)?|contingent|pending|subject\s+to|if)\b[^.;]{0,60}?\b(?:treatment|cbt|therapy|sessions?|counsell?ing|course|program(?:me)?|depression|abstin\w+|sobriety|taper)\b",
    re.IGNORECASE,
)
_CONDITIONAL: Final = Lazy(
    r"\b(?:if|once|pending|when|await\w*|until|refer\w*|to\s+be|schedul\w+|order\w*|request\w*|need\w*|require\w*|will|plan\w*)\b",
    re.IGNORECASE,
)
_PSYCH_NOTE: Final = Lazy(
    r"\A\W*(?:[^\n]{0,40}\n){0,2}?[^\n:\d]{0,40}\b(?:psycholog|psychiatr|behavioral\s+health)\w*\s+(?:pre-?\w+\s+)?(?:evaluation|assessment|report|consult\w*)[^\n:\d]{0,60}(?:\n|$)",
    re.IGNORECASE,
)
_VERDICT: Final = Lazy(r"\b(?:suitab\w+|candida\w+|cleared|clearance|unsuitable|contraindicat\w+)\b", re.IGNORECASE)
_AGREED: Final = Lazy(
    r"\b(?:per|with|by|from|via|approved\s+by|agreed\s+(?:with|by)|cleared\s+by|ok(?:ay(?:ed)?)?\s+(?:by|from|per)|on\s+(?:the\s+)?advice\s+of|after\s+discuss\w+\s+with|discussed\s+with)\s+(?:(?:his|her|the|their|dr\.?|outside|primary)\s+){0,2}(?:\w+\s+)?(?:cardiolog\w+|ha?ematolog\w+|pcp|gp\b|prescriber|vascular|neurolog\w+|(?:coumadin|warfarin|anticoag\w+)\s+clinic)"
    r"|\b(?:cardiolog\w+|ha?ematolog\w+|pcp|prescriber|gp|(?:coumadin|warfarin|anticoag\w+)\s+clinic)\s+(?:has\s+|have\s+)?(?:ok|okays?|okayed|agree[sd]?|approve[sd]?|clear(?:s|ed)|advise[sd]|confirm(?:s|ed)|is\s+(?:ok|happy)|approval|clearance|recommends?)",
    re.IGNORECASE,
)
_HOLD: Final = Lazy(
    r"\b(?:hold(?:ing)?|held|stop(?:ped)?|last\s+(?:\w+\s+)?dose|re-?start\w*|resum\w+|bridg\w+|paus\w+|interrupt\w*|off)\b",
    re.IGNORECASE,
)
_OPEN: Final = Lazy(
    r"\b(?:ask|asked|pending|await\w*|to\s+clarify|will\s+(?:contact|call|discuss|ask|check)|need\w*\s+(?:to|from)|message\w*|question\w*|unclear|to\s+discuss|if)\b",
    re.IGNORECASE,
)
_STEROID_FOR: Final = Lazy(
    r"\b(?:pmr|polymyalgia|rheumatoid|ra\b|lupus|sle\b|copd|transplant|vasculitis|gca|arteritis|adrenal|addison\w*|crohn\w*|colitis|sarcoid\w*|myasthenia|chronic(?:ally)?|long[\s-]term|maintenance|for\s+years|lifelong)",
    re.IGNORECASE,
)
_BURST: Final = Lazy(
    r"\b(?:taper\w*|burst|dose\s?pa\w*|medrol\s+pack|short\s+course|course\s+of|x\s?\d+\s*d|for\s+\d+\s+days|days?)\b",
    re.IGNORECASE,
)
_STEROIDS: Final = frozenset(
    "prednisone prednisolone methylprednisolone hydrocortisone deflazacort dexamethasone".split()
)
_CHRONIC_WEEKS: Final = 4
_NOT_NOW: Final = Lazy(
    r"(?:\b(?:not|never)|n't)\s+(?:(?:currently|presently|now|been|yet|still|to\s+be)\s+){0,2}$", re.IGNORECASE
)
_OF_THE_MIND: Final = (
    *("psych", "behavior", "mental", "cbt", "therapy", "counsel", "depress", "sessions", "treatment", "scs", "stimul"),
    *("implant", "candida", "suitab", "trial", "evaluat", "assessment"),
)


def read_decisions(page: Page, found: Found) -> None:
    """Add each of them that the note tells. Runs after medicines and treatments."""
    low = page.marks.low
    _drop_other_clearance(page, found)
    if any(word in low for word in ("uds", "udt", "urine", "tox", "drug screen")):
        _urine_test(page, found)
    if "relief" in low or "better" in low:
        _opioid_relief(page, found)
    if "function" in low or "able" in low or "allow" in low:
        _function(page, found)
    if "psych" in low:
        _psychology(page, found)
    _raised_dose(page, found)
    _past_antibiotics(page, found)
    _thinner_plan(page, found)
    _long_steroid(page, found)


def _drop_other_clearance(page: Page, found: Found) -> None:
    """ "Delirium cleared once", "clearance pending" of a pacemaker: of no mind that was evaluated."""
    kept = []
    for name, said in found.flat:
        if name == "psychological_evaluation_result":
            start, end = bounds_of(page, said.start)
            if not any(word in page.marks.low[start:end] for word in _OF_THE_MIND):
                continue
        kept.append((name, said))
    found.flat = kept


def _told(page: Page, place: int, flags: int = FAMILY | HYPOTHETICAL) -> bool:
    i = min(page.words.at(place), len(page.words.norm) - 1)
    return page.section[i] not in _SKIP and not page.context.has(i, i + 1, flags)


def _has(found: Found, fact: str) -> bool:
    return any(name == fact and said.assertion == "present" for name, said in found.flat)


def _urine_test(page: Page, found: Found) -> None:
    for match in page.marks.tries(
        _UDS, page.marks.of("uds", "udt", "utox", "u-tox", "urine", "drug screen", "toxicology")
    ):
        _, end = bounds_of(page, match.start())
        if not _told(page, match.start()) or _UDS_AHEAD.match(page.text, match.end(), end):
            continue
        stop = min(end, match.end() + 70)
        best: tuple[int, str, re.Match[str]] | None = None
        for value, pattern in _UDS_SAYS:
            said = pattern.search(page.text, match.end(), stop)
            if said is not None and (best is None or said.start() < best[0]):
                best = (said.start(), value, said)
        if best is not None and page.text.find(";", match.end(), best[0]) < 0:
            found.flat = [one for one in found.flat if one[0] != "urine_drug_screen"]
            found.say("urine_drug_screen", best[1], "present", match.start(), best[2].end())
            found.used(match.start(), best[2].end())
            return


def _opioid_relief(page: Page, found: Found) -> None:
    """ "About 40 percent relief from the opioids": the relief told before its medicine."""
    for match in page.marks.tries(_OPIOID_RELIEF, page.marks.numbers):
        number = int(match["n"])
        if number <= 100 and _told(page, match.start()) and not _has(found, "opioid_relief_pct"):
            found.say("opioid_relief_pct", number, "present", match.start(), match.end())
            found.used(match.start(), match.end())


def _function(page: Page, found: Found) -> None:
    """Whether more can be done on the opioid: told in the sentence that names it, or in the next."""
    if _has(found, "opioid_function_better"):
        return
    opioids = {
        page.words.sentence[hit.i]
        for kind in ("drug", "drug_class")
        for hit in page.of(kind)
        if hit.entry.get("class") == "opioid"
    }
    if not opioids:
        return
    for sentence in sorted(opioids):
        first, last = page.words.bounds[sentence]
        match = _GAIN.search(page.text, page.words.start[first], page.words.end[last - 1])
        if match is None or not _told(page, match.start(), FAMILY | HYPOTHETICAL | PLANNED):
            continue
        no = any(match[name] is not None for name in ("no", "no2", "no3", "no4"))
        start, _ = bounds_of(page, match.start())
        if not no and re.search(
            r"\b(?:no|not|without|goals?|if|to|aim\w*)\s+(?:\w+\s+){0,2}$", page.text[start : match.start()], re.I
        ):
            continue
        found.say("opioid_function_better", True, "negated" if no else "present", match.start(), match.end())
        found.used(match.start(), match.end())
        return


def _raised_dose(page: Page, found: Found) -> None:
    """ "Increased to 60 mg" speaks of the medicine named last: of an opioid, and of the last weeks."""
    kept = []
    for name, said in found.flat:
        if name == "opioid_dose_raised_4_weeks" and said.assertion == "present":
            start, _ = bounds_of(page, said.start)
            named = [hit for hit in page.of("drug") if start <= page.words.start[hit.i] < said.start]
            if named and named[-1].entry.get("class") != "opioid":
                continue
        kept.append((name, said))
    found.flat = kept


def _past_antibiotics(page: Page, found: Found) -> None:
    """A course of antibiotics that was completed is none that is taken."""
    for number, (name, said) in enumerate(found.flat):
        if name == "on_antibiotics" and said.assertion == "present":
            start, _ = bounds_of(page, said.start)
            if _NOT_NOW.search(page.text, max(start, said.start - 24), said.start):
                found.replace(number, "negated")
                continue
            if _COMPLETED.search(page.text, max(start, said.start - 60), said.start):
                found.replace(number, "historical")


def _psychology(page: Page, found: Found) -> None:
    if _PSYCH_NOTE.match(page.text, 0, 400):
        _psychological_note(page, found)
        return
    for start, end in sentences_with(page, "psych"):
        match = _PSYCH.search(page.text, start, end)
        if match is None or not _told(page, match.start()):
            continue
        if _CONDITIONAL.search(page.text, max(start, match.start() - 40), match.start()):
            continue
        i, j = page.words.slice(match.start(), end)
        day = next((told for time in page.times_in(i, j) if (told := _past_day(page, time)) is not None), None)
        verdict = _verdict(page, match.start(), end)
        if day is not None and (verdict is None or day[0].start < verdict[2] + 40):
            time, iso, precision = day
            found.say("psychological_evaluation_on", iso, "present", time.start, time.end, None, precision)  # type: ignore[arg-type]
            found.used(match.start(), time.end)
        if verdict is not None:
            _say_verdict(found, verdict, (start, end))
        if day is not None or verdict is not None:
            return


def _say_verdict(found: Found, verdict: tuple[str, int, int], sentence: tuple[int, int]) -> None:
    """The verdict of a sentence takes the place of a phrase inside it: "suitable" of "suitable after a course"."""
    name = "psychological_evaluation_result"
    found.flat = [
        (fact, said)
        for fact, said in found.flat
        if fact != name or not sentence[0] <= said.start < sentence[1] or said.assertion != "present"
    ]
    if not _has(found, name):
        found.say(name, verdict[0], "present", verdict[1], verdict[2])


def _past_day(page: Page, time: Time) -> tuple[Time, str, str] | None:
    told = day_of(page, time) if time.iso is not None or time.cue == "ago" else None
    return (time, *told) if told is not None else None


def _verdict(page: Page, start: int, end: int) -> tuple[str, int, int] | None:
    """What a sentence says of the fitness for the procedure."""
    against = _NOT_SUITABLE.search(page.text, start, end)
    if against is not None:
        return "not_suitable", against.start(), against.end()
    fit = _SUITABLE.search(page.text, start, end)
    if fit is None or re.search(
        r"\b(?:if|when|once|until)\s+(?:\w+\s+)?$", page.text[max(start, fit.start() - 16) : fit.start()], re.I
    ):
        return None
    later = _AFTER_TREATMENT.search(page.text, fit.end(), end)
    if later is not None:
        return "suitable_after_treatment", fit.start(), later.end()
    return "suitable", fit.start(), fit.end()


def _psychological_note(page: Page, found: Found) -> None:
    """A note that is the evaluation itself: its day is the day of the evaluation."""
    head = next((time for time in page.times if time.iso == page.written_on and time.precision == "day"), None)
    if page.dated and page.written_on is not None and head is not None:
        found.say("psychological_evaluation_on", page.written_on, "present", head.start, head.end, None, "day")
    for start, end in sentences_with(page, "suitab", "candida", "clear", "contraindicat"):
        match = _VERDICT.search(page.text, start, end)
        if match is None or not _told(page, match.start(), FAMILY):
            continue
        verdict = _verdict(page, start, end)
        if verdict is not None:
            _say_verdict(found, verdict, (start, end))
    scores = [said for name, said in found.flat if name in ("phq9", "pcs", "gad7")]
    if scores and not _has(found, "psychological_screen_done"):
        found.say("psychological_screen_done", True, "present", scores[0].start, scores[0].end)


def _thinner_plan(page: Page, found: Found) -> None:
    """The prescriber has answered on the blood thinner: "held 7 days with cardiology approval"."""
    if _has(found, "anticoagulant_plan_agreed"):
        return
    for hit in page.of("drug"):
        if hit.entry.get("class") not in ("anticoagulant", "antiplatelet"):
            continue
        start, end = bounds_of(page, page.words.start[hit.i])
        agreed = _AGREED.search(page.text, start, end)
        if (
            agreed is None
            or not _HOLD.search(page.text, start, end)
            or not _told(page, agreed.start(), FAMILY | HYPOTHETICAL)
        ):
            continue
        if _OPEN.search(page.text, max(start, agreed.start() - 40), min(end, agreed.end() + 20)):
            continue
        found.say("anticoagulant_plan_agreed", True, "present", agreed.start(), agreed.end())
        return


def _long_steroid(page: Page, found: Found) -> None:
    """A steroid by mouth that is taken for weeks, or for a disease that asks for it."""
    found.flat = [
        (name, said)
        for name, said in found.flat
        if name != "chronic_steroid" or said.assertion != "present" or not _is_burst(page, said)
    ]
    if any(name == "chronic_steroid" for name, _ in found.flat):
        return
    for entry in found.of("medications"):
        said = next(iter(entry.told.get("drug", ())), None)
        if said is None or said.value not in _STEROIDS or said.assertion != "present":
            continue
        start, end = bounds_of(page, said.start)
        stretch = (max(start, said.start - 40), min(end, said.end + 70))
        since, weeks = entry.get("since"), entry.get("weeks_taken")
        low = weeks.get("low") if isinstance(weeks, dict) else weeks
        long = (isinstance(low, int | float) and low >= _CHRONIC_WEEKS) or (
            isinstance(since, str) and _weeks_ago(page, since) >= _CHRONIC_WEEKS
        )
        burst = _BURST.search(page.text, *stretch)
        if long or (entry.get("times_per_day") is not None and not burst and _STEROID_FOR.search(page.text, *stretch)):
            _say_steroid(found, said)
            return


def _is_burst(page: Page, said: Said) -> bool:
    """Whether a steroid was a course of days."""
    start, end = bounds_of(page, said.start)
    stretch = (max(start, said.start - 40), min(end, said.end + 50))
    return _BURST.search(page.text, *stretch) is not None and _STEROID_FOR.search(page.text, *stretch) is None


def _say_steroid(found: Found, said: Said) -> None:
    found.say("chronic_steroid", True, "present", said.start, said.end)


def _weeks_ago(page: Page, iso: str) -> float:
    """Weeks from the last day that a date can mean."""
    if page.written_on is None:
        return 0.0
    year, month, day = (int(part) for part in (*iso.split("-"), *("12", "28")[len(iso.split("-")) - 1 :]))
    return (date.fromisoformat(page.written_on) - date(year, month, day)).days / 7
