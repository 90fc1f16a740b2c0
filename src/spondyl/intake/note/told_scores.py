"""Pain scores told in words: "averaged 5 in the back and 3 in the right leg", "neck 6, arm 7", "from 3 to 7".

A number alone is no score: a verb of rating, an article, a scale or a list of regions must say so. The region that a
score belongs to hurts.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from .extremes import is_extreme
from .found import Found
from .page import Page
from .pain import say_region
from .phrases import Hit

_NUMBERS: Final = {
    word: number for number, word in enumerate("zero one two three four five six seven eight nine ten".split())
}
_NAMES: Final = (
    ("nrs_leg", ("leg_", "buttock_")),
    ("nrs_arm", ("arm_", "shoulder_")),
    ("nrs_neck", ("neck",)),
    ("nrs_back", ("low_back", "thoracic", "sacrum")),
)
_THIN: Final = frozenset(
    "a an at about around roughly approximately maybe perhaps probably only just no more than less like as solid good"
    " steady say is are was s now still usually typically mostly it this that them today currently nearly almost : = of"
    " been be being up to itself themselves".split()
)
_RATED: Final = frozenset(
    "rate rated rating grade graded grading averaged averaging average avg scored hover hovered hovering".split()
)
_ARTICLES: Final = frozenset(("a", "an"))
_FOLLOWS: Final = frozenset(
    ', . ; ) " ! and in for at on out of when with but today now this most while or over during by if even as which who'
    " right currently usually tonight pain".split()
)
_ENDS: Final = frozenset((",", ".", ";", ")", "and", "/", "but", "!", "today", "now"))
_OF_BODY: Final = frozenset("the his her my their low lower upper mid left right l r both back neck".split())
# words of other scales, of grades of strength and of what is aimed at
_OTHER: Final = frozenset(
    "strength power motor mmt grip reflex dorsiflexion plantarflexion extensor spondylolisthesis anterolisthesis disc"
    " retrolisthesis slip modic ashworth tone phq gad pcs tsk odi oswestry ndi mjoa waddell gcs asia frankel ecog asa"
    " goal target aim until mobility satisfaction mood stress anxiety energy cage screw visit session child kid mrc"
    " apgar berg pfirrmann".split()
)
_MOVES: Final = frozenset(
    "up down went gone go come came rose risen fell fallen dropped increased decreased improved climbed crept jumped"
    " worsened eased settled".split()
)
_ACHE: Final = frozenset(("pain", "ache", "score", "soreness"))
_NOT: Final = frozenset("not no denied deny never without".split())
_BEFORE: Final = frozenset("before preop pre prior previously initially intake last originally".split())
_SKIP: Final = frozenset(("family", "return", "risks", "plan", "imaging", "allergies", "exam"))
_FAR: Final = 14
_NEAR: Final = 4
_LEAST_LISTED: Final = 2
_MOST: Final = 10


class _Place(NamedTuple):
    """A region of a sentence: its words, the name of its score, and the fact of a pain there."""

    i: int
    j: int
    name: str
    hit: Hit


def read_told_scores(page: Page, found: Found) -> None:
    """Add the scores told without "/10"; run it after the other scores."""
    words = page.words
    told = [words.at(place) for place in page.marks.numbers]
    told += words.all(frozenset(_NUMBERS))
    places: dict[int, list[_Place]] = {}
    for i in sorted(set(told)):
        if i >= len(words.norm) or page.section[i] in _SKIP:
            continue
        value = _value(page, i)
        if value is None:
            continue
        number = words.sentence[i]
        if number not in places:
            places[number] = _places(page, number)
        if places[number]:
            _score(page, found, i, value, places[number])


def _value(page: Page, i: int) -> float | None:
    """The number of a word when it may be a score by what stands beside it."""
    norm, text = page.words.norm, page.text
    word = norm[i]
    first, last = page.words.bounds[page.words.sentence[i]]
    value = _NUMBERS.get(word)
    if value is None:
        if len(word) > 3 or not word.isascii() or not word.replace(".", "", 1).isdecimal() or float(word) > _MOST:
            return None
    start, end = page.words.start[i], page.words.end[i]
    if (i > first and start and not (text[start - 1].isspace() or text[start - 1] in "(:=")) or text[end : end + 1] in (
        "-",
        "\u2013",
        "%",
        ":",
        "'",
    ):
        return None
    following = norm[i + 1] if i + 1 < last else "."
    if following == "/" and norm[i + 2 : i + 3] == ["10"]:
        return float(value if value is not None else word)
    if following not in _FOLLOWS or (
        following in (".", ",") and norm[i + 2 : i + 3] and text[end + 1 : end + 2].isdigit()
    ):
        return None
    return float(value if value is not None else word)


def _places(page: Page, number: int) -> list[_Place]:
    """The regions of a sentence, in order; none where it tells of another scale."""
    first, last = page.words.bounds[number]
    norm = page.words.norm
    if not _OTHER.isdisjoint(norm[first:last]):
        return []
    places: list[_Place] = []
    for kind in ("place", "pain"):
        for hit in page.by_sentence(kind).get(number, ()):
            name = _name(hit)
            if name is not None:
                places.append(_Place(hit.i, hit.j, name, hit))
    for t in range(first, last):
        if norm[t] == "lb" and page.text[page.words.start[t] : page.words.end[t]] == "LB":
            places.append(_Place(t, t + 1, "nrs_back", Hit(t, t + 1, {"kind": "place", "pain": "low_back"})))
    places.sort()
    return places


def _name(hit: Hit) -> str | None:
    pain = (
        hit.entry.get("pain") if hit.entry.get("kind") == "place" else hit.entry.get("pain") or hit.entry.get("region")
    )
    if hit.entry.get("weak") and pain == "low_back":
        return "nrs_back"
    return next((name for name, members in _NAMES if pain in members), None)


def _score(page: Page, found: Found, i: int, value: float, places: list[_Place]) -> None:
    norm = page.words.norm
    first, last = page.words.bounds[page.words.sentence[i]]
    slashed = norm[i + 1 : i + 3] == ["/", "10"]
    j = i + 3 if slashed else i + 1
    place = _in_region(norm, j, last, places)
    if slashed:
        if place is not None and value and _meant(page, i, first, last):
            _hurts(page, found, place)
        return
    if place is None or not _is_rated(norm, first, i):
        place = _owner(page, first, i, last, places)
    if place is None or not _meant(page, i, first, last):
        return
    start, end = page.words.start[i], page.words.end[i]
    if any(name == place.name and said.start < end and start < said.end for name, said in found.flat):
        return
    if is_extreme(page, start, end, i) or not _BEFORE.isdisjoint(norm[j : min(last, j + _NEAR)]):
        return
    found.say(place.name, int(value) if value == int(value) else value, "present", start, end)
    found.used(start, end)
    if value:
        _hurts(page, found, place)


def _in_region(norm: list[str], j: int, last: int, places: list[_Place]) -> _Place | None:
    """ "5 in the back": the region right behind a number."""
    if norm[j : j + 1] not in (["in"], ["for"]) or j >= last:
        return None
    for place in places:
        if j < place.i <= j + _NEAR and all(word in _OF_BODY for word in norm[j + 1 : place.i]):
            return place
    return None


def _is_rated(norm: list[str], first: int, i: int) -> bool:
    """Whether a word of rating opens what the number belongs to."""
    return not _RATED.isdisjoint(norm[first:i]) or norm[i - 1] in _ARTICLES


def _owner(page: Page, first: int, i: int, last: int, places: list[_Place]) -> _Place | None:
    """The region that a number rates, by what stands before it."""
    norm = page.words.norm
    scaled = norm[i + 1 : i + 4] in (["out", "of", "ten"], ["on", "a", "scale"], ["on", "the", "scale"])
    at = i
    while at > first and norm[at - 1] in _THIN and i - at < 8:
        at -= 1
    thin = norm[at:i]
    article = not _ARTICLES.isdisjoint(thin)
    before = [place for place in places if place.j <= at]
    beside = _beside(norm, at, before)
    if thin[-1:] == ["to"] or norm[i - 1] == "to":
        return _moved(norm, first, i, places)
    if norm[i] in ("one", "zero") and not (scaled or article):
        return None
    if beside is not None:
        put = "at" in thin and "put" in norm[first:at]
        if scaled or article or put or _rates(norm, first, at) or _is_listed(norm, places, last):
            return beside
        return None
    lead = norm[at - 1] if at > first else ""
    rated = lead in _RATED or (lead == "call" and article) or (lead == "put" and "at" in thin)
    if (rated or scaled or ("like" in thin and article)) and before and at - before[-1].j <= _FAR:
        return before[-1] if not _scored_between(page, before[-1].j, at) else None
    return None


def _rates(norm: list[str], first: int, at: int) -> bool:
    """Whether the sentence rates: "rates the back 5 and the leg 7", never the grade of a slip."""
    return any(norm[t] in _RATED and not (norm[t] == "grade" and norm[t - 1 : t] == ["a"]) for t in range(first, at))


def _scored_between(page: Page, start: int, end: int) -> bool:
    return any(page.words.norm[t].isdecimal() for t in range(start, end))


def _moved(norm: list[str], first: int, i: int, places: list[_Place]) -> _Place | None:
    """ "Leg pain up from 3 to 7": the score it went to."""
    if i - 3 < first or norm[i - 3] != "from" or not norm[i - 2].isdecimal() or int(norm[i - 2]) > _MOST:
        return None
    at = i - 3
    while at > first and norm[at - 1] in _MOVES | _THIN | {"has", "have", "had", "slowly", "steadily", "rather"}:
        at -= 1
    if _MOVES.isdisjoint(norm[at : i - 3]):
        return None
    place = _beside(norm, at, places)
    if place is None:
        return None
    told = place.j < at or place.hit.entry.get("kind") != "place" or place.i == first or norm[place.i - 1] in _OF_BODY
    return place if told else None


def _beside(norm: list[str], at: int, places: list[_Place]) -> _Place | None:
    """The region that ends right before a word: "the back", "the leg pain"."""
    ends = (at, at - 1) if norm[at - 1] in _ACHE else (at,)
    return next((place for end in ends for place in reversed(places) if place.j == end), None)


def _is_listed(norm: list[str], places: list[_Place], last: int) -> bool:
    """ "Neck 6, R arm 7, LB 4": two regions at least, one of the spine, each with its number and nothing more."""
    listed = [
        place
        for place in places
        if place.j < last
        and norm[place.j + (norm[place.j] in (":", "="))].isdecimal()
        and (norm[place.j + 1 + (norm[place.j] in (":", "="))] in _ENDS if place.j + 2 <= last - 1 else True)
    ]
    return len({place.name for place in listed}) >= _LEAST_LISTED and any(
        place.name in ("nrs_back", "nrs_neck") for place in listed
    )


def _meant(page: Page, i: int, first: int, last: int) -> bool:
    """Whether a score is this patient's and of now."""
    how = page.assertion(Hit(i, i + 1, {}), past=False)
    if how in ("hypothetical", "family", "planned", "uncertain"):
        return False
    near = page.words.norm[max(first, i - _NEAR) : i]
    return _NOT.isdisjoint(near) or ("than" in near and "no" in near)


def _hurts(page: Page, found: Found, place: _Place) -> None:
    if place.hit.entry.get("pain"):
        say_region(page, found, str(place.hit.entry["pain"]), place.hit)
