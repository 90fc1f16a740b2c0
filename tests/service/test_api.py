"""The JSON interface gives what the command line gives, and refuses in the same codes."""

from __future__ import annotations

import json
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


def test_unknown_ids_and_gates_are_refused_with_the_nearest(api):
    answer = api.post("/api/why", json={"text": NOTE, "id": "gate:revison_surgery"})
    assert answer.status_code == 422
    assert "revision_surgery" in answer.json()["errors"][0]["next"]
    answer = api.post("/api/packet", json={"text": NOTE, "for": "revison_surgery"})
    assert answer.status_code == 422
    assert "revision_surgery" in answer.json()["errors"][0]["next"]


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
