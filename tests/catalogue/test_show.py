"""`spondyl knowledge show`: every part in every form, and the list of claims as the contract fixes it."""

from __future__ import annotations

import functools
import json
import re
from html.parser import HTMLParser

import pytest

from spondyl.cli import showing
from spondyl.cli.main import main
from spondyl.knowledge import cases, claims, load
from spondyl.render.catalogue import flow
from spondyl.render.catalogue.forms import to_html, to_text
from spondyl.render.catalogue.naming import all_rules, rule_name
from spondyl.render.catalogue.telling import Catalogue

WHATS = [
    "overview", "rules", "red_flags", "generators", "imaging", "gates", "treatments", "revision", "follow_up",
    "pitfalls", "prognosis", "prevention", "outcomes", "referrals", "facts", "thresholds", "evidence", "conflicts",
    "claims", "pathways",
]  # fmt: skip
ONES = [
    ("gates", "nsaid"), ("gate.nsaid", None), ("gate:nsaid", None), ("rules", "facet_joint"), ("facts", "fever"),
    ("facts", "fused_here"), ("thresholds", "esi_conservative_weeks"), ("evidence", "DCM-2017"),
    ("conflicts", "opioids"), ("claims", "S001-21"), ("claims", "S004"), ("pathways", "triage"),
    ("pathways", "nsaid"), ("pitfalls", "normal_emg"), ("revision", "drain_seroma"),
    ("pathways", "generator.facet_joint"), ("red_flag.cauda_equina", None),
]  # fmt: skip


@pytest.fixture(autouse=True)
def read_once(monkeypatch):
    """The knowledge base is read once for all tests, not once for each command."""
    monkeypatch.setattr(showing, "load", _LOAD)
    monkeypatch.setattr(showing, "cases", _CASES)
    monkeypatch.setattr(showing, "claims", _CLAIMS)


_LOAD, _CASES, _CLAIMS = functools.cache(load), functools.cache(cases), functools.cache(claims)


def shown(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["knowledge", "show", *words]) == 0
    said = capsys.readouterr()
    assert said.err == ""
    return said.out


class Tags(HTMLParser):
    """Counts what is open, and keeps the text."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("what", WHATS)
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_every_part_in_every_form(capsys, what, form):
    out = shown(capsys, what, "--format", form)
    if form == "json":
        assert json.loads(out)
    elif form == "html":
        page = Tags()
        page.feed(out)
        assert page.open == []
        assert "<script" not in out
        assert len(page.text) > 100
    elif form == "md":
        assert out.startswith(("# ", "## "))
        assert "<!--" not in out
    else:
        assert "**" not in out
        assert max(map(len, out.splitlines())) <= 130


@pytest.mark.parametrize(("what", "one"), ONES)
@pytest.mark.parametrize("form", ["text", "md", "html", "json"])
def test_one_of_each_in_every_form(capsys, what, one, form):
    out = shown(capsys, what, *([one] if one else []), "--format", form)
    assert out.strip()
    if form == "json":
        assert json.loads(out)


def test_the_claims_are_listed_as_the_contract_says(capsys):
    told = json.loads(shown(capsys, "claims", "--format", "json"))
    assert len(told) == 199
    names = {rule_name(kind, name) for kind, name, _ in all_rules(_LOAD())}
    for one in told:
        assert re.fullmatch(r"S00[0-4]-\d{2}", one["claim"])
        assert one["disposition"] in ("encoded", "corrected", "left_out")
        assert set(one["encoded_by"]) <= names
        assert bool(one["encoded_by"]) is (one["disposition"] != "left_out")
        assert (one["not_encoded"] is None) is (one["disposition"] != "left_out")
    assert len({one["claim"] for one in told}) == 199


def test_a_rule_is_shown_with_all_of_its_cases(capsys):
    out = shown(capsys, "gate.nsaid", "--format", "md")
    for case in cases()["gates"]["nsaid"]:
        assert f"| {case['name']} |" in out
    assert "flowchart TD" in out


def test_counts_of_the_overview_are_those_of_the_base(capsys):
    told = json.loads(shown(capsys, "--format", "json"))
    rules = _LOAD()
    assert told["rules_in_all"] == sum(1 for _ in all_rules(rules))
    assert told["rules"]["gates"]["rules"] == len(rules.gates)
    assert sum(told["claims"].values()) == sum(register["count"] for register in _CLAIMS())
    assert sum(told["evidence"].values()) == len(rules.evidence)


def test_every_pathway_is_drawn_and_leads_somewhere():
    page = Catalogue(_LOAD())
    for name, draw in flow.pathways(page).items():
        drawn = draw()
        assert drawn.steps, name
        mermaid = flow.to_mermaid(drawn)
        # Every node that an arrow leads to is drawn, and no label holds a quote that would end it.
        drawn_nodes = set(re.findall(r"^ +(\w+)(?:\{\{|\(\[)", mermaid, re.MULTILINE))
        led_to = set(re.findall(r"\| (q\d+|last)$", mermaid, re.MULTILINE))
        assert led_to <= drawn_nodes, name
        assert all(line.count('"') % 2 == 0 for line in mermaid.splitlines())
        assert drawn.last in flow.to_lines(drawn)


def test_a_gate_is_drawn_with_all_it_asks():
    page = Catalogue(_LOAD())
    rule = page.rules.gates["revision_surgery"]
    drawn = flow.gate(page, rule)
    asked = "\n".join(step.asks for step in drawn.steps)
    for label in [*(need.label for need in rule.required), *(check.label for check in rule.checks)]:
        assert label in asked


@pytest.mark.parametrize(
    "words", [("nonsense",), ("gates", "nsaidd"), ("rules", "nobody"), ("pathways", "x"), ("claims", "S009-01")]
)
def test_what_is_not_there_is_said(capsys, words):
    assert main(["knowledge", "show", *words]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "I103" in said.err


def test_a_name_of_two_rules_is_asked_back(capsys):
    assert main(["knowledge", "show", "rules", "cauda_equina_nobody"]) == 2
    assert main(["knowledge", "show", "rules", "nsaid"]) == 2
    assert "gate.nsaid" in capsys.readouterr().err


def test_markup_is_escaped_and_read_back():
    page = "# A <b>\n\n| a | b |\n|---|---|\n| `x < 1` | c \\| d & e |\n"
    html = to_html(page, "t")
    assert "<h1" in html
    assert "<b>" not in html
    assert "<code>x &lt; 1</code>" in html
    assert "c | d &amp; e" in html
    assert "x < 1" in to_text(page)


def test_a_chart_is_drawn_by_each_form_as_it_can(capsys):
    assert "```mermaid" in shown(capsys, "gate.nsaid", "--format", "md")
    page = shown(capsys, "gate.nsaid", "--format", "html")
    assert "mermaid" not in page
    assert '<ol class="flow">' in page
    text = shown(capsys, "gate.nsaid")
    assert "flowchart" not in text
    assert "Pathway: " in text
    assert "=> open" in text
