"""docs/reference: vocabulary, rules, thresholds, sources and conflicts, for the people who review them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, assert_never

from spondyl.explain import Words
from spondyl.knowledge import PROFILES, Ruleset, load
from spondyl.knowledge.rules import (
    CheckFirst,
    Citation,
    FactEntry,
    Gate,
    Generator,
    Imaging,
    RedFlag,
    Remark,
    Treatment,
)
from spondyl.logic import FALSE, TRUE, And, AtLeast, Compare, Condition, FactIs, Has, In, Known, Not, Or, to_text

FOLDER = "docs/reference"
DEFAULT = "EXPERT-DEFAULT"
RULES = """\
# Rules

What the program concludes, from what, and what that rests on. The title of a rule is the name of its file in
`knowledge/`. Conditions are told in words; for red flags, generators and gates also as they are written.
[logic.md](logic.md) explains the language, [facts.md](facts.md) the names, [evidence.md](evidence.md) the sources. What
was not recorded is unknown, and unknown is neither side. "Expert default" is a choice without a source, not verified.

On this page: [red flags](#red-flags), [generators](#generators), [gates](#gates), [imaging](#imaging),
[treatments](#treatments), [revision options](#revision-options), [reviews](#reviews), [pitfalls](#pitfalls),
[prognosis](#prognosis), [prevention](#prevention), [outcomes](#outcomes), [referrals](#referrals).
"""
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
MARK = "<!-- Written by tools/generated/catalogue.py from knowledge/. Renew it with: make docs -->\n"
# A longer list of values stands in the schema of a case.
MOST_VALUES = 24
MOST_CITING = 12
_AT_LEAST = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than", "==": "exactly"}
_OPPOSITE = {">=": "<", ">": "<=", "<=": ">", "<": ">="}


class Catalogue:
    """The loaded rules with the words they are told in."""

    def __init__(self, rules: Ruleset) -> None:
        self.rules = rules
        self.words = Words(rules)
        met = Counter(check for gate in rules.gates.values() for check in gate.checks)
        self.common = [check for check, gates in met.items() if gates > 1]
        self.groups: Mapping[str, str] = rules.tables["wording"]["values"]["groups"]

    def tells(self, condition: Condition, inside: bool = False) -> str:
        """A condition in words; what stands inside another is put into parentheses where it would be read wrongly."""
        match condition:
            case FactIs(fact):
                return self.words.state(fact, TRUE)
            case Compare(fact, op, bound):
                return f"{self.words.label(fact)} {_AT_LEAST[op]} {self.bound(fact, bound)}"
            case In(fact, values):
                return f"{self.words.label(fact)}: {self.listed(fact, values)}"
            case Has(fact, member):
                return f"{self.words.label(fact)}: {self.words.value(fact, member)}"
            case Known(fact):
                return f"{self.words.label(fact)} is recorded"
            case Not(of):
                return self.denies(of)
            case And(parts):
                return _grouped(" and ".join(self.tells(part, inside=True) for part in parts), inside)
            case Or(parts):
                return _grouped(" or ".join(self.tells(part, inside=True) for part in parts), inside)
            case AtLeast(n, parts):
                return f"at least {n} of: {', '.join(self.tells(part, inside=True) for part in parts)}"
            case _:
                assert_never(condition)

    def denies(self, condition: Condition) -> str:
        """The opposite of a condition in words."""
        match condition:
            case FactIs(fact):
                return self.words.state(fact, FALSE)
            case Compare(fact, op, bound) if op in _OPPOSITE:
                return f"{self.words.label(fact)} {_AT_LEAST[_OPPOSITE[op]]} {self.bound(fact, bound)}"
            case In(fact, values):
                return f"{self.words.label(fact)}: not {self.listed(fact, values)}"
            case Has(fact, member):
                return f"{self.words.label(fact)}: no {self.words.value(fact, member)}"
            case Not(of):
                return self.tells(of)
            case _:
                return f"not ({self.tells(condition)})"

    def listed(self, fact: str, values: Iterable[str]) -> str:
        return " or ".join(self.words.value(fact, value) for value in values)

    def bound(self, fact: str, bound: str | float) -> str:
        unit = self.rules.types[fact].unit or ""
        if isinstance(bound, str):
            return f"{self.rules.thresholds[bound].values['guideline']:g} {unit}".strip() + f" (`{bound}`)"
        return f"{bound:g} {unit}".strip()

    def holds(self, when: Condition, unless: Condition | None = None) -> tuple[str, str]:
        """A condition in words and as it is written."""
        if unless is None:
            return self.tells(when), f"`{to_text(when)}`"
        return (
            f"{self.tells(when)}; **unless** {self.tells(unless)}",
            f"`{to_text(when)}` unless `{to_text(unless)}`",
        )

    def told(self, when: Condition, unless: Condition | None = None) -> str:
        """A condition in words alone, where the file has it in short."""
        return self.holds(when, unless)[0]


def _grouped(text: str, inside: bool) -> str:
    return f"({text})" if inside else text


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; nothing when it has no rows."""
    lines = ["| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines, ""]) if lines else ""


def source(name: str) -> str:
    return "expert default" if name == DEFAULT else name


def rests_on(evidence: Sequence[Citation]) -> str:
    """The sources of a rule, each with the parts it is cited for."""
    parts: dict[tuple[str, str], list[str]] = {}
    for one in evidence:
        parts.setdefault((one.source, one.role), []).append(one.supported)
    told = [
        f"{source(name)} ({'against: ' if role == 'contradicts' else ''}{', '.join(supported)})"
        for (name, role), supported in parts.items()
    ]
    return f"Rests on: {'; '.join(told)}.\n" if told else ""


def sentences(*parts: str | None) -> str:
    return " ".join(part.strip() for part in parts if part and part.strip()) + "\n"


def _names(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def red_flag(page: Catalogue, rule: RedFlag) -> Iterable[str]:
    yield sentences(rule.title + ".", rule.say, rule.act)
    words, text = page.holds(rule.in_play)
    yield f"Asked about when: {words}. {text}\n"
    rows = [(f"`{one.id}`", one.urgency, *page.holds(one.when, one.unless)) for one in rule.levels]
    yield table(("level", "urgency", "when", "as written"), rows)
    yield f"Then: {_names(rule.do)}. Frees waiting criteria of gates: {rule.bypass}.\n"
    yield from (f"- {say} ({source(name)})" for say, name in rule.weights)


def generator(page: Catalogue, rule: Generator) -> Iterable[str]:
    yield sentences(rule.title + ".", rule.explain, f"Harm of missing it: {rule.harm_of_missing}.")
    yield sentences(f"Onset: {rule.onset}." if rule.onset else None, f"Settled by: {rule.settle}")
    if rule.applies is not None:
        words, text = page.holds(rule.applies)
        yield f"Listed when: {words}. {text}\n"
    rows = [
        (f"`{one.id}`: {one.say}", one.strength.replace("_", " "), *page.holds(one.when, one.unless))
        for one in rule.arguments
    ]
    yield table(("argument", "strength", "when", "as written"), rows)
    yield from (f"- {say} ({source(name)})" for say, name in rule.figures)


def checks(page: Catalogue, listed: Iterable[CheckFirst]) -> str:
    """Contraindications: what closes a gate, and what settles the question otherwise."""
    rows = []
    for check in listed:
        words, text = page.holds(check.closed_when)
        if check.moot_when is not None:
            words += f"; settled when {page.tells(check.moot_when)}"
            text += f"; settled: `{to_text(check.moot_when)}`"
        rows.append((f"`{check.id}`: {check.label}", words, text))
    return table(("check first", "closes when", "as written"), rows)


def gate(page: Catalogue, rule: Gate) -> Iterable[str]:
    per = "once for the patient" if rule.per == "patient" else "for each region"
    yield sentences(rule.title + ".", f"A gate of the class {rule.kind}, judged {per}.", rule.note)
    if rule.applies is not None:
        words, text = page.holds(rule.applies)
        yield f"Judged when: {words}. {text}\n"
    rows = []
    for need in rule.required:
        rows.append((f"`{need.id}`: {need.label}", need.kind, *page.holds(need.when)))
        rows += [
            (f"`{need.id}` in `{profile}`", need.kind, *page.holds(when)) for profile, when in need.profiles.items()
        ]
    yield table(("needed", "kind", "when", "as written"), rows)
    own = [check for check in rule.checks if check not in page.common]
    yield checks(page, own)
    shared = [check.id for check in rule.checks if check in page.common]
    if shared:
        yield f"Check first also, as in every such gate: {_names(shared)}.\n"
    targets = []
    for target in rule.targets:
        words, text = page.holds(target.cause)
        if target.wait is not None:
            words += f"; wait: {page.tells(target.wait)}"
            text += f"; wait: `{to_text(target.wait)}`"
        targets.append((f"`{target.target}`", words, text))
    yield table(("for the cause", "when", "as written"), targets)
    yield table(("caution", "when", "as written"), [(f"`{c.id}`: {c.say}", *page.holds(c.when)) for c in rule.cautions])
    if rule.repeat:
        yield f"Again: {rule.repeat}\n"
    yield from (f"- {say} ({source(name)})" for say, name in rule.tell)


def imaging(page: Catalogue, rule: Imaging) -> Iterable[str]:
    yield sentences(f"{rule.title}.", f"When {page.told(rule.when, rule.unless)}.")
    rows = [
        (
            f"`{one.order}`",
            one.rating.replace("_", " ") + (", emergency" if one.emergency else ""),
            one.step,
            one.say,
        )
        for one in rule.orders
    ]
    rows += [(f"`{order}`", "not recommended", "", say) for order, say in rule.not_recommended]
    yield table(("order", "rating", "step", "says"), rows)


def treatment(page: Catalogue, rule: Treatment) -> Iterable[str]:
    guarded = f"Guarded by the gate `{rule.gate}`." if rule.gate else None
    tapered = "Never ended abruptly." if rule.taper_only else None
    yield sentences(f"{rule.title}.", f"Phase {rule.phase}, hazard: {rule.hazard}.", guarded, tapered)
    rows = [(f"`{one.id}`: {one.say}", one.status, page.told(one.when, one.unless)) for one in rule.offers]
    yield table(("offer", "status", "when"), rows)
    more = [("content", one.say, page.told(one.when, one.unless)) for one in rule.content]
    more += [("caution", one.say, page.told(one.when)) for one in rule.cautions]
    yield table(("", "says", "when"), more)


def remarks(page: Catalogue, rules: Sequence[Remark]) -> str:
    rows = [
        (
            f"`{rule.id}`: {rule.say}",
            page.told(rule.when, rule.unless),
            ", ".join(dict.fromkeys(source(one.source) for one in rule.evidence)),
        )
        for rule in sorted(rules, key=lambda rule: rule.id)
    ]
    return table(("says", "when", "rests on"), rows)


def revision(page: Catalogue) -> str:
    rows = []
    for name, rule in sorted(page.rules.revision.items()):
        told = [f"may bring: {say} ({source(cited)})" for _, say, cited in rule.benefits]
        told += [f"risk: {say} ({source(cited)})" for _, say, cited in rule.risks]
        rows.append((f"`{name}`", f"`{rule.target}`", "; ".join(told)))
    return table(("option", "for", "what it may bring and risk"), rows)


def rules_page(page: Catalogue) -> str:
    rules = page.rules
    parts = [
        MARK,
        RULES,
    ]
    kinds: list[tuple[str, str, Mapping[str, Any], Callable[[Catalogue, Any], Iterable[str]]]] = [
        ("Red flags", "red_flags", rules.red_flags, red_flag),
        ("Generators", "generators", rules.generators, generator),
        ("Gates", "gates", rules.gates, gate),
        ("Imaging", "imaging", rules.imaging, imaging),
        ("Treatments", "treatments", rules.treatments, treatment),
    ]
    for title, folder, listed, shown in kinds:
        parts.append(f"## {title}\n\nIn `knowledge/{folder}/`, one file each.\n")
        if folder == "gates":
            parts.append("Checked first in several gates:\n\n" + checks(page, page.common))
        for name, rule in sorted(listed.items()):
            parts.append(f"### {name}\n")
            parts += [part for part in shown(page, rule) if part.strip()]
            parts.append(("" if parts[-1].endswith("\n") else "\n") + rests_on(rule.evidence))
    parts.append(f"## Revision options\n\n{revision(page)}")
    for title, kind in [("Reviews", "follow_up"), *((kind.title(), kind) for kind in REMARKS)]:
        parts.append(f"## {title}\n\n{remarks(page, rules.remarks[kind])}")
    return "\n".join(parts)


REMARKS = ("pitfalls", "prognosis", "prevention", "outcomes", "referrals")


def values_of(entry: FactEntry) -> str:
    kind = entry.type
    if kind.values is None:
        return kind.kind
    if len(kind.values) > MOST_VALUES:
        return f"{kind.kind} of {len(kind.values)} values, see schemas/record/case.schema.json"
    return f"{kind.kind}: {', '.join(sorted(kind.values))}"


def span(low: float | None, high: float | None, unit: str | None) -> str:
    numbers = "" if low is None or high is None else f"{low:g} to {high:g}"
    return f"{numbers} {unit or ''}".strip()


def fact_row(name: str, entry: FactEntry) -> tuple[str, ...]:
    worse = entry.worse
    side = ", ".join(entry.alarming) or (
        "" if worse is None else {"True": "yes", "False": "no"}.get(f"{worse}", f"{worse}")
    )
    fresh = "" if entry.fresh_days is None else f"{entry.fresh_days:g} days"
    kind = entry.type
    meaning = entry.means + (f" *{entry.ask}*" if entry.ask else "")
    return f"`{name}`", values_of(entry), span(kind.low, kind.high, kind.unit), side, fresh, meaning


def definition(entry: Mapping[str, Any]) -> str:
    """The condition of a derived fact that is one; what the others are, their meaning says."""
    if entry["form"] != "holds":
        return ""
    unless = f" unless `{entry['unless']['t']}`" if "unless" in entry else ""
    return f"`{entry['body']['t']}`{unless}"


def facts_page(page: Catalogue) -> str:
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
        sources.append((f"`{name}`", shown, entry.last_confirmed or "", _names(where[name])))
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
    where = citations(page.rules)
    tiers = page.rules.tables["wording"]["values"]["titles"]["tier"]
    parts = [
        MARK,
        SOURCES,
    ]
    for name, one in sorted(page.rules.evidence.items()):
        links = [f"[link]({one.url})" if one.url else "", f"doi:{one.doi}" if one.doi else ""]
        told = [
            f"**{tiers.get(one.tier, one.tier)}**",
            one.authors,
            one.title,
            one.journal,
            str(one.year or ""),
            *links,
        ]
        cited = where.get(name, [])
        more = f" and {len(cited) - MOST_CITING} more" if len(cited) > MOST_CITING else ""
        shown = ", ".join(cited[:MOST_CITING]) + more if cited else "nothing yet"
        checked = f"{one.checked}{f', {one.checked_on}' if one.checked_on else ''}"
        parts.append(
            f"### {name}\n\n{'. '.join(part.rstrip('.') for part in told if part)}.\n\nShows: {one.shows}\n\n"
            f"Read: {checked}. Cited by: {shown}.\n"
        )
    return "\n".join(parts)


def conflicts_page(page: Catalogue) -> str:
    severities = page.rules.tables["wording"]["values"]["titles"]["severity"]
    parts = [
        MARK,
        CONFLICTS,
    ]
    for name, one in sorted(page.rules.conflicts.items()):
        parts.append(f"## {name}\n\n{one.topic} ({severities.get(one.severity, one.severity)})\n")
        for position in one.positions:
            rests = ", ".join(source(cited) for cited in position.sources) or "unreviewed text"
            parts.append(f"- `{position.id}`: {position.say} ({rests})")
        profiles = "".join(f" In `{profile}`: {says}." for profile, says in one.by_profile.items())
        parts.append(f"\n**Applied**: {one.applied.strip()}{profiles}\n\n**Why**: {one.why.strip()}\n")
        parts.append(f"Told when: {page.told(one.touches)}.\n\n{rests_on(one.evidence)}")
    return "\n".join(parts)


def pages() -> dict[str, str]:
    page = Catalogue(load())
    written = {
        "facts": facts_page(page),
        "rules": rules_page(page),
        "thresholds": thresholds_page(page),
        "evidence": evidence_page(page),
        "conflicts": conflicts_page(page),
    }
    return {f"{FOLDER}/{name}.md": re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in written.items()}
