"""Treatments tried, each injection by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from spondyl.record.facts import Assertion, JsonValue

from .context import NEGATED, PLANNED
from .course_times import times_of_course
from .courses import say_amount
from .devices import SKIP, read_cancer, read_devices, read_requests
from .effects import Told, made_worse, share_effect
from .findings import marked
from .found import EntryFound, Found, Said
from .injections import INJECTED, add_details, is_no_injection, result_of, say_last_block
from .lazy import Lazy
from .levels import Level
from .mentions import is_muscle, is_patient, is_registry
from .page import Page
from .phrases import Hit
from .procedure_note import read_procedure_note, say_day_of_title
from .relief import relief_in
from .repeats import end_of_clause, parts, place_in_row, with_repeats
from .sides import side_behind, side_of
from .ticked import box_of
from .times import Time
from .told_next import read_told_next

_NOT_TRIED: Final = Lazy(
    r"\b(?:not\s+(?:yet\s+)?(?:been\s+)?(?:tried|trialled|trialed|used)|never\s+(?:tried|used)|untried|has\s+not\s+tried|hasn't\s+tried|not\s+had|(?:failed\s+to|did\s+not|didn't|never)\s+(?:attend(?:ed)?|start(?:ed)?|go(?:\s+to)?|went\s+to|begin|began))\b[^.;\n]{0,120}$",
    re.IGNORECASE,
)
# What somebody did not do; "did not have relief from therapy" is no such thing.
_DID_NOT: Final = Lazy(
    r"\b(?:did|do|does|has|have|had|was|were)\s*(?:not|n't|n\u2019t|never)\s+(?:been\s+)?(?:use|used|have|had|receive|received|undergo|undergone|given|do|done|perform|performed|offered|need|needed)\s+(?:(?:any|a|an|the|formal|spinal|further|other|of)\s+){0,3}$",
    re.IGNORECASE,
)
_NO_RELIEF_FROM: Final = Lazy(
    r"\b(?:relief|benefit|help|help(?:ed)?|improv\w+|respon\w+|better|effect|difference|success|luck)\s+(?:from|with|to|after|despite|by|following)\s+(?:[\w-]+\s+){0,3}$",
    re.IGNORECASE,
)
_REFUSES: Final = Lazy(
    r"\b(?:chiropract\w+|therapist|pt|physio\w*)\s+(?:will\s+not|won't|refuses|declines)", re.IGNORECASE
)
_SUPERVISED: Final = Lazy(r"\b(?:supervised|formal)\b", re.IGNORECASE)
_TESTS: Final = frozenset("snrb mbb hardware_block nerve_block sij_injection facet_injection".split())
_OF_ALL: Final = Lazy(r"\b(?:neither|none|both|all|each)\b", re.IGNORECASE)
_LINKS: Final = frozenset((",", "and", "&", "/", "+", "plus"))
_FIGURES: Final = Lazy(r"[\d/#.,:\s()-]+|\bon\b")
_CLOSE: Final = 12
_SOON_DAYS: Final = 183
_ADVISES: Final = frozenset(
    "continue start begin recommend refer consider advise suggest arrange add increase proceed resume keep".split()
)
_WAS_DONE: Final = frozenset(
    "had did was were completed tried received failed underwent after since gave helped without ongoing already".split()
)
_NO_THOUGHT: Final = ("return", "risks", "family")
_FAMILY_WORDS: Final = ("family", "hypothetical")
_NEVER_PLANNED: Final = frozenset("brace topical other massage exercise".split())
_HAD: Final = Lazy(
    r"\b(?:attending|attended|doing|ongoing|undergoing|had|completed|finished|did|underwent|went\s+through|failed|tried|s/p|received|status\s+post|failure\s+of)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_HAD_BEFORE_PLAN: Final = Lazy(r"\b(?:continu\w+|s/p|failed|tried|had|completed|underwent|attended)\b", re.IGNORECASE)
_AHEAD_AFTER: Final = Lazy(
    r"(?:(?!\b(?:gave|with|helped|no\s+relief|relief|benefit|done|performed|completed|improve\w*|failed|did|was\s+done|in\s+(?:19|20)\d\d)\b)[^.;])*?\b(?:(?:pending|awaiting|await)\s+(?:\w+\s+)?(?:auth\w*|approv\w*|insurance|scheduling|clearance)|auth\w*\s+(?:is\s+|was\s+)?(?:pending|requested|submitted|denied)|(?:is|are)\s+(?:now\s+)?(?:scheduled|booked|planned|pending)|scheduled\s+(?:for|on)\s|(?:now\s+|was\s+|then\s+)?cancel+ed|to\s+be\s+(?:done|scheduled|performed|arranged|repeated)|(?:is|are|remains?|seems?|(?:would|may|might|could)\s+be)\s+(?:also\s+|still\s+)?(?:an?\s+|one\s+|the\s+next\s+)?(?:(?:very\s+)?(?:reasonable|sensible|good|fair|possible|future|next|viable|last)\s*)*(?:thought|options?|steps?|considerations?|idea|possibilit\w+|choice|resort|reasonable|on\s+the\s+table)|(?:has|have)\s+been\s+(?:requested|ordered|recommended|denied|scheduled)|(?:(?:was|were|is|been)\s+)?(?:denied|approved|authorized|authorised)(?!\s+(?:and|in)\b)|not\s+(?:yet\s+)?(?:been\s+)?(?:authorized|authorised|approved|started))\b",
    re.IGNORECASE,
)
_DONE_AFTER: Final = Lazy(
    r"[^.;\n]{0,40}?\b(?:completed|finished|done|(?:no|good|some|little|minimal|without|with|\d+\s*%)\s+(?:\w+\s+)?(?:relief|benefit|help|improvement)|failed|did\s+not\s+help)\b(?!\s+(?:by|before))",
    re.IGNORECASE,
)
_DENIED_IT: Final = Lazy(r"\s*(?:was|were|has\s+been|have\s+been)?\s*den(?:ied|ial)\b", re.IGNORECASE)
_ASKED_FOR: Final = Lazy(
    r"\b(?:would\s+like|wants?|wishes|hoping\s+for|interested\s+in|asks?\s+(?:for|about)|asking\s+(?:for|about)|requesting|open\s+to|willing|agreeable|keen|declin\w+|refus\w+|clear(?:ed|ance)\s+(?:for|to))\s+(?:(?:[\w-]+\s+){1,2}(?:and|or)\s+)?(?:(?:on|to|in)\s+)?(?:(?:try|have|get|undergo|repeat|trying|having|getting|repeating)\s+)?(?:(?:a|an|another|more|repeat|further|the|any|left|right|bilateral|lumbar|cervical|l\d\S*|second|third)\s+){0,4}$|\b(?:PA|auth\w*|approv\w+|den(?:y|ied|ial)|request\w*|pre-?cert\w*)\s+(?:(?:for|of|the|a|an|repeat|left|right|bilateral|lumbar|cervical|l\d\S*|c\d\S*)\s+){1,4}$",
    re.IGNORECASE,
)
_HEAD: Final = 120
_LETTERHEAD: Final = Lazy(
    r"\s*(?:-|\u2013|:|,)?\s*(?:telephone|video|review|clinic|note|assessment|evaluation|initial|progress|department|outpatient|triage|service|discharge|daily|treatment\s+note)\b",
    re.IGNORECASE,
)
_NO_BRACE: Final = Lazy(r"\b(?:no|without|out\s+of|never)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OF_ANOTHER: Final = Lazy(
    r"\b(?:husband|wife|partner|spouse|mother|father|brother|sister|son|daughter|mum|mom|dad|friend|neighbou?r|cousin|aunt|uncle|coworker)\s+(?:also\s+|has\s+|just\s+)?(?:had|got|gets|underwent|tried|is\s+having|swears\s+by|does|recommended)\b[^,;.]{0,36}$",
    re.IGNORECASE,
)
_NEVER_LIST: Final = Lazy(
    r"(?:not|never|untried|has|hasn't)(?:\s+(?:not|yet|been|tried|trialled|trialed|used|had|any|formal|ever|or|a|course|trial|of|and|nor)|\s*,|(?:\s+(?!(?:or|and|nor|but|helped|gave|was|is|did|had|with|then)\b)[\w-]+){1,3}(?=\s*(?:,|\bor\b|\band\b|/)))*\s*$",
    re.IGNORECASE,
)


def read_treatments(page: Page, found: Found) -> None:
    """Add treatments, the last block, devices, cancer and requests."""
    held: list[_Held] = []
    read: list[Told] = []
    hits = with_repeats(page, page.of("treatment"))
    for number, hit in enumerate(hits):
        following = hits[number + 1].i if number + 1 < len(hits) else len(page.words.norm)
        before = hits[number - 1].j if number else 0
        told = _treatment(page, found, hit, (before, following), held)
        if told is not None:
            read.append(told)
    tries = [Told(hit, entry, end) for hit, entry, end in found.tries]
    share_effect(page, found, sorted([*read, *tries], key=lambda told: told.hit.i))
    read_told_next(page, found, read)
    read_procedure_note(page, found, read)
    say_last_block(page, found, [(one.entry, one.target) for one in held])
    read_devices(page, found)
    read_cancer(page, found)
    read_requests(page, found)


@dataclass(slots=True)
class _Held:
    """An entry so far, with what tells one treatment from another."""

    kind: str
    region: str | None
    how: Assertion
    entry: EntryFound
    target: str | None = None
    number: int | None = None

    def takes(
        self, kind: str, region: str | None, how: Assertion, number: int | None, told: list[tuple[str, JsonValue]]
    ) -> bool:
        """Whether a mention speaks of the same treatment. Two injections differ in their day, level, side or number."""
        if self.kind != kind or self.how != how or (region and self.region and region != self.region):
            return False
        if kind not in INJECTED:
            days = [value for name, value in told if name == "date"]
            own = self.entry.all("date")
            return not days or not own or any(_within(days[0], day) for day in own)
        if number is not None and self.number is not None and number != self.number:
            return False
        return all(
            value in self.entry.all(name) or (name == "date" and _within(value, self.entry.get(name)))
            for name, value in told
            if self.entry.get(name) is not None
        )


def _within(one: JsonValue, other: JsonValue) -> bool:
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _clause(page: Page, hit: Hit, following: int) -> tuple[int, int]:
    last = min(page.words.bounds[page.words.sentence[hit.i]][1], max(following, hit.j))
    start = page.words.end[hit.j - 1]
    end = max(start, page.words.end[last - 1])
    another = last < page.words.bounds[page.words.sentence[hit.i]][1]
    return start, end_of_clause(page, start, end, str(hit.entry["type"]) in INJECTED, another)


def _treatment(page: Page, found: Found, hit: Hit, beside: tuple[int, int], held: list[_Held]) -> Told | None:
    section = page.section[hit.i]
    if section in SKIP:
        return None
    first = page.words.bounds[page.words.sentence[hit.i]][0]
    start, end = page.span(hit.i, hit.j)
    before = page.text[max(page.words.start[first], start - 120) : start]
    low, high = _clause(page, hit, beside[1])
    if page.words.norm[hit.i : hit.j] == ["pt"] and is_patient(page, hit):
        return None
    if start < _HEAD and _LETTERHEAD.match(page.text, end) and "\n" not in page.text[:start].strip():
        return None  # "Musculoskeletal physio - telephone review": who writes
    if is_muscle(page, hit) or is_registry(page, hit) or is_no_injection(page, hit) or _OF_ANOTHER.search(before[-60:]):
        return None
    kind = str(hit.entry["type"])
    box = box_of(page, start, end)
    if box is False:
        found.used(start, end)
        _say_never(found, kind, (start, end), held)
        return None
    mark = "present" if box else marked(page, start, end, False)
    if mark in ("negated", "uncertain") or _REFUSES.match(page.text, start):
        found.used(start, end)
        return None
    if _DID_NOT.search(before[-60:]):
        found.used(start, end)
        _say_never(found, kind, (start, end), held)
        return None
    never = _NOT_TRIED.search(before)
    if never is not None:
        found.used(start, end)
        if _NEVER_LIST.match(page.text, start - len(before) + never.start(), start):
            _say_never(found, kind, (start, end), held)
        return None
    how = _standing(page, hit, before, section)
    if how == "negated" and _NO_RELIEF_FROM.search(before[-60:]):
        how = "present"  # what gave no relief was had
    if mark == "present" and how in ("planned", "uncertain") and section != "plan":
        how = "present"
    if (
        how == "planned"
        and kind not in _NEVER_PLANNED
        and not (hit.entry.get("again") or page.context.has(hit.i, hit.j, NEGATED))
    ):
        _say_planned(found, kind, (start, end), held)
    if how == "hypothetical" and section not in _NO_THOUGHT and kind not in _NEVER_PLANNED:
        _say_ahead(found, kind, "hypothetical", (start, end), held)
    if how in _FAMILY_WORDS or how in ("planned", "uncertain"):
        return None
    how = "present" if how == "historical" else how
    if kind == "brace" and (section == "plan" or _NO_BRACE.search(before[-24:])):
        return None
    found.used(start, end)
    region = hit.entry.get("region") or _region(page, hit)
    times = times_of_course(page, hit, kind, beside[0], low, high)
    side = side_of(page, _first_level(page, hit), hit.j, 4) or (
        side_behind(page.text, low, high) if kind in INJECTED else None
    )
    number = place_in_row(page, hit) if kind in INJECTED else None
    one: _Held | None = None
    split = list(parts(page, kind, low, high, times))
    if _all_ahead(page, split[0][2]):
        _say_planned(found, kind, (start, end), held)
        return None
    ones: list[_Held] = []
    for place, (begin, stop, own) in enumerate(split):
        again = place > 0
        levels = _levels(page, hit, begin, stop) if kind in INJECTED else []
        told: list[tuple[str, JsonValue]] = [("side", side)] if side else []
        told += [("levels", list(level.segments)) for level in levels[:1]]
        told += [("date", time.iso) for time in own if time.iso][:1]
        before_this = one
        row = number if not again else None
        one = next((one for one in reversed(held) if one.takes(kind, region, how, row, told)), None)
        if one is None or one is before_this or (hit.entry.get("again") and _already(one, own)):
            one = _Held(kind, region, how, found.entry("prior_treatments"), hit.entry.get("target"), row)
            held.append(one)
        entry = one.entry
        one.region = one.region or region
        one.number = one.number or row
        entry.say("type", Said(kind, how, *((begin, max(begin + 1, own[0].end)) if again and own else (start, end))))
        if how == "negated":
            return None
        if region:
            entry.say("region", Said(region, how, start, end))
        ones.append(one)
        say_amount(
            page,
            found,
            entry,
            kind,
            before if len(split) == 1 else "",
            own,
            (start, begin if again else low, stop),
            len(split) > 1,
        )
        if _SUPERVISED.search(before[-24:]):
            entry.say("supervised", Said(True, how, start, end))
        _effect(page, found, entry, kind, how, begin if again else low, stop)
        if side:
            entry.say("side", Said(side, how, start, end))
        for level in levels:
            entry.say("levels", Said(list(level.segments), how, level.start, level.end))
            found.used(level.start, level.end)
    if one is not None and kind in (*INJECTED, "scs_trial") and how == "present":
        say_day_of_title(page, one.entry, hit)
    told_of_all = next(iter(one.entry.told.get("relief_pct", ())), None) if one is not None else None
    if told_of_all is not None and _OF_ALL.search(page.text, low, told_of_all.end):
        for other in ones[:-1]:
            if other.entry.get("relief_pct") is None:
                other.entry.say("relief_pct", told_of_all)
    return Told(hit, one.entry, high) if one is not None else None


def _all_ahead(page: Page, times: list[Time]) -> bool:
    """Whether every day named lies after the day of the note."""
    days = [time.iso for time in times if time.iso and len(time.iso) == 10]
    if not days or len(days) < sum(time.iso is not None for time in times) or not page.dated or page.written_on is None:
        return False
    today = date.fromisoformat(page.written_on)
    return all(0 < (date.fromisoformat(day) - today).days <= _SOON_DAYS for day in days)


def _already(one: _Held, own: list[Time]) -> bool:
    """Whether the needle named by its place is not the one held: that one has an effect, and no day joins them."""
    days = [time.iso for time in own if time.iso]
    if one.entry.get("date") is None:
        return bool(days) or one.entry.get("relief_pct") is not None
    return False


def _standing(page: Page, hit: Hit, before: str, section: str) -> Assertion:
    """Whether a treatment was had: a verb that says so beats a plan around it."""
    tells = str(hit.entry["type"]) in _TESTS  # "SI joint block negative" tells the result of one that was done
    how = page.context.assertion(hit.i, hit.j, plan=True, own=tells)
    if how == "planned" and page.words.norm[hit.i] == "trial":  # "trial of stimulation" is no plan by itself
        first = page.words.bounds[page.words.sentence[hit.i]][0]
        if hit.i == first or not page.context.has(hit.i - 1, hit.i, PLANNED):
            how = page.context.assertion(hit.i, hit.j, own=tells)
    if how == "negated" and _DENIED_IT.match(page.text, page.words.end[hit.j - 1]):
        return "planned"  # denied by an insurer
    if how == "planned" and section != "plan" and _HAD.search(before):
        return "present"
    if section == "plan" and how == "present" and not _HAD_BEFORE_PLAN.search(before):
        end = page.words.end[hit.j - 1]
        return "present" if _DONE_AFTER.match(page.text, end, end + 60) else "planned"
    if how == "present" and _advised_beside(page, hit):
        return "planned"
    if how == "present" and not _HAD.search(before):
        end = page.words.end[hit.j - 1]
        stop = page.words.end[page.words.bounds[page.words.sentence[hit.i]][1] - 1]
        if _AHEAD_AFTER.match(page.text, end, min(stop, end + 90)) or _ASKED_FOR.search(before[-60:]):
            return "planned"
    return how


def _advised_beside(page: Page, hit: Hit) -> bool:
    """ "Continue venlafaxine; brief CBT alongside": an advice goes on behind its semicolon."""
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    if norm[first] not in _ADVISES or ";" not in norm[first : hit.i]:
        return False
    cut = max(t for t in range(first, hit.i) if norm[t] == ";")
    return _WAS_DONE.isdisjoint(norm[cut:last]) and not any(time.iso for time in page.times_in(cut, last))


def _say_planned(found: Found, kind: str, place: tuple[int, int], held: list[_Held]) -> None:
    """A treatment that lies ahead: its kind alone."""
    _say_ahead(found, kind, "planned", place, held)


def _say_never(found: Found, kind: str, place: tuple[int, int], held: list[_Held]) -> None:
    """A treatment that was never had."""
    _say_ahead(found, kind, "negated", place, held)


def _say_ahead(found: Found, kind: str, how: Assertion, place: tuple[int, int], held: list[_Held]) -> None:
    """A treatment that was not had, by its kind alone: planned, only thought of, or never had."""
    if not any(one.kind == kind and one.how == how for one in held):
        held.append(_Held(kind, None, how, found.entry("prior_treatments")))
        held[-1].entry.say("type", Said(kind, how, *place))


def _effect(page: Page, found: Found, entry: EntryFound, kind: str, how: Assertion, low: int, high: int) -> None:
    """How much it helped, and for how long."""
    relief = relief_in(page.text, low, high) or (result_of(page.text, low, high) if kind in _TESTS else None)
    if relief is not None and entry.get("relief_pct") is None:
        entry.say("relief_pct", Said(relief[0], how, relief[1], relief[2]))
        found.used(relief[1], relief[2])
    harm = made_worse(page.text, low, high) if how == "present" and kind not in _NEVER_PLANNED else None
    if harm is not None:
        entry.say("adverse", Said(True, how, *harm))
    add_details(page, found, entry, kind, how, low, high)


def _first_level(page: Page, hit: Hit) -> int:
    """The word at which the levels right before a name begin: "bilateral L4-5, L5-S1 RFA"."""
    first, _ = page.words.bounds[page.words.sentence[hit.i]]
    at = hit.i
    for level in reversed(page.levels_in(max(first, hit.i - 24), hit.i)):
        if not set(page.words.norm[level.j : at]) <= _LINKS:
            break
        at = level.i
    return at


def _levels(page: Page, hit: Hit, begin: int, stop: int) -> list[Level]:
    """The levels beside a name, or right behind its day: "MBB #1 10/06/2026 L2-L4"."""
    first, last = page.words.bounds[page.words.sentence[hit.i]]
    chain = _first_level(page, hit)
    near = []
    for level in page.levels_in(first, last):
        if not level.segments:
            continue
        between = page.text[page.words.end[hit.j - 1] : level.start]
        behind = begin <= level.start < stop and len(_FIGURES.compiled.sub("", between)) <= _CLOSE
        beside = abs(level.i - hit.i) <= 5 and (begin <= level.start < stop or level.i < hit.i)
        if beside or behind or chain <= level.i < hit.i:
            near.append(level)
    return near


def _region(page: Page, hit: Hit) -> str | None:
    for place in page.by_sentence("place").get(page.words.sentence[hit.i], ()):
        region = place.entry.get("region")
        if region in ("cervical", "thoracic", "lumbar") and -4 <= place.j - hit.i <= (hit.j - hit.i):
            return str(region)
    return None
