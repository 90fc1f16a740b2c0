"""facts.md: every fact that can be recorded, and every one that is computed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from spondyl.knowledge.rules import FactEntry
from spondyl.render.catalogue.telling import MARK, Catalogue, table

FACTS = """\
# Facts

The names a case may use and a rule may ask for. The *alarming* side does not expire; the reassuring one counts as
unknown when it is older than *holds for*. In italics: the question that is asked. The field of an entry of a list is
`name.field` here, a key of the entry in a case, and `name.0.field` on the command line.
"""


COMPUTED = """\
## Computed

Computed from the others, for the patient or for the region or level (*focus*) that is judged. A name that also stands
above is filled in when nobody recorded it.
"""


# A longer list of values stands in the schema of a case.
MOST_VALUES = 24


SIDES = {"None": "", "True": "yes", "False": "no"}


def values_of(entry: FactEntry) -> str:
    """The type of a fact, with its values where they are few."""
    kind = entry.type
    if kind.values is None:
        return kind.kind
    if len(kind.values) > MOST_VALUES:
        return f"{kind.kind} of {len(kind.values)} values, see schemas/record/case.schema.json"
    return f"{kind.kind}: {', '.join(sorted(kind.values))}"


def span(low: float | None, high: float | None, unit: str | None) -> str:
    """The range of a number, with its unit."""
    numbers = "" if low is None or high is None else f"{low:g} to {high:g}"
    return f"{numbers} {unit or ''}".strip()


def fact_row(name: str, entry: FactEntry) -> tuple[str, ...]:
    """One row of the table of facts."""
    side = ", ".join(entry.alarming) or SIDES.get(str(entry.worse), str(entry.worse))
    fresh = "" if entry.fresh_days is None else f"{entry.fresh_days:g} days"
    kind = entry.type
    meaning = entry.means + (f" *{entry.ask}*" if entry.ask else "")
    return f"`{name}`", values_of(entry), span(kind.low, kind.high, kind.unit), side, fresh, meaning


def one_fact(page: Catalogue, name: str) -> str:
    """One fact, recorded or computed, as a page."""
    entry = page.rules.facts.get(name)
    if entry is None:
        derived = page.rules.derived[name]
        holds = definition(derived)
        told = f"Computed, a {derived['type']}. {derived['means']}.\n"
        return f"# {name}\n\n{told}" + (f"\nHolds when: {holds}.\n" if holds else "")
    heads = ("name", "type", "range and unit", "alarming", "holds for", "means")
    rows = [fact_row(name, entry), *(fact_row(f"{name}.{field}", part) for field, part in entry.fields.items())]
    return f"# {name}\n\n{table(heads, rows)}"


def definition(entry: Mapping[str, Any]) -> str:
    """The condition of a derived fact that is one; what the others are, their meaning says."""
    if entry["form"] != "holds":
        return ""
    unless = f" unless `{entry['unless']['t']}`" if "unless" in entry else ""
    return f"`{entry['body']['t']}`{unless}"


def facts_page(page: Catalogue) -> str:
    """The whole vocabulary as Markdown."""
    rules = page.rules
    parts = [
        MARK,
        FACTS,
    ]
    heads = ("name", "type", "range and unit", "alarming", "holds for", "means")
    for group, title in page.groups.items():
        rows = []
        for name, entry in rules.facts.items():
            if entry.group == group:
                rows.append(fact_row(name, entry))
                rows += [fact_row(f"{name}.{field}", part) for field, part in entry.fields.items()]
        if rows:
            parts.append(f"## {title}\n\n{table(heads, rows)}")
    parts.append(COMPUTED)
    derived = [
        (
            f"`{name}`",
            entry["type"] + (f", {entry['unit']}" if entry.get("unit") else ""),
            str(entry.get("per", "patient")),
            entry["means"],
            definition(entry),
        )
        for name, entry in sorted(rules.derived.items())
    ]
    parts.append(table(("name", "type", "per", "means", "holds when"), derived))
    return "\n".join(parts)
