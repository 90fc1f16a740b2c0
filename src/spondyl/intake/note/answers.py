"""Answers of a form made plain: "Fever N, Chills N", "Fever (no) Chills (yes)", "Fever: Y [ ] N [x]", columns of Y, N.

Every character keeps its place. What is no answer of a list stays as it is; an item without an answer is unknown.
"""

from __future__ import annotations

import re
from typing import Final

from .lazy import Lazy

_ANSWER: Final = Lazy(
    r"(?P<gap>(?<=[\w/)])[ \t]*(?:[:=\u2013-][ \t]*|(?P<ask>\?)[ \t]*|(?P<open>[(\[])[ \t]*|[ \t]))"
    r"(?P<answer>no(?!\.[ \t]?\d)|yes|[ny])(?P<close>[ \t]*[)\]])?"
    r"(?=[ \t]*(?:[,;.\n|]|$)|[ \t]{2}|(?P<next>[ \t]+[^\W\d_]))",
    re.IGNORECASE,
)
_STOPS: Final = ".,;:?!|"
_MOST_WORDS: Final = 6
_LONGEST_ITEM: Final = 120
_LONGEST_WORD: Final = 24
_WORDS: Final = frozenset(("no", "yes", "n", "y"))
# An item that denies, tells or asks is a sentence; "N" beside a part of the examination is short for normal.
_SENTENCE: Final = Lazy(
    r"\b(?:no|not|denies|denied|without|said|says|answers|answered|is|are|was|were|has|had|to|he|she|they|i|power|tone"
    r"|sensation|reflex\w*|gait|coordination|strength|rom|heart|lungs|chest|abdomen|affect|tandem|level|grade|stage|type"
    r"|vitamin|if|or no|yes)\b",
    re.IGNORECASE,
)
_NEAR_ANSWER: Final = (
    " N,", " N;", " N.", " N ", " N\n", "(N)", "(n)", "(Y)", "(y)", "[N]", "[n]", "[Y]", "[y]", "(no)", "(No)", "(NO)",
    "(yes)", "(Yes)", "(YES)", " n,", " n;", " n ", " n\n", ":N", ":n", " no,", " No,", " NO,", " no;", " No;", " NO;",
    " no  ", " No  ", " NO  ", " No ", " NO ", " no\n", ":no", ":No", ":NO", "-n,", "-N,",
)  # fmt: skip
_BOX: Final = (
    r"(?:[(\[][ \t]*(?P<m{0}>[xX\u2713\u2714]?)[ \t]*[)\]]"
    r"|(?P<o{0}>[\u2610\u25a1])|(?P<f{0}>[\u2611\u2612\u25a0]))"
)
_PAIR: Final = Lazy(
    _BOX.format(1) + r"[ \t]?(?P<w1>yes|no|y|n)\b[ \t/,|]*" + _BOX.format(2) + r"[ \t]?(?P<w2>yes|no|y|n)\b",
    re.IGNORECASE,
)
_PAIR_BEHIND: Final = Lazy(
    r"\b(?P<w1>yes|no|y|n)[ \t]?:?[ \t]?" + _BOX.format(1) + r"[ \t/,|]*"
    r"\b(?P<w2>yes|no|y|n)[ \t]?:?[ \t]?" + _BOX.format(2),
    re.IGNORECASE,
)
_COLUMNS: Final = Lazy(
    r"(?mi)^[^\n\w]*(?:(?:symptoms?|item|question|finding|complaint|red[ -]?flags?|sign)s?\b[^\n\w]*)?"
    r"(?P<one>\b(?:yes|no|y|n)\b)[ \t|]+(?P<two>\b(?:yes|no|y|n)\b)[ \t|]*$"
)
_HEADS: Final = tuple(f"{word}{end}" for word in ("No", "NO", "no", "N", "Yes", "YES", "Y") for end in ("\n", " |"))
_MARK: Final = Lazy(r"(?<!\S)(?:[(\[]?(?:[xX\u2713\u2714])[)\]]?|[\u2611\u2612\u25a0])(?!\S)")
_VOID: Final = Lazy(r"[(\[][ \t]*[)\]]|[\u2610\u25a1]")
_RULE_LINE: Final = Lazy(r"[ \t|:+=-]*")


def answers(text: str) -> str:
    """The text with the answers of its lists made plain, of the same length.

    >>> answers("Fever N, Chills Y"), answers("Fever (no) Chills (yes)"), answers("Fever: Y [ ] N [x]")
    ('Fever:N; Chills:Y', 'Fever: no; Chills: yes ', 'Fever: no.        ')
    """
    if any(near in text for near in _NEAR_ANSWER):
        text = _lists(text)
    if "]" in text or "( )" in text or "\u2610" in text or "\u25a1" in text:
        text = _pairs(text)
    if any(head in text for head in _HEADS):
        text = _grids(text)
    if "lags n" in text:  # "Red flags negative (fever, weight loss)": the brackets hold what is denied
        for words in ("lags negative (", "lags neg ("):
            text = text.replace(words, words[:-1] + ":")
    return text


def _lists(text: str) -> str:
    changes: list[tuple[int, str]] = []
    waiting: list[tuple[int, str]] | None = None  # a line of one answer counts beside another answered line
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        told = _line(text, start, end)
        if len(told) > 1 or (told and waiting is not None):
            changes += [*(waiting or ()), *(change for one in told for change in one)]
            waiting = []
        else:
            waiting = told[0] if told else None
        start = end + 1
    return _with(text, changes)


