"""The form of the registers of claims: what each source document said, and what became of it.

A register holds our own short words for a claim, never a sentence of the document.
"""

from __future__ import annotations

from spondyl.knowledge.kinds_rules import CLAIM, ONE_OR_MORE_TEXTS, PROFILES, WORDS
from spondyl.knowledge.shape import ANYTHING, choice, listing, of, record, table, text

DISPOSITIONS = ("encoded", "corrected", "left_out")
VERDICTS = ("supported", "partly", "contradicted", "not_found")
# Why a claim is left out: who profits from it, who is harmed by it, or that it decides nothing.
REASONS = ("promotional", "contradicted", "unsafe", "mechanism", "definition", "no_source")

SHOWN = record({"rule": text(), "case": text(), "key": ONE_OR_MORE_TEXTS})
# What must not stand in the plan of a patient. Every entry names one thing.
NEVER = record(
    {},
    {
        "statement": text(),
        "words": text(),
        "treatment": text("treatment"),
        "status": listing(text(), 1),
        "imaging": text("order"),
        "gate": text("gate"),
        "target": text("generator"),
        "criterion": text(),
        "result": listing(text(), 1),
        "generator": text("generator"),
        "standing": listing(text(), 1),
        "referral": text("referral"),
        "urgency": listing(text(), 1),
        "revision_option": text("revision_option"),
    },
)
LITERAL = record(
    {"name": text(), "given": table(ANYTHING, keys="given"), "never": listing(NEVER, 1)},
    {"instead": ONE_OR_MORE_TEXTS, "profile": choice(*PROFILES)},
)
CLAIMS = record(
    {
        "document": text("id", pattern=r"^S\d{3}$", description="the id of a document, like S001"),
        "title": WORDS,
        "count": of("integer", minimum=1, maximum=999),
        "claims": listing(
            record(
                {
                    "claim": CLAIM,
                    "says": WORDS,
                    "verdict": choice(*VERDICTS),
                    "disposition": choice(*DISPOSITIONS),
                },
                {
                    "checked": listing(text("source")),
                    "shown": listing(SHOWN, 1),
                    "changed": WORDS,
                    "reason": choice(*REASONS),
                    "not_encoded": WORDS,
                    "danger": WORDS,
                    "literal": listing(LITERAL, 1),
                },
            ),
            1,
        ),
    },
    {"page": text("source")},
)

# Which citation was compared with what its source shows; `shows` is a fingerprint of that text.
COMPARED = record(
    {
        "compared": listing(
            record(
                {
                    "source": text("source"),
                    "shows": text(pattern=r"^[0-9a-f]{8}$", description="eight signs of 0 to 9 and a to f"),
                    "for": listing(text(), 1),
                }
            )
        )
    }
)
