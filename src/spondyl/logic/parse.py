"""Text to condition. Python's own grammar reads it; what is not in the language is refused, with its place."""

from __future__ import annotations

import ast
import difflib
import math
from collections.abc import Iterable
from dataclasses import dataclass

from spondyl.logic.nodes import And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or
from spondyl.logic.slips import slip
from spondyl.logic.vocabulary import FactType, Vocabulary

_OPS: dict[type[ast.cmpop], str] = {ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "=="}
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "=="}

# No rule comes near these; a hostile text stops here and not in the memory or the stack of the machine.
LONGEST = 20_000
DEEPEST = 60
_AS_SPACE = str.maketrans("\n\r\t\f", "    ")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong at `start` to `end` (offsets in the expression), and the nearest right name if there is one."""

    code: str
    message: str
    start: int
    end: int
    nearest: str | None = None


class ExpressionError(ValueError):
    """The expression cannot be read. `problems` has every reason, in order of place."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.start, p.code)))
        super().__init__("; ".join(problem.message for problem in self.problems))


def parse(text: str, vocabulary: Vocabulary, *, allow_known: bool = False) -> Condition:
    """The condition a text says.

    Raises ExpressionError with every problem: syntax (K101), what the language does not have (K102), unknown
    names (K103), wrong types (K104), unknown values (K105), comparisons that can never or always hold (K106),
    units that differ (K107), `known` where it is refused (K108).
    """
    if len(text) > LONGEST:
        raise ExpressionError([Problem("K101", f"a condition has at most {LONGEST} characters", LONGEST, len(text))])
    flat = text.translate(_AS_SPACE)
    indent = len(flat) - len(flat.lstrip(" "))
    try:
        tree = ast.parse(flat[indent:], mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        meant = slip(flat)
        if meant is not None:
            raise ExpressionError([Problem("K101", meant.message, meant.start, meant.end)]) from None
        offset = getattr(error, "offset", None)  # from 1; 0 when the text ends too early; None when there is no place
        column = len(text) if offset == 0 else indent + (offset or 1) - 1
        message = "this is not an expression; conditions are joined by and, or, not"
        raise ExpressionError([Problem("K101", message, min(column, len(text)), len(text))]) from None
    reader = _Reader(flat[indent:], indent, vocabulary, allow_known)
    reader.refuse_comment(tree.body)
    condition = reader.read(tree.body)
    if reader.problems or condition is None:
        raise ExpressionError(reader.problems)
    return condition


class _Reader:
    def __init__(self, text: str, indent: int, vocabulary: Vocabulary, allow_known: bool) -> None:
        self.text = text
        self.indent = indent
        self.depth = 0
        self.offsets = [indent + offset for offset in _code_points(text)]
        self.vocabulary = vocabulary
        self.allow_known = allow_known
        self.problems: list[Problem] = []

    def place(self, node: ast.AST) -> tuple[int, int]:
        start = self.offsets[getattr(node, "col_offset", 0)]
        return start, self.offsets[getattr(node, "end_col_offset", None) or len(self.offsets) - 1]

    def said(self, node: ast.AST) -> str:
        """The author's words at a node, cut where they are long."""
        start, end = self.place(node)
        words = self.text[start - self.indent : end - self.indent]
        return words if len(words) <= 40 else f"{words[:40]}..."

    def refuse(self, code: str, message: str, node: ast.AST, nearest: str | None = None) -> None:
        self.problems.append(Problem(code, message, *self.place(node), nearest))

    def refuse_comment(self, body: ast.expr) -> None:
        """The lines of a condition are joined, so a comment would swallow the rest of it without a word."""
        _, end = self.place(body)
        rest = self.text[end - self.indent :]
        if "#" in rest:
            start = end + rest.index("#")
            message = "a condition has no comments, which would hide what follows; write a note beside it"
            self.problems.append(Problem("K101", message, start, self.offsets[-1]))

    def read(self, node: ast.expr) -> Condition | None:
        if self.depth >= DEEPEST:
            self.refuse("K102", f"this is nested more than {DEEPEST} deep", node)
            return None
        self.depth += 1
        try:
            return self.read_form(node)
        finally:
            self.depth -= 1

    def read_form(self, node: ast.expr) -> Condition | None:
        match node:
            case ast.BoolOp(op=op, values=values):
                parts = [self.read(value) for value in values]
                known = tuple([part for part in parts if part is not None])
                if len(known) < len(parts):
                    return None
                return And(known) if isinstance(op, ast.And) else Or(known)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                inner = self.read(operand)
                return None if inner is None else Not(inner)
            case ast.Compare():
                return self.read_comparison(node)
            case ast.Call(func=ast.Name(id=name), args=args, keywords=[]):
                return self.read_call(name, args, node)
            case ast.Name() | ast.Attribute():
                fact = self.fact(node, "truth")
                return None if fact is None else FactIs(fact.name)
        meant = slip(self.said(node)) if isinstance(node, ast.BinOp) else None
        self.refuse("K102", meant.message if meant else "the language has no such form here", node)
        return None

    def fact(self, node: ast.expr, *kinds: str) -> FactType | None:
        name = _dotted(node)
        if name is None:
            self.refuse("K102", "a fact is expected here", node)
            return None
        fact = self.vocabulary.facts.get(name)
        if fact is None:
            near = _nearest(name, self.vocabulary.facts)
            self.refuse("K103", f"'{name}' is not a fact of the vocabulary", node, near)
            return None
        if kinds and fact.kind not in kinds:
            self.refuse("K104", f"'{name}' is a {fact.kind}; here a {' or '.join(kinds)} is needed", node)
            return None
        return fact

    def read_comparison(self, node: ast.Compare) -> Condition | None:
        if len(node.ops) != 1:
            self.refuse("K102", "write two comparisons joined by and", node)
            return None
        left, op, right = node.left, node.ops[0], node.comparators[0]
        if isinstance(op, ast.In | ast.NotIn):
            inner = self.read_membership(left, right)
            return Not(inner) if inner is not None and isinstance(op, ast.NotIn) else inner
        sign = _OPS.get(type(op))
        if sign is None:
            self.refuse("K102", "comparisons are < <= > >= == and in", node)
            return None
        if _number(left) is not None and _number(right) is None:
            left, right, sign = right, left, _TURNED[sign]
        fact = self.fact(left, "number")
        bound = self.bound(right, fact)
        if fact is None or bound is None:
            return None
        if isinstance(bound, float):
            self.check_range(fact, sign, bound, node)
        return Compare(fact.name, sign, bound)

    def bound(self, node: ast.expr, fact: FactType | None) -> float | str | None:
        number = _number(node)
        if number is not None:
            return number
        name = _dotted(node)
        if name is not None and name in self.vocabulary.thresholds:
            unit = self.vocabulary.thresholds[name]
            if fact is not None and unit != fact.unit:
                self.refuse("K107", f"'{name}' is in {unit}, '{fact.name}' in {fact.unit}", node)
            return name
        if name is not None and name in self.vocabulary.facts:
            self.refuse("K102", "two facts are compared only through a declared difference", node)
        else:
            near = _nearest(name or "", self.vocabulary.thresholds)
            self.refuse("K103", f"'{name or self.said(node)}' is neither a number nor a threshold", node, near)
        return None

    def check_range(self, fact: FactType, op: str, bound: float, node: ast.AST) -> None:
        if fact.low is None or fact.high is None:
            return
        never = {
            "<": bound <= fact.low,
            "<=": bound < fact.low,
            ">": bound >= fact.high,
            ">=": bound > fact.high,
            "==": not fact.low <= bound <= fact.high,
        }[op]
        always = {
            "<": bound > fact.high,
            "<=": bound >= fact.high,
            ">": bound < fact.low,
            ">=": bound <= fact.low,
            "==": fact.low == fact.high == bound,
        }[op]
        if never or always:
            word = "never" if never else "always"
            self.refuse("K106", f"'{fact.name}' lies in {fact.low:g} to {fact.high:g}: this {word} holds", node)

    def read_membership(self, left: ast.expr, right: ast.expr) -> Condition | None:
        fact = self.fact(left, "choice")
        if not isinstance(right, ast.Set):
            self.refuse("K102", "after in, a set in braces is needed: x in {a, b}", right)
            return None
        words = [self.word(item, fact) for item in right.elts]
        values = tuple(word for word in words if word is not None)
        if fact is None or len(values) < len(words):
            return None
        if fact.values is not None and set(values) >= fact.values:
            self.refuse("K106", f"these are all values of '{fact.name}': this always holds", right)
        return In(fact.name, tuple(dict.fromkeys(values)))

    def word(self, node: ast.expr, fact: FactType | None) -> str | None:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            word: str | None = node.value
        elif isinstance(node, ast.Constant) and node.value is None:
            word = "none"
        else:
            word = _dotted(node)
        if word is None:
            self.refuse("K102", "a value is a name, or a text in quotes", node)
        elif fact is not None and fact.values is not None and word not in fact.values:
            self.refuse("K105", f"'{word}' is not a value of '{fact.name}'", node, _nearest(word, fact.values))
        return word

    def read_call(self, name: str, args: list[ast.expr], node: ast.Call) -> Condition | None:
        if name == "has" and len(args) == 2:
            fact = self.fact(args[0], "set")
            member = self.word(args[1], fact)
            return None if fact is None or member is None else Has(fact.name, member)
        if name == "known" and len(args) == 1:
            if not self.allow_known:
                self.refuse("K108", "known() is not monotone and is refused in rules", node)
            fact = self.fact(args[0])
            return None if fact is None else Known(fact.name)
        if name == "at_least" and len(args) >= 2:
            count = _number(args[0])
            parts = [self.read(arg) for arg in args[1:]]
            if count is None or count != int(count) or not 1 <= count <= len(parts):
                self.refuse("K102", "at_least needs a whole number first, then that many conditions or more", args[0])
                return None
            known = tuple([part for part in parts if part is not None])
            return AtLeast(int(count), known) if len(known) == len(parts) else None
        near = _nearest(name, ("has", "known", "at_least"))
        self.refuse("K102", f"'{name}' with {len(args)} arguments is not in the language", node, near)
        return None


def _dotted(node: ast.expr) -> str | None:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join([node.id, *reversed(parts)]) if isinstance(node, ast.Name) else None


def _number(node: ast.expr) -> float | None:
    """A finite number; None for everything else, so that 1e999 and a thousand digits are refused as numbers."""
    sign = 1
    while isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        sign, node = -sign, node.operand
    if not isinstance(node, ast.Constant) or type(node.value) not in (int, float):
        return None
    try:
        number = float(node.value)  # type: ignore[arg-type]
    except OverflowError:
        return None
    return sign * number if math.isfinite(number) else None


def _nearest(word: str, words: Iterable[str]) -> str | None:
    found = difflib.get_close_matches(word, list(words), n=1, cutoff=0.6)
    return found[0] if found else None


def _code_points(text: str) -> list[int]:
    """Offset in code points for each offset in UTF-8 bytes, which is how `ast` counts."""
    offsets: list[int] = []
    for index, character in enumerate(text):
        offsets.extend([index] * len(character.encode("utf-8", "surrogatepass")))
    offsets.append(len(text))
    return offsets
