"""What the form carries becomes the case: answers, corrections and additions stand beside the note."""

from __future__ import annotations

import re

import pytest
from service.serving import DAY, NOTE, client, posted, work

from spondyl.intake.inputs import Input, read_inputs
from spondyl.record import Refusal
from spondyl.service.controls import control
from spondyl.service.corrections import corrected, written
from spondyl.service.desk import desk_of
from spondyl.service.examples import EXAMPLES
from spondyl.service.screen import screen_of


@pytest.fixture(scope="module")
def browser():
    return client()


def read():
    return read_inputs([Input("note", NOTE.encode())], work().rules, DAY)


def facts(case, name):
    return [(fact.value, fact.assertion, fact.source.name) for fact in case.facts if fact.fact == name]


def test_an_answer_takes_the_place_of_what_was_read():
    before = read()
    case, made = corrected(before, ["note"], ["fever=yes"], work().rules, DAY)
    assert facts(before, "fever") == [(True, "negated", "note")]
    assert facts(case, "fever") == [(True, "present", "form")]
    assert case.written_on["form"] == DAY
    assert case.texts == before.texts
    assert [len(one.replaced) for one in made] == [1]


def test_unknown_takes_it_away_and_a_place_touches_only_its_words():
    case, _ = corrected(read(), ["note"], ["fever=unknown"], work().rules, DAY)
    assert facts(case, "fever") == []
    age = next(fact for fact in read().facts if fact.fact == "age_years")
    change = written("age_years", (0, age.source.start, age.source.end), "62")
    case, made = corrected(read(), ["note"], [change], work().rules, DAY)
    assert facts(case, "age_years") == [(62, "present", "form")]
    assert not made[0].stale
    case, made = corrected(read(), ["note"], ["age_years@0:1-2=62"], work().rules, DAY)
    assert facts(case, "age_years") == facts(read(), "age_years")
    assert made[0].stale


def test_how_a_correction_is_meant():
    case, _ = corrected(read(), ["note"], ["fever=yes ~historical"], work().rules, DAY)
    assert facts(case, "fever") == [(True, "historical", "form")]


@pytest.mark.parametrize("change", ["fever", "=yes", "fever=perhaps", "feaver=yes", "fever=yes ~sometimes"])
def test_a_change_that_means_nothing_is_refused(change):
    with pytest.raises(Refusal):
        corrected(read(), ["note"], [change], work().rules, DAY)


def test_what_the_form_says_is_shown_with_what_it_was(browser):
    page = posted(browser, change=["fever=yes"]).text
    assert re.search(r"<b>Fever</b>: yes <span class=\"was\">was no</span>", page)
    assert 'name="change" value="fever=yes"' in page
    page = posted(browser, change=["fever=yes"], undo="fever=yes").text
    assert 'name="change"' not in page


def test_buttons(browser):
    assert 'value="fever=yes"' in posted(browser, answer="fever=yes").text
    page = posted(browser, answer="crp_mg_l", **{"v.crp_mg_l": "9.6 mg/dL"}).text
    assert "96 mg/L" in page
    answer = posted(browser, answer="crp_mg_l", **{"v.crp_mg_l": ""})
    assert answer.status_code == 422
    assert "nothing is filled in" in answer.text.lower()
    page = posted(
        browser, answer="imaging", **{"v.imaging": "CT lumbar spine 11/02/2026: lucency around both S1 screws."}
    ).text
    assert "added here" in page
    assert "2026-11-02" in page


def test_line_ends_of_a_form_are_those_of_the_note():
    desk = desk_of([("input_name", "note"), ("text", NOTE.replace("\n", "\r\n"))], DAY)
    assert desk.inputs == (("note", NOTE),)


def test_every_fact_that_can_be_asked_for_has_a_control():
    words = work().words("en-US")
    for name, entry in words.rules.facts.items():
        made = control(words, name)
        assert made is not None
        assert made.kind in ("truth", "number", "choice", "set", "date", "text", "list")
        if made.kind in ("choice", "set"):
            assert {value for value, _ in made.options} == set(entry.type.values)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda one: one.name)
def test_the_examples_are_planned(browser, example):
    page = browser.get(f"/?name={example.name}")
    assert page.status_code == 200
    fields = [pair for name, text in example.texts() for pair in (("input_name", name), ("text", text))]
    screen = screen_of(work(), desk_of(fields, example.as_of))
    assert screen.record["scope"]["status"] == "in_scope"
    assert screen.record["generators"]
    unread = [one["text"] for one in screen.record["unread"]]
    assert [text for text in unread if not text.endswith("?")] == []  # all is understood but a question


def test_examples_show_what_they_say():
    urgencies = {}
    for example in EXAMPLES:
        fields = [pair for name, text in example.texts() for pair in (("input_name", name), ("text", text))]
        urgencies[example.name] = screen_of(work(), desk_of(fields, example.as_of)).record["triage"]["urgency"]
    assert urgencies["weak_foot"] == "emergency"
    assert urgencies["draining_wound"] in ("emergency", "urgent")
    assert urgencies["clumsy_hands"] == "urgent"
    assert urgencies["fluid_collection"] == urgencies["missing_union"] == "routine"


def criteria(page):
    """What the tables of a page say: label, whether it is a hazard, result."""
    rows = re.findall(r'<th scope="row">([^<]*)(<i>check first</i>)?</th><td>([^<]*)</td>', page)
    return [(label.strip(), bool(hazard), result) for label, hazard, result in rows]


def test_a_hazard_that_is_absent_is_not_called_met(browser):
    told = criteria(posted(browser, "/gates", gate="gate.revision_surgery", part=False).text)
    assert {label: result for label, _, result in told}["Age under 18"] == "absent"
    checked = {result for _, hazard, result in told if hazard}
    assert checked
    assert checked <= {"absent", "present, closes it", "not documented", "contradicted"}


def test_criteria_come_when_a_gate_is_opened(browser):
    page = posted(browser, part=False).text
    keys = re.findall(r'class="criteria" data-gate="([^"]+)"', page)
    assert len(keys) > 2
    assert criteria(page) == []
    assert len(re.findall(r'formaction="/gates" name="gate"', page)) == len(keys)  # without scripts
    one, two = (posted(browser, "/gate", gate=which).text for which in (keys[0], keys[:2]))
    assert criteria(one)
    assert criteria(two)[: len(criteria(one))] == criteria(one)
    assert two.count("<table>") == 2
    assert posted(browser, "/gate", gate="gate.nothing").status_code == 404
    whole = posted(browser, "/gates", gate=keys[1], part=False).text
    assert len(re.findall(r'<details class="gate"[^>]* open>', whole)) == 1
    assert criteria(one)[0] in criteria(whole)
