"""Whether a medicine is taken now, was stopped, lies ahead or was given once, from the words around its name."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .allergies import text_before
from .doses import has_frequency
from .ended import ended
from .lazy import Lazy
from .page import Page
from .phrases import Hit
from .untaken import only_missed, untaken

_STOPS: Final = (
    r"(?:stop(?:ped)?|d/?c'?d?|discontinu(?:e|ed|ing)|ceased|ended|no\s+longer\s+(?:taking|on|takes|uses|using)"
    r"|(?:weaned|came|come|tapered|taken|went|got)\s+(?:herself|himself|themselves)?\s*(?:completely\s+|fully\s+)?off|(?:is|was|been|now|currently)\s+(?:completely\s+)?off(?=\s+(?:of\s+)?(?:it|this|them|all|since|for)\b|\s*[,.;)]|$)"
    r"|held|on\s+hold|quit|gave\s+up|finished|completed|withdrawn|(?:has|have)\s+run\s+out)"
)
_STOP: Final = Lazy(rf"\b{_STOPS}(?!\w)", re.IGNORECASE)
_STOP_AFTER: Final = Lazy(rf"[^,;.]{{0,25}}?\b{_STOPS}(?!\w)", re.IGNORECASE)
# "Gabapentin to 2400 mg a day, stopped for sedation": not "gabapentin 300 mg tid, stopped ibuprofen".
_STOP_LATER: Final = Lazy(
    rf"[^;.\n]{{0,60}}?(?:[,(\u2013-]|\band(?=\s+(?:was|had|has)\b))\s*(?:but\s+|so\s+|then\s+|and\s+|which\s+|now\s+|since\s+|later\s+|had\s+to\s+be\s+|was\s+|has\s+been\s+|she\s+|he\s+){{0,3}}{_STOPS}"
    r"(?:\s+(?:it|them|this|that|all))?(?=\s*(?:[.,;)\n]|$|(?:for|because|due|in|on|by|after|secondary|owing|at|a|as|last|this|when|since|about|around|early|late|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|\d)))",
    re.IGNORECASE,
)
# A blood thinner that is held for some days is one that is taken.
_THINNERS: Final = frozenset(("anticoagulant", "antiplatelet"))
_PAUSE: Final = Lazy(r"\b(?:held|holding|on\s+hold|paused|interrupted|resume\w*|restart\w*)\b", re.IGNORECASE)
# "Held: apixaban; to be restarted on 11/13": of a list at discharge, where the day to begin again lies ahead.
_MAY_STOP: Final = Lazy(
    r"\b(?:ok|okay|fine|safe|clear(?:ed|ance)|permission|leave|able|agree[sd]?|happy|plans?|needs?|have|may|can|will|should|would|must)(?:\s+(?:for|him|her|us|the|patient))*\s+(?:to\s+|be\s+)?(?:stop|hold|pause|come\s+off|interrupt|discontinue)\s+(?:(?:the|his|her|my|taking)\s+){0,2}$",
    re.IGNORECASE,
)
_TO_STOP: Final = Lazy(
    r"(?<!had )(?<!needed )(?<!chose )(?<!decided )\bto\s+(?:stop|hold|pause|come\s+off)"
    r"\s+(?:(?:the|his|her|my|taking)\s+){0,2}$",
    re.IGNORECASE,
)
_HELD_LIST: Final = Lazy(r"\b(?:held|on\s+hold|paused)\s*[:\u2013-]\s*(?:[\w-]+,\s+)?$", re.IGNORECASE)
_AGAIN: Final = Lazy(
    r"\s*[;,(.\u2013-]\s*(?:to\s+be\s+|will\s+be\s+|to\s+|may\s+|should\s+be\s+)?(?:re-?start\w*|resum\w*)\b",
    re.IGNORECASE,
)
_NOT_AGAIN: Final = Lazy(r"\b(?:not|never)\s+(?:yet\s+)?(?:been\s+)?(?:re-?started|resumed)\b", re.IGNORECASE)
_BEGUN_AGAIN: Final = Lazy(
    r"\b(?:stop\w*|held|discontinued|off)\b[^.;]{0,50}?\b(?<!not )(?<!not been )(?<!never )(?<!to be )"
    r"(?:re-?started|resumed|back\s+on\s+it)\b",
    re.IGNORECASE,
)
_LIST_ONLY: Final = Lazy(
    r"\s*(?:(?:taking|using|the|his|her|my|all|both|oral|any|on)\s+)*(?:[\w-]+(?:\s+\d[\w./]*(?:\s*(?:mg|mcg|g))?)?(?:\s+(?:bid|tid|qid|daily|prn|qhs))?\s*(?:,\s*(?:and\s+|or\s+)?|and\s+|or\s+|/\s*))*$",
    re.IGNORECASE,
)
_PASSIVE: Final = Lazy(
    r"\s*(?:\d[\w./]*\s*)?(?:mg\s*)?(?:\w{2,3}\s+)?(?:(?:was|were|is|has|been|now|had|then|also|\(|,)\s*)*$",
    re.IGNORECASE,
)
_NEXT: Final = 30
_ACTIVE: Final = Lazy(r"\s*(?:(?:taking|using|the|his|her|my|all|oral|on)\s+)*$", re.IGNORECASE)
_AND_ONLY: Final = Lazy(r"\s*(?:and|or|&)\s*$", re.IGNORECASE)
_COMING_OFF: Final = Lazy(
    r"\b(?:weaning|coming|tapering|come|getting|get|wean|taper|wants?|trying|cutting|slowly|gradually)\s+(?:\w+\s+)?off\b",
    re.IGNORECASE,
)
_REFUSED: Final = Lazy(
    r"\b(?:declin\w+|refus\w+|never\s+(?:took|started|filled|picked\s+up|commenced)|did\s+not\s+(?:take|start|fill|pick\s+up)|not\s+(?:started|filled|keen\s+on))\s+(?:(?:the|any|a|to\s+(?:take|try|start)|trial\s+of|oral|daily)\s+){0,2}$",
    re.IGNORECASE,
)
_THOUGHT_OF: Final = Lazy(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:is|was|being|to\s+be|has\s+been|were)\s+)*(?:considered|discussed|offered|recommended|proposed|suggested|contemplated|(?:also\s+)?(?:an|another|one|a\s+(?:good|reasonable|possible|further))\s+(?:option|possibility|thought)s?)\b",
    re.IGNORECASE,
)
_OFF: Final = Lazy(r"\boff\s+(?:of\s+)?(?:(?:all|her|his|the|my|any)\s+){0,2}$", re.IGNORECASE)
_KEEP: Final = Lazy(
    r"\b(?:continu\w*|cont\.?|remain\w*\s+on|keep\w*|taking|takes|maintained|refill\w*|currently|already)\b[^.;]{0,200}$",
    re.IGNORECASE,
)
_BEGINS: Final = Lazy(
    r"[,;]\s*(?:and\s+|then\s+|also\s+|will\s+|to\s+)*(?:start|begin|add|initiate|trial\s+(?:of\s+)?|consider|switch\s+to|refer|try)\s+(?:\w+\s+){0,2}$|\band\s+(?:start|begin|add|initiate|trial|consider|try)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_ASKED: Final = Lazy(
    r"\b(?:ask(?:s|ed|ing)?|enquir\w+|inquir\w+|wonder\w*|wants\s+to\s+know|question(?:s|ed)?|unsure|advice\s+on)\s+(?:\w+\s+){0,2}?(?:whether|if|about|when|what)\b[^.;]{0,60}$"
    r"|\b(?:can|may|could|should|might)\s+(?:i|she|he|they|we)\s+(?:also\s+)?(?:take|use|have|try|start|restart|resume)\s+(?:\w+\s+){0,2}$"
    r"|\b(?:is|would)\s+(?:it\s+)?(?:be\s+)?(?:ok|okay|safe|all\s+right|alright|fine)\s+to\s+(?:take|use|start|restart)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_NOT_ON: Final = Lazy(
    r"(?:\bnot|n't|n\u2019t|\bnever(?:\s+been)?)\s+(?:\w+ly\s+)?(?:on|taking|using)\s+(?:(?:any|a|an|daily|regular|other|low[\s-]dose|baby)\s+){0,2}$",
    re.IGNORECASE,
)
_AHEAD_BEFORE: Final = Lazy(
    r"\b(?:start|begin|add|adding|trial\s+of|try|consider\w*|plan\w*|will|switch\w*|to\s+be|propos\w*|recommend\w*|new|initiate|prescribe|offer\w*|once|if|order\w*|request\w*|pending|await\w*)\b[^,;\n]{0,30}$",
    re.IGNORECASE,
)
_AHEAD_AFTER: Final = Lazy(
    r"[^,;\n(]{0,40}[(,]?\s*(?:to\s+(?:start|begin|be\s+started)|planned|pending|not\s+(?:yet\s+)?started|due\b|starting|proposed|requested|declined|refused)",
    re.IGNORECASE,
)
_GIVEN: Final = Lazy(
    r"\b(?:given|received|administered|gave|got|loaded\s+with|premedicated\s+with|(?:single|one|stat|loading|test)\s+dose\s+of)\s+(?:[\w-]+\s+[\d.]+\s*\w+(?:\s+(?:im|iv|po|sc|x\s?\d))?\s*(?:,|and|,\s*and)\s+){0,2}(?:(?:a|an|one|two|the|single|iv|im|po|oral|intravenous|stat|dose|of|some|\d\s*(?:g|mg)|\d+)\s+){0,4}$",
    re.IGNORECASE,
)
_OF_AN_HOUR: Final = frozenset(("steroid",))
_HOUR: Final = Lazy(
    r"\b(?:iv|im|i\.v\.|i\.m\.|ed|er|a&e|emergency|stat|pre-?\s?op\w*|intra-?\s?op\w*|peri-?\s?op\w*|once|x\s?1|theatre|induction|incision|ambulance|ems|paramedic\w*|medics|triage|bolus|single|bedside|doses)\b",
    re.IGNORECASE,
)
_GIVEN_AFTER: Final = Lazy(
    r"[^,;.\n]{0,30}\b(?:(?:was|were|is|to\s+be)\s+(?:given|administered|injected|infused)|given\s+(?:at|before|prior|pre|within|in|on|iv)|administered|x\s?\d\s+doses?\b|at\s+(?:the\s+)?(?:induction|time\s+of)|on\s+call\s+to|(?:pre|peri|intra)-?\s?op\w*|before\s+(?:the\s+)?(?:skin|incision)|prior\s+to\s+(?:the\s+)?(?:skin|incision)|on\s+induction)",
    re.IGNORECASE,
)
_INJECTED_TOO: Final = frozenset(("steroid", "topical"))
_DOSE_BEFORE: Final = Lazy(
    r"\d\s*(?:mg|ml|cc|mcg)(?:\s*/\s*ml)?\s+(?:of\s+)?(?:\d[\d.]*\s*%\s+)?(?:preservative[\s-]free\s+|pf\s+|plain\s+)?$",
    re.IGNORECASE,
)
_INJECTED_AFTER: Final = Lazy(
    r"[^.;\n]{0,80}\b(?:inject\w*|infiltrat\w+|instilled|infused|skin\s+wheal|local)\b", re.IGNORECASE
)
_SENSITIVE: Final = Lazy(
    r"\b(?:sensitiv\w*|suscept\w*|resistan\w*|intermediate|mic)\b[^.;]{0,60}$|\bprophyla\w+\s+(?:with|was|:)?\s*(?:iv\s+)?$",
    re.IGNORECASE,
)
_SENSITIVE_AFTER: Final = Lazy(
    r"[\s:,-]*(?:\w+[\s,]+){0,3}?(?:sensitiv\w*|suscept\w*|resistan\w*|powder|beads|irrigation|spacer)\b", re.IGNORECASE
)
_ON_COURSE: Final = Lazy(
    r"\b(?:on|gave|given|prescribed|rx'?d?|put|placed|begun|got|received|sent\s+home|with|taking|takes|course\s+of|days\s+of|weeks\s+of|continu\w+|started|remains\s+on|(?:day|week)\s+\d+\s+of(?:\s+\d+(?:\s+of)?)?|receiving|treated\s+with|suppress\w+)\s+(?:(?:iv|po|oral|intravenous|long-term|chronic|suppressive|with|a|course|of|on|home)\s+){0,4}$",
    re.IGNORECASE,
)
_LIST: Final = Lazy(
    r"^[ \t#>*\u2022-]*(?:stopped|discontinued|not\s+taking|no\s+longer\s+taking"
    r"|(?:past|previous|prior|former|old|failed|tried|discontinued|stopped)\s+(?:pain\s+)?(?:medic\w+|meds|drugs|analges\w+)(?:\s+(?:tried|failed|trials))?"
    r"|(?:pain\s+)?(?:medic\w+|meds|drugs|analges\w+)\s+(?:tried|failed|stopped|discontinued|previously|no\s+longer))"
    r"[^:\n]{0,40}(?::|$)",
    re.IGNORECASE | re.MULTILINE,
)
# The same inside a line: "NO nsaids. Stopped: lorazepam, tramadol."
_LIST_INSIDE: Final = Lazy(r"[.;)\]]\s+(?:stopped|discontinued|d/c'?d|no\s+longer\s+taking)\s*:", re.IGNORECASE)
_NEXT_LABEL: Final = Lazy(r"[.;]\s+[A-Z][A-Za-z/]{1,14}(?:\s[A-Za-z/]{1,14}){0,2}:")
_LIST_ENDS: Final = Lazy(r"\n|;|\.(?=\s+[A-Z][a-z/]+|\s*$)", re.MULTILINE)
# "Stay off Naprosyn", "is to keep away from ibuprofen": told for the time to come.
_KEEP_OFF: Final = Lazy(
    r"\b(?:stay|keep|remain|steer)\s+(?:\w+\s+)?(?:off|away\s+from|clear\s+of)(?=\s)"
    r"|\b(?:(?:do|must|should|may)\s+not|don'?t|not\s+to|never)\s+(?:re-?start|resume|start|go\s+back\s+(?:on|to))(?=\s)",
    re.IGNORECASE,
)
_OFF_WORDS: Final = ("ff ", "away from ", "clear of ", "start ", "resume ", "back ")
_AND_ALL: Final = Lazy(
    r"\s*(?:(?:the|his|her|my|all|any|both|oral|other|such|of)\s+)*(?:(?:[\w-]+\s*(?:,|/|\s(?:and|or|&)\s)\s*)+(?:(?:and|or|the|all|any|other|such|oral)\s+)*)?$",
    re.IGNORECASE,
)
_BY_THE_CLOCK: Final = Lazy(r"[^,;.\n]{0,30}\bscheduled\b(?!\s+(?:for|on|to|by|next|in))", re.IGNORECASE)
# "Toradol 30 IV in the ED": a dose of that hour.
_IN_THE_ROOM: Final = Lazy(
    r"[^,;.\n]{0,16}\b(?:iv|im|ivp)\b[^,;.\n]{0,16}?\b(?:in|at|by|per|from)\s+(?:the\s+)?(?:ed|er|ems|emergency|pacu|recovery|triage|ambulance|urgent\s+care|paramedics|clinic|office)\b",
    re.IGNORECASE,
)
# "To start tonight", "to begin once drains are out": not "200 mg to start with".
_TO_BEGIN: Final = Lazy(
    r"[^,;.\n(]{0,40}?\b(?:to|will)\s+(?:be\s+)?(?:start(?:ed)?|begin|begun|commenced?|initiated?)\b"
    r"(?=\s+(?:tonight|tomorrow|today|this|next|on|in|after|once|when|if|at|pod|post|per|now|following|upon|\d))",
    re.IGNORECASE,
)
_TO_RESUME: Final = Lazy(
    r"[^,;.\n(]{0,40}?\b(?:to|will)\s+(?:be\s+)?(?:resumed?|restart(?:ed)?|re-started?)\b", re.IGNORECASE
)
_NOT_POSSIBLE: Final = Lazy(
    r"\s*(?:\([^)\n]*\)\s*)?(?:(?:is|are|was|were|would\s+be|remains?)\s+)?(?:(?:not|no\s+longer)\s+(?:(?:really|currently|yet|now)\s+)?(?:possible|an\s+option|appropriate|advisable|advised|safe|suitable|indicated|permitted|allowed|a\s+(?:good|safe)\s+(?:idea|option))"
    r"|contra-?indicated|impossible|inadvisable|ruled\s+out|off\s+the\s+table|out\s+of\s+the\s+question|too\s+risky|out\s+(?:because|due|given|with|for|in\s+view))\b",
    re.IGNORECASE,
)
_UNTIL_OVER: Final = Lazy(
    r"(?:\s*\d[\d.]*\s*(?:mg|g)?)?(?:\s*(?:iv|po))?(?:\s*q\s?\d+\s?h?)?\s*(?:till|until|while|as\s+long\s+as|thru|through)\s+(?:the\s+)?(?:drains?|hvs?|hemovacs?|jps?|cultures?|cx|tubes?|foley)\b",
    re.IGNORECASE,
)
_LIST_WORDS: Final = ("stopped", "discontinued", "not taking", "no longer taking", "past ", "previous ", "prior ", "former ", "old ", "failed ", "tried ")  # fmt: skip  # noqa: E501
_LINE_HEADING: Final = Lazy(r"[ \t]*\n(?:[ \t]*\n|[A-Z][A-Z /&]{3,}(?::|\n|$))")


def standing(page: Page, hit: Hit, over: list[tuple[int, int]]) -> tuple[Assertion, str]:
    """Assertion and status of a medicine. `over`: the stretches that list what is taken no more."""
    before = text_before(page, hit)
    start, after_start = page.words.start[hit.i], page.words.end[hit.j - 1]
    last = page.words.bounds[page.words.sentence[hit.i]][1]
    stop = page.words.end[last - 1]
    after = page.text[after_start : min(stop, after_start + 60)]
    how = page.assertion(hit, plan=True)
    if how in ("present", "historical"):
        how = untaken(page, hit.i, hit.j) or how
    missed = only_missed(page, hit.i, hit.j)
    if how == "negated" and missed:
        how = "present"
    if how == "negated" and untaken(page, hit.i, hit.j) == "hypothetical":
        how = "hypothetical"  # "told not to take Eliquis today"
    if how in ("present", "planned") and not missed and (_NOT_ON.search(before) or _REFUSED.search(before[-40:])):
        return "negated", "taking"
    if how == "present" and _THOUGHT_OF.match(after):
        return "planned", "planned"
    if how in ("present", "planned", "historical") and _is_to_keep_off(before):
        return "hypothetical", "taking"
    if how in ("present", "planned") and _NOT_POSSIBLE.match(after):
        return "negated", "taking"
    if how == "present" and _is_to_begin(hit, after):
        return "planned", "planned"
    if how in ("present", "planned") and not missed:
        end = ended(page, hit)
        if end == "never" and how == "present":
            return "negated", "taking"
        if end == "stopped" and (how == "present" or page.section[hit.i] != "plan"):
            return "historical", "stopped"
        if end == "once" and how == "present":
            return "hypothetical", "taking"
    kept = _KEEP.search(before)
    keeps = kept is not None and not _BEGINS.search(before, kept.start())
    if how == "planned" and keeps and not _ASKED.search(before):
        how = "present"
    if how == "planned" and page.section[hit.i] == "medications":
        part = before[max(before.rfind(mark) for mark in ",;\n") + 1 :]
        if has_frequency(after) and not _AHEAD_BEFORE.search(part) and not _AHEAD_AFTER.match(after):
            how = "present"  # "duloxetine 30 qd (to 60 next week)" stands in the list of what is taken
    if how == "planned" and "chedul" in after and _BY_THE_CLOCK.match(after) and has_frequency(after):
        how = "present"  # "acetaminophen 1 g tid scheduled": not as needed
    if how == "present" and _ASKED.search(before):
        how = "planned"
    if page.section[hit.i] == "plan" and how == "present" and not keeps and not _UNTIL_OVER.match(after):
        how = "planned"
    if how == "historical":
        return "historical", "stopped"
    if how == "present" and _HELD_LIST.search(before[-24:]) and _AGAIN.match(after):
        return "planned", "planned"
    if (
        how == "present"
        and hit.entry.get("class") in _THINNERS
        and _PAUSE.search(after)
        and not _NOT_AGAIN.search(after)
    ):
        return how, "taking"
    if (
        how == "present"
        and hit.entry.get("class") in _THINNERS
        and (_MAY_STOP.search(before) or _TO_STOP.search(before))
    ):
        return how, "taking"  # leave to stop it, or an order for a later day: it is taken until then
    if how == "present" and (
        _stopped_before(page, hit, before)
        or (_OFF.search(before[-24:]) and not _COMING_OFF.search(before[-40:]))
        or _stopped_after(page, hit, after_start, stop)
        or any(low <= start < high for low, high in over)
    ):
        begun = _BEGUN_AGAIN.search(page.text, after_start, min(stop, after_start + 120))
        return ("present", "taking") if begun else ("historical", "stopped")
    return how, "planned" if how == "planned" else "taking"


def _is_to_keep_off(before: str) -> bool:
    """Whether a name stands in a list of what somebody is to keep off."""
    if not any(word in before for word in _OFF_WORDS):
        return False
    told = _KEEP_OFF.search(before)
    return told is not None and _AND_ALL.match(before, told.end()) is not None


def _is_to_begin(hit: Hit, after: str) -> bool:
    """Whether a medicine is to start; a blood thinner that is to start again is one that is taken."""
    if " to " not in after and " will " not in after:
        return False
    if _TO_BEGIN.match(after):
        return True
    return hit.entry.get("class") not in _THINNERS and _TO_RESUME.match(after) is not None


def _stopped_before(page: Page, hit: Hit, before: str) -> bool:
    """ "Stopped ibuprofen and naproxen"; in "naproxen stopped, duloxetine 60 mg" the word belongs to the first name."""
    told = list(_STOP.finditer(before))
    if not told or not _LIST_ONLY.match(before, told[-1].end()):
        return False
    at = page.words.start[hit.i] - len(before) + told[-1].start()
    for other in page.by_sentence("drug").get(page.words.sentence[hit.i], ()):
        end = page.words.end[other.j - 1]
        if end <= at and _PASSIVE.match(page.text, end, at):
            return False
    return True


def _stopped_after(page: Page, hit: Hit, start: int, stop: int) -> bool:
    """ "Gabapentin was stopped", "gabapentin 300 mg tid, stopped for sedation"; of another name it says nothing."""
    others = [other.i for other in page.by_sentence("drug").get(page.words.sentence[hit.i], ()) if other.i >= hit.j]
    following = page.words.start[others[0]] if others else stop
    for pattern, far in ((_STOP_AFTER, 60), (_STOP_LATER, 100)):
        told = pattern.match(page.text, start, min(stop, start + far))
        if told is None or told.end() > following:
            continue
        if not others or not _ACTIVE.match(page.text, told.end(), following) or following - told.end() > _NEXT:
            return True
    joined = others and _AND_ONLY.match(page.text, start, following) is not None
    if joined:  # "naproxen and ibuprofen stopped before surgery"
        last = next(one for one in page.by_sentence("drug")[page.words.sentence[hit.i]] if one.i == others[0])
        return _stopped_after(page, last, page.words.end[last.j - 1], stop)
    return False


def was_given_once(page: Page, hit: Hit, after: str) -> bool:
    """Whether a medicine was a dose of an hour: at the induction, in the emergency room; or what germs answer to."""
    before = text_before(page, hit)
    kind = hit.entry.get("class")
    if kind == "antibiotic" and (_SENSITIVE.search(before) or _SENSITIVE_AFTER.match(after)):
        return True
    if page.section[hit.i] == "medications" or has_frequency(after):
        return False
    if kind in _INJECTED_TOO and (_DOSE_BEFORE.search(before[-40:]) or _INJECTED_AFTER.match(after)):
        return True
    if _GIVEN_AFTER.match(after) or _IN_THE_ROOM.match(after):
        return True
    if not _GIVEN.search(before[-60:]):
        return False
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return kind in _OF_AN_HOUR or _HOUR.search(page.text, page.words.start[first], page.words.end[last - 1]) is not None


def is_course(page: Page, hit: Hit, after: str) -> bool:
    """Whether an antibiotic is taken as a course: "on IV cefazolin", "cephalexin 500 mg qid"."""
    if page.section[hit.i] == "medications" or has_frequency(after):
        return True
    if "rain" in after[:40] and _UNTIL_OVER.match(after):
        return True  # "cefazolin until the drains are out"
    return _ON_COURSE.search(text_before(page, hit)[-50:]) is not None


def lists_of_old(page: Page) -> list[tuple[int, int]]:
    """Where the note lists what is taken no more: under "Stopped" or "Previous medications"."""
    if not any(word in page.marks.low for word in _LIST_WORDS):
        return []
    found = []
    for match in _LIST.finditer(page.text):
        line = page.text.find("\n", match.end())
        line = len(page.text) if line < 0 else line
        if page.text[match.end() : line].strip(" \t-\u2013"):
            label = _NEXT_LABEL.search(page.text, match.end(), line)
            found.append((match.end(), label.start() if label else line))
            continue
        close = _LINE_HEADING.search(page.text, line + 1)
        found.append((match.end(), close.start() if close else len(page.text)))
    if "stopped:" in page.marks.low or "discontinued:" in page.marks.low or "taking:" in page.marks.low:
        for match in _LIST_INSIDE.finditer(page.text):
            close = _LIST_ENDS.search(page.text, match.end())
            found.append((match.end(), close.start() if close else len(page.text)))
    return found
