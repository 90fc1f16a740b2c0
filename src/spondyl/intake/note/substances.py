"""Tobacco, alcohol and other substances, settled sentence by sentence after the phrases have been read."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .context import FAMILY
from .found import Found, Said
from .lazy import Lazy
from .page import Page
from .spoken import bounds_of, sentences_with
from .untaken import only_missed, untaken

_SMOKE_WORDS: Final = ("smok", "tob", "nicotine", "cigar", "cigs", "vap", "ppd", "pack")
_STOPPED: Final = Lazy(
    r"\b(?:quit(?!\s+(?:date|plan|line|attempt))|stopped|gave\s+(?:it\s+|them\s+)?up|given\s+up|ceased|(?:put|laid|threw)\s+(?:the\s+|his\s+|her\s+)?(?:cig\w{0,8}|smokes)\s+(?:away|down|out|aside)|packed\s+(?:it\s+)?in|kicked\s+the\s+habit|ex(?=[\s-]*(?:smok|tob|cig|[.,;(\n]|$))|former(?:ly)?|previous(?:ly)?|past|used\s+to|until|no\s+longer|any\s?more|remote|(?:tobacco|smoke|nicotine|cigarette)[\s-]free|d/c'?d?|(?:not\s+smoked|no\s+(?:tobacco|cigarettes|nicotine))\s+(?:since|for)|last\s+cigarette|in\s+(?:sustained\s+|full\s+)*remission)\b",
    re.IGNORECASE,
)
_TESTED: Final = Lazy(r"[^.;\n]{0,60}\b(?:cotinine|tests?|tested|nicotine)\b[^.;\n]{0,40}\bneg", re.IGNORECASE)
_MINUS: Final = Lazy(r"(?<![\w\d)])[-\u2212\u2013]$")
_NO_TOB: Final = Lazy(r"\b(?:denies|no|neg(?:ative)?\s+for|-)\s*(?:any\s+)?tob\b", re.IGNORECASE)
_AGAIN: Final = Lazy(
    r"\b(?:restart\w*|relaps\w+|resum\w+|took\s+it\s+up\s+again|back\s+(?:to|on)\s+(?:smoking|cigarettes|tobacco)|smoking\s+again|smokes\s+again|started\s+again)\b",
    re.IGNORECASE,
)
_STRONG: Final = frozenset(("quit", "stopped", "gave up", "ceased", "gave it up", "no longer"))
_SMOKES_NOW: Final = Lazy(r"\b(?:smokes|current(?:ly)?|still|continues|active)\b", re.IGNORECASE)
_GIVEN_UP_ELSE: Final = Lazy(
    r"\s*(?:\w+\s+){0,2}(?:alcohol\w*|etoh|drink\w*|drugs?|cocaine|heroin|meth\w*|marijuana|cannabis|opioids?|work\w*|surger\w+|medical|surgical|history\s+of|injur\w+)\b",
    re.IGNORECASE,
)
_NOT_STOPPED: Final = Lazy(
    r"\b(?:wants?|trying|tries|try|hopes?|advised|encouraged|plans?|asked|counsel\w+|needs?|must|should|unable|failed|cannot|can't|not\s+(?:yet\s+)?(?:quit|stopped)|never\s+(?:quit|stopped)|(?:ways?|how|ready|willing|motivated|help|agreed|agrees|urged|told|instructed|recommend\w*|discuss\w*|importance|benefits?|going)\s+(?:\w+\s+)?(?:to|of|on|about)|again|relaps\w+|restart\w*|resum\w+|took\s+it\s+up|back\s+on|still|continues|currently|current|active)\b",
    re.IGNORECASE,
)
_NEVER: Final = Lazy(
    r"(?:tobacco|smok\w{1,8}|nicotine|cigarettes?)(?:\s+(?:use|status|history|hx))?\s*[:\-\u2013=]\s*(?:has\s+)?(?:never|lifelong\s+non|non-?\s?smok)|\bnever\s+(?:used\s+(?:any\s+)?(?:tobacco|nicotine)|smoke[dr]?|a\s+smoker)|\b(?:tobacco|smok\w{1,8})\s+never\b",
    re.IGNORECASE,
)
_FORMER: Final = Lazy(
    r"\b(?:quit|stopped|gave\s+up|ceased|d/c'?d?)\s+(?:using\s+|the\s+)?(?:tob(?:acco)?|cig(?:s|arettes?)|nicotine|smok\w{1,8})\b|\b(?:put|laid|threw|gave)\s+(?:the\s+|his\s+|her\s+|those\s+)?(?:cig(?:s|arettes?)|smokes)\s+(?:away|down|out|aside|up)\b|\bex-?\s?(?:tobacco|smoker)|(?:tob(?:acco)?|smok\w{1,8}|cig(?:s|arettes?)|nicotine)(?:\s+(?:use|status|history|hx))?\s*[:\-\u2013=]\s*(?:ex\b|former\w*|quit|stopped|past|previous)",
    re.IGNORECASE,
)
_SINCE: Final = Lazy(
    r"\b(?:any\s?more|any\s+longer|no\s+longer|since\s+(?:\w+\s+){0,2}(?:19|20)\d\d|(?:for|x)\s*\d+\s*(?:yrs?|years?|months?|mo)|quit|stopped|gave\s+up|former|ex-?smoker)\b",
    re.IGNORECASE,
)
_PACK_YEARS: Final = Lazy(
    r"\b\d+\s*-?\s*pack[\s-]*(?:years?|yrs?)\b[^.;\n]{0,30}?\b(?:quit|stopped|ceased|gave\s+up|until)\b", re.IGNORECASE
)
_COTININE: Final = Lazy(r"\bcotinine\b[^.;\n\d]{0,40}?(?P<n>\d+(?:\.\d+)?)\s*ng\s*/\s*ml\b", re.IGNORECASE)
_OTHER_LEAF: Final = Lazy(r"\s*(?:marijuana|cannabis|weed|pot|thc|crack|meth\w*|heroin|hookah)\b", re.IGNORECASE)
_RELATIVE: Final = Lazy(
    r"\b(?:husband|wife|partner|spouse|mother|father|brother|sister|son|daughter|mum|mom|dad|roommate|parents|family|household)\s+(?:also\s+|still\s+|who\s+|both\s+)*$",
    re.IGNORECASE,
)
_SMOKED: Final = Lazy(
    r"\bwas\s+(?:still\s+)?smoking|\bsmoked\b|\bhad\s+been\s+smoking|\bused\s+to\s+smoke", re.IGNORECASE
)
_SOBER: Final = Lazy(
    r"\b(?:sober(?!\s+house)|abstinent|abstinence|in\s+(?:full\s+|sustained\s+|early\s+|long-term\s+)*(?:recovery|remission)|clean\s+(?:since|for|x|\d)|(?:quit|stopped)\s+(?:drinking|using|alcohol)|no\s+longer\s+(?:drinks|uses)|(?:none|nothing)\s+since|not?\s+(?:alcohol|drink|drunk)\w*\s+(?:since|for))\b",
    re.IGNORECASE,
)
_RELAPSED: Final = Lazy(
    r"\b(?:relaps\w+|back\s+to|again|still|currently|ongoing|struggl\w+|not\s+sober)\b", re.IGNORECASE
)
_OF_LIST: Final = Lazy(
    r"\b(?:no|denies|denied|without|nor|not\s+on(?:\s+any)?|negative\s+for)\b[^.;:\n]*?(?:,|\bor\b|\bnor\b)\s*(?:or\s+|nor\s+|and\s+)?(?:(?:current|active|any|known|other|recent|untreated|illicit|heavy|excess\w*)\s+){0,2}$",
    re.IGNORECASE,
)
_LIST_BROKEN: Final = Lazy(
    r"\b(?:but|however|although|though|except|has|have|had|is|was|reports?|admits?|endorses?|positive|with|takes|started|except)\b",
    re.IGNORECASE,
)
_LISTED: Final = frozenset(
    "alcohol_heavy substance_use_disorder opioid_use_disorder anticoagulant antiplatelet".split()
)
_THINNERS: Final = frozenset(("anticoagulant", "antiplatelet"))
_NOT_FOR: Final = Lazy(r"\bnot\s+for\s+$", re.IGNORECASE)
_THINNER_AHEAD: Final = Lazy(
    r"\b(?:(?:may|might|will|would|could|likely\s+to|to)\s+(?:also\s+)?(?:need|require|discuss|start|go\s+on|consider)"
    r"|consider(?:ing)?|discuss(?:ing)?|start(?:ing)?)"
    r"\s+(?:(?:lifelong|therapeutic|long-term|full|oral|formal|starting|prophylactic|an?)\s+){0,2}$",
    re.IGNORECASE,
)
_THINNER_LATER: Final = Lazy(
    r"\s*(?:to\s+be\s+(?:discussed|started|considered|decided)|(?:may|might|could|will|would)\s+be\s+(?:needed|required|started"
    r"|discussed|considered)|(?:is|are)\s+(?:being\s+)?(?:considered|planned|proposed)|under\s+discussion)\b",
    re.IGNORECASE,
)
_SOBER_FACTS: Final = frozenset("alcohol_heavy substance_use_disorder".split())
_ALCOHOL: Final = Lazy(
    r"\b(?:alcohol(?!\s*[-/]?\s*(?:based|wipe|swab|prep|rub|hand))|etoh|drinks?(?=\s+(?:about|approximately|up|\d|one|two|three|four|five|six|a|alcohol|socially|occasionally|rarely|heavily|wine|beer|no|daily|very))|drinking)\b",
    re.IGNORECASE,
)
_NO_DRINK: Final = Lazy(
    r"\b(?:no|denies(?:\s+(?:any|current|use\s+of))?|without|nil|never\s+(?:drinks|uses?|used)|does\s+not\s+(?:drink|use|consume)|doesn't\s+(?:drink|use))\s+(?:any\s+)?(?:(?:tob|tobacco|smoking|cigarettes|nicotine|cannabis|marijuana|illicit\s+drugs?|recreational\s+drugs?|drugs?|street\s+drugs?|vaping|\(otc\)|use\s+of)\s*(?:,\s*(?:or\s+|and\s+)?|\s+or\s+|\s+and\s+|/|\s*&\s*)\s*){0,4}(?:alcohol|etoh)\b"
    r"|\bteetotal\w*|\b(?:does\s+not|doesn't|never)\s+(?:drinks?|smokes?\s+(?:or|nor|and)\s+(?:drink|use\s+alcohol))(?!\s+(?:enough|fluid|water|coffee))\b"
    r"|\b(?:alcohol|etoh)(?:\s+(?:use|intake|consumption|history|hx))?\s*[:\-\u2013=]?\s*(?:none|nil|no\b|never|denie[sd]|0\b|neg\w*|rare(?:ly)?|social(?:ly)?|occasional(?:ly)?|minimal|holidays)"
    r"|\b(?:rare|occasional|social|minimal|light)\s+(?:alcohol|etoh|drinker|drinking|glass)|\bdrinks?\s+(?:alcohol\s+)?(?:socially|occasionally|rarely|very\s+little|minimally)",
    re.IGNORECASE,
)
_DRINKS: Final = Lazy(
    r"(?P<n>\d{1,3}|one|two|three|four|five|six)(?:\s*(?:-|to|\u2013)\s*(?P<m>\d{1,3}|two|three|four|five|six))?\s*(?:\+\s*)?(?P<what>units?|drinks?|beers?|glasses?|cans?|pints?|bottles?|shots?|cocktails?)?(?:\s+of\s+(?P<of>\w+))?\s*(?:/|per|a|each|every|on)?\s*(?:the\s+)?(?P<unit>day|night|evening|week|wk|month|daily|nightly|weekly|weekends?)\b",
    re.IGNORECASE,
)
_MUCH: Final = Lazy(
    r"\b(?:a|one|half\s+a|\d)\s+(?:bottle|fifth|liter|litre|handle|case|pint|six[\s-]?pack|12[\s-]?pack)s?\s+of\s+(?:wine|vodka|whisk\w+|rum|gin|liquor|spirits|beer|bourbon|tequila)\s+(?:a|per|each|every)\s+(?:day|night|evening)|\b(?:six|6|12|twelve)[\s-]?pack\s*(?:/|a|per|each|every)\s*(?:day|night)|\b(?:heavy|excessive|hazardous|harmful|daily\s+heavy|risky)\s+(?:alcohol|etoh|drinking)(?:\s+(?:use|intake|consumption))?|\b(?:alcohol|etoh)(?:\s+(?:use|intake))?\s*[:\-\u2013]?\s*(?:heavy|excessive|daily,?\s+heavy)",
    re.IGNORECASE,
)
_NO_DRUGS: Final = Lazy(
    r"\b(?:no|denies(?:\s+any)?|denied|never\s+used|does\s+not\s+use|nil)\s+(?:any\s+|current\s+|past\s+|use\s+of\s+|history\s+of\s+)?(?:(?:tobacco|smoking|alcohol|etoh|cannabis|marijuana|nicotine)\s*(?:,\s*(?:or\s+)?|\s+or\s+|/|\s+and\s+)\s*){0,3}(?:illicit|recreational|street|illegal)\s+(?:drugs?|substances?)(?:\s+use)?|\b(?:illicit|recreational|street|illegal)\s+(?:drugs?|substances?)(?:\s+use)?\s*[:\-\u2013]?\s*(?:none|nil|no\b|never|denie[sd])",
    re.IGNORECASE,
)
_NUMBERS: Final = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_PER_WEEK: Final = {"day": 7.0, "night": 7.0, "evening": 7.0, "daily": 7.0, "nightly": 7.0, "month": 0.23}
_HEAVY: Final = 15  # drinks a week
_HEAVY_UNITS: Final = 36  # units of eight grams a week
_LIGHT: Final = 7
_SKIP: Final = frozenset(("family", "return", "risks", "plan"))


def read_substances(page: Page, found: Found) -> None:
    """Settle what was read of tobacco, alcohol and drugs, and add what no phrase holds."""
    _deny_lists(page, found)
    if any(word in page.marks.low for word in _SMOKE_WORDS):
        _tobacco(page, found)
    if "cotinine" in page.marks.low and not any(name == "cotinine_ng_ml" for name, _ in found.flat):
        cotinine = _COTININE.search(page.text)
        if cotinine is not None and _of_patient(page, cotinine.start()):
            found.say("cotinine_ng_ml", _plain(cotinine["n"]), "present", cotinine.start("n"), cotinine.end("n"))
    _alcohol(page, found)
    _sober(page, found)
    for start, end in sentences_with(page, "illicit", "recreational", "street", "illegal"):
        match = _NO_DRUGS.search(page.text, start, end)
        if match is not None and _of_patient(page, match.start()):
            found.say("substance_use_disorder", True, "negated", match.start(), match.end())
            break


def _of_patient(page: Page, place: int) -> bool:
    i = min(page.words.at(place), len(page.words.norm) - 1)
    return page.section[i] not in _SKIP and not page.context.has(i, i + 1, FAMILY)


def _deny_lists(page: Page, found: Found) -> None:
    """ "No psychosis, depression, or current substance use disorder": the "use" in a name ends no list."""
    for number, (name, said) in enumerate(found.flat):
        if name in _THINNERS and said.assertion == "negated" and said.value is True:
            if only_missed(page, *page.words.slice(said.start, said.end)):
                found.replace(number, "present")
            continue
        if name in _LISTED and said.assertion == "present" and said.value is True:
            start, _ = bounds_of(page, said.start)
            if name in _THINNERS:
                how = untaken(page, *page.words.slice(said.start, said.end))
                how = how or _thinner_ahead(page, start, said)
                if how is not None:
                    found.replace(number, how)
                    continue
            denied = _OF_LIST.search(page.text, max(start, said.start - 160), said.start)
            if denied is not None and not _LIST_BROKEN.search(page.text, denied.start(), said.start):
                found.replace(number, "negated")


def _thinner_ahead(page: Page, start: int, said: Said) -> Assertion | None:
    """Whether a blood thinner is only spoken of: "to be discussed", "may need anticoagulation", "not for LMWH"."""
    if _NOT_FOR.search(page.text, max(start, said.start - 12), said.start):
        return "negated"
    before = _THINNER_AHEAD.search(page.text, max(start, said.start - 60), said.start)
    return "planned" if before or _THINNER_LATER.match(page.text, said.end) else None


def _sober(page: Page, found: Found) -> None:
    """Who has been sober since drinks no more; another disorder in remission is one of the past."""
    for number, (name, said) in enumerate(found.flat):
        if name in _SOBER_FACTS and said.assertion == "present":
            start, end = bounds_of(page, said.start)
            if _SOBER.search(page.text, start, end) and not _RELAPSED.search(page.text, start, end):
                found.replace(number, "negated" if name == "alcohol_heavy" else "historical")


def _tobacco(page: Page, found: Found) -> None:
    kept: list[tuple[str, Said]] = []
    former: list[tuple[int, int]] = []
    vaping = {
        bounds_of(page, said.start) for name, said in found.flat if name == "nicotine_status" and said.value == "vaping"
    }
    for name, said in found.flat:
        if name == "nicotine_status" and said.value == "never" and said.assertion == "present":
            start, end = bounds_of(page, said.start)
            since = _SINCE.search(page.text, start, end)
            if since is not None and "never" not in page.text[start:end].lower():
                former.append((min(said.start, since.start()), max(said.end, since.end())))
                continue
        if name == "nicotine_status" and said.value == "former" and said.assertion in ("present", "negated"):
            start, end = bounds_of(page, said.start)
            tested = said.assertion == "negated" and _TESTED.match(page.text, said.end, end)
            if tested:  # "quit in April and cotinine was negative": the test was negative
                said = Said("former", "present", said.start, said.end)
            elif said.assertion == "negated" or _AGAIN.search(page.text, said.end, end):
                said = Said("current", "present", said.start, said.end)
            kept.append((name, said))
            continue
        if (
            name != "nicotine_status"
            or said.value != "current"
            or said.assertion not in ("present", "negated", "historical")
        ):
            kept.append((name, said))
            continue
        start, end = bounds_of(page, said.start)
        own = page.text[said.start : said.end].lower()
        if _OTHER_LEAF.match(page.text, said.end) or _RELATIVE.search(
            page.text, max(start, said.start - 30), said.start
        ):
            continue
        if _NEVER.search(page.text, start, end):
            kept.append((name, Said("never", "present", said.start, said.end)))
            continue
        if (start, end) in vaping and "nicotine" in own:
            continue
        if _MINUS.search(page.text, max(start, said.start - 3), said.start):
            kept.append((name, Said("current", "negated", said.start, said.end)))
            continue
        if said.assertion != "negated":
            stopped = _stopped(page.text, start, end)
            if stopped is not None and _over(page.text, start, end, stopped):
                former.append((min(said.start, stopped.start()), max(said.end, stopped.end())))
                continue
        kept.append((name, said))
    found.flat = kept
    told = {said.value for name, said in found.flat if name == "nicotine_status" and said.assertion == "present"}
    for start, end in sentences_with(page, *_SMOKE_WORDS) if not {"former", "current"} & told else ():
        match = _FORMER.search(page.text, start, end) or _PACK_YEARS.search(page.text, start, end)
        if match is None or not _of_patient(page, match.start()) or _NOT_STOPPED.search(page.text, start, end):
            continue
        former.append((match.start(), match.end()))
    if "tob" in page.marks.low and not any(name == "nicotine_status" for name, _ in found.flat) and not former:
        tob = _NO_TOB.search(page.text)
        if tob is not None and _of_patient(page, tob.start()):
            found.say("nicotine_status", "current", "negated", tob.start(), tob.end())
    if former and "former" not in told:
        found.say("nicotine_status", "former", "present", *former[0])
        found.used(*former[0])


def _stopped(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where a sentence says that smoking is of the past; what else was given up does not count."""
    smokes = _SMOKES_NOW.search(text, start, end) is not None
    for match in _STOPPED.finditer(text, start, end):
        if _GIVEN_UP_ELSE.match(text, match.end(), end) or (smokes and match[0].lower() not in _STRONG):
            continue
        return match
    return None


