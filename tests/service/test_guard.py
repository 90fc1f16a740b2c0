"""Who may ask, from where, how much and how long; and the headers of every answer."""

from __future__ import annotations

import re
import time

import pytest
from service.serving import HOST, NOTE, client, posted, program, token

from spondyl.service.settings import Settings
from spondyl.service.work import Work


@pytest.fixture(scope="module")
def browser():
    return client()


@pytest.mark.parametrize(
    "path",
    ["/", "/?name=weak_foot", "/knowledge", "/guide", "/nowhere", "/api/plan", "/static/spondyl.css", "/openapi.json"],
)
def test_every_answer_has_the_headers(browser, path):
    headers = browser.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    assert headers["referrer-policy"] == "same-origin"
    assert "server" not in headers
    kept = headers["cache-control"]
    assert ("immutable" in kept) if path.startswith("/static/") else kept == "no-store"


def test_no_page_has_a_script_or_a_style_of_its_own(browser):
    pages = [browser.get(path).text for path in ("/", "/?name=weak_foot", "/knowledge/rules", "/guide", "/nowhere")]
    pages.append(posted(browser, "/why", why="g1", part=False).text)
    for page in pages:
        assert re.findall(r"<script(?![^>]*\ssrc=\"/static/)", page) == []
        assert re.findall(r"<style|\sstyle=|\son[a-z]+=\"|javascript:", page) == []
        assert re.findall(r"(?:src|href|action)=\"(?!/|#)", page) == []


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8642", "127.0.0.1.evil.example", "", "10.0.0.7"])
def test_another_name_is_refused(browser, host):
    for path in ("/", "/api/plan", "/static/spondyl.css"):
        assert browser.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:9", "localhost:8642", "[::1]:8642", "LOCALHOST"])
def test_its_own_names_are_fine(browser, host):
    assert browser.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": HOST, "sec-fetch-site": "cross-site"},
    ],
)
def test_another_page_is_refused(browser, headers):
    assert browser.post("/", data={"token": token(browser), "text": NOTE}, headers=headers).status_code == 403
    assert browser.post("/api/plan", json={"text": NOTE}, headers=headers).status_code == 403


def test_a_form_without_the_token_of_the_page_is_refused(browser):
    for sent in ({}, {"token": ""}, {"token": "x" * 32}, {"token": "\N{SNOWMAN}"}):
        answer = browser.post("/", data={"input_name": "note", "text": NOTE, **sent})
        assert answer.status_code == 403
        assert "I205" in answer.text
        assert "61F" not in answer.text
    fields = {"token": token(browser), "input_name": "note", "text": NOTE}
    assert browser.post("/", data=fields, headers={"origin": HOST, "sec-fetch-site": "same-origin"}).status_code == 200


def test_with_an_access_token_nothing_is_open():
    access = "a token of enough characters"
    closed = client(access=access)
    assert closed.get("/").headers["location"] == "/sign-in"
    for path in ("/api/plan", "/document/report.pdf", "/"):
        assert closed.post(path, json={"text": NOTE}).status_code == 401
    for path in ("/knowledge", "/openapi.json", "/guide", "/facts"):
        assert closed.get(path).status_code == 303
    bearer = {"authorization": f"Bearer {access}"}
    assert closed.post("/api/plan", json={"text": NOTE}, headers=bearer).status_code == 200
    assert closed.post("/api/plan", json={"text": NOTE}, headers={"authorization": "Bearer no"}).status_code == 401
    page = closed.get("/sign-in").text
    sent = {"token": re.search(r'name="token" value="([^"]+)"', page)[1], "access": access}
    entered = closed.post("/sign-in", data=sent)
    cookie = entered.headers["set-cookie"]
    assert entered.status_code == 303
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert access not in cookie
    assert closed.get("/").status_code == 200


def test_any_address_means_numbers_only():
    wide = client(any_address=True, access="a token of enough characters")
    assert wide.get("/sign-in", headers={"host": "192.168.7.7:8642"}).status_code == 200
    assert wide.get("/sign-in", headers={"host": "rebound.example:8642"}).status_code == 421


def test_too_much_and_too_many(browser):
    assert browser.post("/", content=b"x" * 24_000_001, headers={"content-type": "text/plain"}).status_code == 413
    many = [("token", token(browser)), *[("change", "fever=yes")] * 500]
    answer = browser.post("/", files=[(name, (None, value)) for name, value in many])
    assert answer.status_code == 400
    assert posted(browser, text="a" * 1_100_000).status_code == 413


def test_what_takes_too_long_is_given_up():
    from concurrent.futures import ThreadPoolExecutor

    import anyio

    from spondyl.service.refusing import Refused

    slow = Work(program(), 0.05)
    with pytest.raises(Refused) as told, ThreadPoolExecutor(1) as apart:  # a browser test may have a loop in this one
        apart.submit(anyio.run, slow.do, lambda: time.sleep(0.4)).result()
    assert told.value.problem.code == "I207"


def test_a_fault_says_where_and_not_what(monkeypatch, capsys):
    from spondyl.service import bench

    def broken(work, desk):
        raise ValueError("the patient is called Rosalind")

    monkeypatch.setattr(bench, "screen_of", broken)
    answer = posted(client())
    assert answer.status_code == 500
    assert "I199" in answer.text
    assert "Rosalind" not in answer.text
    said = capsys.readouterr()
    assert "Rosalind" not in said.out + said.err


def test_secrets_differ_from_start_to_start():
    one, other = Settings(lambda: "2026-11-22", access="x" * 20), Settings(lambda: "2026-11-22", access="x" * 20)
    assert one.page_token != other.page_token
    assert not one.passes(other.pass_of())
    assert one.passes(one.pass_of())
