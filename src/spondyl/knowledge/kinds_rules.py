"""The form of red flags, generators and gates, and what all rule files share."""

from __future__ import annotations

from spondyl.knowledge.shape import ANYTHING, Schema, choice, either, listing, of, record, table, text

PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")
URGENCIES = ("emergency", "urgent", "soon", "routine")
ID = text("id", pattern=r"^[a-z][a-z0-9_]*$", description="a name of small letters, digits and _")
CONDITION = text("condition")
WORDS = text("words")
NOTE = text()
CLAIM = text("claim", pattern=r"^S\d{3}-\d{2,3}$", description="the id of a claim, like S001-19")
PER = choice("patient", "region")
ONE_OR_MORE_TEXTS = either(text(), listing(text(), 1))

CITATION = record(
    {"source": text("source"), "for": ONE_OR_MORE_TEXTS},
    {
        "role": choice("supports", "contradicts"),
        "certainty": choice("not_rated", "high", "moderate", "low", "very_low"),
        "note": NOTE,
    },
)
SAID = record({"say": WORDS, "source": text("source")}, {"note": NOTE})
COUNTER = record({"fact": text("number_fact"), "need": either(of("number"), text("threshold"))})
BY_PROFILE = {
    "type": "object",
    "properties": dict.fromkeys(PROFILES, CONDITION),
    "additionalProperties": False,
}


def rule(key: str, required: dict[str, Schema], optional: dict[str, Schema], cases: Schema) -> Schema:
    """A file of one rule, which ends with its evidence and cases."""
    everywhere = {"note": NOTE, "claims": listing(CLAIM)}
    ends = {"evidence": listing(CITATION), "cases": listing(cases)}
    return record({key: ID, "title": WORDS, **required, **ends}, {**optional, **everywhere})


def case(expect: Schema, **more: Schema) -> Schema:
    """A patient, and what the rule then says."""
    optional = {"asks": listing(text("base_fact")), "note": NOTE, "look_alike": of("boolean"), **more}
    return record({"name": text(), "given": table(ANYTHING, keys="given"), "expect": expect}, optional)


RED_FLAG = rule(
    "red_flag",
    {
        "in_play": CONDITION,
        "levels": listing(
            record(
                {"urgency": choice(*URGENCIES), "when": CONDITION},
                {
                    "id": ID,
                    "unless": CONDITION,
                    "say": WORDS,
                    "note": NOTE,
                    "when_said": of("boolean"),
                    "do": listing(text("do"), 1),
                },
            ),
            1,
        ),
        "do": listing(text("do"), 1),
        "say": WORDS,
        "act": WORDS,
        "ask_say": WORDS,
        "bypass": choice("all", "finding", "emergency", "none"),
    },
    {
        "weights": listing(SAID),
        "settled_when": CONDITION,
        "settled_unless": CONDITION,
        "waits": of("boolean"),
        "asked_with": listing(text("red_flag"), 1),
        "ask_established": listing(text("base_fact"), 1),
    },
    case(
        choice("emergency", "urgent", "soon", "routine", "none", "excluded", "unknown"),
        basis=choice("precaution", "established"),
    ),
)

STRENGTHS = (
    "confirms",
    "strong",
    "moderate",
    "weak",
    "opposes_weak",
    "opposes_moderate",
    "opposes_strong",
    "excludes",
)
STANDINGS = ("confirmed", "supported", "possible", "opposed", "excluded", "not_assessed", "not_listed")
GENERATOR = rule(
    "generator",
    {
        "at": listing(choice("region", "segment"), 1),
        "site": choice("operated", "fused", "focus"),
        "harm_of_missing": choice("high", "moderate", "low"),
        "onset": WORDS,
        "arguments": listing(
            record(
                {"id": ID, "strength": choice(*STRENGTHS), "when": CONDITION, "say": WORDS},
                {"unless": CONDITION, "note": NOTE},
            ),
            1,
        ),
    },
    {
        "applies": CONDITION,
        "confirm_by": listing(text("order")),
        "confirm_by_block": listing(text("block")),
        "explain": WORDS,
        "settle": WORDS,
        "figures": listing(SAID),
    },
    case(choice(*STANDINGS), **{"for": listing(ID), "against": listing(ID)}),
)

GATE_CLASSES = ("drug", "needle", "surgery", "device", "imaging", "manual")
_CHECKED = {"id": ID, "label": WORDS, "closed_when": CONDITION}
_CHECKED_TOO = {
    "ask": listing(text("base_fact")),
    "because": text(),
    "moot_when": CONDITION,
    "targets": listing(text("generator")),
    "except_targets": listing(text("generator")),
    "note": NOTE,
}
CHECK = record(_CHECKED, _CHECKED_TOO)
COMMON_CHECK = record(
    _CHECKED,
    {
        **_CHECKED_TOO,
        "classes": listing(choice(*GATE_CLASSES)),
        "gates": listing(text("gate")),
        "except": listing(text("gate")),
    },
)
CAUTION = record({"id": ID, "when": CONDITION, "say": WORDS}, {"note": NOTE})
GATE_KINDS = ("wait", "conservative", "optimization", "cause", "concordance", "consent", "safety", "other")
TARGET = record(
    {"target": text("generator"), "cause": CONDITION},
    {
        "wait": CONDITION,
        "also": text(),
        "replaces": listing(text("criterion")),
        "profiles": BY_PROFILE,
        "cause_label": WORDS,
        "wait_label": WORDS,
        "wait_counter": COUNTER,
        "wait_ask": listing(text("base_fact")),
        "cause_ask": listing(text("base_fact")),
        "note": NOTE,
    },
)
GATE = rule(
    "gate",
    {
        "treatment": either(text("treatment"), of("null")),
        "class": choice(*GATE_CLASSES),
        "per": PER,
    },
    {
        "applies": CONDITION,
        "common": of("boolean"),
        "except": listing(text("criterion")),
        "required": listing(
            record(
                {"id": ID, "label": WORDS, "when": CONDITION, "kind": choice(*GATE_KINDS)},
                {
                    "ask": listing(text("base_fact")),
                    "counter": COUNTER,
                    "profiles": BY_PROFILE,
                    "note": NOTE,
                },
            )
        ),
        "check_first": listing(CHECK),
        "caution": listing(CAUTION),
        "targets": listing(TARGET),
        "repeat": WORDS,
        "tell": listing(SAID),
    },
    case(
        choice("open", "closed", "needs_data", "not_applicable"),
        because=text(),
        profile=choice(*PROFILES),
        target=text("generator"),
        criteria=table(choice("met", "not_met", "not_documented", "contradicted", "bypassed"), keys="criterion"),
    ),
)
COMMON_CHECKS = record(
    {"common_check_first": listing(COMMON_CHECK, 1)},
    {"note": NOTE, "evidence": listing(CITATION), "claims": listing(CLAIM)},
)
