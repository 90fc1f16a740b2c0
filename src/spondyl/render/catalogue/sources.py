"""thresholds.md, evidence.md and conflicts.md: where the numbers and the rules come from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.knowledge import PROFILES, Ruleset
from spondyl.knowledge.rules import Conflict, Evidence
from spondyl.render.catalogue.telling import DEFAULT, MARK, Catalogue, names, rests_on, source, table

THRESHOLDS = """\
# Thresholds

Numbers with a name, a unit and a value per profile. `*` is an expert default, not verified. The profile
`source_documents` holds numbers of unreviewed text and is there for comparison only. A site writes its own numbers into
a folder: see [site-folder.md](../how-to/site-folder.md).
"""


SOURCES = """\
# Sources

What each source was seen to show, and how far it was read. A rule may cite a source only for that. Nothing here has
been reviewed by a clinician.
"""


CONFLICTS = """\
# Conflicts

Where sources disagree: every position, what is applied, and why. A plan names those that touch the case.
"""


MOST_CITING = 12


def used_by(rules: Ruleset) -> dict[str, list[str]]:
    """The rules whose conditions name each threshold."""
    found: dict[str, dict[str, None]] = {name: {} for name in rules.thresholds}
    for path, text in rules.texts.items():
        rule = ".".join(path.split(".")[:2])
        for word in re.findall(r"\w+", text):
            if word in found:
                found[word][rule] = None
    return {name: sorted(where) for name, where in found.items()}


def thresholds_page(page: Catalogue) -> str:
    """Every threshold with its number in each profile, as Markdown."""
    where = used_by(page.rules)
    parts = [
        MARK,
        THRESHOLDS,
    ]
    rows, sources = [], []
    for name, entry in sorted(page.rules.thresholds.items()):
        told = [
            f"{entry.values[profile]:g}{'*' if entry.sources.get(profile, DEFAULT) == DEFAULT else ''}"
            for profile in PROFILES
        ]
        rows.append((f"`{name}`", entry.title, entry.unit or "count", *told))
        cited: dict[str, list[str]] = {}
        for profile, one in entry.sources.items():
            if one != DEFAULT:
                cited.setdefault(one, []).append(profile)
        shown = (
            "; ".join(f"{source(one)} ({', '.join(profiles)})" for one, profiles in cited.items()) or "expert default"
        )
        sources.append((f"`{name}`", shown, entry.last_confirmed or "", names(where[name])))
    parts.append(table(("threshold", "what", "unit", *(f"`{profile}`" for profile in PROFILES)), rows))
    parts.append("## Where they come from\n\n" + table(("threshold", "source", "read on", "used by"), sources))
    return "\n".join(parts)


def citations(rules: Ruleset) -> dict[str, list[str]]:
    """The rules that cite each source."""
    found: dict[str, dict[str, None]] = {}
    listed: list[tuple[str, Mapping[str, Any]]] = [
        ("red_flags", rules.red_flags),
        ("generators", rules.generators),
        ("gates", rules.gates),
        ("imaging", rules.imaging),
        ("treatments", rules.treatments),
        ("revision", rules.revision),
        ("conflicts", rules.conflicts),
        *((kind, {rule.id: rule for rule in told}) for kind, told in rules.remarks.items()),
    ]
    for kind, several in listed:
        for name, rule in several.items():
            for one in rule.evidence:
                found.setdefault(one.source, {})[f"{kind}/{name}"] = None
    for name, threshold in rules.thresholds.items():
        for one in threshold.sources.values():
            found.setdefault(one, {})[f"thresholds: {name}"] = None
    return {name: sorted(where) for name, where in found.items()}


def evidence_page(page: Catalogue) -> str:
    """Every source with what it shows and who cites it, as Markdown."""
    where = citations(page.rules)
    parts = [
        MARK,
        SOURCES,
    ]
    for _, one in sorted(page.rules.evidence.items()):
        parts.append(one_source(page, one, where.get(one.id, [])))
    return "\n".join(parts)


def one_source(page: Catalogue, one: Evidence, cited: Sequence[str]) -> str:
    """A source: what kind, what it was seen to show, how far and when it was read, and who cites it."""
    tiers = page.rules.tables["wording"]["values"]["titles"]["tier"]
    links = [f"[link]({one.url})" if one.url else "", f"doi:{one.doi}" if one.doi else ""]
    told = [f"**{tiers.get(one.tier, one.tier)}**", one.authors, one.title, one.journal, str(one.year or ""), *links]
    more = f" and {len(cited) - MOST_CITING} more" if len(cited) > MOST_CITING else ""
    shown = ", ".join(cited[:MOST_CITING]) + more if cited else "nothing yet"
    checked = f"{one.checked}{f', {one.checked_on}' if one.checked_on else ''}"
    again = f" To be read again by {one.review_by}." if one.review_by else ""
    return (
        f"### {one.id}\n\n{'. '.join(part.rstrip('.') for part in told if part)}.\n\nShows: {one.shows}\n\n"
        f"Read: {checked}.{again} Cited by: {shown}.\n"
    )


def conflicts_page(page: Catalogue) -> str:
    """Every conflict with its positions and what is applied, as Markdown."""
    parts = [
        MARK,
        CONFLICTS,
    ]
    for name, one in sorted(page.rules.conflicts.items()):
        parts.append(f"## {name}\n\n{one_conflict(page, one)}")
    return "\n".join(parts)


def one_conflict(page: Catalogue, one: Conflict) -> str:
    """A conflict: its positions, what is applied, and why."""
    severities = page.rules.tables["wording"]["values"]["titles"]["severity"]
    parts = [f"{one.topic} ({severities.get(one.severity, one.severity)})\n"]
    for position in one.positions:
        rests = ", ".join(source(cited) for cited in position.sources) or "unreviewed text"
        parts.append(f"- `{position.id}`: {position.say} ({rests})")
    profiles = "".join(f" In `{profile}`: {says}." for profile, says in one.by_profile.items())
    parts.append(f"\n**Applied**: {one.applied.strip()}{profiles}\n\n**Why**: {one.why.strip()}\n")
    parts.append(f"Told when: {page.told(one.touches)}.\n\n{rests_on(one.evidence)}")
    return "\n".join(parts)
