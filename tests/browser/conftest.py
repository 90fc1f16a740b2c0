"""One server, started by the real command, and one browser for the whole suite; every test watches its pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from browser.watched import ARGUMENTS, Server, Watched


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium, server):
    """Opens pages of the server with the options of a context; what they did is judged at the end."""
    opened: list[Watched] = []

    def opens(path: str = "", **options: Any) -> Any:
        watched = Watched(chromium, server.url, **options)
        opened.append(watched)
        watched.page.goto(server.url + path)
        watched.page.watched = watched
        return watched.page

    yield opens
    for watched in opened:
        watched.close()


@pytest.fixture
def page(open_page):
    return open_page()
