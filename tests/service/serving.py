"""The application without a network: what a client sends, and what comes back."""

from __future__ import annotations

import re
from functools import cache

from starlette.testclient import TestClient

from spondyl.engine import Program
from spondyl.knowledge import load
from spondyl.service.app import application
from spondyl.service.settings import Settings
from spondyl.service.work import Work

DAY = "2026-11-22"
HOST = "http://127.0.0.1:8642"
NOTE = """Clinic visit 11/20/2026
61F, L4-S1 posterior fusion with pedicle screws 03/12/2025. Right buttock pain for 8 months, 6/10, worse when standing.
3 of 5 SI provocation tests positive on the right. No numbness in the saddle area, no bladder complaints, no fever.
PT for 8 weeks. Takes ibuprofen as needed.
"""


@cache
def program() -> Program:
    return Program(load())


@cache
def work() -> Work:
    return Work(program(), 60)


def client(**settings) -> TestClient:
    """A browser that talks to an application with these settings."""
    made = Settings(lambda: DAY, **settings)
    return TestClient(application(program(), made), base_url=HOST, follow_redirects=False)


def token(browser: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', browser.get("/").text)
    assert found is not None
    return found[1]


def posted(browser: TestClient, path: str = "/", text: str = NOTE, part: bool = True, **fields: str | list[str]):
    """A form of the page, as its script sends it, or as a browser without scripts does."""
    pairs = [("token", token(browser)), ("input_name", "note"), ("text", text)]
    for name, value in fields.items():
        pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
    headers = {"HX-Request": "true"} if part else {}
    return browser.post(path, files=[(name, (None, value)) for name, value in pairs], headers=headers)
