"""How far a path is from its goal in one patient: what the search of decisive facts looks at before it searches."""

from __future__ import annotations

from spondyl.logic.paths import DONE, MOST_KEPT, Path, Weighed
from spondyl.logic.truth import UNKNOWN, Truth
from spondyl.logic.values import Facts, Values


class Weighing:
    """How far each path is from its goal in one patient, who must not change meanwhile.

    `touched`: bits of the facts that may be known; a path that reads none of them is weighed once for all patients.
    """

    def __init__(self, facts: Values, touched: int = -1) -> None:
        self.facts = facts
        self.touched = touched
        self._found: dict[Path, Weighed | None] = {}
        self._truths: dict[Path, tuple[Truth, ...]] = {}

    def truths(self, path: Path) -> tuple[Truth, ...]:
        """The truths of the leaves below a path that is prepared."""
        found = self._truths.get(path)
        if found is None:
            facts, touched = self.facts, self.touched
            found = self._truths[path] = tuple(
                [check(facts) if bit & touched else UNKNOWN for bit, check in path.leaves]
            )
        return found

    def weigh(self, path: Path) -> Weighed | None:
        """What it takes; None when nothing can bring the path to its goal."""
        if path.reads and not path.reads & self.touched:
            if path.blank is None:
                path.blank = (Weighing(_NOTHING).weigh(path),)
            return path.blank[0]
        found = self._found.get(path, _MISSING)
        if found is not _MISSING:
            return found
        if path.weights is not None:
            found = path.weights.get(self.truths(path), _MISSING)
        if found is _MISSING:
            found = self._weigh(path)
            if path.weights is not None:
                if len(path.weights) >= MOST_KEPT:
                    path.weights.clear()
                path.weights[self.truths(path)] = found
        self._found[path] = found
        return found

    def _weigh(self, path: Path) -> Weighed | None:
        if path.check is None:
            touched, weighed = self.touched, []
            for part in path.parts:
                known = part.blank
                one = self.weigh(part) if known is None or part.reads & touched else known[0]
                if one is not None:
                    weighed.append(one)
            return _of_parts(path.wanted, weighed)
        truth = path.check(self.facts)
        if truth is path.goal:
            return DONE
        if truth is not UNKNOWN:
            return None
        return path.opened if path.inner is None else self.weigh(path.inner)


_NOTHING = Facts()
_MISSING = Weighed(-1, 0, 0, 0, 0)


def _of_parts(wanted: int, found: list[Weighed]) -> Weighed | None:
    """What it takes to settle `wanted` of several parts."""
    if len(found) < wanted:
        return None
    if len(found) == 1 and wanted == 1:
        return found[0]
    forced = choice = price = support = least = 0
    for one in found:
        support |= one[4]
    if wanted == 1:
        best = found[0]
        forced, least = best[1], best[3]
        for one in found:
            forced &= one[1]
            if one[3] < least:
                least = one[3]
            if one[0] < best[0]:
                best = one
        return Weighed(best[0], forced, best[2], least, support)
    if wanted == len(found):
        taken = apart = 0
        for one in found:
            price += one[0]
            forced |= one[1]
            choice |= one[2]
            if one[3] > least:
                least = one[3]
            if not taken & one[4]:  # only parts without a common fact add up
                taken |= one[4]
                apart += one[3]
        return Weighed(price, forced, choice, max(least, apart, forced.bit_count()), support)
    for one in sorted(found, key=_price)[:wanted]:
        price += one[0]
        choice |= one[2]
    return Weighed(price, 0, choice, sorted([one[3] for one in found])[wanted - 1], support)


def _price(one: Weighed) -> int:
    return one[0]
