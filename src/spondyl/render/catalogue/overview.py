"""What the knowledge base holds, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.knowledge import Ruleset
from spondyl.render.catalogue.naming import SINGULAR, all_rules
from spondyl.render.catalogue.telling import DEFAULT, table

MORE = "More: `spondyl knowledge show` with `rules`, `facts`, `thresholds`, `evidence`, `claims` or `pathways`."


def numbers(rules: Ruleset, cases: Mapping[str, Any], registers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Version, hash, and counts by kind, tier of evidence and disposition of claims."""
    of_kind = Counter(kind for kind, _, _ in all_rules(rules))
    claims = [one for register in registers for one in register["claims"]]
    citations = [one for _, _, rule in all_rules(rules) for one in rule.evidence]
    return {
        "version": rules.version,
        "sha256": rules.sha256,
        "site": dict(rules.site) if rules.site else None,
        "rules": {kind: {"rules": of_kind[kind], "cases": _cases(cases, kind)} for kind in SINGULAR},
        "rules_in_all": of_kind.total(),
        "cases_in_all": sum(_cases(cases, kind) for kind in cases),
        "facts": len(rules.facts),
        "derived_facts": len(rules.derived),
        "thresholds": len(rules.thresholds),
        "unverified_threshold_values": sum(
            threshold.sources.get(profile, DEFAULT) == DEFAULT
            for threshold in rules.thresholds.values()
            for profile in threshold.values
        ),
        "evidence": dict(sorted(Counter(one.tier for one in rules.evidence.values()).items())),
        "citations": len(citations),
        "citations_of_expert_default": sum(one.source == DEFAULT for one in citations),
        "claims": {
            word: sum(one["disposition"] == word for one in claims) for word in ("encoded", "corrected", "left_out")
        },
        "literal_forms": sum(len(one.get("literal", ())) for one in claims),
    }


def _cases(cases: Mapping[str, Any], kind: str) -> int:
    return sum(len(listed) for listed in cases.get(kind, {}).values())


def overview_page(told: Mapping[str, Any], tiers: Mapping[str, str]) -> str:
    """The numbers as Markdown."""
    rows = [(f"`{kind}`", str(one["rules"]), str(one["cases"])) for kind, one in told["rules"].items()]
    rows.append(("in all", str(told["rules_in_all"]), str(told["cases_in_all"])))
    site = f" With the folder of a site: {told['site']['name']}, {told['site']['version']}." if told["site"] else ""
    claims = told["claims"]
    sources = [(tiers.get(tier, tier), str(count)) for tier, count in told["evidence"].items()]
    return "\n".join(
        [
            "# The knowledge base",
            "",
            f"Version {told['version']}, sha256 `{told['sha256'][:16]}`.{site}",
            "Nothing in it has been reviewed by a clinician yet.",
            "",
            table(("kind", "rules", "cases"), rows),
            table(
                ("also", "number"),
                [
                    ("facts that can be recorded", str(told["facts"])),
                    ("facts that are computed", str(told["derived_facts"])),
                    ("thresholds", str(told["thresholds"])),
                    ("values of thresholds that are expert default", str(told["unverified_threshold_values"])),
                    ("citations", str(told["citations"])),
                    ("of these, expert default", str(told["citations_of_expert_default"])),
                    ("claims encoded", str(claims["encoded"])),
                    ("claims corrected", str(claims["corrected"])),
                    ("claims left out", str(claims["left_out"])),
                    ("literal forms that must not happen", str(told["literal_forms"])),
                ],
            ),
            table(("sources by tier", "number"), sources),
            MORE,
            "",
        ]
    )
