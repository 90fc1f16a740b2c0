"""Frames: words of several classes that together say a sign, in any order. It finds them; context judges them.

A frame holds when each of its slots is filled by a word of its classes, all within a few words of each other inside one
clause, and no word that speaks against it stands among them. Each word is looked at once and each frame only near the
words of its first slot, so the cost grows with the length of the note alone.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import Any, Final

from .lexicon import FILLERS, LEAF, NUMBER, Lexicon
from .phrases import Hit
from .words import Words

Place = tuple[int, int]  # words i to before j
_COMMA: Final = 2
_TURN: Final = 30
_STOP: Final = 1000
_NEXT: Final = 3  # a sentence may answer the one before it, for the few frames that say so
_BREAKS: Final = frozenset(";")
_TURNS: Final = frozenset("but however although though except whereas otherwise".split())
_STEPS: Final = {**dict.fromkeys(FILLERS, 0), **dict.fromkeys((*_BREAKS, *_TURNS), _TURN), ",": _COMMA}
_DENIALS: Final = frozenset("no not without nor never isnt wasnt".split())
_BESIDE: Final = 3
_PASSED_OVER: Final = FILLERS | {"-"}
_MOST_SKIPPED: Final = 3


def find_frames(words: Words, lexicon: Lexicon) -> list[Hit]:
    """Every frame that holds, in the order of the note. Of frames that say the same of the same words one stays."""
    table = lexicon.tables["frames"]
    if not table["frames"]:
        return []
    places = _classes(words, table, lexicon.cache.setdefault("alone", {}))
    if not places:
        return []
    inside, next_to = _distances(words)
    wanted, asking = _slots(lexicon)
    held = frozenset(places)
    found: list[tuple[int, int, int, Hit]] = []
    for frame_number in sorted({number for name in held for number in asking.get(name, ())}):
        frame = table["frames"][frame_number]
        if any(classes.isdisjoint(held) for classes in wanted[frame_number]):
            continue
        slots = frame["slots"]
        if len(slots) > 1 and not frame["order"] and not frame["least"]:  # begin with the rarest words of this note
            rare = min(range(len(slots)), key=lambda at: sum(len(places.get(name, ())) for name in slots[at]))
            slots = [slots[rare], *slots[:rare], *slots[rare + 1 :]]
        far = next_to if frame["across"] else inside
        for name in slots[0]:
            done = -1
            for anchor in places.get(name, ()):
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


def _slots(lexicon: Lexicon) -> tuple[list[list[frozenset[int]]], dict[int, list[int]]]:
    """The classes that can fill each slot of each frame, and for each class the frames whose narrowest it fills."""
    held: tuple[list[list[frozenset[int]]], dict[int, list[int]]] | None = lexicon.cache.get("slots")
    if held is None:
        wanted = [[frozenset(slot) for slot in frame["slots"]] for frame in lexicon.tables["frames"]["frames"]]
        asking: dict[int, list[int]] = {}
        for number, slots in enumerate(wanted):
            for name in min(slots, key=len):
                asking.setdefault(name, []).append(number)
        held = lexicon.cache["slots"] = wanted, asking
    return held


def _classes(words: Words, table: dict[str, Any], alone: dict[int, list[tuple[int, int]]]) -> dict[int, list[Place]]:
    """Where words of each class stand. Within a family the leftmost and longest wins.

    `alone` remembers the families and classes of words that stand by themselves.
    """
    norm, nodes, ends = words.norm, table["nodes"], table["ends"]
    root = nodes[0]
    places: dict[int, list[Place]] = {}
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
            node, t, skipped = nodes[at], i + 1, 0
            following = norm[t] if t < last else ""
            if following not in node and following not in _PASSED_OVER and NUMBER not in node:
                found = alone.get(at)  # a word by itself
                if found is None:
                    found = alone[at] = list(dict.fromkeys((*ends[end],) for end in node.get(LEAF, ())))
                place = (i, t)
                for family, number in found:
                    if i >= covered or i >= taken.get(family, 0):
                        if number in places:
                            places[number].append(place)
                        else:
                            places[number] = [place]
                continue
            best: dict[int, tuple[int, list[int]]] = {}
            passed = False
            while True:
                for end in () if passed else node.get(LEAF, ()):  # words passed over at the end are no part of it
                    family, number = ends[end]
                    held = best.get(family)
                    if held is None or held[0] < t:
                        best[family] = (t, [number])
                    elif held[0] == t and number not in held[1]:
                        held[1].append(number)
                if t >= last:
                    break
                word = norm[t]
                following = node.get(word)
                if following is None and word[0].isdigit():
                    following = node.get(NUMBER)
                if following is None:
                    if word in _PASSED_OVER and skipped < _MOST_SKIPPED:
                        skipped += 1
                        t += 1
                        passed = True
                        continue
                    break
                node = nodes[following]
                passed = False
                t += 1
            for family, (j, numbers) in best.items():
                if i >= taken.get(family, 0):
                    taken[family] = j
                    covered = max(covered, j)
                    for number in numbers:
                        places.setdefault(number, []).append((i, j))
    return places


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
    chosen = [anchor]
    if frame["least"] and not _enough(words, frame, anchor):
        return None
    for slot in slots[1:]:
        best: tuple[int, Place] | None = None
        for name in slot:
            for place in _near(places.get(name, ()), anchor, frame["within"]):
                if any(place[0] < held[1] and held[0] < place[1] for held in chosen):
                    continue
                if frame["order"] and place[0] < chosen[-1][1]:
                    continue
                low, high = min(place[0], anchor[0]), max(place[1], anchor[1]) - 1
                apart = far[high] - far[low]
                if apart <= frame["within"] + 2 and (best is None or apart < best[0]):
                    best = (apart, place)
        if best is None:
            return None
        chosen.append(best[1])
    i, j = min(place[0] for place in chosen), max(place[1] for place in chosen)
    filled = sum(place[1] - place[0] for place in chosen)
    return chosen if far[j - 1] - far[i] - filled + len(chosen) <= frame["within"] else None


def _near(places: Any, anchor: Place, within: int) -> list[Place]:
    """The places of a class around an anchor; no more words apart than three windows."""
    low = bisect_left(places, (anchor[0] - 3 * within - 6, 0))
    high = bisect_left(places, (anchor[1] + 3 * within + 6, 0))
    near: list[Place] = list(places[low:high])
    return near


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
