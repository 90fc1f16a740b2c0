"""`why` answers for every id of the contract, whether or not it stands; what is no id is refused with the nearest."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from explain.patients import EVERYONE, patient, program

from spondyl.explain import aliases
from spondyl.explain.asked import REMARKS, names
from spondyl.explain.why import why
from spondyl.explain.why_text import why_text
from spondyl.knowledge import identifiers as ids
from spondyl.record import Refusal

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "record" / "why.schema.json").read_text())
VALID = jsonschema.Draft202012Validator(SCHEMA)


def every_id() -> list[str]:
    rules = program().rules
    wanted = [f"red_flag:{name}" for name in sorted(ids.RED_FLAGS)]
    wanted += [f"generator:{name}" for name in sorted(ids.GENERATORS)]
    wanted += [f"gate:{name}" for name in sorted(ids.GATES)]
    wanted += [f"treatment:{name}" for name in sorted({*ids.TREATMENTS, *rules.treatments})]
    wanted += [f"imaging:{name}" for name in ids.orders() if "{" not in name]
    wanted += [f"revision:{name}" for name in sorted(ids.REVISION_OPTIONS)]
    for kind in ("referral", "imaging", "conflict", "revision", *REMARKS):
        wanted += [f"{kind}:{name}" for name in names(kind, rules)]
    return wanted


SOME = ("nobody", "collection")
MANY = [who if who in SOME else pytest.param(who, marks=pytest.mark.slow) for who in EVERYONE]


@pytest.mark.parametrize("who", MANY)
def test_every_id_of_the_contract_has_an_answer_in_eighty_columns(who):
    made = patient(who)
    for asked in every_id():
        answer = why(made, asked)
        kind, _, name = asked.partition(":")
        assert {entry["kind"] for entry in answer["entries"]} == {kind}
        assert name in {*(entry["name"] for entry in answer["entries"]), *(e.get("option") for e in answer["entries"])}
        text = why_text(answer, made.words)
        assert max(len(line) for line in text.splitlines()) <= 80, asked
        assert "\N{EM DASH}" not in text


@pytest.mark.parametrize("who", SOME)
def test_every_fact_can_be_asked_about(who):
    for name in program().rules.types:
        assert why(patient(who), f"fact:{name}")["entries"]


@pytest.mark.parametrize("who", MANY)
def test_every_statement_is_found_by_its_number_its_key_and_its_short_name(who):
    made = patient(who)
    statements = made.record["statements"]
    for alias, statement in statements.items():
        by_number, by_key = why(made, alias), why(made, statement["key"])
        assert by_number["entries"] == by_key["entries"]
        assert alias in [entry["statement"] for entry in by_number["entries"]], statement["key"]
    for short, alias in aliases(made.record).items():
        assert why(made, short)["entries"] == why(made, alias)["entries"]


@pytest.mark.parametrize("who", ["nobody", "collection", "emergency", "quoted"])
def test_answers_keep_to_their_schema(who):
    made = patient(who)
    for asked in [*made.record["statements"], *every_id()[::7]]:
        VALID.validate(why(made, asked))


@pytest.mark.parametrize("who", EVERYONE)
def test_the_same_question_gets_the_same_bytes(who):
    made = patient(who)
    for asked in ("gate:nsaid", "generator:seroma", "red_flag:cauda_equina"):
        assert json.dumps(why(made, asked)) == json.dumps(why(made, asked))


@pytest.mark.parametrize(
    "asked, remedy",
    [
        ("S9999", "this record has S1 to S"),
        ("g99", "this record has g1 to g"),
        ("gate:seroma", "did you mean 'generator:seroma'?"),
        ("generator:pseudoarthrosis", "did you mean 'generator:pseudarthrosis'?"),
        ("cauda_equin", "did you mean 'red_flag:cauda_equina'?"),
        ("imaging:mri_lumber_without_contrast", "did you mean 'imaging:mri_lumbar_without_contrast'?"),
        ("zzzz", "give a short name of the plan (g1)"),
        ("", "give a short name of the plan (g1)"),
    ],
)
def test_what_is_no_id_is_refused_with_the_nearest(asked, remedy):
    with pytest.raises(Refusal) as refused:
        why(patient("collection"), asked)
    [problem] = refused.value.problems
    assert problem.code == "I030"
    assert problem.next.startswith(remedy)


def test_a_bare_name_means_everything_of_that_name():
    kinds = [entry["kind"] for entry in why(patient("collection"), "nsaid")["entries"]]
    assert kinds == ["gate", "treatment"]
