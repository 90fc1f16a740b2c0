"""Whether a medicine was tried and is taken no more, from the words around its name. It adds no fact."""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy
from .page import Page
from .phrases import Hit

NOT_TRIED: Final = Lazy(
    r"\b(?:not\s+(?:yet\s+)?(?:been\s+)?(?:tried|trialled|trialed|used|had)|never\s+(?:tried|had|used|taken)|untried|has\s+not\s+tried|hasn't\s+tried)\b[^.;\n]{0,120}$",
    re.IGNORECASE,
)
TRIED: Final = Lazy(
    r"\b(?:tried|trial(?:s)?\s+of|failed(?!\s+(?:back|neck|spin\w+|lumbar|cervical|fusion|surg\w+|hardware|implant\w*|void\w*|tov|trial\s+of\s+void\w*)\b)|failure\s+of|previously|past|used\s+to\s+(?:take|be\s+on|use)|did\s+not\s+(?:help|tolerate)|didn't\s+(?:help|tolerate)|no\s+(?:help|relief|benefit)|could\s+not\s+tolerate|couldn't\s+tolerate|intoleran|has\s+taken|had\s+taken|upset)",
    re.IGNORECASE,
)
# "Gabapentin and duloxetine tried", "pregabalin 75 mg was ineffective": what follows the name, or the end of its list.
_DOSED: Final = (
    r"(?:\s+(?:gel|cream|patch(?:es)?|ointment|tablets?|spray))?"
    r"(?:\s+\d[\d./]*\s*(?:mg|mcg|g)?(?:\s*(?:bid|tid|qid|qhs|daily|nightly|(?:twice|once)\s+(?:a\s+day|daily)|at\s+night))?)?"
    r"(?:\s+(?:for|x)\s+(?:(?:about|over|almost|nearly)\s+)?[\w-]+\s+(?:days?|weeks?|wks?|months?|mos?|years?|yrs?)\b)?"
)
_TRIED_AFTER: Final = Lazy(
    rf"{_DOSED}(?:(?:\s*,\s*[A-Za-z-]+{_DOSED}){{0,6}}\s*(?:,\s*and|,\s*or|and|or|&|\+|/|plus)\s+[A-Za-z-]+{_DOSED})?"
    r"\s*[,:(\u2013-]?\s*(?:(?:were|was|have|has|had|been|all|both|each|also|already|previously|then)\s+){0,3}"
    r"(?:(?:tried|trialed|trialled|failed)(?=\s*(?:[.,;)\n]|$|(?:to|and|due|because|without|with|but|for|in|at|already|previously|earlier)\b))|trial(?:s)?(?=\s*[:(,]|\s+(?:in\s+)?(?:19|20)\d\d\b|\s+(?:with|without|failed|no)\b)|ineffective|unhelpful|unsuccessful|not\s+(?:helpful|effective)|of\s+no\s+(?:help|benefit|use)|no\s+(?:help|use|good)|did\s+nothing|abandoned|(?:did\s+not|didn't|never)\s+(?:help|helped|work|worked|touch|touched))\b",
    re.IGNORECASE,
)
_ON: Final = Lazy(
    r"\b(?:now|currently|takes?|taking|continu\w+|remains?|(?:is|was|are|still|also|and|but)\s+on)\b|\b(?:on|uses?|using)\s+(?:\w+\s+)?$",
    re.IGNORECASE,
)
_FAILED: Final = Lazy(
    r"\b(?:failed(?!\s+(?:back|neck|spin\w+|lumbar|cervical|fusion|surg\w+|hardware|implant\w*|void\w*|tov|trial\s+of\s+void\w*)\b)|failure\s+of|no\s+(?:help|relief|benefit)\s+(?:from|with)|did\s+not\s+(?:help|respond\s+to)|unsuccessful\w*)\b",
    re.IGNORECASE,
)

