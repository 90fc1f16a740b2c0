"""The frames of the note reader: classes and facts that exist, and words that mean one thing. It reads no note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from spondyl.knowledge.gather import Source
from spondyl.knowledge.shape import nearest
from spondyl.knowledge.vocabulary import Names


def check_frames(sources: Iterable[Source], names: Names) -> None:
    """Frames name classes and facts that exist, and no word makes a frame say what another denies."""
    for source in sources:
        if source.kind.name == "lexicon" and isinstance(source.data, dict) and "frames" in source.data:
            _check(source, names)


def _check(source: Source, names: Names) -> None:
    words: dict[str, set[str]] = {}
    for family, members in source.data.get("classes", {}).items():
        for name, said in members.items():
            if name in words:
                source.refuse("K043", f"two classes are named '{name}'", "classes", family, name)
            words[name] = set(_words(said))
    seen: set[str] = set()
    for index, frame in enumerate(source.data["frames"]):
        for name in [*(name for slot in _slots(frame) for name in slot), *frame.get("none", ())]:
            if name not in words:
                source.refuse("K042", f"no class is named '{name}'", "frames", index, near=nearest(name, sorted(words)))
        for fact in frame.get("facts", {}):
            if fact not in names.base:
                message = f"'{fact}' is not a fact of the vocabulary"
                source.refuse("K042", message, "frames", index, near=nearest(fact, names.base))
        if str(frame.get("frame")) in seen:
            source.refuse("K043", f"two frames are named '{frame['frame']}'", "frames", index)
        seen.add(str(frame.get("frame")))
    _against_each_other(source, words)


def _against_each_other(source: Source, words: dict[str, set[str]]) -> None:
    """A frame that says a fact and one that denies it differ in more than a word that both take."""
    frames = list(enumerate(source.data["frames"]))
    for index, denying in frames:
        if not denying.get("denies"):
            continue
        for _, saying in frames:
            if saying.get("denies") or not set(saying.get("facts", {})) & set(denying.get("facts", {})):
                continue
            for word in sorted(_shared(_slots(saying), _slots(denying), words)):
                message = (
                    f"'{word}' fills '{saying['frame']}', which says it, and '{denying['frame']}', which denies it"
                )
                source.refuse("K043", message, "frames", index)


def _shared(saying: list[list[str]], denying: list[list[str]], words: dict[str, set[str]]) -> set[str]:
    """Words that fill the one slot in which two frames of two slots differ."""
    if len(saying) != 2 or len(denying) != 2:
        return set()
    found: set[str] = set()
    for one, other in ((0, 1), (1, 0)):
        for mine, yours in ((0, 1), (1, 0)):
            if set(saying[one]) & set(denying[mine]):
                found |= _all(saying[other], words) & _all(denying[yours], words)
    return found


def _all(slot: list[str], words: dict[str, set[str]]) -> set[str]:
    return {word for name in slot for word in words.get(name, ())}


def _slots(frame: dict[str, Any]) -> list[list[str]]:
    return [str(slot).split("|") for slot in frame.get("all", ())]


def _words(said: Any) -> Iterator[str]:
    """The plain words of a class: those without a form, a choice or a blank around them."""
    parts = said.split("|") if isinstance(said, str) else [part for one in said for part in _alone(str(one))]
    for part in parts:
        word = part.strip()
        if word and not set(word) & set("([{)]}#+"):
            yield word


def _alone(phrase: str) -> list[str]:
    """The choices of a phrase that is one word."""
    return [] if " " in phrase else phrase.split("|")
