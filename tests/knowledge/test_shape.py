"""The checker of forms and a JSON Schema validator say the same."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from knowledge.bases import KNOWLEDGE, SOUND

from spondyl.knowledge.kinds import kind_of
from spondyl.knowledge.schemas import schema_of
from spondyl.knowledge.shape import check_shape
from spondyl.knowledge.source import plain, read, read_bytes

FILES = sorted(path.relative_to(SOUND).as_posix() for path in SOUND.rglob("*.yaml"))
FORM = {"K007", "K008", "K009", "K010", "K011"}


def agree(value: Any, kind_name: str, schema: dict[str, Any], validator: Draft202012Validator) -> None:
    document = read_bytes(json.dumps(value).encode(), "x.yaml")
    check_shape(document, schema)
    ours = not any(problem.code in FORM for problem in document.problems)
    assert ours == validator.is_valid(value), (kind_name, value, [p.message for p in document.problems])


@pytest.mark.parametrize("name", FILES)
def test_changed_at_random(name: str) -> None:
    kind = kind_of(name)
    assert kind is not None
    document = read(SOUND / name, name)
    assert document.root is not None
    validator = Draft202012Validator(schema_of(kind.name))
    value = plain(document.root)
    agree(value, kind.name, kind.schema, validator)
    chance = random.Random(name)
    for _ in range(60):
        changed = json.loads(json.dumps(value))
        change(changed, chance)
        agree(changed, kind.name, kind.schema, validator)


def change(value: Any, chance: random.Random) -> None:
    """One key or item is removed, added, renamed or given another value."""
    places = [value]
    for place in places:
        inner = place.values() if isinstance(place, dict) else place
        places += [one for one in inner if isinstance(one, dict | list) and one]
    place = chance.choice(places)
    key: Any = chance.choice(list(place)) if isinstance(place, dict) else chance.randrange(len(place))
    other = chance.choice([None, True, 7, "word", "Other word", [], ["word"], {}, {"key": 1}, ""])
    how = chance.randrange(4)
    if how == 0:
        del place[key]
    elif how == 1 and isinstance(place, dict):
        place[f"{key}x"] = place.pop(key)
    elif how == 2 and isinstance(place, list):
        place.append(other)
    else:
        place[key] = other


@pytest.mark.slow
@pytest.mark.parametrize("folder", sorted(path.name for path in KNOWLEDGE.iterdir() if path.is_dir()))
def test_the_knowledge_base(folder: str) -> None:
    for path in sorted((KNOWLEDGE / folder).rglob("*.yaml")):
        name = path.relative_to(KNOWLEDGE).as_posix()
        kind = kind_of(name)
        assert kind is not None, name
        document = read(path, name)
        assert document.root is not None, name
        check_shape(document, kind.schema)
        ours = [problem.message for problem in document.problems]
        theirs = [
            error.message for error in Draft202012Validator(schema_of(kind.name)).iter_errors(plain(document.root))
        ]
        assert (ours, theirs) == ([], []), name


def test_where_files_stand() -> None:
    assert kind_of("red_flags/cauda_equina.yaml").name == "red_flags"  # type: ignore[union-attr]
    assert kind_of("gates/_common.yaml").name == "common_checks"  # type: ignore[union-attr]
    assert kind_of("thresholds.yaml").name == "thresholds"  # type: ignore[union-attr]
    for stray in (
        "red_flags/deeper/x.yaml",
        "red_flags/x.yml",
        "notes.txt",
        "regions/x.yaml",
        str(Path("other/x.yaml")),
    ):
        assert kind_of(stray) is None
