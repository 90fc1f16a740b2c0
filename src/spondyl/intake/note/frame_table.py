"""Frames of the lexicon made ready: word classes as one tree of words, frames by the class they are looked up by.

It compiles; it never reads a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

_FORMS: Final = r"([A-Za-z]+)(\+\+?)(?![\w+])"
_BAR: Final = r"\|(?![^(\[{]*[)\]}])"
_VOWELS: Final = "aeiou"
WITHIN: Final = 8


def forms(phrase: str) -> str:
    """Write out the forms of a verb: "leak+" for its endings, "drip++" when the last letter doubles.

    >>> forms("leak+ urine"), forms("ooze+"), forms("drip++"), forms("carry+")
    ('leak|leaked|leaking urine', 'ooze|oozed|oozing', 'drip|dripped|dripping', 'carry|carried|carrying')
    """
    return re.sub(_FORMS, _forms, phrase)


def _forms(match: re.Match[str]) -> str:
    verb, doubled = match[1], match[2] == "++"
    if verb.endswith("e"):
        return f"{verb}|{verb}d|{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return f"{verb}|{verb[:-1]}ied|{verb}ing"
    stem = verb + verb[-1] if doubled else verb
    return f"{verb}|{stem}ed|{stem}ing"


def compile_frames(content: dict[str, Any], tree: Callable[[list[tuple[list[str], Any]]], Any]) -> dict[str, Any]:
    """The plain values of `frames.yaml`: the tree of class words, its ends, and the frames.

    Within a family the longest word wins, so that "cannot feel" is never also "feel". `tree` makes a tree of words of
    phrases and what each means.
    """
    numbers: dict[str, int] = {}
    phrases: list[tuple[list[str], Any]] = []
    for family, (_, classes) in enumerate(content.get("classes", {}).items()):
        for name, said in classes.items():
            numbers.setdefault(name, len(numbers))
            listed = re.split(_BAR, said) if isinstance(said, str) else said
            phrases.append(([forms(str(one)) for one in listed], [family, numbers[name]]))
    frames: list[dict[str, Any]] = []
    for frame in content.get("frames", ()):
        slots = [[numbers[name] for name in str(slot).split("|")] for slot in frame["all"]]
        told: dict[str, Any] = {
            key: value
            for key, value in frame.items()
            if key not in ("frame", "all", "none", "within", "least", "order", "across", "close", "between")
        }
        frames.append(
            {
                "entry": {"kind": "finding", "frame": frame["frame"], **told},
                "slots": slots,
                "none": [numbers[name] for name in frame.get("none", ())],
                "between": [numbers[name] for name in frame.get("between", ())],
                "within": frame.get("within", WITHIN),
                "order": bool(frame.get("order")),
                "across": bool(frame.get("across")),
                "least": frame.get("least", 0),
                "close": bool(frame.get("close")),
            }
        )
    nodes, ends = tree(phrases)
    return {"nodes": nodes, "ends": ends, "frames": frames}
