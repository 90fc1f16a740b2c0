"""The derived facts in an order in which they can be derived together: many truths in one call of compiled code.

What they come to is what `View` derives one by one; a test holds the two equal.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from spondyl.knowledge.code import Derived, derived, entries
from spondyl.logic import FALSE, TRUE, Value, Values, from_plain
from spondyl.timeline.forms import is_closed

if TYPE_CHECKING:
    from spondyl.timeline.derivations import Derivations
    from spondyl.timeline.view import View

# A function that puts derived truths into the values of a patient.
Holds: TypeAlias = Callable[[dict[str, "Value | None"]], None]
_MOST_WAYS = 1_000


class Single(NamedTuple):
    """One derived fact with its form."""

    name: str
    form: Mapping[str, Any]


class Entries(NamedTuple):
    """The facts that are TRUE when some entry of one list is such and such.

    `hold` and `may`: from the fields of an entry, the places of the facts it makes TRUE, and of those it may make TRUE.
    """

    listed: str
    names: tuple[str, ...]
    hold: Callable[[Values], list[int]]
    may: Callable[[Values], list[int]]


Step: TypeAlias = Single | Entries | Holds


class Way(NamedTuple):
    """What has to be derived where certain facts are in reach. `blank`: what nothing is recorded of, and the others."""

    steps: tuple[Step, ...]
    blank: Mapping[str, None]


class Ways:
    """The steps of one ruleset, and for each set of facts in reach those that are needed."""

    def __init__(self, derivations: Derivations) -> None:
        self.derivations = derivations
        self.forms = derivations.forms
        self.steps = self._ordered()
        self.stepped = 0
        for step in self.steps:
            for name in _names_of(step):
                self.stepped |= derivations.bits[name]
        self._ways: dict[int, Way] = {}

    def way(self, live: int) -> Way:
        """The steps for the derived facts in a set of bits. It depends on which facts are recorded, not on values."""
        live &= self.stepped
        found = self._ways.get(live)
        if found is None:
            if len(self._ways) >= _MOST_WAYS:
                self._ways.clear()
            found = self._ways[live] = self._way(live)
        return found

    def _way(self, live: int) -> Way:
        kept, unknown = [], list[str]()
        for step in self.steps:
            names = _names_of(step)
            if not names or any(self.derivations.bits[name] & live for name in names):
                kept.append(step)
            else:
                unknown += names
        return Way(tuple(kept), dict.fromkeys((*self.derivations.nothing, *unknown)))

    def _ordered(self) -> tuple[Step, ...]:
        """The derived facts in an order in which each comes after what it reads."""
        waiting, steps, done = list(self.forms), list[Step](), set[str]()
        while waiting:
            taken: list[str] = []
            for form in (False, True):
                together = [name for name in waiting if self._ready(name, done) and self._is_holds(name) is form]
                if form and together:
                    steps.append(derived([self._holds(name) for name in together]))
                elif together:
                    steps += self._of_entries([name for name in together if self._is_of_entries(name)])
                    steps += [Single(name, self.forms[name]) for name in together if not self._is_of_entries(name)]
                taken += together
                done.update(together)
            # What reads itself has no place in an order; it is derived where it is asked for.
            waiting = [name for name in waiting if name not in done] if taken else []
        return tuple(steps)

    def _ready(self, name: str, done: set[str]) -> bool:
        return all(inner in done or inner not in self.forms for inner in self.derivations.depends(name))

    def _is_holds(self, name: str) -> bool:
        return bool(self.forms[name]["form"] == "holds")

    def _is_of_entries(self, name: str) -> bool:
        """Whether a fact asks for any entry of a list and for nothing else."""
        form = self.forms[name]
        return form["form"] == "any_entry" and set(form["body"]) == {"list", "where"} and not form.get("false_when")

    def _of_entries(self, names: Sequence[str]) -> list[Entries]:
        by_list: dict[str, list[str]] = {}
        for name in names:
            by_list.setdefault(self.forms[name]["body"]["list"], []).append(name)
        made = []
        for listed, mine in by_list.items():
            hold, may = entries([from_plain(self.forms[name]["body"]["where"]["c"]) for name in mine])
            made.append(Entries(listed, tuple(mine), hold, may))
        return made

    def _holds(self, name: str) -> Derived:
        form = self.forms[name]
        when, unless, denied = (
            None if not form.get(part) else from_plain(form[part]["c"]) for part in ("body", "unless", "false_when")
        )
        assert when is not None
        return Derived(name, when, unless, denied)


def _names_of(step: Step) -> tuple[str, ...]:
    """The facts of a step; none for truths of the form `holds`, which are quick enough to be derived always."""
    if isinstance(step, Single):
        return (step.name,)
    return step.names if isinstance(step, Entries) else ()


def go(view: View, way: Way) -> None:
    """Put every derived fact into a view where it does not stand yet."""
    for step in way.steps:
        if isinstance(step, Single):
            if step.name not in view:
                view[step.name] = view.derive(step.name, step.form)
        elif isinstance(step, Entries):
            _any_entry(view, step)
        else:
            step(view)


def _any_entry(view: View, step: Entries) -> None:
    """TRUE where a certain entry is such; FALSE where the list is closed and none may be."""
    held: set[int] = set()
    may: set[int] = set()
    closed = is_closed(view, step.listed)
    for entry, values in view.bound(step.listed):
        if entry.sure:
            held.update(step.hold(values))
        if closed:
            may.update(step.may(values))
    for place, name in enumerate(step.names):
        if name not in view:
            view[name] = TRUE if place in held else FALSE if closed and place not in may else None
