"""The form of the files that are no rules: facts, derived facts, thresholds, sources, tables and words."""

from __future__ import annotations

from spondyl.knowledge.kinds_rules import CLAIM, CONDITION, ID, NOTE, PROFILES, WORDS
from spondyl.knowledge.shape import ANYTHING, Schema, choice, either, listing, of, record, table, text

DOTTED = r"^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*$"
FACT_NAME = text("id", pattern=DOTTED, description="a name of small letters, digits, _ and dots")
TYPES = choice("truth", "number", "date", "choice", "set", "list")
FRESH = text(pattern=r"^(none|P(\d+[DWMY])+|PT\d+H)$", description="a duration like P7D, or none")
WORSE = either(of("boolean"), text())
VALUES = either(listing(text(), 1), text())
RANGE: Schema = {**listing(of("number"), 2), "maxItems": 2}
UNIT = either(text(), of("null"))
PERS = choice(
    "patient", "surgery", "study", "treatment", "medicine", "device", "region", "myotome", "lab_series", "focus"
)

_TYPED: dict[str, Schema] = {"values": VALUES, "range": RANGE, "unit": UNIT}
_ASK = either(text(), record({"clinician": text()}, {"patient": text()}))
FIELD = record(
    {"field": text(), "type": TYPES, "means": text()},
    {
        **_TYPED,
        "worse": WORSE,
        "fresh_for": FRESH,
        "label": text(),
        "alarming": listing(text()),
        "reassuring": listing(text()),
        "ask": _ASK,
        "ask_patient": text(),
        "notes_say": listing(text()),
        "codes": listing(ANYTHING),
        "note": NOTE,
    },
)
FACTS = record(
    {
        "facts": listing(
            record(
                {"fact": FACT_NAME, "type": TYPES, "per": PERS, "worse": WORSE, "means": text()},
                {
                    **_TYPED,
                    "fresh_for": FRESH,
                    "label": text(),
                    "group": text(),
                    "alarming": listing(text()),
                    "reassuring": listing(text()),
                    "ask": _ASK,
                    "ask_patient": text(),
                    "notes_say": listing(text()),
                    "said_with": listing(text("fact")),
                    "codes": listing(ANYTHING),
                    "fhir": ANYTHING,
                    "fields": listing(FIELD),
                    "note": NOTE,
                },
            ),
            1,
        )
    },
    {"section": text(), "title": text(), "note": NOTE},
)

# The forms in which a fact may be computed. The timeline has one function for each.
FORMS = (
    "holds",
    "any_entry",
    "any_member",
    "any_of",
    "block",
    "by_region",
    "change",
    "choice_by_region",
    "concordance",
    "count_entries",
    "count_of",
    "days_between",
    "difference",
    "entered_or",
    "focus",
    "latest_date",
    "latest_entry",
    "max_entry",
    "max_of",
    "members",
    "min_entry",
    "min_of",
    "months_between",
    "ratio_drop",
    "recorded",
    "recorded_since",
    "region_member",
    "same_as",
    "segment",
    "series",
    "sum_entries",
    "sum_product",
    "triage",
    "weeks_between",
)
# Texts in a form: `where` and `not_followed_by` are conditions over the fields of its list.
_BODY: dict[str, Schema] = {
    "list": text("list_fact"),
    "where": text("where"),
    "not_followed_by": text("where"),
    "field": text("field"),
    "date": text("field"),
}
_ENTRIES: Schema = {"type": "object", "properties": _BODY, "additionalProperties": True}
_FORM: Schema = either(text(), listing(either(text("fact"), _ENTRIES)), _ENTRIES)
DERIVED = record(
    {
        "derived": listing(
            record(
                {"fact": FACT_NAME, "type": TYPES, "per": PERS, "worse": WORSE, "means": text()},
                {
                    **_TYPED,
                    **dict.fromkeys(FORMS, _FORM),
                    "holds": CONDITION,
                    "unless": CONDITION,
                    "false_when": CONDITION,
                    "same_as": text("fact"),
                    "fills": of("boolean"),
                    "fresh_for": FRESH,
                    "label": text(),
                    "group": text(),
                    "source": text("source"),
                    "note": NOTE,
                },
            ),
            1,
        )
    },
    {"section": text(), "note": NOTE},
)

CONSTRAINTS = record({"constraints": listing(either(text(), table(ANYTHING)))}, {"note": NOTE})
REGIONS: Schema = {"type": "object", "additionalProperties": True}