HARM: Final = Lazy(
    r"\b(?:upsets?|upset|bothers?|hurts?)\s+(?:his|her|the|my)\s+(?:stomach|gut|tummy)|\bgi\s+(?:upset|intolerance)|\bnot\s+tolerated|\bintoleran|\bcould\s?n[o']t\s+tolerate|\bside\s+effects?|\bmade\s+(?:him|her)\s+(?:sick|drowsy|sleepy|nauseated|dizzy)|\bcaused\s+(?:(?:too\s+much|severe|some|significant|excessive|mild|intolerable)\s+)?(?:nausea|sedation|dizziness|rash|swelling|o?edema|constipation|weight\s+gain|drowsiness|confusion|vomiting|hives|headaches?|fatigue|cognitive|brain\s+fog|palpitations|diarrh\w+|dry\s+mouth|gi\s+upset)|\btoo\s+(?:sedating|drowsy|sleepy|sedated)|\bmade\s+(?:him|her|me|them|the\s+patient)\s+(?:feel\s+)?(?:(?:too|so|very|quite|a\s+bit)\s+)?(?:fogg\w+|grogg\w+|confus\w+|swell|swollen|loopy|ill|naus\w+|vomit|itch\w*|drunk|weird|awful|strange|shaky|jittery|sweat\w*|halluc\w+|constipat\w+|tired|irritable|break\s+out|like\s+a\s+zombie|gain\s+weight|forgetful)|\bgastritis|\bdyspepsia"
    r"|\bgave\s+(?:him|her|me|them)\s+(?:(?:a|an|the|bad|terrible|severe|some|awful|vivid|constant)\s+){0,2}(?:halluc\w+|nightmares?|bad\s+dreams|naus\w+|headaches?|migraines?|rash|hives|diarrh\w+|constipation|heartburn|reflux|palpitations|dizz\w+|brain\s+fog|dry\s+mouth|swelling|stomach\s+\w+|shakes|cramps|itch\w*|ulcers?)"
    r"|\b(?:disagreed|did\s?n[o']t\s+agree|did\s+not\s+agree)\s+with\s+(?:him|her|me|them)|\b(?:was|were)\s+too\s+(?:strong|sedat\w+|much)|\bknocked\s+(?:him|her|me)\s+out",
    re.IGNORECASE,
)
# A dose made smaller, or one that is taken all the same: "made her sleepy so it was reduced".
ALL_THE_SAME: Final = Lazy(
    r"[^.;]{0,40}\b(?:still|reduced|lowered|decreased|halved|cut\s+(?:down|back)|continu\w+|keeps?|at\s+first|initially|now\s+tolerat\w+)\b",
    re.IGNORECASE,
)
# Of a medicine that was tried: "(sedation)", ", dry mouth", "- nausea", "300 mg tid: drowsy".
REACTED: Final = Lazy(
    r"(?:\s*\d[\d.,]*\s*(?:mg|mcg|g)?(?:\s*(?:bid|tid|qid|qhs|daily|nightly|po))*)?(?:\s+(?:in\s+)?(?:19|20)\d\d)?\s*(?:[(,:\u2013-]|\b(?:was\s+)?(?:stopped|discontinued|d/c'?d?)\b|\b(?:due\s+to|because\s+of|but|and|with|had))\s*(?:(?:stopped|discontinued|d/c'?d?)\s+)?(?:(?:due\s+to|because\s+of|for|caused|gave|had|too|very|some|severe|with|her|him|became|got|no\s+relief(?:,|\s+and))\s*)*"
    r"(?:sedat\w+|drows\w+|sleep(?:y|iness)|somnolen\w+|grogg\w+|fogg\w+|brain\s+fog|dizz\w+|dry\s+mouth|nausea\w*|vomiting|constipat\w+|weight\s+gain|swelling|o?edema|rash|hives|itching|gi\s+upset|stomach\s+upset|upset\s+stomach|confus\w+|headaches?|palpitations|hallucinat\w+|side\s+effects?)\b",
    re.IGNORECASE,
)


