"""Which kind of file stands where, the form it has, and the permanent names its ids come from."""

from __future__ import annotations

from dataclasses import dataclass

from spondyl.knowledge import kinds_plan as plan
from spondyl.knowledge import kinds_rules as rules
from spondyl.knowledge.identifiers import GATES, GENERATORS, RED_FLAGS
from spondyl.knowledge.kinds_claims import CLAIMS, COMPARED
from spondyl.knowledge.kinds_words import (
    CONSTRAINTS,
    DERIVED,
    DRUGS,
    EVIDENCE,
    FACTS,
    GUIDE,
    LEXICON,
    REGIONS,
    THRESHOLDS,
    WORDING,
)
from spondyl.knowledge.shape import Schema


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file. `key` names its id (a rule a file), or its list of entries when `entry` is set."""

    name: str
    key: str
    schema: Schema
    entry: str | None = None
    names: frozenset[str] | None = None
    after_triage: bool = False

    @property
    def is_rule(self) -> bool:
        """Whether a file is one rule, with the id of the file's name."""
        return self.entry is None and self.key != ""


KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("facts", "facts", FACTS, entry="fact"),
        Kind("derived", "derived", DERIVED, entry="fact"),
        Kind("constraints", "", CONSTRAINTS),
        Kind("regions", "", REGIONS),
        Kind("thresholds", "thresholds", THRESHOLDS, entry="threshold"),
        Kind("evidence", "evidence", EVIDENCE, entry="id"),
        Kind("red_flags", "red_flag", rules.RED_FLAG, names=RED_FLAGS),
        Kind("generators", "generator", rules.GENERATOR, names=GENERATORS),
        Kind("gates", "gate", rules.GATE, names=GATES, after_triage=True),
        Kind("common_checks", "", rules.COMMON_CHECKS, after_triage=True),
        Kind("imaging", "imaging", plan.IMAGING),
        Kind("device_gate", "", plan.DEVICE_GATE),
        Kind("treatments", "treatment", plan.TREATMENT, after_triage=True),
        Kind("follow_up", "follow_up", plan.remark("follow_up")),
        Kind("pitfalls", "pitfall", plan.remark("pitfall")),
        Kind("prognosis", "prognosis", plan.remark("prognosis")),
        Kind("prevention", "prevention", plan.remark("prevention")),
        Kind("outcomes", "outcome", plan.remark("outcome")),
        Kind("referrals", "referral", plan.REFERRAL),
        Kind("revision", "revision", plan.REVISION),
        Kind("conflicts", "conflict", plan.CONFLICT),
        Kind("compared", "", COMPARED),
        Kind("claims", "claims", CLAIMS, entry="claim"),
        Kind("edges", "", plan.EDGES),
        Kind("guide", "", GUIDE),
        Kind("wording", "", WORDING),
        Kind("drugs", "", DRUGS),
        Kind("lexicon", "", LEXICON),
    )
}

REMARKS = ("follow_up", "pitfalls", "prognosis", "prevention", "outcomes", "referrals")

_BY_PATH = {
    "derived/constraints.yaml": "constraints",
    "evidence/_compared.yaml": "compared",
    "derived/regions.yaml": "regions",
    "gates/_common.yaml": "common_checks",
    "imaging/_device_gate.yaml": "device_gate",
    "thresholds.yaml": "thresholds",
}
_NOT_FOLDERS = frozenset(_BY_PATH.values()) - {"thresholds"}


def kind_of(path: str) -> Kind | None:
    """The kind of a file by its path under the root, or None when nothing of that kind belongs there."""
    special = _BY_PATH.get(path)
    if special is not None:
        return KINDS[special]
    folder, _, name = path.partition("/")
    if folder in _NOT_FOLDERS or folder not in KINDS or not name.endswith(".yaml"):
        return None
    if "/" in name and folder not in ("wording", "lexicon", "drugs"):
        return None
    return KINDS[folder]
