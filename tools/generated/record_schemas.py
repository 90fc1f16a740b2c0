"""schemas/record/: what goes in and what comes out, as JSON Schemas. Members may be added; none may go or change.

The schemas of the answers are written once more beside the server, in one file, for its description.
"""

from __future__ import annotations

import json
from typing import Any

from spondyl.knowledge import identifiers as ids
from spondyl.knowledge import load
from spondyl.knowledge.rules import FactEntry
from spondyl.record import ASSERTIONS

Schema = dict[str, Any]
FOLDER = "schemas/record"
ANSWERS = "src/spondyl/service/answers.json"
URGENCY = ("emergency", "urgent", "soon", "routine")
STANDING = ("confirmed", "supported", "possible", "opposed", "excluded", "not_assessed")
GATE_RESULT = ("open", "closed", "needs_data")
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")
PRECISION = ("about", "year", "month", "week", "day")
TIERS = (
    "guideline", "pathway", "regulator", "systematic_review", "trial", "observational", "case_report",
    "narrative_review", "payer", "terminology", "expert_default", "seed",
)  # fmt: skip

TEXT: Schema = {"type": "string"}
WORDS: Schema = {"type": "string", "minLength": 1}
COUNT: Schema = {"type": "integer", "minimum": 0}
TRUTH: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
PARTIAL_DAY: Schema = {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
SHA: Schema = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
NAME: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*$"}
PATH: Schema = {"type": "string", "pattern": "^[a-z][a-z0-9_]*(\\.[a-z0-9_]+)*$"}
STATEMENT: Schema = {"type": "string", "pattern": "^S[1-9][0-9]*$"}
FACT_ID: Schema = {"type": "string", "pattern": "^F[1-9][0-9]*$"}


def one_of(*values: str) -> Schema:
    return {"enum": list(values)}


def maybe(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def many(schema: Schema) -> Schema:
    return {"type": "array", "items": schema}


def entry(required: dict[str, Schema], optional: dict[str, Schema] | None = None) -> Schema:
    """An object with these members; others may be added to it."""
    return {
        "type": "object",
        "required": list(required),
        "properties": {**required, **(optional or {})},
    }


def to(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


NUMBER_OR_RANGE: Schema = {
    "anyOf": [
        {"type": "number"},
        {
            "type": "object",
            "required": ["low", "high"],
            "properties": {"low": {"type": ["number", "null"]}, "high": {"type": ["number", "null"]}},
            "additionalProperties": False,
        },
    ]
}
SITE = entry(
    {
        "region": NAME,
        "levels": many({"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9]*-[A-Za-z][A-Za-z0-9]*$"}),
        "side": {"enum": ["L", "R", "both", "midline", None]},
        "surgery": maybe({"type": "string", "pattern": "^surgeries\\.[0-9]+$"}),
    }
)
SOURCE: Schema = {
    "type": "object",
    "required": ["kind"],
    "oneOf": [
        entry(
            {"kind": {"const": "note"}, "name": WORDS, "start": COUNT, "end": COUNT, "text": TEXT},
            {"locator": WORDS, "resource": WORDS},
        ),
        entry({"kind": {"const": "case"}, "name": WORDS, "path": WORDS}),
        entry({"kind": {"const": "fhir"}, "resource": WORDS, "path": WORDS}),
        entry({"kind": {"const": "derived"}, "from": many(FACT_ID)}),
    ],
}
FACT = entry(
    {
        "fact": PATH,
        "value": {"type": ["boolean", "number", "string", "array", "object", "null"]},
        "assertion": one_of(*ASSERTIONS),
        "on": maybe(PARTIAL_DAY),
        "source": SOURCE,
    },
    {"precision": one_of(*PRECISION), "id": FACT_ID, "site": TEXT},
)
STATEMENT_ENTRY = entry(
    {
        "key": WORDS,
        "text": WORDS,
        "rule": WORDS,
        "direction": one_of("for", "against", "open"),
        "strength": WORDS,
        "certainty": one_of("high", "moderate", "low", "very_low", "not_rated"),
        "facts": many(FACT_ID),
        "evidence": {
            **many(entry({"source": WORDS, "role": one_of("supports", "contradicts"), "tier": one_of(*TIERS)})),
            "minItems": 1,
        },
        "verified": TRUTH,
    }
)
CRITERION = entry(
    {
        "criterion": NAME,
        "kind": one_of("required", "check_first"),
        "result": one_of("met", "not_met", "not_documented", "contradicted", "bypassed"),
        "have": maybe(TEXT),
        "need": maybe(TEXT),
        "elsewhere": many(
            entry({"profile": one_of(*PROFILES), "need": maybe(TEXT), "result": WORDS}),
        ),
        "proof": many(FACT_ID),
        "ask": many(PATH),
        "label": WORDS,
    }
)
GATE = entry(
    {
        "gate": one_of(*sorted(ids.GATES)),
        "site": maybe(to("site")),
        "target": maybe(one_of(*sorted(ids.GENERATORS))),
        "result": one_of(*GATE_RESULT),
        "because": maybe(NAME),
        "by_profile": {"type": "object", "minProperties": 1, "additionalProperties": one_of(*GATE_RESULT)},
        "criteria": {**many(CRITERION), "minItems": 1},
        "statement": STATEMENT,
    }
)
FLAG = one_of(*sorted(ids.RED_FLAGS))
RECORD = entry(
    {
        "schema": {"const": "spondyl/record/1"},
        "as_of": DAY,
        "profile": one_of(*PROFILES),
        "locale": one_of("en-US", "en-GB"),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
        "software": entry({"version": WORDS}),
        "site": maybe(entry({"name": WORDS, "version": TEXT, "sha256": SHA})),
        "scope": entry(
            {
                "status": one_of(
                    "in_scope", "unclear", "no_spine_surgery", "pre_operative", "pediatric", "other_out_of_scope"
                ),
                "reasons": many(FACT_ID),
                "notes": many(NAME),
            },
            {"left_out": many(NAME)},
        ),
        "who": entry({"line": TEXT, "operations": many(TEXT)}),
        "triage": entry(
            {
                "urgency": one_of(*URGENCY),
                "established": many(
                    entry(
                        {
                            "red_flag": FLAG,
                            "urgency": one_of(*URGENCY),
                            "basis": one_of("established", "precaution"),
                            "site": maybe(to("site")),
                            "statement": STATEMENT,
                        }
                    )
                ),
                "not_excluded": many(
                    entry({"red_flag": FLAG, "urgency": one_of(*URGENCY), "ask": many(PATH), "statement": STATEMENT})
                ),
                "excluded": many(entry({"red_flag": FLAG})),
                "not_screened": many(entry({"red_flag": FLAG})),
            }
        ),
        "generators": many(
            entry(
                {
                    "generator": one_of(*sorted(ids.GENERATORS)),
                    "site": to("site"),
                    "standing": one_of(*STANDING),
                    "rank": {"type": "integer", "minimum": 1},
                    "for": many(STATEMENT),
                    "against": many(STATEMENT),
                    "confirm_by": many(NAME),
                    "would_change": many(entry({"fact": PATH, "value": TEXT, "standing": one_of(*STANDING)})),
                    "statement": STATEMENT,
                }
            )
        ),
        "imaging": many(
            entry(
                {
                    "order": NAME,
                    "modality": one_of(*ids.MODALITIES),
                    "region": one_of(*ids.ORDER_REGIONS),
                    "contrast": {"enum": ["without", "with", "without_and_with", None]},
                    "rating": one_of(
                        "usually_appropriate", "may_be_appropriate", "usually_not_appropriate", "contraindicated"
                    ),
                    "status": one_of("recommended", "not_recommended", "on_hold"),
                    "check_first": many(PATH),
                    "statement": STATEMENT,
                },
                {"urgency": one_of(*URGENCY), "step": one_of("first", "second", "bridge"), "rules": many(WORDS)},
            )
        ),
        "treatments": many(
            entry(
                {
                    "treatment": NAME,
                    "phase": {"type": "integer", "minimum": 0, "maximum": 5},
                    "status": one_of("start", "continue", "consider", "not_yet", "avoid", "taper", "reduce", "stop"),
                    "gate": maybe(one_of(*sorted(ids.GATES))),
                    "check_first": many(PATH),
                    "cautions": many(STATEMENT),
                    "statement": STATEMENT,
                },
                {"site": maybe(to("site")), "held_by": maybe(TEXT)},
            )
        ),
        "gates": many(to("gate")),
        "revision_options": many(
            entry(
                {
                    "option": NAME,
                    "for": one_of(*sorted(ids.GENERATORS)),
                    "site": to("site"),
                    "benefits": many(STATEMENT),
                    "risks": many(STATEMENT),
                }
            )
        ),
        "referrals": many(
            entry({"to": one_of(*sorted(ids.REFERRALS)), "urgency": one_of(*URGENCY), "statement": STATEMENT})
        ),
        "pitfalls": many(STATEMENT),
        "outcomes": many(STATEMENT),
        "prognosis": entry({"better": many(STATEMENT), "worse": many(STATEMENT)}),
        "prevention": many(STATEMENT),
        "reassessment": many(entry({"on": DAY, "what": many(WORDS), "statement": STATEMENT})),
        "questions": many(to("question")),
        "medications": entry(
            {
                "mme_per_day": maybe(
                    entry(
                        {
                            "low": {"type": "number", "minimum": 0},
                            "high": maybe({"type": "number", "minimum": 0}),
                            "known": {"type": "number", "minimum": 0},
                            "counted": many(WORDS),
                            "not_counted": many(WORDS),
                        }
                    )
                )
            }
        ),
        "contradictions": many(
            entry(
                {
                    "fact": PATH,
                    "values": {**many(entry({"value": {}, "source": FACT_ID})), "minItems": 2},
                    "used": entry({"safety": {}, "elsewhere": {}}),
                }
            )
        ),
        "conflicts": many(entry({"conflict": NAME, "positions": many(STATEMENT), "applied": STATEMENT})),
        "safety_net": WORDS,
        "inputs": many(entry({"name": WORDS, "written_on": maybe(PARTIAL_DAY)})),
        "unread": many(entry({"start": COUNT, "end": COUNT, "text": TEXT, "why": WORDS})),
        "facts": many({**to("fact"), "required": ["id"]}),
        "statements": {
            "type": "object",
            "propertyNames": STATEMENT,
            "additionalProperties": to("statement"),
        },
    }
)
QUESTION = entry({"fact": PATH, "ask": WORDS, "would_change": many(WORDS)}, {"group": NAME, "changes": many(WORDS)})
READING = entry(
    {
        "schema": {"const": "spondyl/reading/1"},
        "name": WORDS,
        "text_sha256": SHA,
        "written_on": maybe(DAY),
        "facts": many(to("fact")),
        "unread": many(entry({"start": COUNT, "end": COUNT, "text": TEXT, "why": WORDS}, {"locator": WORDS})),
    },
    {"text": TEXT, "not_read": many(WORDS), "notes": many(entry({"name": WORDS, "written_on": DAY}))},
)
ASK = entry(
    {
        "schema": {"const": "spondyl/ask/1"},
        "as_of": DAY,
        "profile": one_of(*PROFILES),
        "questions": many({**to("question"), "required": ["group", "changes"]}),
        "groups": many(entry({"group": NAME, "title": WORDS, "facts": {**many(PATH), "minItems": 1}})),
        "left_out": COUNT,
    }
)
WHY = entry(
    {
        "schema": {"const": "spondyl/why/1"},
        "asked": WORDS,
        "as_of": DAY,
        "profile": one_of(*PROFILES),
        "locale": one_of("en-US", "en-GB"),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
        "software": entry({"version": WORDS}),
        "entries": {
            **many(
                entry(
                    {
                        "kind": NAME,
                        "name": WORDS,
                        "key": maybe(WORDS),
                        "statement": maybe(STATEMENT),
                        "short": maybe({"type": "string", "pattern": "^[a-z][1-9][0-9]*$"}),
                        "title": WORDS,
                        "state": NAME,
                        "stands": TRUTH,
                        "text": TEXT,
                        "parts": many(
                            entry(
                                {"part": WORDS, "role": NAME, "title": TEXT},
                                {"truth": one_of("true", "false", "unknown"), "reason": many(entry({"fact": PATH}))},
                            )
                        ),
                    },
                    {"site": maybe(to("site"))},
                )
            ),
            "minItems": 1,
        },
    },
    {"facts": many(to("fact"))},
)
STATE = entry(
    {
        "profile": one_of(*PROFILES),
        "urgency": one_of(*URGENCY),
        "scope": NAME,
        "established": many(FLAG),
    }
)
CHANGED = many(
    entry(
        {
            "key": WORDS,
            "kind": NAME,
            "name": WORDS,
            "before": maybe({"type": "object"}),
            "after": maybe({"type": "object"}),
        }
    )
)
WHATIF = entry(
    {
        "schema": {"const": "spondyl/whatif/1"},
        "as_of": DAY,
        "locale": one_of("en-US", "en-GB"),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
        "software": entry({"version": WORDS}),
        "changes": {**many(entry({"change": WORDS, "before": many({}), "after": many({})})), "minItems": 1},
        "before": STATE,
        "after": STATE,
        "difference": entry(
            {
                "urgency": maybe(entry({"before": one_of(*URGENCY), "after": one_of(*URGENCY)})),
                "red_flags": CHANGED,
                "generators": CHANGED,
                "imaging": CHANGED,
                "treatments": CHANGED,
                "gates": CHANGED,
                "referrals": CHANGED,
                "reassessment": CHANGED,
                "same": TRUTH,
            }
        ),
    }
)
QUOTE = entry({"text": TEXT, "source": TEXT, "on": maybe(PARTIAL_DAY), "facts": many(FACT_ID), "verbatim": TRUTH})
CITED = entry({"source": WORDS, "tier": one_of(*TIERS), "role": one_of("supports", "contradicts")})
PACKET = entry(
    {
        "schema": {"const": "spondyl/packet/1"},
        "as_of": DAY,
        "profile": one_of(*PROFILES),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
        "gate": one_of(*sorted(ids.GATES)),
        "site": maybe(to("site")),
        "target": maybe(one_of(*sorted(ids.GENERATORS))),
        "result": one_of(*GATE_RESULT),
        "criteria": many(
            entry(
                {
                    "criterion": NAME,
                    "label": WORDS,
                    "result": one_of("met", "not_met", "not_documented", "contradicted", "bypassed"),
                    "have": maybe(TEXT),
                    "need": maybe(TEXT),
                    "proof": many(to("fact")),
                    "missing": many(WORDS),
                },
                {
                    "kind": one_of("required", "check_first"),
                    "about": NAME,
                    "counts": maybe(WORDS),
                    "standing": maybe(
                        entry(
                            {"kind": one_of("too_old", "in_part")},
                            {"on": PARTIAL_DAY, "days": COUNT, "most": COUNT},
                        )
                    ),
                    "elsewhere": many(entry({"profile": one_of(*PROFILES), "need": maybe(TEXT), "result": NAME})),
                    "quotes": many(QUOTE),
                    "ask": many(PATH),
                    "evidence": many(CITED),
                },
            )
        ),
        "appeal": maybe(
            entry(
                {"reason": WORDS, "arguments": many(WORDS)},
                {
                    "matched": many(NAME),
                    "matched_by": one_of("id", "words", "none"),
                    "conceded": many(WORDS),
                    "conceded_of_reason": many(WORDS),
                    "evidence": many(CITED),
                    "stands": WORDS,
                },
            )
        ),
    },
    {
        "locale": WORDS,
        "software": entry({"version": WORDS}),
        "who": TEXT,
        "inputs": many(entry({"name": WORDS, "written_on": maybe(PARTIAL_DAY)})),
        "urgency": one_of(*URGENCY),
        "red_flags": many(
            entry({"red_flag": NAME, "title": WORDS, "urgency": one_of(*URGENCY), "text": WORDS, "quotes": many(QUOTE)})
        ),
        "title": WORDS,
        "key": WORDS,
        "because": maybe(NAME),
        "by_profile": {"type": "object", "additionalProperties": one_of(*GATE_RESULT)},
        "counted": entry({"met": COUNT, "total": COUNT}),
        "results": {"type": "object", "additionalProperties": {"type": "object", "additionalProperties": COUNT}},
        "place": maybe(
            entry({"region": NAME, "levels": many(WORDS), "side": maybe(one_of("L", "R", "both"))}),
        ),
        "checklist": many(entry({"criterion": NAME, "for": WORDS, "kind": NAME, "get": many(WORDS)})),
        "besides": many(entry({"id": NAME, "label": WORDS, "recorded": TRUTH, "quotes": many(QUOTE)})),
        "attach": many(WORDS),
        "told": many(entry({"say": WORDS, "source": WORDS})),
        "evidence": many(CITED),
        "also": many(entry({"site": maybe(to("site")), "target": maybe(NAME), "result": one_of(*GATE_RESULT)})),
    },
)
LINE = entry({"key": WORDS, "text": WORDS, "statements": many(STATEMENT)})
LEAFLET = entry(
    {
        "schema": {"const": "spondyl/leaflet/1"},
        "as_of": DAY,
        "locale": one_of("en-US", "en-GB", "es"),
        "reviewed": TRUTH,
        "notice": TEXT,
        "title": WORDS,
        "urgency": one_of(*URGENCY),
        "handed_over": WORDS,
        "intro": many(WORDS),
        "sections": {
            **many(entry({"id": NAME, "title": WORDS, "lines": {**many(LINE), "minItems": 1}})),
            "minItems": 1,
        },
        "closing": TEXT,
        "readability": entry({"grade": maybe({"type": "number"}), "checks": {"type": "object"}}),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
    }
)
GUIDE = entry(
    {
        "schema": {"const": "spondyl/guide/1"},
        "locale": one_of("en-US", "en-GB"),
        "title": WORDS,
        "sections": {
            **many(
                entry(
                    {
                        "id": NAME,
                        "title": WORDS,
                        "statements": many(
                            entry(
                                {
                                    "id": NAME,
                                    "ask": maybe(WORDS),
                                    "text": WORDS,
                                    "list": many(WORDS),
                                    "sources": {**many(WORDS), "minItems": 1},
                                    "tiers": many(one_of(*TIERS)),
                                    "rules": many(WORDS),
                                    "verified": TRUTH,
                                }
                            )
                        ),
                    }
                )
            ),
            "minItems": 1,
        },
        "sources": many(entry({"number": COUNT, "source": WORDS, "tier": one_of(*TIERS), "title": WORDS})),
        "readability": entry({"grade": {"type": "number"}}),
        "knowledge": entry({"version": WORDS, "sha256": SHA}),
    }
)
ERRORS = entry(
    {
        "schema": {"const": "spondyl/errors/1"},
        "errors": {
            **many(
                entry(
                    {
                        "code": {"type": "string", "pattern": "^[KISC][0-9]{3}$"},
                        "message": WORDS,
                        "where": WORDS,
                        "next": WORDS,
                    }
                )
            ),
        },
    }
)
DEFS = {
    "site": SITE,
    "fact": FACT,
    "statement": STATEMENT_ENTRY,
    "gate": GATE,
    "question": QUESTION,
}


# ---- the structured case, from the vocabulary

SAID: Schema = {
    "type": "object",
    "required": ["value"],
    "properties": {
        "value": {},
        "assertion": one_of(*ASSERTIONS),
        "on": maybe(PARTIAL_DAY),
        "precision": one_of(*PRECISION),
        "unit": WORDS,
    },
    "additionalProperties": False,
}
NUMBER_GIVEN: Schema = {
    "anyOf": [
        {"type": "number"},
        {
            "type": "object",
            "minProperties": 1,
            "properties": {"low": {"type": ["number", "null"]}, "high": {"type": ["number", "null"]}},
            "additionalProperties": False,
        },
    ]
}
KINDS = {
    "truth": TRUTH,
    "number": NUMBER_GIVEN,
    "date": {"anyOf": [PARTIAL_DAY, {"type": "integer", "minimum": 1900, "maximum": 2200}]},
    "word": WORDS,
    "numbers": {"anyOf": [{"type": "number"}, many({"type": "number"})]},
}


def recorded(value: Schema) -> Schema:
    """A value, a value with how it is asserted, or null for not documented."""
    return {"anyOf": [value, {**to("said"), "properties": {"value": maybe(value)}}, {"type": "null"}]}


class Case:
    """The schema of a case; lists of words that several facts share stand once."""

    def __init__(self) -> None:
        self.defs: dict[str, Schema] = {"said": SAID}
        self.defs.update({kind: recorded(value) for kind, value in KINDS.items()})
        self.words: dict[tuple[str, ...], str] = {}

    def fact(self, name: str, known: FactEntry) -> Schema:
        kind, values = known.type.kind, known.type.values
        if kind == "list" and known.fields:
            fields = {field: self.fact(f"{name}.{field}", one) for field, one in known.fields.items()}
            entries = many({"type": "object", "properties": fields, "additionalProperties": False})
            complete = {"type": "object", "properties": {"complete": TRUTH, "entries": entries}}
            return {"anyOf": [entries, {**complete, "additionalProperties": False}, {"const": False}, {"type": "null"}]}
        if values is not None and kind in ("choice", "set"):
            return to(self.listed(name, kind, tuple(sorted(values))))
        return to({"list": "numbers", "choice": "word", "set": "words"}.get(kind, kind))

    def listed(self, name: str, kind: str, values: tuple[str, ...]) -> str:
        key = (kind, *values)
        if key not in self.words:
            self.words[key] = made = f"{kind}.{name}"
            word = one_of(*values)
            members = {"type": "object", "propertyNames": word, "additionalProperties": {"type": ["boolean", "null"]}}
            self.defs[made] = recorded(word if kind == "choice" else {"anyOf": [word, many(word), members]})
        return self.words[key]

    def schema(self) -> Schema:
        named = {name: self.fact(name, known) for name, known in load().facts.items()}
        self.defs["facts"] = {"type": "object", "properties": named, "additionalProperties": False}
        return {
            "type": "object",
            "required": ["schema"],
            "properties": {
                "schema": {"const": "spondyl/case/1"},
                "name": TEXT,
                "written_on": maybe(PARTIAL_DAY),
                "facts": {"anyOf": [to("facts"), {"type": "null"}]},
                **{name: {"$ref": f"#/$defs/facts/properties/{name}"} for name in named},
            },
            "additionalProperties": False,
            "$defs": self.defs,
        }


def with_defs(schema: Schema) -> Schema:
    """The schema with those shared definitions it reaches."""
    used: dict[str, Schema] = {}
    waiting = [schema]
    while waiting:
        text = json.dumps(waiting.pop())
        for name, made in DEFS.items():
            if f'"#/$defs/{name}"' in text and name not in used:
                used[name] = made
                waiting.append(made)
    return {**schema, "$defs": dict(sorted(used.items()))} if used else schema


def described(made: dict[str, Schema]) -> Schema:
    """The schemas as components of an OpenAPI description: each definition by itself, as `record.site`."""
    components: Schema = {}
    for name, schema in made.items():
        text = json.dumps({"title": f"spondyl/{name}/1", **schema}, ensure_ascii=False)
        whole = json.loads(text.replace('"#/$defs/', f'"#/components/schemas/{name}.'))
        for inner, definition in whole.pop("$defs", {}).items():
            components[f"{name}.{inner}"] = definition
        components[name] = whole
    return components


def pages() -> dict[str, str]:
    made = {
        "record": RECORD,
        "reading": READING,
        "why": WHY,
        "ask": ASK,
        "whatif": WHATIF,
        "packet": PACKET,
        "leaflet": LEAFLET,
        "guide": GUIDE,
        "errors": ERRORS,
    }
    schemas = {name: with_defs(schema) for name, schema in made.items()}
    answers = described(schemas)
    schemas["case"] = Case().schema()
    return {
        ANSWERS: json.dumps(answers, separators=(",", ":"), ensure_ascii=False) + "\n",
        **{
            f"{FOLDER}/{name}.schema.json": json.dumps(
                {
                    "$schema": "https://json-schema.org/draft/2020-12/schema",
                    "$id": f"{name}.schema.json",
                    "title": f"spondyl/{name}/1",
                    **schema,
                },
                indent=1,
                ensure_ascii=False,
            )
            + "\n"
            for name, schema in schemas.items()
        },
    }
