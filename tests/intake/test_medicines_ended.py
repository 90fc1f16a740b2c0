"""Medicines of the past, of an hour, never begun, or exchanged; what ended them; and how many a day at most."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[2] / "knowledge"))


def _entries(lexicon: Lexicon, said: str, name: str) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for fact in read(f"Visit 11/20/2026. L4-5 fusion 3/2/2025.\n\n{said}\n", "n", lexicon).facts:
        head, _, rest = fact.fact.partition(".")
        if head == name and rest:
            entry = found.setdefault(rest.split(".")[0], {})
            entry[rest.split(".")[1]] = fact.value
            if rest.split(".")[1] in ("drug", "type"):
                entry["how"] = fact.assertion
    return list(found.values())


def _taken(lexicon: Lexicon, said: str) -> list[str]:
    return [str(one["drug"]) for one in _entries(lexicon, said, "medications") if one["how"] == "present"]


@pytest.mark.parametrize(
    ("said", "taken"),
    [
        ("She was on prednisone for polymyalgia until 2021.", []),
        ("He took naproxen for years until his operation.", []),
        ("Was taking hydrocodone until last winter.", []),
        ("Took ibuprofen for the first two weeks only.", []),
        ("He finished a course of prednisone in August.", []),
        ("She ran out of gabapentin three weeks ago.", []),
        ("No longer requires oxycodone.", []),
        ("Has not needed tramadol since August.", []),
        ("Warfarin for six months after a clot in 2018.", []),
        ("Switched from gabapentin to pregabalin 75 mg bid.", ["pregabalin"]),
        ("Naproxen was changed to celecoxib 200 mg daily.", ["celecoxib"]),
        ("Nortriptyline replaced amitriptyline in May.", ["nortriptyline"]),
        ("Uses acetaminophen instead of ibuprofen.", ["acetaminophen"]),
        ("Prescribed duloxetine but never filled it.", []),
        ("His surgeon gave him tizanidine, which he did not take.", []),
        ("She got a shot of ketorolac in the ER.", []),
        ("In recovery she was given fentanyl 50 mcg and ondansetron.", []),
        ("Morphine PCA for two days.", []),
        ("Held: rivaroxaban; to be restarted at 20 mg daily on 11/30/2026.", []),
        ("MEDICATIONS: losartan 50 mg daily. He used to be on celecoxib. Codeine made him confused.", ["losartan"]),
        ("Tramadol gave her nightmares.", []),
        ("Oxycodone was too strong for him.", []),
        ("Capsaicin cream - unhelpful.", []),
        # what goes on
        ("She is on apixaban until March 2027.", ["apixaban"]),
        ("He has been on gabapentin for two years and it helps until evening.", ["gabapentin"]),
        ("Takes oxycodone 5 mg every 6 hours until bedtime.", ["oxycodone"]),
        ("Gabapentin made her drowsy so it was reduced to 300 mg at night.", ["gabapentin"]),
        ("Gabapentin makes him sleepy but helps.", ["gabapentin"]),
        ("Tramadol gave her good relief.", ["tramadol"]),
        ("He was given oxycodone 5 mg q6h prn at discharge.", ["oxycodone"]),
        ("In the ED he was prescribed cyclobenzaprine 10 mg tid.", ["cyclobenzaprine"]),
        ("He received tramadol on the ward and still takes it.", ["tramadol"]),
        ("Takes duloxetine but did not take it this morning.", ["duloxetine"]),
        ("Taking ibuprofen for the first time in years.", ["ibuprofen"]),
        ("Gabapentin was increased and changed to evening dosing.", ["gabapentin"]),
        ("Her oxycodone was stopped and restarted in October.", ["oxycodone"]),
        ("Completed 6 weeks of PT on meloxicam 15 mg daily.", ["meloxicam"]),
        ("Ran out of oxycodone early again.", ["oxycodone"]),
        ("Warfarin for six months now.", ["warfarin"]),
    ],
)
def test_what_is_still_taken(lexicon: Lexicon, said: str, taken: list[str]) -> None:
    assert _taken(lexicon, said) == taken


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("- Naproxen: stopped because of an ulcer", {"type": "nsaid", "adverse": True}),
        ("- Amitriptyline - stopped, dry mouth", {"type": "tca", "adverse": True}),
        ("Celecoxib was discontinued for a rise in creatinine.", {"type": "nsaid", "adverse": True}),
        ("Duloxetine 60 mg x 8 weeks: nausea, discontinued", {"type": "snri", "adverse": True, "weeks_or_n": 8}),
        ("Amitriptyline caused urinary retention and was stopped.", {"type": "tca", "adverse": True}),
        ("Lyrica 150 mg bid for eight weeks did nothing.", {"type": "gabapentinoid", "weeks_or_n": 8, "relief_pct": 0}),
        ("Gabapentin 900 mg daily for 6 weeks: 20% relief, stopped, dizzy", {"relief_pct": 20, "weeks_or_n": 6}),
    ],
)
def test_what_ended_it(lexicon: Lexicon, said: str, wanted: dict[str, Any]) -> None:
    entries = _entries(lexicon, said, "prior_treatments")
    assert len(entries) == 1
    assert {name: entries[0].get(name) for name in wanted} == wanted
    assert _taken(lexicon, said) == []


def test_an_indication_is_no_harm(lexicon: Lexicon) -> None:
    for said in ("Ibuprofen for headaches, stopped in 2020.", "Naproxen was stopped before surgery. No side effects."):
        assert not any("adverse" in one for one in _entries(lexicon, said, "prior_treatments"))


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("Oxycodone 5 mg as needed, no more than 3 tablets per day.", {"max_per_day": 3, "as_needed": True}),
        ("Norco 5/325, max 6 tabs/day.", {"dose": 5, "unit": "mg", "max_per_day": 6}),
        ("Tramadol 50 mg prn, limit 4 in 24 hours.", {"max_per_day": 4}),
        ("Tylenol 500 mg prn, not to exceed 3 g daily.", {"as_needed": True, "max_per_day": None}),
        ("Percocet 7.5/325 one tab every 6 hours.", {"dose": 7.5, "unit": "mg", "times_per_day": 4}),
        ("Hydrocodone/acetaminophen 10/325 four times a day.", {"dose": 10, "unit": "mg", "times_per_day": 4}),
    ],
)
def test_how_many_at_most(lexicon: Lexicon, said: str, wanted: dict[str, Any]) -> None:
    entry = _entries(lexicon, said, "medications")[0]
    assert {name: entry.get(name) for name in wanted} == wanted


def test_what_was_stopped_is_denied_with_its_status(lexicon: Lexicon) -> None:
    entry = _entries(lexicon, "Tramadol was stopped in July 2026.", "medications")[0]
    assert (entry["drug"], entry["how"], entry["status"]) == ("tramadol", "negated", "stopped")
