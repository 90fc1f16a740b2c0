"""The pictures: drawn from the record, told in words, and harmless inside a page with a strict policy."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from documents.made import EXAMPLES, example, note, structured, vignettes

from spondyl.render.pictures import progress, scores, spine, timeline, told

SVG = "{http://www.w3.org/2000/svg}"
DRAWINGS = {"spine": spine, "timeline": timeline, "scores": scores, "progress": progress}
FLUID = "fluid_collection.txt"
ALLOWED = {
    "svg", "title", "desc", "g", "rect", "line", "circle", "ellipse", "polygon", "polyline", "path", "text",
}  # fmt: skip


def _sound(svg: str) -> ElementTree.Element:
    root = ElementTree.fromstring(svg)
    assert {one.tag.removeprefix(SVG) for one in root.iter()} <= ALLOWED
    for one in root.iter():
        for name, value in one.attrib.items():
            assert name != "style"
            assert not name.startswith("on")
            assert "url(" not in value
            assert "nan" not in value.lower().split()
            assert not value.startswith(("http", "javascript")) or name == "xmlns"
    assert root.get("role") == "img"
    named = (root.get("aria-labelledby") or "").split()
    ids = {one.get("id") for one in root.iter() if one.get("id")}
    assert set(named) == ids
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert title.text
    assert desc.text
    return root


def _inside(root: ElementTree.Element) -> None:
    """Nothing is drawn far outside of what is shown."""
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for one in root.iter():
        if one.tag == f"{SVG}text" and root.get("class") != "picture-spine":  # the spine's panels move their origin
            assert 0 <= float(one.get("x", "0")) <= width + 1
            assert 0 <= float(one.get("y", "0")) <= height + 1


@pytest.mark.parametrize("drawing", DRAWINGS)
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_is_sound_and_the_same_twice(name, drawing):
    made = example(name)
    svg = DRAWINGS[drawing](made.record, made.words)
    assert svg == DRAWINGS[drawing](made.record, made.words)
    if svg:
        _inside(_sound(svg))


@pytest.mark.parametrize(("ident", "text"), vignettes(), ids=[ident for ident, _ in vignettes()])
def test_any_note_can_be_drawn(ident, text):
    made = note(text)
    for draw in DRAWINGS.values():
        svg = draw(made.record, made.words)
        if svg:
            _inside(_sound(svg))
    for gate in ("lumbar_mri", "revision_surgery", "nsaid"):
        _inside(_sound(progress(made.record, made.words, gate)))


def test_the_spine_shows_and_tells_levels_implants_neighbors_pain_and_suspects():
    made = example(FLUID)
    words = told(spine(made.record, made.words))
    for part in (
        "L4-L5: fusion, 2026-01-14 (screws and rods, cage)",
        "C5-C6: central stenosis (MRI 2024)",
        "next to the fusion: L3-L4",
        "Pain in: low back",
        "pseudarthrosis, L4-S1: possible",
    ):
        assert part in words
    letters = [one.text for one in _sound(spine(made.record, made.words)).iter(f"{SVG}text")]
    assert {"L1", "L5", "S1", "C5"} <= set(letters)


@pytest.mark.parametrize(
    "operations", ["L4-S1 fusion 03/2024", "C5-C7 fusion 02/2019, T10-T11 laminectomy 05/2021, L4-S1 fusion 03/2024"]
)
def test_the_letters_of_the_spine_can_be_read_with_any_number_of_regions(operations):
    made = note(f"11/20/2026. 62M. {operations}. Low back pain and neck pain.")
    svg = _sound(spine(made.record, made.words))
    shown = 600 / float((svg.get("viewBox") or "").split()[2])  # a column of the workbench, a page of the report
    assert min(float(one.get("font-size", "0")) for one in svg.iter(f"{SVG}text")) * shown >= 11


def test_of_the_thoracic_spine_the_levels_told_of_and_one_more_at_each_end_are_drawn():
    made = note("11/20/2026. 62M. T10-T11 laminectomy 05/2021. Back pain.")
    letters = {one.text for one in _sound(spine(made.record, made.words)).iter(f"{SVG}text")}
    assert {one for one in letters if re.fullmatch(r"T\d+", one or "")} == {"T9", "T10", "T11", "T12"}


def test_the_timeline_tells_days_as_they_are_known():
    made = example(FLUID)
    svg = timeline(made.record, made.words)
    words = told(svg)
    for part in (
        "L4-S1 fusion: 2026-01-14",
        "MRI C5-C6: 2024",
        "physical therapy: 7 to 11 weeks",
        "Back pain: 6: 2026-11-20",
    ):
        assert part in words
    dashed = [one for one in _sound(svg).iter(f"{SVG}rect") if one.get("stroke-dasharray")]
    assert len(dashed) >= 3  # the year of the MRI, the month of the exercise, what of the therapy is not sure


def test_a_study_without_a_day_is_named_and_not_placed():
    made = note("11/20/2026. 60M, L4-5 fusion 2024, low back pain. Takes ibuprofen.")
    assert "No date on record: ibuprofen" in told(timeline(made.record, made.words))


@pytest.mark.parametrize(
    ("later", "said"),
    [(30, "Better by more than"), (48, "Within the change"), (70, "Worse by more than")],
)
def test_scores_are_told_against_the_change_that_matters(later, said):
    made = structured(
        "schema: spondyl/case/1\nwritten_on: '2026-11-20'\nfacts: {age_years: 60}\n"
        "surgeries: [{procedure: [fusion], levels: [L4-L5], date: '2024', status: done}]\n"
        f"scores: [{{name: odi_pct, value: 52, on: '2026-03'}}, {{name: odi_pct, value: {later}, on: '2026-10-01'}}]\n"
    )
    words = told(scores(made.record, made.words))
    assert f"52 (2026-03), {later} (2026-10-01)" in words
    assert "a change of 10 matters (HARA-2022)" in words
    assert said in words


def test_the_changes_that_matter_are_those_of_their_sources():
    made = example(FLUID)
    table = made.words.rules.tables["wording"]["documents"]["changes_that_matter"]
    for name, one in table.items():
        shows = made.words.rules.evidence[one["source"]].shows
        assert name in made.words.rules.facts
        assert re.search(rf"(?<![\d.]){re.escape(str(one['change']))}(?![\d])", shows), name


def test_not_documented_is_drawn_apart_from_not_met():
    made = example(FLUID)
    svg = progress(made.record, made.words, "lumbar_mri")
    assert "7 to 11 weeks / 6 weeks" in told(svg)
    several = _sound(progress(made.record, made.words))
    dashed = [one for one in several.iter(f"{SVG}rect") if one.get("stroke-dasharray") == "2.5 2.5"]
    counted = sum(
        one["result"] == "not_documented"
        for gate in made.record["gates"]
        if gate["gate"] == "duloxetine"
        for one in gate["criteria"]
        if one["kind"] == "required"
    )
    assert len(dashed) >= counted + 1  # the squares and the one of the key


def test_nothing_known_draws_nothing():
    made = example("labs.yaml")
    assert spine(made.record, made.words) == ""
    assert timeline(made.record, made.words) == ""
    assert scores(made.record, made.words) == ""


def test_hostile_words_are_escaped():
    made = note('11/20/2026. 60M, L4-5 fusion 2024 </svg><script>alert("x")</script>, low back pain 7/10, MRI 2025.')
    for draw in DRAWINGS.values():
        assert "<script" not in draw(made.record, made.words)
