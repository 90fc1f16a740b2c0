"""docs/reference: vocabulary, rules, thresholds, sources and conflicts, for the people who review them."""

from __future__ import annotations

import re

from spondyl.knowledge import load
from spondyl.render.catalogue.flow import pathways, to_mermaid
from spondyl.render.catalogue.rules import rules_page
from spondyl.render.catalogue.sources import conflicts_page, evidence_page, thresholds_page
from spondyl.render.catalogue.telling import MARK, Catalogue
from spondyl.render.catalogue.vocabulary import facts_page

FOLDER = "docs/reference"


def pages() -> dict[str, str]:
    told = Catalogue(load())
    written = {
        "facts": facts_page(told),
        "rules": rules_page(told),
        "thresholds": thresholds_page(told),
        "evidence": evidence_page(told),
        "conflicts": conflicts_page(told),
        "pathways": pathways_page(told),
    }
    return {f"{FOLDER}/{name}.md": re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in written.items()}


PATHWAYS = """\
# Pathways

Drawn from the rules. A pathway of a red flag or a generator: `spondyl knowledge show pathways red_flag.cauda_equina`.
An arrow without an end leads to the next question.
"""


def pathways_page(told: Catalogue) -> str:
    """The flowcharts of the whole and of each gate."""
    parts = [MARK, PATHWAYS]
    for name, draw in pathways(told).items():
        if name.partition(".")[0] in ("main", "triage", "imaging", "care", "gate"):
            drawn = draw()
            parts.append(f"## {name}: {drawn.title}\n\n{to_mermaid(drawn)}")
    return "\n".join(parts)
