"""Cases made at random from the vocabulary: every document can be made of each, and keeps to its schema."""

from __future__ import annotations

import json
import random
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from cli.test_any_case import made as random_case
from documents.made import DAY, HOME, program
from jsonschema import Draft202012Validator

from spondyl.intake.case import read_case
from spondyl.knowledge.identifiers import GATES
from spondyl.plan import plan
from spondyl.record import Options
from spondyl.render import pictures
from spondyl.render.documents import leaflet, leaflet_sheet, letter, packet, packet_sheet, report, written
from spondyl.render.documents.leaflet import keys

FORMS = ("text", "md", "html")
REASONS = (None, "conservative care", "nicotine", "xyzzy")


@cache
def schema(name: str) -> Draft202012Validator:
    path = HOME / "schemas" / "record" / f"{name}.schema.json"
    return Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))


def problems(name: str, document: Any) -> list[str]:
    plain = json.loads(json.dumps(document))
    return [f"{list(one.path)}: {one.message[:120]}" for one in schema(name).iter_errors(plain)]


@pytest.mark.parametrize("seed", range(16))
def test_every_document_of_any_case(seed):
    chance = random.Random(seed)
    case = read_case(random_case(seed), "random", program().rules, DAY)
    profile = chance.choice(["guideline", "payer_cms", "payer_commercial", "nice_uk"])
    planned = plan(program(), case, Options(DAY, profile, chance.choice(["en-US", "en-GB"])))
    record, words = json.loads(json.dumps(planned.record)), planned.words
    sheets = [report(record, words)]
    for gate in chance.sample(sorted(GATES), 4):
        found = packet(record, words, gate, appeal=chance.choice(REASONS))
        assert problems("packet", found) == []
        sheets.append(packet_sheet(found, words))
    sheets += [letter(record, words, one["to"]) for one in record["referrals"]]
    leaflets = [leaflet(record, words, locale) for locale in ("en-US", "en-GB", "es")]
    for one in leaflets:
        assert problems("leaflet", one) == []
        assert keys(one) == keys(leaflets[0])
        assert [name for name, holds in one["readability"]["checks"].items() if not holds] == []
    sheets += map(leaflet_sheet, leaflets)
    for sheet in sheets:
        for form in FORMS:
            assert written(sheet, form).decode().endswith("\n")
        assert max(map(len, written(sheet, "text").decode().splitlines())) <= 80
    for draw in (pictures.spine, pictures.timeline, pictures.scores, pictures.progress):
        svg = draw(record, words)
        assert not svg or ElementTree.fromstring(svg).get("role") == "img"
