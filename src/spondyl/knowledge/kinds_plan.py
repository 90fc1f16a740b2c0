"""The form of what follows from the findings: imaging, treatments, remarks, revision and conflicts."""

from __future__ import annotations

from spondyl.knowledge.identifiers import REFERRALS
from spondyl.knowledge.kinds_rules import (
    CAUTION,
    CITATION,
    CLAIM,
    CONDITION,
    ID,
    NOTE,
    PER,
    PROFILES,
    WORDS,
    case,
    rule,
)
from spondyl.knowledge.shape import ANYTHING, Schema, choice, either, listing, of, record, table, text

RATINGS = ("usually_appropriate", "may_be_appropriate", "usually_not_appropriate", "contraindicated")
IMAGING = rule(
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
    case(
        either(
            table(choice("recommended", "not_recommended", "on_hold", "none", "contraindicated"), keys="order"),
            choice("none"),
        )
    ),
)

_HELD = record(
    {
        "id": ID,
        "modality": listing(text(), 1),
        "status": choice("recommended", "not_recommended", "on_hold"),
        "say": WORDS,
    },
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
TREATMENT = rule(
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
            record(
                {"say": WORDS},
                {"id": ID, "when": CONDITION, "unless": CONDITION, "note": NOTE},
            )
        ),
    },
    case(
        choice(*STATUSES, "stop", "none"),
        profile=choice(*PROFILES),
        gate=choice("open", "closed", "needs_data"),
    ),
)


SHOWN = choice("shown", "not_shown", "none", "unknown")


def remark(key: str) -> Schema:
    """A sentence that is said when it touches the case."""
    return rule(
        key,
        {"per": PER, "when": CONDITION, "say": WORDS},
        {
            "unless": CONDITION,
            "direction": choice("better", "worse"),
            "days": of("integer", minimum=0, maximum=3660),
            "from_fact": text("date_fact"),
            "first": of("boolean"),
            "what": listing(WORDS),
        },
        case(SHOWN),
    )


REFERRAL = rule(
    "referral",
    {
        "per": PER,
        "when": CONDITION,
        "say": WORDS,
        "to": choice(*sorted(REFERRALS)),
        "urgency": choice("emergency", "urgent", "soon", "routine"),
    },
    {"unless": CONDITION},
    case(SHOWN),
)

EFFECT = record({"id": ID, "say": WORDS, "source": text("source")}, {"note": NOTE})
REVISION = rule(
    "revision",
    {
        "option": text("revision_option"),
        "for": text("generator"),
        "benefits": listing(EFFECT),
        "risks": listing(EFFECT),
    },
    {"alternative": either(WORDS, of("null"))},
    case(ANYTHING),
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
        "cases": listing(case(SHOWN)),
    },
    {
        "by_profile": table(text()),
        "evidence": listing(CITATION),
        "claims": listing(CLAIM),
        "note": NOTE,
    },
)

# Cases in which one condition or one step of a number decides; a file holds those of all rules of its kind.
EDGES = record(
    {
        "edges": table(
            listing(
                record(
                    {"name": text(), "given": table(ANYTHING, keys="given"), "expect": ANYTHING},
                    {
                        "note": text(),
                        "profile": choice(*PROFILES),
                        "target": text("generator"),
                        "gate": text(),
                        "order": text(),
                        "emergency": of("boolean"),
                        "basis": choice("precaution", "established"),
                        "in_play": of("boolean"),
                        "applies": of("boolean"),
                        **{key: listing(text()) for key in ("for", "against", "cautions", "content", "check_first")},
                        "criteria": table(choice("met", "not_met", "not_documented", "contradicted", "bypassed")),
                    },
                ),
                1,
            )
        )
    }
)
