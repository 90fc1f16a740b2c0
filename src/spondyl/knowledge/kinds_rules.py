"""The form of each kind of rule file."""

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
        "strength": choice("strong", "conditional", "not_rated"),
        "note": NOTE,
    },
)
SAID = record({"say": WORDS, "source": text("source")}, {"note": NOTE, "id": ID})
COUNTER = record({"fact": text("number_fact"), "need": either(of("number"), text("threshold"))})
BY_PROFILE = {
    "type": "object",
    "properties": {profile: CONDITION for profile in PROFILES},
    "additionalProperties": False,
}


def _rule(key: str, required: dict[str, Schema], optional: dict[str, Schema], case: Schema) -> Schema:
    everywhere = {"note": NOTE, "claims": listing(CLAIM)}
    ends = {"evidence": listing(CITATION, 1), "cases": listing(case)}
    return record({key: ID, "title": WORDS, **required, **ends}, {**optional, **everywhere})


def _case(expect: Schema, **more: Schema) -> Schema:
    optional = {"asks": listing(text("base_fact")), "note": NOTE, "look_alike": of("boolean"), **more}
    return record({"name": text(), "given": table(ANYTHING, keys="given"), "expect": expect}, optional)


RED_FLAG = _rule(
    "red_flag",
    {
        "in_play": CONDITION,
        "levels": listing(
            record(
                {"urgency": choice(*URGENCIES), "when": CONDITION},
                {"id": ID, "unless": CONDITION, "say": WORDS, "note": NOTE},
            ),
            1,
        ),
        "do": listing(text("do"), 1),
        "say": WORDS,
        "act": WORDS,
        "ask_say": WORDS,
        "bypass": choice("all", "finding", "emergency", "none"),
    },
    {"weights": listing(SAID), "settle": WORDS, "explain": WORDS},
    _case(
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
GENERATOR = _rule(
    "generator",
    {
        "at": listing(choice("region", "segment"), 1),
        "site": choice("operated", "fused", "focus"),
        "harm_of_missing": choice("high", "moderate", "low"),
        "onset": WORDS,
        "arguments": listing(
            record(
                {"id": ID, "strength": choice(*STRENGTHS), "when": CONDITION, "say": WORDS},
                {"unless": CONDITION, "note": NOTE, "source": text("source")},
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
    _case(choice(*STANDINGS), **{"for": listing(ID), "against": listing(ID)}),
)

CHECK = record(
    {"id": ID, "label": WORDS, "closed_when": CONDITION},
    {
        "ask": listing(text("base_fact")),
        "because": text(),
        "moot_when": CONDITION,
        "targets": listing(text("generator")),
        "except_targets": listing(text("generator")),
        "except": listing(text("gate")),
        "gates": listing(text("gate")),
        "classes": listing(choice("drug", "needle", "surgery", "device", "imaging", "manual")),
        "say": WORDS,
        "note": NOTE,
        "source": text("source"),
    },
)
CAUTION = record(
    {"id": ID, "when": CONDITION, "say": WORDS}, {"unless": CONDITION, "note": NOTE, "source": text("source")}
)
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
GATE_CLASSES = choice("drug", "needle", "surgery", "device", "imaging", "manual")
GATE = _rule(
    "gate",
    {
        "treatment": either(text("treatment"), of("null")),
        "class": GATE_CLASSES,
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
                    "targets": listing(text("generator")),
                    "except_targets": listing(text("generator")),
                },
            )
        ),
        "check_first": listing(CHECK),
        "caution": listing(CAUTION),
        "targets": listing(TARGET),
        "repeat": WORDS,
        "tell": listing(SAID),
        "not_asked": listing(WORDS),
    },
    _case(
        choice("open", "closed", "needs_data", "not_applicable"),
        because=text(),
        profile=choice(*PROFILES),
        target=text("generator"),
        criteria=table(choice("met", "not_met", "not_documented", "contradicted", "bypassed"), keys="criterion"),
    ),
)
COMMON_CHECKS = record(
    {"common_check_first": listing(CHECK, 1)},
    {"title": WORDS, "note": NOTE, "evidence": listing(CITATION), "claims": listing(CLAIM), "caution": listing(CAUTION)},
)

RATINGS = ("usually_appropriate", "may_be_appropriate", "usually_not_appropriate", "contraindicated")
IMAGING = _rule(
    "imaging",
    {
        "per": PER,
        "when": CONDITION,
    },
    {
        "orders": listing(
            record(
                {"order": text("order"), "rating": choice(*RATINGS), "say": WORDS},
                {"step": choice("first", "second", "bridge"), "emergency": of("boolean"), "note": NOTE},
            )
        ),
        "unless": CONDITION,
        "not_recommended": listing(record({"order": text("order"), "say": WORDS}, {"note": NOTE})),
    },
    _case(
        either(
            table(choice("recommended", "not_recommended", "on_hold", "none", "contraindicated"), keys="order"),
            choice("none"),
        )
    ),
)

_HELD = record(
    {"id": ID, "modality": listing(text(), 1), "status": choice("recommended", "not_recommended", "on_hold"), "say": WORDS},
    {
        "when": CONDITION,
        "unless": CONDITION,
        "emergency": of("boolean"),
        "contrast": listing(choice("without_contrast", "with_contrast", "without_and_with_contrast")),
        "rating": choice(*RATINGS),
        "add_orders": listing(
            record({"order": text("order"), "rating": choice(*RATINGS)}, {"say": WORDS, "emergency": of("boolean")})
        ),
        "refer": listing(text("do")),
        "check_first": listing(text("base_fact")),
        "note": NOTE,
    },
)
DEVICE_GATE = record(
    {"device_gate": text(), "mri": listing(_HELD, 1), "contrast": listing(_HELD), "radiation": listing(_HELD)},
    {
        "title": WORDS,
        "note": NOTE,
        "evidence": listing(CITATION),
        "claims": listing(CLAIM),
        "cases": listing(
            record(
                {
                    "name": text(),
                    "given": table(ANYTHING, keys="given"),
                    "order": text("order"),
                    "expect": table(choice("recommended", "not_recommended", "on_hold"), keys="order"),
                },
                {
                    "emergency": of("boolean"),
                    "check_first": listing(text("base_fact")),
                    "refer": listing(text("do")),
                    "note": NOTE,
                },
            )
        ),
    },
)

STATUSES = ("start", "continue", "consider", "not_yet", "avoid", "taper", "reduce")
TREATMENT = _rule(
    "treatment",
    {
        "phase": of("integer", minimum=0, maximum=5),
        "per": PER,
        "gate": either(text("gate"), of("null")),
        "hazard": choice("none", "drug", "needle", "surgery", "device", "manual", "active"),
        "offers": listing(
            record(
                {"id": ID, "status": choice(*STATUSES), "when": CONDITION, "say": WORDS},
                {"unless": CONDITION, "capped": of("boolean"), "note": NOTE},
            ),
            1,
        ),
    },
    {
        "taper_only": of("boolean"),
        "cautions": listing(CAUTION),
        "content": listing(
            record({"say": WORDS}, {"id": ID, "when": CONDITION, "unless": CONDITION, "note": NOTE, "source": text("source")})
        ),
        "explain": WORDS,
        "figures": listing(SAID),
        "tell": listing(SAID),
    },
    _case(
        choice(*STATUSES, "stop", "none"),
        profile=choice(*PROFILES),
        gate=choice("open", "closed", "needs_data"),
        short=of("boolean"),
        contraindicated=of("boolean"),
    ),
)


SHOWN = choice("shown", "not_shown", "none", "unknown")


def remark(key: str) -> Schema:
    """A sentence that is said when it touches the case."""
    return _rule(
        key,
        {"per": PER, "when": CONDITION, "say": WORDS},
        {
            "unless": CONDITION,
            "direction": choice("better", "worse"),
            "days": of("integer", minimum=0, maximum=3660),
            "from_fact": text("date_fact"),
            "what": listing(WORDS),
            "figures": listing(SAID),
        },
        _case(SHOWN),
    )


EFFECT = record({"id": ID, "say": WORDS, "source": text("source")}, {"note": NOTE})
REVISION = _rule(
    "revision",
    {
        "option": text("revision_option"),
        "for": text("generator"),
        "benefits": listing(EFFECT),
        "risks": listing(EFFECT),
    },
    {"alternative": either(WORDS, of("null")), "when": CONDITION},
    _case(ANYTHING),
)

CONFLICT = record(
    {
        "conflict": ID,
        "topic": WORDS,
        "severity": choice("A", "B", "C"),
        "touches": CONDITION,
        "positions": listing(
            record(
                {"id": ID, "say": WORDS},
                {"sources": listing(text("source")), "claims": listing(CLAIM), "note": NOTE},
            ),
            2,
        ),
        "applied": text("position"),
        "why": WORDS,
        "cases": listing(_case(SHOWN)),
    },
    {
        "title": WORDS,
        "by_profile": table(text()),
        "evidence": listing(CITATION),
        "claims": listing(CLAIM),
        "note": NOTE,
    },
)
