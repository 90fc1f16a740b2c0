"""Every rule, fact, source, claim and flowchart has a page, and axe finds nothing on any of them."""

from __future__ import annotations

import pytest
from browser.judged import violations
from browser.shapes import shapes
from service.serving import client, program

from spondyl.knowledge import claims
from spondyl.render.catalogue import flow
from spondyl.render.catalogue.naming import all_rules, rule_name
from spondyl.render.catalogue.telling import Catalogue

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def pages():
    """Each address with its page, as it is sent."""
    rules = program().rules
    paths = [f"rule/{rule_name(kind, name)}" for kind, name, _ in all_rules(rules)]
    paths += [f"fact/{name}" for name in (*rules.facts, *rules.derived)]
    paths += [f"evidence/{name}" for name in rules.evidence]
    paths += [f"claim/{one['claim']}" for register in claims() for one in register["claims"]]
    paths += [f"flowchart/{name}" for name in flow.pathways(Catalogue(rules))]
    browser = client()
    answers = {path: browser.get(f"/knowledge/{path}") for path in paths}
    return {path: (answer.status_code, answer.text) for path, answer in answers.items()}


def test_every_entry_of_the_knowledge_base_has_a_page(pages):
    assert [path for path, (status, _) in pages.items() if status != 200] == []


def test_every_page_is_accessible(open_page, pages):
    page = open_page("", color_scheme="light", bypass_csp=True)
    url = page.url
    seen, found, judged = set(), {}, 0
    for path, (_, html) in sorted(pages.items()):
        told = shapes(html)
        if told <= seen:
            continue
        seen |= told
        page.goto(f"{url}knowledge/{path}")
        found[path] = violations(page, dark=False)
        judged += 1
    assert {path: told for path, told in found.items() if told} == {}
    assert judged > 10


def test_shapes_tell_apart_what_axe_tells_apart():
    table = "<table><tr><th{}>{}</th></tr></table>"
    assert shapes(table.format("", "a")) == shapes(table.format("", "b"))
    assert shapes(table.format("", "a")) != shapes(table.format("", ""))
    assert shapes(table.format("", "a")) != shapes(table.format(" scope='row'", "a"))
    assert shapes("<h1>a</h1><h2>b</h2>") != shapes("<h2>a</h2><h1>b</h1>")
    assert shapes("<ul><li>a</li><li>b</li></ul>") == shapes("<ul><li>a</li><li>b</li><li>c</li></ul>")
