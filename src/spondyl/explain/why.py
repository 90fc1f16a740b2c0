"""Why a statement, flag, generator, gate, treatment or study stands as it does, and why not, down to the words.

It answers for every id of the contract, whether or not it stands in the record. It decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from spondyl.explain.answer import Answer
from spondyl.explain.asked import REMARKS, Asked, resolve
from spondyl.explain.explained import Explained
from spondyl.explain.why_flags import generator, red_flag
from spondyl.explain.why_gates import gate, treatment
from spondyl.explain.why_imaging import imaging
from spondyl.explain.why_rest import conflict, fact, referral, remark, revision

SCHEMA = "spondyl/why/1"
Json = dict[str, Any]
_TELL: dict[str, Callable[[Answer, Asked], list[Json]]] = {
    "red_flag": red_flag,
    "generator": generator,
    "gate": gate,
    "treatment": treatment,
    "imaging": imaging,
    "referral": referral,
    "revision": revision,
    "conflict": conflict,
    "fact": fact,
    **dict.fromkeys(REMARKS, remark),
}


def why(plan: Explained, asked: str) -> Json:
    """The full reason of one id: an entry for each site, each with its parts, and the recorded facts they end at.

    `asked` is a statement (S4), its key, kind:id, or a short name of the plan (g1). Raises Refusal (I030) for
    what is no id, with the nearest right one.
    """
    answer = Answer(plan)
    meant = resolve(asked, plan.record, answer.rules)
    entries = [entry for one in meant for entry in _TELL[one.kind](answer, one)]
    record = plan.record
    return {
        "schema": SCHEMA,
        "asked": asked,
        "as_of": record["as_of"],
        "profile": record["profile"],
        "locale": record["locale"],
        "knowledge": dict(record["knowledge"]),
        "software": dict(record["software"]),
        "entries": entries,
        "facts": answer.reasons.facts(),
    }
