"""The rules of axe on every kind of page and every state of the workbench, in light and in dark: no violation."""

from __future__ import annotations

import pytest
from browser.judged import violations
from browser.shapes import shapes

PAGES = (
    "",
    "knowledge",
    "knowledge/conflicts",
    "knowledge/rules",
    "knowledge/rule/gate.manipulation",
    "knowledge/rule/generator.pseudarthrosis",
    "knowledge/facts",
    "knowledge/fact/surgeries",
    "knowledge/thresholds",
    "knowledge/evidence",
    "knowledge/evidence/CDC-2022",
    "knowledge/claims",
    "knowledge/claim/S000-01",
    "knowledge/flowcharts",
    "knowledge/flowchart/triage",
    "guide",
    "nowhere",
)


def test_every_page(open_page):
    page = open_page("", color_scheme="light", bypass_csp=True)
    url = page.url
    found, seen = {}, set()
    for path in PAGES:
        page.goto(url + path)
        told = shapes(page.content())
        found[path] = violations(page, dark=not told <= seen)  # the same shapes have the same colors
        seen |= told
    assert {path: told for path, told in found.items() if told} == {}
    page.watched.said.clear()  # the 404 of the page that is not there


@pytest.mark.parametrize("name", ["weak_foot", "missing_union"])
def test_every_state_of_the_workbench(open_page, name):
    page = open_page(f"?name={name}", color_scheme="light", bypass_csp=True)
    assert violations(page) == []
    for tab in ("Ask next", "Course", "Note"):
        page.get_by_role("tab", name=tab).click()
        assert violations(page, changed="#case-pane") == [], tab
    page.locator(".m").nth(2).click()
    page.wait_for_selector(".card")
    assert violations(page, changed="#case-pane") == [], "card"
    page.locator(".card .fix button").first.click()
    page.wait_for_selector(".changes", state="attached")
    page.locator("#plan details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    page.wait_for_selector("#gates .criteria table")
    page.wait_for_selector("#gates .criteria[data-gate]", state="detached")
    page.locator("#plan .id").first.click()
    page.wait_for_selector(".why-panel")
    assert violations(page) == [], "why"
    page.keyboard.press("Escape")
    page.get_by_label("Suppose").fill("fever")
    page.get_by_label("is", exact=True).fill("yes")
    page.keyboard.press("Enter")
    page.wait_for_selector(".difference")
    assert violations(page, changed="#whatif-box") == [], "what if"


def test_a_phone(open_page):
    page = open_page(
        "?name=clumsy_hands", color_scheme="light", bypass_csp=True, viewport={"width": 360, "height": 740}
    )
    assert violations(page) == []
    page.locator("#plan .id").first.click()
    page.wait_for_selector(".why-panel")
    assert violations(page, changed="#reason") == []
