"""Nothing that a rule file may say is lost on the way into the Ruleset."""

from __future__ import annotations

from typing import Any

import pytest

from spondyl.knowledge import thaw
from spondyl.knowledge.kinds import KINDS, REMARKS

# For people who read the file, and for those who test it.
NOT_FOR_THE_ENGINE = {"note", "cases"}


class Watched(dict[str, Any]):
    """A dict that knows which of its keys were asked for."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self.read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def __iter__(self) -> Any:
        self.read |= set(super().keys())
        return super().__iter__()

    def items(self) -> Any:
        self.read |= set(super().keys())
        return super().items()

    def keys(self) -> Any:
        self.read |= set(super().keys())
        return super().keys()


def full(schema: dict[str, Any]) -> Any:
    """A value that uses everything a schema allows."""
    if "anyOf" in schema:
        return full(schema["anyOf"][0])
    if schema.get("x-role") == "condition":
        return ["fact", "some_fact"]
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "string")
    if kind == "object":
        made = {key: full(inner) for key, inner in schema.get("properties", {}).items()}
        if isinstance(schema.get("additionalProperties"), dict):
            made["guideline"] = full(schema["additionalProperties"])
        return Watched(made)
    if kind == "array":
        return [full(schema["items"])]
    return {"boolean": True, "integer": 1, "number": 1.0, "null": None}.get(kind, "word")


def unread(value: Any, path: str = "") -> set[str]:
    """The paths of keys that nobody asked for."""
    if isinstance(value, list):
        return set().union(*(unread(item, path) for item in value))
    if not isinstance(value, Watched):
        return set()
    found = {f"{path}{key}" for key in dict.keys(value) if key not in value.read | NOT_FOR_THE_ENGINE}
    for key in dict.keys(value) - NOT_FOR_THE_ENGINE:
        found |= unread(dict.__getitem__(value, key), f"{path}{key}.")
    return found


BUILDERS = {
    "red_flags": thaw.red_flag,
    "generators": thaw.generator,
    "gates": lambda rule: thaw.gate(rule, [({"id": "other"}, None)]),
    "imaging": thaw.imaging,
    "treatments": thaw.treatment,
    "revision": thaw.revision,
    "conflicts": thaw.conflict,
    **{kind: (lambda rule, kind=kind: thaw.remark(kind, rule)) for kind in REMARKS},
}


@pytest.mark.parametrize("kind", sorted(BUILDERS))
def test_everything_is_read(kind: str) -> None:
    rule = full(KINDS[kind].schema)
    rule["id"] = rule.pop(KINDS[kind].key)
    BUILDERS[kind](rule)
    assert unread(rule) == set()


def test_shared_checks_are_read() -> None:
    rule = full(KINDS["gates"].schema)
    rule["id"] = rule.pop("gate")
    shared = full(KINDS["common_checks"].schema)["common_check_first"]
    shared[0]["id"] = "another"
    thaw.gate(rule, thaw.shared_checks(shared))
    assert unread(shared) == set()
