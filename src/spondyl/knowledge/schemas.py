"""The JSON Schema of each kind of file, as editors read it."""

from __future__ import annotations

import json
from typing import Any

from spondyl.knowledge.kinds import KINDS

FOLDER = "schemas"
_WHERE = {
    "compared": "evidence/_compared.yaml",
    "constraints": "derived/constraints.yaml",
    "regions": "derived/regions.yaml",
    "common_checks": "gates/_common.yaml",
    "device_gate": "imaging/_device_gate.yaml",
}


def files_of(kind: str) -> str:
    """The files of a kind, as a pattern under knowledge/."""
    return _WHERE.get(kind, f"{kind}/*.yaml")


def schema_of(kind: str) -> dict[str, Any]:
    """The schema of a kind of file, without the roles that only the checker reads."""
    title = f"knowledge/{files_of(kind)}"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{kind}.schema.json",
        "title": title,
        **_public(KINDS[kind].schema),
    }


def _public(schema: Any) -> Any:
    if isinstance(schema, dict):
        return {key: _public(value) for key, value in schema.items() if not key.startswith("x-")}
    return [_public(item) for item in schema] if isinstance(schema, list) else schema


def schema_pages() -> dict[str, str]:
    """Path in the checkout to text: every schema, and a page that says which file has which."""
    pages = {
        f"{FOLDER}/{kind}.schema.json": json.dumps(schema_of(kind), indent=1, ensure_ascii=False) + "\n"
        for kind in KINDS
    }
    lines = [
        "# Schemas of the knowledge files",
        "",
        "An editor with a YAML language server completes and underlines a file of `knowledge/` when its first line",
        "names the schema:",
        "",
        "```yaml",
        "# yaml-language-server: $schema=../../schemas/red_flags.schema.json",
        "```",
        "",
        "The same as a setting `yaml.schemas`, for editors that map files to schemas:",
        "",
        "| files under `knowledge/` | schema |",
        "|---|---|",
        *(f"| `{files_of(kind)}` | [{kind}.schema.json]({kind}.schema.json) |" for kind in sorted(KINDS)),
        "",
        "`spondyl knowledge check` checks the same forms and much more.",
    ]
    return {**pages, f"{FOLDER}/README.md": "\n".join(lines) + "\n"}
