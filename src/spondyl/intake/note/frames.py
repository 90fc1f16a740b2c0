"""Frames: words of several classes that together say a sign, in any order. It finds them; context judges them.

A frame holds when each of its slots is filled by a word of its classes, all within a few words of each other inside one
clause, and no word that speaks against it stands among them. Each word is looked at once and each frame only near the
words of its first slot, so the cost grows with the length of the note alone.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from itertools import accumulate
from typing import Any, Final

from .lexicon import FILLERS, LEAF, NUMBER, Lexicon
from .phrases import Hit
from .words import Words

Place = tuple[int, int]  # words i to before j
Paths = dict[tuple[int, ...], list[tuple[int, int, list[int]]]]
_COMMA: Final = 2
_TURN: Final = 30
_STOP: Final = 1000
_NEXT: Final = 3  # a sentence may answer the one before it, for the few frames that say so
_BREAKS: Final = frozenset(";")
_TURNS: Final = frozenset("but however although though except whereas otherwise".split())
_STEPS: Final = {**dict.fromkeys(FILLERS, 0), **dict.fromkeys((*_BREAKS, *_TURNS), _TURN), ",": _COMMA, "[": _TURN}
_DENIALS: Final = frozenset("no not without nor never isnt wasnt".split())
_BESIDE: Final = 3
_PASSED_OVER: Final = FILLERS | {"-"}
_MOST_SKIPPED: Final = 3


def find_frames(words: Words, lexicon: Lexicon) -> list[Hit]:
    """Every frame that holds, in the order of the note. Of frames that say the same of the same words one stays."""
    table = lexicon.tables["frames"]
    if not table["frames"]:
        return []
    cache = lexicon.cache
    places = _classes(words, table, cache.setdefault("alone", {}), cache.setdefault("paths", {}))
    if not places:
        return []
    live = _live(places, lexicon)
    if not live:
        return []
    inside, next_to = _distances(words)
    none: tuple[Place, ...] = ()
    found: list[tuple[int, int, int, Hit]] = []
    for frame_number in live:
        frame = table["frames"][frame_number]
        slots = frame["slots"]
        if len(slots) > 1 and not frame["order"] and not frame["least"]:  # begin with the rarest words of this note
            rare = fewest = 0
            for at, slot in enumerate(slots):
                count = 0
                for name in slot:
                    if name in places:
                        count += len(places[name])
                if not at or count < fewest:
                    rare, fewest = at, count
            if rare:
                slots = [slots[rare], *slots[:rare], *slots[rare + 1 :]]
        far = next_to if frame["across"] else inside
        for name in slots[0]:
            done = -1
            for anchor in places.get(name, none):
                if anchor[0] < done:
                    continue
                filled = _filled(words, frame, slots, anchor, places, far)
                if filled is None:
                    continue
                i, j = min(slot[0] for slot in filled), max(slot[1] for slot in filled)
                if _against(words, frame, i, j, filled, places, far):
                    continue
                done = j
                weight = sum(slot[1] - slot[0] for slot in filled)
                found.append((i, -weight, frame_number, Hit(i, j, frame["entry"], tuple(sorted(set(filled))))))
    found.sort(key=lambda one: one[:3])
    return [hit for _, _, _, hit in found]


def _live(places: dict[int, list[Place]], lexicon: Lexicon) -> list[int]:
    """The frames of which every slot has a word somewhere in the note."""
    wanted, asking = _slots(lexicon)
    held = frozenset(places)
    asked: set[int] = set()
    for name in asking.keys() & held:
        asked |= asking[name]
    live = []
    for number in asked:
        for classes in wanted[number]:
            if classes.isdisjoint(held):
                break
        else:
            live.append(number)
    live.sort()
    return live


def _slots(lexicon: Lexicon) -> tuple[list[list[frozenset[int]]], dict[int, frozenset[int]]]:
    """The classes that can fill each slot of each frame, and for each class the frames whose narrowest it fills."""
    held: tuple[list[list[frozenset[int]]], dict[int, frozenset[int]]] | None = lexicon.cache.get("slots")
    if held is None:
        wanted = [[frozenset(slot) for slot in frame["slots"]] for frame in lexicon.tables["frames"]["frames"]]
        asking: dict[int, set[int]] = {}
        for number, slots in enumerate(wanted):
            for name in min(slots, key=len):
                asking.setdefault(name, set()).add(number)
        held = lexicon.cache["slots"] = wanted, {name: frozenset(numbers) for name, numbers in asking.items()}
    return held


def _classes(words: Words, table: dict[str, Any], alone: dict[int, list[int]], paths: Paths) -> dict[int, list[Place]]:
    """Where words of each class stand. Within a family the leftmost and longest wins.

    `alone` remembers the classes of words that stand by themselves, `paths` those of words that follow each other.
    """
    norm, nodes, ends = words.norm, table["nodes"], table["ends"]
    root = nodes[0]
    places: defaultdict[int, list[Place]] = defaultdict(list)
    taken: dict[int, int] = {}
    covered = 0  # up to where a match of several words reaches
    boxes = "]" in words.places
    begins = list(map(root.get, norm))
    for first, last in words.bounds:
        for i in range(first, last):
            at = begins[i]
            if at is None:
                word = norm[i]
                if not word[0].isdigit() or NUMBER not in root:
                    continue
                at = root[NUMBER]
                at = nodes[at].get(word.lstrip("0123456789."), at)  # "550ml" is a number and its unit
            if boxes and norm[i - 1] == "]" and i - 2 >= first and norm[i - 2] == "[":
                continue  # an unticked box: its word says nothing
            node, t = nodes[at], i + 1
            following = norm[t] if t < last else ""
            if i >= covered and following not in node and following not in _PASSED_OVER and NUMBER not in node:
                numbers = alone.get(at)  # a word by itself
                if numbers is None:
                    numbers = alone[at] = list(dict.fromkeys(ends[end][1] for end in node.get(LEAF, ())))
                place = (i, t)
                for number in numbers:
                    places[number].append(place)
                continue
            path, skipped = [at], 0
            while t < last:
                word = norm[t]
                onward = node.get(word)
                if onward is None and word[0].isdigit():
                    onward = node.get(NUMBER)
                if onward is None:
                    if word not in _PASSED_OVER or skipped >= _MOST_SKIPPED:
                        break
                    skipped += 1
                    path.append(0)
                else:
                    node = nodes[onward]
                    path.append(onward)
                t += 1
            key = tuple(path)
            told = paths.get(key)
            if told is None:
                told = paths[key] = _along(path, table)
            for family, length, numbers in told:
                if i >= taken.get(family, 0):
                    j = taken[family] = i + length
                    covered = max(covered, j)
                    for number in numbers:
                        places[number].append((i, j))
    return places


def _along(path: list[int], table: dict[str, Any]) -> list[tuple[int, int, list[int]]]:
    """The families of the words along a path with the length and the classes of the longest match of each.

    A 0 stands for a word passed over; words passed over at the end are no part of a match.
    """
    nodes, ends = table["nodes"], table["ends"]
    best: dict[int, tuple[int, list[int]]] = {}
    for length, at in enumerate(path, 1):
        for end in nodes[at].get(LEAF, ()) if at else ():
            family, number = ends[end]
            held = best.get(family)
            if held is None or held[0] < length:
                best[family] = (length, [number])
            elif number not in held[1]:
                held[1].append(number)
    return [(family, length, numbers) for family, (length, numbers) in best.items()]


def _distances(words: Words) -> tuple[list[int], list[int]]:
    """How far each word lies along the note: inside a clause, and where the next sentence may count as well."""
    steps = [_STEPS.get(word, 1) for word in words.norm]
    for first, last in words.bounds:
        for i in range(first + 1, last):
            if steps[i] == _TURN and words.norm[i] in _TURNS and words.norm[i - 1] == "as":
                steps[i] = 1
    apart = list(steps)
    steps = [_NEXT if word in _BREAKS else step for word, step in zip(words.norm, steps, strict=True)]
    for first, _ in words.bounds[1:]:
        apart[first] += _STOP
        steps[first] += _NEXT
    return list(accumulate(apart)), list(accumulate(steps))


def _filled(
    words: Words,
    frame: dict[str, Any],
    slots: list[list[int]],
    anchor: Place,
    places: dict[int, list[Place]],
    far: list[int],
) -> list[Place] | None:
    """The nearest words for every slot of a frame around its anchor, or None."""
    if frame["least"] and not _enough(words, frame, anchor):
        return None
    chosen = [anchor]
    first, last = anchor
    within, order = frame["within"], frame["order"]
    lowest, highest = (first - 3 * within - 6, 0), (last + 3 * within + 6, 0)  # no more than three windows
    for slot in slots[1:]:
        best: Place | None = None
        least = within + 3
        for name in slot:
            held = places.get(name)
            if held is None:
                continue
            for at in range(bisect_left(held, lowest), len(held)):
                place = held[at]
                if place >= highest:
                    break
                low, high = place
                if order and low < chosen[-1][1]:
                    continue
                apart = far[(high if high > last else last) - 1] - far[low if low < first else first]
                if apart < least and not any(low < other[1] and other[0] < high for other in chosen):
                    least, best = apart, place
        if best is None:
            return None
        chosen.append(best)
    i, j = min(place[0] for place in chosen), max(place[1] for place in chosen)
    filled = sum(place[1] - place[0] for place in chosen)
    return chosen if far[j - 1] - far[i] - filled + len(chosen) <= within else None


def _denied(words: Words, i: int, slots: list[Place]) -> bool:
    """Whether a "no" of its own stands right before a word: "like plain water, not bloody, no smell"."""
    return any(
        words.norm[t] in _DENIALS and not any(first <= t < last for first, last in slots)
        for t in range(max(0, i - 2), i)
    )


def _enough(words: Words, frame: dict[str, Any], place: Place) -> bool:
    """Whether a number among the words of the anchor reaches what the frame asks; "1.2 l" counts as 1200."""
    for t in range(place[0], place[1]):
        word = words.norm[t]
        if word[0].isdigit():
            unit = word.lstrip("0123456789.")
            try:
                amount = float(word[: len(word) - len(unit)])
            except ValueError:
                return False
            liters = any(one in ("l", "liter", "litre") for one in (unit, *words.norm[t + 1 : place[1]]))
            return bool(amount * (1000 if liters else 1) >= frame["least"])
    return True


def _against(
    words: Words,
    frame: dict[str, Any],
    i: int,
    j: int,
    slots: list[Place],
    places: dict[int, list[Place]],
    far: list[int],
) -> bool:
    """Whether a word that speaks against the frame stands among its words, or right beside them; a denied one does not."""  # noqa: E501
    among = frame["between"]
    for name in [*frame["none"], *among] if among else frame["none"]:
        held = places.get(name)
        if not held:
            continue
        beside = 0 if frame["close"] or name in among else _BESIDE
        for place in held[bisect_left(held, (i - 6, 0)) : bisect_left(held, (j + 6, 0))]:
            if any(place[0] < slot[1] and slot[0] < place[1] for slot in slots) or _denied(words, place[0], slots):
                continue
            if place[1] <= i:
                if far[i] - far[place[1] - 1] <= beside:
                    return True
            elif place[0] >= j:
                if far[place[0]] - far[j - 1] <= beside:
                    return True
            else:
                return True
    return False
