"""The leaflet: plain, short, the same in every language, and in an emergency only: go now."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest
from documents.made import EXAMPLES, HOME, example, note, vignettes
from jsonschema import Draft202012Validator

from spondyl.record import Refusal
from spondyl.render.documents import leaflet, leaflet_sheet, written
from spondyl.render.documents.leaflet import keys
from spondyl.render.documents.reading import grade, syllables

LOCALES = ("en-US", "en-GB", "es")
CASES = [*(("example", name) for name in EXAMPLES), *vignettes()]


def made_of(kind: str, text: str):
    return example(text) if kind == "example" else note(text)


@pytest.mark.parametrize(("kind", "text"), CASES, ids=[one if one != "example" else name for one, name in CASES])
def test_every_leaflet_is_plain_and_the_same_in_every_language(kind, text):
    made = made_of(kind, text)
    found = {locale: leaflet(made.record, made.words, locale) for locale in LOCALES}
    english = found["en-US"]
    assert english["readability"]["grade"] <= 6
    assert found["en-GB"]["readability"]["grade"] <= 6
    for locale in LOCALES:
        assert [name for name, holds in found[locale]["readability"]["checks"].items() if not holds] == [], locale
        assert keys(found[locale]) == keys(english)
    assert (english["reviewed"], found["es"]["reviewed"]) == (True, False)
    assert found["es"]["notice"] == "Traducción no revisada"
    texts = [line["text"] for section in english["sections"] for line in section["lines"]]
    _names_nothing_as_certain(english)
    for one in texts:
        if re.search(r"\bstop\b", one, re.IGNORECASE):
            assert re.search(r"do not stop|ask for help to stop", one, re.IGNORECASE), one
    emergency = made.record["triage"]["urgency"] == "emergency"
    sections = [section["id"] for section in english["sections"]]
    assert (sections == ["go_now", "say_there"]) == emergency
    assert any("911" in one for one in texts)
    assert all("911" not in line["text"] for section in found["en-GB"]["sections"] for line in section["lines"])
    statements = {name for section in english["sections"] for line in section["lines"] for name in line["statements"]}
    assert statements <= set(made.record["statements"])


def _names_nothing_as_certain(found):
    for section in found["sections"]:
        if section["id"] == "may_be":
            for line in section["lines"]:
                assert re.search(r"\b(may|might)\b", line["text"]), line


def test_an_established_tumor_is_not_written_on_a_sheet():
    for _, text in vignettes():
        made = note(text)
        found = leaflet(made.record, made.words)
        said = " ".join(line["text"] for section in found["sections"] for line in section["lines"]).lower()
        assert not re.search(r"\b(tumou?r|cancer)\b", said)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", EXAMPLES)
def test_the_leaflet_keeps_to_its_schema(name, locale):
    made = example(name)
    schema = json.loads((HOME / "schemas/record/leaflet.schema.json").read_text(encoding="utf-8"))
    found = json.loads(json.dumps(leaflet(made.record, made.words, locale)))
    assert [one.message[:200] for one in Draft202012Validator(schema).iter_errors(found)] == []


def test_the_lines_of_the_record_are_the_lines_of_the_leaflet():
    made = example("fluid_collection.txt")
    found = dict(keys(leaflet(made.record, made.words)))
    for key, statements in found.items():
        if key.startswith("treatment."):
            _, treatment, status = key.split(".")
            entry = next(one for one in made.record["treatments"] if one["statement"] == statements[0])
            assert (entry["treatment"], entry["status"]) == (treatment, status)


def test_medicines_bring_their_warnings():
    made = example("fluid_collection.txt")
    found = dict(keys(leaflet(made.record, made.words)))
    assert {"guide.without_surgery.never_mix", "guide.without_surgery.no_sudden_stop"} <= set(found)


def test_a_language_there_is_not_is_refused():
    made = example("labs.yaml")
    with pytest.raises(Refusal) as refused:
        leaflet(made.record, made.words, "fr")
    assert refused.value.problems[0].code == "I030"


def test_english_and_spanish_words_have_the_same_identifiers():
    made = example("labs.yaml")
    wording = made.words.rules.tables["wording"]
    english, spanish = wording["patient"], wording["patient_es"]
    for kind in ("generators", "treatments", "referrals", "red_flags"):
        assert set(english[kind]) == set(spanish[kind]), kind
    for kind in ("modality", "region"):
        assert set(english["orders"][kind]) == set(spanish["orders"][kind])
    only_english = {name for name in english["fixed"] if name.startswith("guide_")}
    only_spanish = {"not_reviewed", "emergency_room", "crisis_line"}
    assert set(english["fixed"]) - only_english == set(spanish["fixed"]) - only_spanish
    net = wording["en-US"]["safety_net"]
    for kind in ("emergency", "same_day"):
        ours, theirs = net[kind]["signs_patient"], spanish["safety_net"][kind]["signs_patient"]
        if isinstance(ours, dict):
            assert {key: len(signs) for key, signs in ours.items()} == {
                key: len(signs) for key, signs in theirs.items()
            }
        else:
            assert len(ours) == len(theirs)


def test_the_measure_of_reading_knows_easy_from_hard():
    easy = ["The cat sat on the mat. It was a good cat."]
    hard = ["Postoperative pseudarthrosis necessitates multidisciplinary reconsideration of conservative management."]
    assert grade(easy) < 2 < 12 < grade(hard)
    assert [syllables(one) for one in ("back", "doctor", "emergency", "stopped", "little")] == [1, 2, 4, 1, 2]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_form_says_the_same(locale):
    made = example("fluid_collection.txt")
    found = leaflet(made.record, made.words, locale)
    sheet = leaflet_sheet(found)
    for form in ("text", "md", "html"):
        said = " ".join(unescape(written(sheet, form).decode().replace("\\", "")).split())
        for section in found["sections"]:
            for line in section["lines"]:
                assert line["text"] in said, (form, line)
