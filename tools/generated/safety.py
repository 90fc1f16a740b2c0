"""docs/safety: hazards with what holds them, values nobody has confirmed, and the 13 source attributes."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from spondyl.knowledge import Ruleset, load
from spondyl.knowledge.rules import PROFILES
from spondyl.render.catalogue.naming import all_rules, rule_name
from spondyl.render.catalogue.rules import KINDS
from spondyl.render.catalogue.telling import DEFAULT, Catalogue, names, table

HOME = Path(__file__).resolve().parents[2]
FOLDER = "docs/safety"
MARK = "<!-- Written by tools/generated/safety.py. Renew it with: make docs -->\n"
HAZARDS = """\
# Hazards

What can harm a patient, why, how badly, what is done about it, and the test or proof that holds it. Proofs are
properties that `spondyl knowledge prove` shows for every possible patient. Written from [hazards.yaml](hazards.yaml).
"""
UNVERIFIED = """\
# Waiting for a clinician

Every value and every part of a rule that rests on no source, the most dangerous kinds first. The plan prints "expert
default, not verified" beside each. To confirm one: read a source, write it into `knowledge/evidence/`, cite it in the
rule or threshold, and note day and name in `knowledge/CHANGELOG.md`.
"""
ATTRIBUTES = """\
# Source attributes