def is_tried(before: str) -> bool:
    """Whether the words before a name say that it was tried, and none after them that it is taken now."""
    told = list(TRIED.finditer(before[-100:]))
    rest = before[-100:][told[-1].end() :] if told else ""
    return bool(told) and ";" not in rest and not _ON.search(rest)


def tried_after(page: Page, hit: Hit, before: str) -> re.Match[str] | None:
    """The words behind a name, or behind the list it opens, that say it was tried; None when it is taken now."""
    if _ON.search(before[-60:]):
        return None
    stop = page.words.end[page.words.bounds[page.words.sentence[hit.i]][1] - 1]
    return _TRIED_AFTER.match(page.text, page.words.end[hit.j - 1], stop)


def failure_before(page: Page, start: int) -> tuple[int, int] | None:
    """Where the sentence says, before a name, that what follows failed: "failed gabapentin, pregabalin"."""
    first = page.words.start[page.words.bounds[page.words.sentence[page.words.at(start)]][0]]
    failed = list(_FAILED.finditer(page.text, max(first, start - 100), start))
    if not failed or ";" in page.text[failed[-1].end() : start]:
        return None
    return failed[-1].start(), failed[-1].end()


_HARMS: Final = (
    r"(?:sedat\w+|drows\w+|sleepiness|somnolen\w+|grogg\w+|fogg\w+|brain\s+fog|dizz\w+|dry\s+mouth|naus\w+|vomit\w*|constipat\w+"
    r"|weight\s+gain|swelling|o?edema|rash|hives|itching|gi\s+\w+|stomach\s+\w+|upset\s+stomach|confus\w+|palpitations|hallucinat\w+"
    r"|side[\s-]?effects?|sweat\w*|gastritis|heartburn|reflux|dyspepsia|(?:peptic\s+|gastric\s+|stomach\s+|bleeding\s+)?ulcers?"
    r"|(?:gi|gastrointestinal|upper\s+gi|rectal|stomach)\s+bleed\w*|bleed\w*|(?:renal|kidney|liver)\s+\w+|creatinine|lfts|urinary\s+(?:retention|hesitancy)"
    r"|blurred\s+vision|tremors?|hyponatr\w+|hypotension|seizures?|serotonin\s+\w+|diarrh\w+|nightmares?|falls|fatigue|mood\s+changes?"
    r"|suicidal\s+thoughts|intoleran\w+|not\s+tolerated|(?:could|did)\s+not\s+tolerate)"
)
_STOPPED: Final = r"(?:stopped|stopping|discontinued|d/c'?d?|quit|withdrawn|weaned\s+off|tapered\s+off|taken\s+off)"
_STOPPED_FOR: Final = Lazy(
    rf"\b{_STOPPED}\s*[,:(\u2013-]?\s*(?:(?:it|this|due\s+to|because\s+of|because|for|after|with|secondary\s+to|owing\s+to|on\s+account\s+of|from|by|the|gp|pcp|a|an|of|his|her|severe|bad|too|much|some|rise|rising|raised|fall|in|worsening|excessive|intolerable|significant|she|he|became|got|had|developed|it|caused)\s+){{0,7}}{_HARMS}\b",
    re.IGNORECASE,
)
_HARMED_FIRST: Final = Lazy(
    rf"(?:[:,(\u2013-]|\b(?:caused|causing|gave|developed|but|had))\s*(?:(?:severe|bad|too|much|some|a|an|her|him|the|caused|had|developed|excessive|significant|intolerable)\s+){{0,3}}"
    rf"(?<!no )(?<!without )(?<!for ){_HARMS}\b[^.;\n]{{0,24}}?\b{_STOPPED}\b",
    re.IGNORECASE,
)


def stopped_for_harm(text: str, start: int, stop: int) -> tuple[int, int] | None:
    """The place where a stretch about a stopped medicine tells of the harm that ended it; None where it does not."""
    for pattern in (_STOPPED_FOR, _HARMED_FIRST):
        told = pattern.search(text, start, stop)
        if told is not None:
            return told.start(), told.end()
    return None
