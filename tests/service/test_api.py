"""The JSON interface gives what the command line gives, and refuses in the same codes."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from service.serving import DAY, NOTE, client

HOME = Path(__file__).resolve().parents[2]
COMMAND = Path(sys.executable).parent / "spondyl"


@pytest.fixture(scope="module")
def api():
    return client()


@pytest.mark.parametrize(
    ("path", "more", "words"),
    [
        ("plan", {}, ["plan", "note.txt"]),
        ("read", {}, ["read", "note.txt"]),
        ("why", {"id": "g1"}, ["why", "note.txt", "g1"]),
        ("ask", {}, ["ask", "note.txt"]),
        ("ask", {"all": True}, ["ask", "note.txt", "--all"]),
        ("whatif", {"changes": ["fever=yes"]}, ["whatif", "note.txt", "fever=yes"]),
        ("packet", {"for": "revision_surgery"}, ["packet", "note.txt", "--for", "revision_surgery"]),
        ("handout", {}, ["handout", "note.txt"]),
    ],
)
def test_it_answers_like_the_command_line(api, tmp_path, path, more, words):
    (tmp_path / "note.txt").write_text(NOTE, encoding="utf-8")
    typed = [str(COMMAND), *words, "--as-of", DAY, "--format", "json"]
    done = subprocess.run(typed, check=True, capture_output=True, cwd=tmp_path)
    answer = api.post(f"/api/{path}", json={"kind": "note", "name": "note.txt", "text": NOTE, "as_of": DAY, **more})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == json.loads(done.stdout)


def test_the_record_fits_its_schema(api):
    schema = json.loads((HOME / "schemas" / "record" / "record.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator(schema).validate(api.post("/api/plan", json={"text": NOTE}).json())


def test_today_is_the_day_of_the_server(api):
    assert api.post("/api/plan", json={"text": NOTE}).json()["as_of"] == DAY


def test_several_inputs_are_one_patient(api):
    inputs = [
        {"text": NOTE},
        {"case": {"schema": "spondyl/case/1", "written_on": "2026-11-21", "facts": {"crp_mg_l": 96}}},
    ]
    record = api.post("/api/plan", json={"inputs": inputs}).json()
    names = {fact["source"].get("name") for fact in record["facts"] if fact["source"]["kind"] != "derived"}
    assert names == {"input", "input 2"}
    assert any(fact["fact"] == "crp_mg_l" for fact in record["facts"])


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "I201"),
        ({"text": NOTE, "case": {}}, 400, "I201"),
        ({"text": NOTE, "profil": "guideline"}, 400, "I201"),
        ({"text": NOTE, "profile": "nobody"}, 400, "I201"),
        ({"text": NOTE, "as_of": "yesterday"}, 400, "I201"),
        ({"inputs": []}, 400, "I201"),
        ({"inputs": [{"text": NOTE}], "text": NOTE}, 400, "I201"),
        ({"text": NOTE, "as_of": "2026-13-01"}, 422, "I105"),
        ({"text": "   "}, 422, "I002"),
        ({"case": {"schema": "spondyl/case/1", "facts": {"feaver": True}}}, 422, "I010"),
        ({"text": "a" * 1_100_000}, 413, "I006"),
    ],
)
def test_what_is_refused(api, body, status, code):
    answer = api.post("/api/plan", json=body)
    assert answer.status_code == status
    told = answer.json()
    assert told["schema"] == "spondyl/errors/1"
    assert code in {one["code"] for one in told["errors"]}
    assert all(set(one) == {"code", "message", "where", "next"} and one["next"] for one in told["errors"])


def sent(api, body, path="plan"):
    return api.post(f"/api/{path}", content=body, headers={"content-type": "application/json"})


@pytest.mark.parametrize(
    ("body", "where", "takes"),
    [
        ({"text": NOTE, "as_of": "22/11/2026"}, "body.as_of", "a day like 2026-11-22"),
        ({"text": NOTE, "as_of": 20261122}, "body.as_of", "a day like 2026-11-22"),
        ({"text": NOTE, "asof": "2026-11-22"}, "body.asof", "'as_of'"),
        ({"text": NOTE, "profile": "nobody"}, "body.profile", "guideline, payer_cms"),
        ({"text": NOTE, "locale": "de-DE"}, "body.locale", "en-US, en-GB"),
        ({"text": 5}, "body.text", "a text"),
        ({"case": []}, "body.case", "JSON object"),
        ({"inputs": ["54F"]}, "body.inputs.0", "a list of objects"),
        ({"inputs": [{"text": NOTE}] * 21}, "body.inputs", "1 to 20"),
        ([1], "body", "an object with text"),
    ],
)
def test_a_request_that_does_not_fit_names_the_field_and_what_it_takes(api, body, where, takes):
    answer = api.post("/api/plan", json=body)
    assert answer.status_code == 400
    (told,) = answer.json()["errors"]
    assert (told["code"], told["where"]) == ("I201", where)
    assert takes in told["next"]


def test_what_other_addresses_take(api):
    (told,) = api.post("/api/packet", json={"text": NOTE, "for": "nsaid", "appeal": "x" * 4001}).json()["errors"]
    assert (told["where"], told["next"]) == ("body.appeal", "write at most 4000 characters")
    (told,) = api.post("/api/why", json={"text": NOTE}).json()["errors"]
    assert (told["message"], told["where"]) == ("'id' is missing", "body.id")


PATHS = ["plan", "read", "why", "ask", "whatif", "packet", "handout"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    ("body", "status", "code", "said"),
    [
        (b'{"text": "54F", "text": "30M"}', 422, "I005", "'text' stands twice"),
        (b'{"case": {"schema": "spondyl/case/1", "facts": {"fever": true, "fever": false}}}', 422, "I005", "'fever'"),
        (b'{"case": {"schema": "spondyl/case/1", "facts": {"temp_c": NaN}}}', 422, "I004", "NaN"),
        (b'{"case": {"schema": "spondyl/case/1", "facts": {"temp_c": -Infinity}}}', 422, "I004", "Infinity"),
        (b'{"case": {"schema": "spondyl/case/1", "facts": {"temp_c": 1e999}}}', 400, "I201", "too large"),
        (b'{"case": {"x": ' + b"9" * 5000 + b"}}", 400, "I201", "too large"),
        (b'{"case": {"x": 99999999999999999999}}', 400, "I201", "too large"),
        (b'{"case": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "I201", "nested"),
        (b'{"case": {"x": ' + b"[" * 300 + b"]" * 300 + b"}}", 400, "I201", "nested"),
        ('{"text": "54F caf\u00e9"}'.encode("latin-1"), 400, "I201", "UTF-8"),
        (b'{"text": ', 400, "I201", "not valid JSON"),
        (b"", 400, "I201", "empty"),
    ],
)
def test_json_has_one_meaning_or_none(api, path, body, status, code, said):
    answer = sent(api, body, path)
    assert answer.status_code == status
    told = answer.json()["errors"][0]
    assert told["code"] == code
    assert said in told["message"]


def test_half_a_character_is_replaced(api):
    answer = sent(api, b'{"case": {"schema": "spondyl/case/1", "facts": {"\\ud800": true}}}')
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "I010")
    assert sent(api, b'{"text": "54F \\ud800 back pain"}').status_code == 200


@pytest.mark.parametrize("text", ["facts: {saddle_anesthesia: false}", '{"facts": {"saddle_anesthesia": false}}'])
def test_a_case_without_its_head_is_no_note(api, text):
    answer = api.post("/api/plan", json={"text": text})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "I001")


def test_unknown_ids_and_gates_are_refused_with_the_nearest(api):
    answer = api.post("/api/why", json={"text": NOTE, "id": "gate:revison_surgery"})
    assert answer.status_code == 422
    assert "revision_surgery" in answer.json()["errors"][0]["next"]
    answer = api.post("/api/packet", json={"text": NOTE, "for": "revison_surgery"})
    assert answer.status_code == 422
    assert "revision_surgery" in answer.json()["errors"][0]["next"]


def test_no_packet_with_thresholds_of_unreviewed_text(api):
    answer = api.post("/api/packet", json={"text": NOTE, "for": "lumbar_mri", "profile": "source_documents"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "I104")
    assert "payer_cms" in answer.json()["errors"][0]["next"]
    assert api.post("/api/plan", json={"text": NOTE, "profile": "source_documents"}).status_code == 200


def test_broken_json_and_other_bodies(api):
    headers = {"content-type": "application/json"}
    assert api.post("/api/plan", content=b'{"text": ', headers=headers).status_code == 400
    assert api.post("/api/plan", content=b'{"text": "x"}', headers={"content-type": "text/plain"}).status_code == 415
    assert api.post("/api/plan", data={"text": NOTE}).status_code == 415
    assert api.get("/api/plan").status_code == 405
    assert api.post("/api/nothing", json={}).status_code == 404
    assert api.post("/api/plan", content=b" " * 24_000_001, headers=headers).status_code == 413


def test_no_refusal_repeats_what_was_sent(api):
    secret = "Rosalind"
    bodies = [
        {"text": NOTE, "profile": secret},
        {"text": NOTE, "as_of": secret},
        {"case": {"schema": "spondyl/case/1", "facts": {"sex": secret}}},
        {"case": secret},
        {"inputs": secret},
    ]
    for body in bodies:
        answer = api.post("/api/plan", json=body)
        assert answer.status_code in (400, 422)
        assert secret not in answer.text


def test_the_description_is_there(api):
    told = api.get("/openapi.json").json()
    paths = {"/api/plan", "/api/read", "/api/why", "/api/ask", "/api/whatif", "/api/packet", "/api/handout", "/healthz"}
    assert paths <= set(told["paths"])
    assert api.get("/healthz").json()["status"] == "ok"


def test_the_description_has_the_schemas_of_the_answers(api):
    told = api.get("/openapi.json").json()
    named = told["components"]["schemas"]
    for reference in re.findall(r'"\$ref": ?"([^"]+)"', json.dumps(told)):
        assert reference.removeprefix("#/components/schemas/") in named
    more = {"why": {"id": "g1"}, "whatif": {"changes": ["fever=yes"]}, "packet": {"for": "revision_surgery"}}
    for path in PATHS:
        answers = told["paths"][f"/api/{path}"]["post"]["responses"]
        assert {"400", "401", "403", "404", "405", "413", "415", "421", "422", "500", "503"} < set(answers)
        schema = answers["200"]["content"]["application/json"]["schema"]
        answer = api.post(f"/api/{path}", json={"text": NOTE, **more.get(path, {})}).json()
        Draft202012Validator({**schema, "components": told["components"]}).validate(answer)
        assert named[schema["$ref"].rpartition("/")[2]]["title"] == answer["schema"]
        refused = answers["415"]["content"]["application/json"]["schema"]
        error = api.post(f"/api/{path}", content=b"{}").json()
        Draft202012Validator({**refused, "components": told["components"]}).validate(error)