def _line(text: str, start: int, end: int) -> list[list[tuple[int, str]]]:
    """For each answer of a line what it changes."""
    told: list[list[tuple[int, str]]] = []
    begin = start  # where the item of the next answer begins
    before: re.Match[str] | None = None
    for answer in _ANSWER.finditer(text, start, end):
        part = text[max(begin, answer.start() - _LONGEST_ITEM) : answer.start()]
        item = part[max(map(part.rfind, _STOPS)) + 1 :]
        name = item.strip(" \t-*\u2022")
        close, short = answer["close"], len(answer["answer"]) == 1
        loose = answer["next"] and not close and ":" not in answer["gap"] and not _capital(text, answer, end)
        if (
            loose
            or (answer["ask"] and not short)
            or (answer["open"] and not close)
            or not name
            or not name[0].isalpha()
            or len(name.split()) > _MOST_WORDS
            or _SENTENCE.search(name)
        ):
            if not loose:
                begin, before = answer.end(), None
            continue
        if before is not None and not text[before.end() : answer.start() - len(item)].strip(" \t,;."):
            stop = before.start("close") if before["close"] else before.end()
            if text[stop : stop + 1] in (",", " ", "\t", ")", "]") and text[stop:].lstrip(" \t)]")[:1] != ".":
                told[-1].append((stop, ";"))
        elif before is not None and before["close"]:
            told[-1].append((before.start("close"), " "))
        gap = answer["gap"]
        own = [(answer.start("gap"), gap if ":" in gap else ":" + " " * (len(gap) - 1))]
        if short:
            own.append((answer.start("answer"), answer["answer"].upper()))
        told.append(own)
        begin, before = answer.end(), answer
    if before is not None and before["close"]:
        told[-1].append((before.start("close"), " " * len(before["close"])))
    return told


def _capital(text: str, answer: re.Match[str], end: int) -> bool:
    """Whether a new item begins right behind the answer, on a line of answers: "Fever No Chills No"."""
    after = answer.end("answer")
    if not answer["answer"][0].isupper() or not text[after : min(end, after + _LONGEST_WORD)].lstrip()[:1].isupper():
        return False
    return text[max(after, end - _LONGEST_WORD) : end].split()[-1].strip(".").lower() in _WORDS


def _pairs(text: str) -> str:
    """ "Y [ ] N [x]": of two answers with a box each, the one that is marked."""
    changes: list[tuple[int, str]] = []
    taken: set[int] = set()
    for form in (_PAIR, _PAIR_BEHIND):
        for pair in form.finditer(text):
            first, second = (bool(pair[f"m{n}"] or pair[f"f{n}"]) for n in (1, 2))
            words = (pair["w1"].lower()[0], pair["w2"].lower()[0])
            if words[0] == words[1] or pair.start() in taken:
                continue
            chosen = "unknown" if first == second else {"n": "no", "y": "yes"}[words[0] if first else words[1]]
            if text[max(0, pair.start() - _LONGEST_WORD) : pair.start()].rstrip(" \t")[-1:] not in (":", "?"):
                chosen = ":" + chosen
            chosen = chosen + ";" if text[pair.end() : pair.end() + 1] not in (".", "\n", "") else chosen + "."
            if len(chosen) <= len(pair[0]):
                changes.append((pair.start(), chosen.ljust(len(pair[0]))))
                taken.add(pair.start())
    return _with(text, sorted(changes))


def _grids(text: str) -> str:
    """Lines below a heading "Yes  No" with a mark in one of the two columns."""
    changes: list[tuple[int, str]] = []
    done = 0
    for head in _COLUMNS.finditer(text):
        if head.start() < done:
            continue  # a row of the grid before it
        line = text.rfind("\n", 0, head.start("one")) + 1
        columns = {head["one"].lower()[0]: head.start("one") - line, head["two"].lower()[0]: head.start("two") - line}
        if len(columns) < 2:
            continue
        piped = "|" in head[0]
        start = text.find("\n", head.end())
        start = start + 1 if start >= 0 else len(text)
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            row = text[start:end]
            if _RULE_LINE.fullmatch(row) and row.strip():
                start = end + 1
                continue
            marks = list(_MARK.finditer(row))
            if len(marks) != 1 or not row.strip(" \t|")[:1].isalpha():
                if not row.strip() or not (_VOID.search(row) or marks or "|" in row):
                    break
                start = end + 1
                continue
            place = marks[0].start()
            if piped:
                cells = row[:place].count("|") - head[0][: head.start("two") - head.start()].count("|")
                said = head["two"] if cells >= 0 else head["one"]
            else:
                said = min(columns, key=lambda name: abs(columns[name] - place))
            name = row[: min(found.start() for found in (*_VOID.finditer(row), *marks))].rstrip(" \t|")
            told = name + ":" + {"n": "no", "y": "yes"}[said.lower()[0]] + "."
            if len(told) <= len(row):
                changes.append((start, told.ljust(len(row))))
            start = end + 1
        done = start
    return _with(text, changes)


def _with(text: str, changes: list[tuple[int, str]]) -> str:
    parts: list[str] = []
    at = 0
    for place, new in changes:
        parts += (text[at:place], new)
        at = place + len(new)
    return "".join([*parts, text[at:]]) if parts else text
