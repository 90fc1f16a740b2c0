"""Our phrases as token patterns of another tool, so that both readers look for the same words. For benchmarks only."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

HOME = Path(__file__).resolve().parent.parent
MOST = 4_000
_PIECE = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{\w+\}|\.\.\.|#|[^\s(){}\[\]]+")
GAP, NUMBER, GAP_WORDS = "...", "#", 3
ANY = {"IS_PUNCT": False}
Token = dict[str, Any]
Word = str | frozenset[str]


def patterns(facts: set[str]) -> list[dict[str, Any]]:
    """`{"fact", "pattern"}` for each way in which the knowledge base says one of these truths."""
    yaml = YAML(typ="safe")
    lexicon = [yaml.load(path) for path in sorted((HOME / "knowledge" / "lexicon").glob("*.yaml"))]
    groups = {name: members for one in lexicon for name, members in one.get("groups", {}).items()}
    spelling = {word: variants for one in lexicon for word, variants in one.get("spelling", {}).items()}
    made = []
    said: list[tuple[str, str]] = []
    for path in sorted((HOME / "knowledge" / "facts").glob("*.yaml")):
        for fact in yaml.load(path)["facts"]:
            if fact["fact"] in facts:
                said += [(fact["fact"], phrase) for phrase in fact.get("notes_say") or []]
    for one in lexicon:  # findings of the lexicon files that say exactly one truth
        for entry in one.get("finding", []):
            told = entry.get("facts") or {}
            plain = set(entry) <= {"say", "facts", "denies"}  # a sign that needs its result is no finding by itself
            if plain and len(told) == 1 and (name := next(iter(told))) in facts and told[name] is True:
                label = f"{name}#negated" if entry.get("denies") else name  # "gait normal" denies by itself
                said += [(label, phrase) for phrase in entry["say"]]
    for fact, phrase in said:
        for way in itertools.islice(_ways(str(phrase), groups), MOST):
            for tokens in itertools.product(*(_tokens(word, spelling) for word in way)):
                made.append({"fact": fact, "pattern": [token for part in tokens for token in part]})
    return made


def _ways(phrase: str, groups: dict[str, list[str]]) -> Iterator[list[Word]]:
    """Each way to say a phrase; words that may stand for each other in one place are one set."""
    choices = [_choices(piece, groups) for piece in _PIECE.findall(phrase)]
    for way in itertools.product(*choices):
        words = [word for part in way for word in part]
        if any(word not in (GAP, NUMBER) for word in words):
            yield words


def _choices(piece: str, groups: dict[str, list[str]]) -> list[list[Word]]:
    if piece in (GAP, NUMBER):
        return [[piece]]
    if piece[0] == "{":
        ways = [way for member in groups[piece[1:-1]] for way in _ways(str(member), groups)]
    elif piece[0] in "([":
        ways = [way for part in piece[1:-1].split("|") for way in _ways(part.strip(), groups)]
    else:
        ways = [[frozenset((word,))] for word in piece.split("|") if word]
    single = [way[0] for way in ways if len(way) == 1 and isinstance(way[0], frozenset)]
    merged: list[list[Word]] = [[frozenset(word for one in single for word in one)]] if single else []
    merged += [way for way in ways if len(way) > 1 or not isinstance(way[0], frozenset)]
    return [*merged, []] if piece[0] == "(" else merged


def _tokens(word: Word, spelling: dict[str, list[str]]) -> list[list[Token]]:
    """The tokens of one place, as that tool cuts words: `can't` is two, `self-harm` three."""
    if word == GAP:
        return [[ANY] * count for count in range(GAP_WORDS + 1)]
    if word == NUMBER:
        return [[{"LIKE_NUM": True}]]
    plain: set[str] = set()
    cut: list[list[Token]] = []
    for one in sorted(word):
        parts = re.findall(r"n't|\w+?(?=n't)|\w+|[^\w\s]", one.lower())
        if len(parts) == 1:
            plain |= {parts[0], *(str(other).lower() for other in spelling.get(parts[0], ()))}
            if len(parts[0]) > 3 and parts[0][-1] != "s":
                plain.add(f"{parts[0]}s")
        elif parts:
            cut.append([{"LOWER": part} for part in parts])
    return [*([[{"LOWER": {"IN": sorted(plain)}}]] if plain else []), *cut]
