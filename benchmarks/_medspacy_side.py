"""The other side of benchmarks/medspacy.py: runs in an environment with medspaCy, notes in, assertions out."""

from __future__ import annotations

import json
import sys
import time


def main() -> None:
    import medspacy
    from loguru import logger
    from medspacy.target_matcher import TargetRule

    logger.remove()
    asked = json.load(sys.stdin)
    nlp = medspacy.load(
        medspacy_enable=["medspacy_pyrush", "medspacy_target_matcher", "medspacy_sectionizer", "medspacy_context"]
    )
    rules = [TargetRule(one["fact"], one["fact"], pattern=one["pattern"]) for one in asked["rules"]]
    nlp.get_pipe("medspacy_target_matcher").add(rules)
    nlp(asked["notes"][0])  # the first call prepares
    told = []
    began = time.process_time()
    for text in asked["notes"]:
        found = set()
        for entity in nlp(text).ents:
            mark = entity._
            if mark.is_family or mark.is_hypothetical:
                kind = "other"
            elif mark.is_negated:
                kind = "negated"
            else:
                kind = "uncertain" if mark.is_uncertain else "affirmed"
            fact, _, fixed = entity.label_.partition("#")
            found.add((fact, fixed if fixed and kind == "affirmed" else kind))
        told.append(sorted(found))
    seconds = time.process_time() - began
    json.dump(
        {"version": medspacy.__version__ if hasattr(medspacy, "__version__") else "", "told": told, "seconds": seconds},
        sys.stdout,
    )


if __name__ == "__main__":
    main()
