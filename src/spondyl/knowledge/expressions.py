"""Parses every condition of a knowledge base, and puts the caret of a problem into the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

from spondyl.knowledge.gather import Source
from spondyl.knowledge.shape import Found, Path, nearest
from spondyl.knowledge.source import offset_in_file
from spondyl.knowledge.vocabulary import Names
from spondyl.logic import And, AtLeast, Condition, ExpressionError, Not, Or, Problem, Vocabulary, parse

PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# The entries of a list have a field `class`, a word that Python keeps for itself; the other is as long.
_KEYWORD, _STANDS_IN = re.compile(r"\bclass\b"), "klass"
# By path of the file and path in the file.
Conditions: TypeAlias = dict[tuple[str, Path], Condition]


def read_conditions(sources: Iterable[Source], names: Names) -> Conditions:
    """Every condition that can be read; problems are recorded in the documents."""
    before, after = names.vocabulary(), names.vocabulary(after_triage=True)
    conditions: Conditions = {}
    for source in sources:
        for found in source.found:
            if found.role == "condition":
                vocabulary = after if source.kind.after_triage else before
            elif found.role == "where":
                vocabulary = names.entry_vocabulary(list_of(source, found.path))
            else:
                continue
            condition = _read(source, found, vocabulary, names)
            if condition is not None:
                conditions[source.path, found.path] = condition
    return conditions


def list_of(source: Source, path: Path) -> str:
    """The list a condition on entries, or a field, belongs to: the `list` beside it."""
    data = source.data
    for part in path[:-1]:
        data = data[part]
    name = data.get("list") if isinstance(data, dict) else None
    return name if isinstance(name, str) else ""


def one_line(text: str) -> str:
    """An expression without the line breaks of the file."""
    return " ".join(text.split())


def _read(source: Source, found: Found, vocabulary: Vocabulary, names: Names) -> Condition | None:
    text = str(found.node.value)
    try:
        if found.role == "where":
            return _renamed(parse(_KEYWORD.sub(_STANDS_IN, text), vocabulary))
        return parse(text, vocabulary)
    except ExpressionError as error:
        for problem in error.problems:
            _record(source, found, problem, vocabulary, names)
    return None


def _renamed(condition: Condition) -> Condition:
    if isinstance(condition, Not):
        return Not(_renamed(condition.of))
    if isinstance(condition, And | Or | AtLeast):
        return replace(condition, of=tuple([_renamed(part) for part in condition.of]))
    return replace(condition, fact="class") if condition.fact == _STANDS_IN else condition


def _record(source: Source, found: Found, problem: Problem, vocabulary: Vocabulary, names: Names) -> None:
    document, text = source.document, str(found.node.value)
    start = offset_in_file(document, found.node, problem.start)
    end = offset_in_file(document, found.node, max(problem.start, problem.end - 1)) + 1
    code, message, near = problem.code, problem.message.replace(_STANDS_IN, "class"), problem.nearest
    word = text[problem.start : problem.end].strip()
    if code == "K103" and word in names.triage:
        code, near = "K031", None
        message = f"'{word}' is set by triage and can be read by gates and treatments only"
    elif code == "K103" and near is None:
        near = nearest(word, (*vocabulary.facts, *vocabulary.thresholds))
    document.refuse(code, message, start, max(end, start + 1), nearest=near)
