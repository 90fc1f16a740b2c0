"""docs/reference: vocabulary, rules, thresholds, sources and conflicts, for the people who review them."""

from __future__ import annotations

import re

from spondyl.knowledge import load
from spondyl.render.catalogue.rules import rules_page
from spondyl.render.catalogue.sources import conflicts_page, evidence_page, thresholds_page
from spondyl.render.catalogue.telling import Catalogue
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
    }
    return {f"{FOLDER}/{name}.md": re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in written.items()}