The 13 source attributes of an evidence-based decision support intervention, 45 CFR 170.315(b)(11)(iv)(A), as far as
this project knows them. What it does not know is said. Written from the build.
"""
SEVERITY = {
    "catastrophic": "death or lasting loss",
    "serious": "harm that needs treatment",
    "moderate": "delay or discomfort",
    "minor": "inconvenience",
}
# Kinds of rules, those that can harm most directly first.
ORDER = ("red_flags", "gates", "treatments", "imaging", "generators", "revision", "follow_up", "referrals", "outcomes",
         "prognosis", "prevention", "pitfalls", "conflicts")  # fmt: skip
TITLES = {**dict(KINDS), "conflicts": "Conflicts"}


def hazards() -> list[dict[str, Any]]:
    """The hazards as they are written in hazards.yaml."""
    listed: list[dict[str, Any]] = YAML(typ="safe").load(HOME / FOLDER / "hazards.yaml")["hazards"]
    return listed


def tests_of(path: Path) -> set[str]:
    """The names of the tests of a file."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def properties() -> set[str]:
    """The names of the properties that are proved."""
    found: set[str] = set()
    for path in sorted((HOME / "src" / "spondyl" / "proof").glob("*.py")):
        found |= set(re.findall(r'\bProperty\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    return found


def hazards_page() -> str:
    parts = [MARK, HAZARDS, "| severity | means |\n|---|---|"]
    parts += [f"| {name} | {means} |" for name, means in SEVERITY.items()]
    order = list(SEVERITY)
    for one in sorted(hazards(), key=lambda one: (order.index(one["severity"]), one["id"])):
        parts.append(f"\n## {one['id']}. {one['hazard']}\n")
        parts.append(f"**Severity**: {one['severity']}. **Cause**: {one['cause']}\n\n**Control**: {one['control']}\n")
        parts += [f"- test `{test}`" for test in one["tests"]]
        parts += [f"- proof `{proof}`" for proof in one.get("proofs", ())]
    return "\n".join(parts) + "\n"


def numbers_in(condition: str) -> list[str]:
    """The numbers a condition compares with, as they are written."""
    return re.findall(r"(?:<=|>=|==|<|>)\s*(-?\d+(?:\.\d+)?)", condition)


def unverified_page(rules: Ruleset) -> str:
    page = Catalogue(rules)
    parts = [MARK, UNVERIFIED]
    rows = []
    for name, entry in sorted(rules.thresholds.items()):
        open_ = [profile for profile in PROFILES if entry.sources.get(profile, DEFAULT) == DEFAULT]
        if open_:
            same = len(open_) == len(PROFILES) and len(set(entry.values.values())) == 1
            told = ", ".join(f"{profile} {entry.values[profile]:g}" for profile in open_)
            told = f"all: {entry.values['guideline']:g}" if same else told
            rows.append((f"`{name}`", entry.title, entry.unit or "count", told))
    values = sum(
        entry.sources.get(profile, DEFAULT) == DEFAULT
        for entry in rules.thresholds.values()
        for profile in entry.values
    )
    parts.append(f"## Thresholds: {len(rows)} with {values} open values\n")
    parts.append(table(("threshold", "what", "unit", "profiles without a source"), rows))
    computed = []
    for name, entry in sorted(rules.derived.items()):
        texts = [text for path, text in rules.texts.items() if path.startswith(f"derived.{name}.")]
        found = [number for text in texts for number in numbers_in(text)]
        if found:
            computed.append((f"`{name}`", entry["means"], ", ".join(dict.fromkeys(found))))
    parts.append(f"## Numbers in computed facts: {len(computed)} facts\n\nComputed facts cite no source.\n")
    parts.append(table(("computed fact", "means", "numbers"), computed))
    gate = rules.tables["device_gate"]
    resting = [str(one["for"]) for one in gate["evidence"] if one["source"] == DEFAULT]
    parts.append(f"## The device gate of imaging: {len(resting)} parts\n")
    parts.append("\n".join(f"- {part}" for part in resting) + "\n")
    for kind in ORDER:
        parts += _kind(page, kind)
    return "\n".join(parts)


def _kind(page: Catalogue, kind: str) -> Iterable[str]:
    rows, open_parts = [], 0
    for found, name, rule in all_rules(page.rules):
        resting = [one.supported for one in rule.evidence if one.source == DEFAULT] if found == kind else []
        if not resting:
            continue
        alone = all(one.source == DEFAULT for one in rule.evidence)
        texts = [text for path, text in page.rules.texts.items() if path.startswith(f"{rule_name(kind, name)}.")]
        numbers = list(dict.fromkeys(number for text in texts for number in numbers_in(text)))
        open_parts += len(resting)
        rows.append((f"`{name}`", "; ".join(resting), "nothing else" if alone else "sources too", ", ".join(numbers)))
    if rows:
        yield f"## {TITLES[kind]}: {len(rows)} rules, {open_parts} parts\n"
        yield table(("rule", "parts that rest on no source", "rests on", "numbers in its conditions"), sorted(rows))


# ---- the 13 source attributes


# For each attribute about people: facts of the vocabulary that express it, as it is used here.
USES: Mapping[str, tuple[str, ...]] = {
    "Use of race": (),
    "Use of ethnicity": (),
    "Use of language": (),
    "Use of sexual orientation": (),
    "Use of gender identity": (),
    "Use of sex": ("sex", "pregnancy", "pregnancy_impossible", "prostate_enlargement"),
    "Use of date of birth": ("age_years",),
    "Use of social determinants of health": (
        "work_status", "unemployed_pain", "comp_litigation", "social_support_poor", "lives_alone", "nutrition_poor",
        "alcohol_heavy", "nicotine_status",
    ),
    "Use of health status assessments": (
        "odi_pct", "ndi_pct", "eq5d_index", "promis_pi_t", "promis_pf_t", "phq9", "phq9_item9", "gad7", "pcs", "tsk11",
        "startback_total", "dn4", "paindetect", "mjoa", "ort", "pgic", "nrs_back", "nrs_leg", "nrs_neck", "nrs_arm",
        "cognitive_impairment",
    ),
}  # fmt: skip
WORDS_NOT_THERE = ("race", "ethnicity", "sexual_orientation", "gender_identity", "language", "insurance", "religion")


def readers(rules: Ruleset, facts: Iterable[str]) -> dict[str, list[str]]:
    """The rules that read each fact, in a condition of their own."""
    found: dict[str, list[str]] = {}
    for fact in facts:
        pattern = re.compile(rf"(?<![\w.]){re.escape(fact)}(?![\w.])")
        reading = {".".join(path.split(".")[:2]) for path, text in rules.texts.items() if pattern.search(text)}
        found[fact] = sorted(reading)
    return found


def attributes_page(rules: Ruleset) -> str:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    sources = [one for one in rules.evidence.values() if one.tier not in ("expert_default", "seed")]
    read = sorted(one.checked_on for one in rules.evidence.values() if one.checked_on)
    again = sorted(one.review_by for one in rules.evidence.values() if one.review_by)
    years = sorted(one.year for one in sources if one.year)
    authors = ", ".join(str(one.get("name", "")) for one in project.get("authors", ()))
    developer = (
        authors or "The authors of Spondyl, as named in the file NOTICE; no company and no society stands behind it"
    )
    told = {
        "Bibliographic citation": (
            f"{len(sources)} sources, published {years[0]} to {years[-1]}, each with what it was seen to show and how "
            "far it was read: [evidence.md](../reference/evidence.md). Every statement of a plan names its own. What "
            "rests on no source is listed in [unverified.md](unverified.md)."
        ),
        "Developer": f"{developer}.",
        "Funding": (
            "Unknown. No funding is recorded for this project. Where funding of a source by industry was seen, its "
            "entry says so."
        ),
        "Release and revision dates": (
            f"Knowledge base {rules.version}; software {project['version']}. Sources were read from {read[0]} to "
            f"{read[-1]}, and are to be read again between {again[0]} and {again[-1]}. The day of release is that of "
            "the tag in the repository; revisions stand in `knowledge/CHANGELOG.md`. Reviewed by a clinician: no."
        ),
    }
    parts = [MARK, ATTRIBUTES]
    for number, (title, said) in enumerate(told.items(), 1):
        parts.append(f"## {number}. {title}\n\n{said}\n")
    for number, (title, facts) in enumerate(USES.items(), 5):
        parts.append(f"## {number}. {title}\n")
        if not facts:
            parts.append("Not used. The vocabulary has no such fact, so no rule can read it.\n")
            if title == "Use of language":
                parts.append(
                    "Notes are read in English. The locale chooses emergency numbers, units and spelling only.\n"
                )
            continue
        using = readers(rules, facts)
        rows = [(f"`{fact}`", rules.facts[fact].means, _shown(reading)) for fact, reading in using.items()]
        parts.append(table(("fact", "means", "read by"), rows))
        if title == "Use of date of birth":
            parts.append("A date of birth is turned into an age when a record is read; it is not kept in a plan.\n")
    return "\n".join(parts)


def _shown(reading: list[str], most: int = 8) -> str:
    if not reading:
        return "nothing: it is shown, and decides nothing"
    more = f" and {len(reading) - most} more" if len(reading) > most else ""
    return names(reading[:most]) + more


def pages() -> dict[str, str]:
    rules = load()
    written = {
        "hazards": hazards_page(),
        "unverified": unverified_page(rules),
        "source-attributes": attributes_page(rules),
    }
    return {f"{FOLDER}/{name}.md": re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in written.items()}
