"""Devices that matter for MRI, cancer in the patient, and what is asked for."""

from __future__ import annotations

import re
from typing import Final

from spondyl.record.facts import Assertion

from .found import EntryFound, Found, Said
from .injections import is_no_injection
from .lazy import Lazy
from .page import Page
from .phrases import Hit

SKIP: Final = frozenset(("family", "return", "risks", "allergies"))
# Words right before or after a device that speak of one not yet there.
_THOUGHT_OF: Final = Lazy(
    r"\b(?:(?:cleared|clearance|candida(?:te|cy)|suitab\w+|appropriate|eligib\w+|approv\w+|authori[sz]\w+|evaluat\w+|assess\w*|refer\w*|screen\w*|consult\w*|work-?up|consent\w*|indicat\w+|indications?|waiting|listed|scheduled|planned|plans?|education|counsel\w+|recommend\w+|considered|option|options|request\w*|interested|proceed\w*|trial|trials|decision|ready|qualif\w+|pre-?op\w*)"
    r"\s+(?:for|of|about|to|in|on|with|as|toward|towards|include|are|is|regarding|re)|(?:consider\w*|contemplat\w+|thinking\s+(?:about|of)|awaiting|await|offer(?:ed|ing)?|recommend(?:ed|ing|s)?|propos\w+|declin\w+|refus\w+|(?:would|may|might|could)\s+(?:benefit\s+from|need|consider)|benefit\s+from|discuss(?:ed|ing)?|wants?|needs?|prior\s+to|before|possible|potential|future))"
    r"\s+(?:(?:a|an|the|permanent|possible|potential|new|implanted|implantable|implantation\s+of|implant\s+of|placement\s+of|insertion\s+of|trial\s+of|thoracic|cervical|lumbar|use\s+of)\s+){0,3}$",
    re.IGNORECASE,
)
_THOUGHT_AFTER: Final = Lazy(
    r"\s+(?:(?:implant|implantation|therapy|placement)\s+)?(?:trials?|candida(?:te|cy)|evaluation|eval|assessment|consult\w*|referral|clearance|option|workup|work-up|education|booklet|leaflet|brochure|planned|scheduled|(?:was|were|is|has\s+been|being)\s+(?:considered|offered|discussed|recommended|proposed|suggested|declined|planned|mentioned)|considered|offered|discussed|recommended|proposed|suggested|declined)\b",
    re.IGNORECASE,
)
_IS_IN: Final = Lazy(
    r"[^.;]{0,40}?\b(?:in\s+situ|in\s+place|implanted|inserted|(?:re)?program\w+|interrogat\w+|battery|ipg|generator|lead|leads|migrat\w+|malfunction\w*|remov\w+|explant\w*|revis\w+|replace\w*|pocket|infect\w*|turned\s+(?:on|off)|switched\s+(?:on|off)|recharg\w+|not\s+working|stopped|check|adjust\w*|since\s+(?:19|20)\d\d|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)

_HAS_IT: Final = Lazy(
    r"\b(?:has|have|with)\s+(?:(?:a|an|the|her|his|permanent|implanted|working|functioning|existing|old)\s+){0,3}$",
    re.IGNORECASE,
)
_TAKEN_OUT: Final = Lazy(
    r"(?:[^.;]{0,50}?(?<!not )(?<!to be )(?<!never )(?<!lead )(?<!leads )\b(?:removed|explanted|taken\s+out)\b"
    r"(?!\s+(?:for|before|during)\s+(?:the\s+|her\s+|his\s+|this\s+|today's\s+)?(?:mri|mr|scans?|scanning|imaging|study|tests?|exam\w*|showers?|x-?rays?)\b)"
    r"|\s+(?:removal|explant\w*)\b)",
    re.IGNORECASE,
)
_REMOVAL_OF: Final = Lazy(
    r"\b(?:removal|explant\w*|removed|taking\s+out)\s+(?:of\s+)?(?:(?:a|an|the|her|his|my|old|failed|infected)\s+){0,3}$",
    re.IGNORECASE,
)
_LEFT_IN: Final = Lazy(
    r"\b(?:leads?|electrodes?|wires?|generator|battery|paddle)\b[^.;]{0,30}\b(?:left|retained|remain\w*|in\s+place|in\s+situ|abandoned|capped)\b"
    r"|\b(?:abandoned|retained|remaining)\s+(?:leads?|electrodes?)|\b(?:replaced|reimplant\w*|exchang\w*)\b",
    re.IGNORECASE,
)
_OPERATED: Final = Lazy(r"\b(?:blood\s+loss|EBL|procedures?\s+performed|operative\s+(?:report|note))\b", re.IGNORECASE)
_WHETHER: Final = frozenset(("whether", "if"))
_VESSELS: Final = frozenset(
    "ureteral ureteric ureter carotid iliac biliary femoral renal venous esophageal aortic bile leg airway".split()
)
_HEART: Final = frozenset(
    "coronary cad mi nstemi stemi infarction infarct lad rca circumflex lcx cardiac heart pci angioplasty angina"
    " cardiologist cardiology cath catheterization ihd ischemic ischaemic".split()
)
_NO_MODEL: Final = Lazy(
    r"\b(?:(?:make|maker|manufacturer)\s+and\s+)?model\s+(?:(?:and\s+\w+|number|card|details?)\s+)?(?:is\s+|are\s+|was\s+)?(?:unknown|not\s+(?:known|available|recorded|on\s+file|at\s+hand|with)|unclear|missing|lost|left\s+at\s+home)|\bunknown\s+(?:make\s+(?:and|or)\s+)?model|\b(?:implant\s+|device\s+|id\s+)?card\s+(?:is\s+|was\s+)?(?:not\s+(?:available|at\s+hand|with)|lost|missing|left\s+at\s+home)|\b(?:no|without)\s+(?:implant\s+|device\s+|model\s+|id\s+)?card\b",
    re.IGNORECASE,
)
_HAS_MODEL: Final = Lazy(
    r"\b(?:(?:make|maker|manufacturer)\s+and\s+)?model\s+(?:(?:number|card|details?)\s+)?(?:is\s+|are\s+)?(?:on\s+file|known|recorded|documented|confirmed|available|in\s+(?:the\s+)?chart)|\b(?:implant\s+|device\s+|id\s+)?card\s+(?:is\s+)?(?:on\s+file|scanned|copied|available|at\s+hand|with\s+(?:him|her))",
    re.IGNORECASE,
)
_MAKERS: Final = frozenset("medtronic boston abbott nevro biotronik jude saluda sorin microport tandem codman".split())
# The maker with the name of the model behind it: "Medtronic Azure", "Boston Scientific Ingenio"; not "Medtronic rep".
_MADE_BY: Final = Lazy(
    r"\b(?:medtronic|boston(?:\s+sci(?:entific)?)?|abbott|nevro|biotronik|st\.?\s+jude(?:\s+medical)?|saluda|sorin|microport|tandem|codman)\s+(?!(?i:mri?|ipg|scs|dcs|icd|aicd|ppm|ddd|vvi|crt|itb|dbs|vns|us|inc)\b)"
    r"(?-i:[A-Z][a-z]+[A-Za-z]*|[A-Z]{2,}|\d{3,4}[A-Z]?|[A-Z]+-?\d+)\b",
    re.IGNORECASE,
)
_MAKER_FAR: Final = 6
_PLACED_FAR: Final = 9
_PLACED: Final = frozenset("implanted placed inserted implantation since".split())
_OTHER_DAY: Final = frozenset("removed explanted interrogated checked replaced off".split())


def read_devices(page: Page, found: Found) -> None:
    """Add implanted devices, with what is told of MRI."""
    for hit in page.of("no_devices"):
        if page.words.norm[hit.i] == "implant" and _OPERATED.search(page.text):
            continue  # "Implants: none" of an operation
        found.say("implanted_devices", [], "present", *page.span(hit.i, hit.j))
        found.used(*page.span(hit.i, hit.j))
    held: dict[str, EntryFound] = {}
    asked: list[Hit] = []
    for hit in page.of("device"):
        how = _told(page, hit)
        if "mri_status" in page.hits and how in ("planned", "uncertain") and _is_asked(page, hit):
            asked.append(hit)
            continue
        if how not in ("present", "historical", "negated") or page.section[hit.i] in (*SKIP, "plan"):
            continue
        start, end = page.span(hit.i, hit.j)
        sentence = page.words.sentence[hit.i]
        if hit.entry.get("heart") and not _of_the_heart(page, hit):
            continue
        if how != "negated" and _is_asked(page, hit):
            asked.append(hit)
            continue
        following = page.words.norm[hit.j : hit.j + 2]
        if "trial" in following or any(
            asking.j <= hit.i and hit.i - asking.j <= 4 for asking in page.by_sentence("asking").get(sentence, ())
        ):
            continue
        if how != "negated" and (is_only_thought_of(page, hit) or is_out(page, hit)):
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
            if not (first <= time.i < last and time.iso and time.i >= hit.j) or _checked(page, hit, time.i):
                continue
            if time.i - hit.j <= 3 or (time.i - hit.j <= _PLACED_FAR and _placed(page, time.i)):
                entry.say("implanted_on", Said(time.iso, how, time.start, time.end, None, time.precision))
                found.used(time.start, time.end)
        if how == "present":
            _model(page, entry, hit, sentence)
            if hit.entry["type"] == "coronary_stent" and not any(name == "cad_chf" for name, _ in found.flat):
                found.say("cad_chf", True, "present", start, end)  # a stent of the heart is coronary disease
    for hit in asked:  # "asked whether the AICD is MRI conditional"
        told = held.get(f"{hit.entry['type']} present")
        if told is not None and told.get("mri_status") is None:
            status = page.by_sentence("mri_status")[page.words.sentence[hit.i]][0]
            told.say("mri_status", Said("unknown", "present", *page.span(status.i, status.j)))


def _is_asked(page: Page, hit: Hit) -> bool:
    """Whether the sentence asks for the MRI label of the device: "asked whether the AICD is MRI conditional"."""
    sentence = page.words.sentence[hit.i]
    first = page.words.bounds[sentence][0]
    statuses = page.by_sentence("mri_status").get(sentence, ())
    if not statuses or statuses[0].i < hit.j or statuses[0].entry["status"] == "unknown":
        return False
    return not _WHETHER.isdisjoint(page.words.norm[max(first, hit.i - 4) : hit.i])


def _of_the_heart(page: Page, hit: Hit) -> bool:
    """Whether a bare "stent" is one of the heart: the sentence speaks of it, and no other vessel stands before it."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    return norm[hit.i - 1] not in _VESSELS and not _HEART.isdisjoint(norm[first:last])


def _model(page: Page, entry: EntryFound, hit: Hit, sentence: int) -> None:
    """Whether maker and model are recorded: "model on file", "model card not available"."""
    first, last = page.words.bounds[sentence]
    norm = page.words.norm
    end = page.words.end[last - 1]
    start = page.words.end[hit.j - 1]
    if not _MAKERS.isdisjoint(norm[hit.j : min(last, hit.j + _MAKER_FAR)]):
        told = _MADE_BY.search(page.text, start, end)
        if told is not None:
            entry.say("maker_model", Said("known", "present", told.start(), told.end()))
            return
    if "model" not in norm[first:last] and "card" not in norm[first:last]:
        return
    for pattern, value in ((_NO_MODEL, "unknown"), (_HAS_MODEL, "known")):
        told = pattern.search(page.text, start, end)
        if told is not None:
            entry.say("maker_model", Said(value, "present", told.start(), told.end()))
            return


def _told(page: Page, hit: Hit) -> Assertion:
    """How a device is meant: "a stimulator? No", "never placed", "has an SCS and is being considered for revision"."""
    how = page.assertion(hit, plan=True)
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    if norm[hit.j : hit.j + 1] == ["?"] and norm[hit.j + 1 : hit.j + 2] in (["no"], ["none"], ["never"], ["deny"]):
        return "negated"
    if how in ("planned", "uncertain") and _HAS_IT.search(
        page.text, max(page.words.start[first], page.words.start[hit.i] - 40), page.words.start[hit.i]
    ):
        return "present"
    after = norm[hit.j : min(last, hit.j + 8)]
    if how != "family" and any(
        word == "never" and after[t + 1 : t + 2] in (["placed"], ["implanted"], ["inserted"], ["done"])
        for t, word in enumerate(after)
    ):
        return "negated"
    return how


def _placed(page: Page, at: int) -> bool:
    """Whether the word before a day says that the device was put in on it."""
    before = page.words.norm[at - 2 : at]
    return not _PLACED.isdisjoint(before) and "," not in before[1:]


def _checked(page: Page, hit: Hit, until: int) -> bool:
    """Whether a word between a device and a day gives the day to something else than its placing."""
    return not _OTHER_DAY.isdisjoint(page.words.norm[hit.j : until])


def is_out(page: Page, hit: Hit) -> bool:
    """Whether the device was taken out and nothing of it is told to be left; then it is not known what is in."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start, end = page.words.start[first], page.words.end[last - 1]
    if "remov" not in page.marks.low and "explant" not in page.marks.low and "taken out" not in page.marks.low:
        return False
    if _LEFT_IN.search(page.text, start, end):
        return False
    before = page.text[max(start, page.words.start[hit.i] - 40) : page.words.start[hit.i]]
    out = _TAKEN_OUT.match(page.text, page.words.end[hit.j - 1], end) or _REMOVAL_OF.search(before)
    return out is not None and not {"will", "planned", "scheduled", "wants", "consider"} & set(norm[first:last])


def is_only_thought_of(page: Page, hit: Hit) -> bool:
    """Whether the patient is considered, cleared or waiting for the device, and nothing says that it is in."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    start, end = page.span(hit.i, hit.j)
    stop = page.words.end[last - 1]
    if _IS_IN.match(page.text, end, stop):
        return False
    before = page.text[max(page.words.start[first], start - 80) : start]
    return _THOUGHT_OF.search(before) is not None or _THOUGHT_AFTER.match(page.text, end, stop) is not None


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
        if how in ("negated", "family") or is_no_injection(page, hit):
            continue
        start, end = page.span(hit.i, hit.j)
        found.say("requested", [hit.entry["asked"]], "present", start, end)
        found.used(start, end)