THRESHOLDS = record(
    {
        "thresholds": listing(
            record(
                {
                    "threshold": text("id", pattern=r"^[a-z][a-z0-9_]*$"),
                    "values": table(of("number", minimum=0), keys="profile"),
                },
                {
                    "title": WORDS,
                    "unit": UNIT,
                    "sources": table(text("source"), keys="profile"),
                    "last_confirmed": either(
                        text(pattern=r"^\d{4}-\d\d-\d\d$", description="a day like 2026-11-22"), of("null")
                    ),
                    "claims": listing(CLAIM),
                    "note": NOTE,
                },
            ),
            1,
        )
    },
    {"title": text(), "note": NOTE},
)

TIERS = (
    "guideline",
    "systematic_review",
    "trial",
    "observational",
    "case_report",
    "narrative_review",
    "payer",
    "pathway",
    "regulator",
    "terminology",
    "expert_default",
    "seed",
)
_MAYBE = either(text(), of("null"))
EVIDENCE = record(
    {
        "evidence": listing(
            record(
                {
                    "id": text("id", pattern=r"^[A-Z0-9][A-Za-z0-9-]*$", description="an id like GIRFT-CES-2023"),
                    "title": text(),
                    "tier": choice(*TIERS),
                    "shows": text(),
                    "checked": text(),
                },
                {
                    **dict.fromkeys(("authors_short", "journal", "doi", "pmid", "pmcid", "kind", "url"), _MAYBE),
                    "year": either(of("integer"), of("null")),
                    "checked_on": _MAYBE,
                    "review_by": _MAYBE,
                    "also_seen": ANYTHING,
                    "metadata_from_memory_unverified": ANYTHING,
                    "note": NOTE,
                },
            ),
            1,
        )
    },
    {"note": NOTE},
)

_CLASSED = record({"classes": listing(text(), 1)})
_DRUG = record(
    {"drug": text("id"), **_CLASSED["properties"], "serotonergic": of("boolean"), "source": text("source")},
    {
        **dict.fromkeys(("brands", "names", "routes", "mme_routes"), listing(text())),
        **dict.fromkeys(("taper_only", "long_term_taper", "counted", "ignore_times_per_day"), of("boolean")),
        "mme_factor": of("number"),
        "mme_unit": text(),
        "default_route": text(),
        "note": NOTE,
    },
)
_COMBINATION = record(
    {"combination": text(), "ingredients": listing(text(), 1)},
    {"strength_order": listing(text()), "brands": listing(text()), "names": listing(text()), "note": NOTE},
)
_BY_FACT = table(either(text("fact"), listing(text("fact")), of("null")))
DRUGS = record(
    {},
    {
        "drugs": listing(_DRUG, 1),
        "combinations": listing(_COMBINATION, 1),
        "classes": table(record({"title": text(), "treatment_type": _MAYBE}, {"note": NOTE})),
        "class_facts": _BY_FACT,
        "drug_facts": _BY_FACT,
        **dict.fromkeys(
            (
                "drug_treatment_types",
                "route_classes",
                "dose_classes",
                "duration_classes",
                "serotonergic_not_counted",
                "never_stopped",
                "treatment_groups",
                "note",
            ),
            ANYTHING,
        ),
    },
)
# The patient's guide. `rules` are rules it restates ("gate.nsaid"), `leaflet` says when a leaflet repeats a statement.
GUIDE = record(
    {
        "guide": ID,
        "order": of("integer", minimum=1),
        "title": WORDS,
        "statements": listing(
            record(
                {"id": ID, "say": text(), "sources": listing(text("source"), 1)},
                {
                    "ask": WORDS,
                    "es": text(),
                    "rules": listing(text("rule")),
                    "leaflet": record(
                        {},
                        {
                            "always": of("boolean"),
                            "treatments": listing(text("treatment")),
                            "avoided": listing(text("treatment")),
                            "procedures": listing(text()),
                            "facts": listing(text("base_fact")),
                            "medicines": either(listing(text()), choice("any")),
                        },
                    ),
                },
            ),
            1,
        ),
    },
    {"title_es": text(), "note": NOTE},
)
# Words: what they say is theirs; `render` and `intake` read them by their own keys.
WORDING: Schema = {"type": "object", "additionalProperties": True}
LEXICON: Schema = {"type": "object", "additionalProperties": True}

__all__ = [
    "CONSTRAINTS",
    "DERIVED",
    "DRUGS",
    "EVIDENCE",
    "FACTS",
    "FORMS",
    "GUIDE",
    "LEXICON",
    "PROFILES",
    "REGIONS",
    "THRESHOLDS",
    "WORDING",
]