def _over(text: str, start: int, end: int, stopped: re.Match[str]) -> bool:
    """Whether the sentence says that smoking is over, and not that it should be."""
    told = _NOT_STOPPED.search(text, start, end)
    if told is None:
        return True
    return _SMOKED.search(text, start, stopped.start()) is not None and told.start() > stopped.end()


def _alcohol(page: Page, found: Found) -> None:
    if any(name == "alcohol_heavy" for name, _ in found.flat):
        return
    spoken = sentences_with(page, "alcohol", "etoh", "drink", "teetotal", "wine", "vodka", "pack")
    for pattern, how in ((_MUCH, "present"), (_NO_DRINK, "negated")):
        for start, end in spoken:
            match = pattern.search(page.text, start, end)
            if match is not None and _of_patient(page, match.start()):
                if how == "negated" or not _denied(page, match.start()):
                    found.say("alcohol_heavy", True, how, match.start(), match.end())  # type: ignore[arg-type]
                    found.used(match.start(), match.end())
                    return
    for start, end in spoken:
        named = _ALCOHOL.search(page.text, start, end)
        if named is None or not _of_patient(page, named.start()):
            continue
        begin = named.start() if named[0].lower() in ("drink", "drinks") else named.end()
        amount = _DRINKS.search(page.text, begin, min(end, named.end() + 50))
        told = _heavy(amount) if amount is not None else None
        if amount is not None and told is not None:
            found.say("alcohol_heavy", True, "present" if told else "negated", amount.start(), amount.end())
            found.used(named.start(), amount.end())
            return


def _plain(written: str) -> int | float:
    value = float(written)
    return int(value) if value == int(value) else value


def _denied(page: Page, place: int) -> bool:
    start, _ = bounds_of(page, place)
    return (
        re.search(r"\b(?:no|denies|denied|not|never|without)\b[^.;]{0,30}$", page.text[start:place], re.I) is not None
    )


def _heavy(match: re.Match[str]) -> bool | None:
    """Whether an amount is heavy drinking; None between light and heavy."""
    written = (match["m"] or match["n"]).lower()
    number = float(_NUMBERS.get(written) or int(written))
    unit = match["unit"].lower()
    if (
        match["what"]
        and match["what"].lower().startswith("bottle")
        and (match["of"] or "").lower() not in ("beer", "ale")
    ):
        number *= 5
    week = number * _PER_WEEK.get(unit, 1.0)
    if match["what"] and match["what"].lower().startswith("unit"):
        return True if week >= _HEAVY_UNITS else False if week <= 2 * _LIGHT else None
    return True if week >= _HEAVY else False if week <= _LIGHT else None
