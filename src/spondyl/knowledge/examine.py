"""Everything that can be said about a knowledge base before it is compiled: all problems of a run at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from spondyl.knowledge.checks_cases import check_cases
from spondyl.knowledge.checks_claims import check_claims
from spondyl.knowledge.checks_evidence import check_compared
from spondyl.knowledge.checks_frames import check_frames
from spondyl.knowledge.checks_names import check_ids, check_references, check_thresholds
from spondyl.knowledge.checks_phrases import check_phrases
from spondyl.knowledge.checks_reach import check_placeholders, check_reach
from spondyl.knowledge.checks_said import check_said
from spondyl.knowledge.checks_words import check_circles, check_dashes, check_evidence, check_groups
from spondyl.knowledge.diagnostics import Diagnostic
from spondyl.knowledge.expressions import Conditions, read_conditions
from spondyl.knowledge.gather import Gathered, gather
from spondyl.knowledge.kept import Kept
from spondyl.knowledge.load import REMEMBERED, checkout
from spondyl.knowledge.vocabulary import Names, names_of

SMALL = 50  # files


@dataclass(slots=True)
class Examined:
    """The files, the names they define, their conditions, and what is wrong."""

    gathered: Gathered
    names: Names
    conditions: Conditions
    diagnostics: tuple[Diagnostic, ...]

    @property
    def blocking(self) -> tuple[Diagnostic, ...]:
        """The problems that keep the base from being compiled."""
        return tuple(diagnostic for diagnostic in self.diagnostics if diagnostic.blocks)


def entries_of(gathered: Gathered, kind: str) -> list[Any]:
    """All entries of the files of a kind that holds lists."""
    found: list[Any] = []
    for source in gathered.of(kind):
        listed = source.data.get(source.kind.key) if isinstance(source.data, dict) else None
        found += listed if isinstance(listed, list) else []
    return found


def examine(root: Path, name: str | None = None, base: Mapping[str, Any] | None = None) -> Examined:
    """Reads and checks the files under `root`. `base`: the compiled base that a site adds to."""
    gathered = gather(root, name, kept_for(root))
    kinds = ("facts", "derived", "thresholds", "evidence")
    entries = {kind: [*_of_base(base, kind), *entries_of(gathered, kind)] for kind in kinds}
    names = names_of(entries)
    _merge_thresholds(names, base, entries_of(gathered, "thresholds"))
    for kind in ("gates", "treatments", "generators", "red_flags", "imaging"):
        names.rules[kind] = {str(rule["id"]) for rule in _of_base(base, kind)}
    site = base is not None
    check_ids(gathered, names, site)
    for source in gathered.sources:
        if source.kind.is_rule and source.id:
            names.rules.setdefault(source.kind.name, set()).add(source.id)
    conditions = read_conditions(gathered.sources, names)
    check_references(gathered, names)
    inherited = [str(entry["threshold"]) for entry in _of_base(base, "thresholds")] if site else None
    check_thresholds(gathered, names, inherited)
    check_reach(gathered.sources, conditions, names)
    check_placeholders(gathered.sources, conditions, names)
    check_circles(gathered.sources, conditions)
    check_evidence(gathered.sources, names)
    check_cases(gathered.sources, names)
    check_claims(gathered, names)
    check_compared(gathered)
    check_dashes(gathered.sources)
    check_frames(gathered.sources, names)
    check_phrases(gathered.sources)
    check_said(gathered.sources, site=site)
    check_groups(gathered.sources, base)
    found = {problem for document in gathered.documents for problem in document.problems}
    return Examined(gathered, names, conditions, tuple(sorted(found, key=lambda d: d.order)))


def kept_for(root: Path) -> Kept:
    """The nodes of files that were read before. Only the checkout's own base adds to them; a copy reads along.

    A small folder is read anew: that is quicker than looking through all that is remembered.
    """
    own = checkout()
    if own is None or len(list(islice(root.rglob("*.yaml"), SMALL))) < SMALL:
        return Kept()
    return Kept(REMEMBERED / "read.json", writes=root.resolve() == own)


def _of_base(base: Mapping[str, Any] | None, kind: str) -> list[Any]:
    return list(base[kind]) if base is not None else []


def _merge_thresholds(names: Names, base: Mapping[str, Any] | None, own: list[Any]) -> None:
    """A site may give a threshold for some profiles only; the others stay as they are."""
    for entry in _of_base(base, "thresholds"):
        values = {profile: float(number) for profile, number in entry["values"].items()}
        names.values[entry["threshold"]] = values | names.values.get(entry["threshold"], {})
        if entry["threshold"] in {one.get("threshold") for one in own if isinstance(one, dict)}:
            names.thresholds[entry["threshold"]] = entry.get("unit")


def check(root: Path, site: Path | None = None) -> list[Diagnostic]:
    """Every problem of a knowledge base, sorted by file and line; with `site`, those of a site's folder too."""
    found = list(examine(root).diagnostics)
    if site is not None and not any(diagnostic.blocks for diagnostic in found):
        from spondyl.knowledge.assemble import compile_knowledge

        found += examine(site, base=compile_knowledge(root)).diagnostics
    return found
