"""Reads knowledge/, checks it and compiles it into one immutable Ruleset. Starting up reads no YAML.

`load` is for everyone; `check` and `compile_knowledge` bring in the YAML reader and are loaded when first used.
"""

from typing import TYPE_CHECKING, Any

from spondyl.knowledge.load import cases, claims, guide, lexicon, load
from spondyl.knowledge.rules import PROFILES, Ruleset

if TYPE_CHECKING:
    from spondyl.knowledge.assemble import compile_knowledge
    from spondyl.knowledge.diagnostics import Diagnostic, KnowledgeError, as_json, as_text
    from spondyl.knowledge.examine import check

_LATER = {
    "Diagnostic": "diagnostics",
    "KnowledgeError": "diagnostics",
    "as_json": "diagnostics",
    "as_text": "diagnostics",
    "check": "examine",
    "compile_knowledge": "assemble",
}

__all__ = [
    "PROFILES",
    "Diagnostic",
    "KnowledgeError",
    "Ruleset",
    "as_json",
    "as_text",
    "cases",
    "check",
    "claims",
    "compile_knowledge",
    "guide",
    "lexicon",
    "load",
]


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"spondyl.knowledge.{_LATER[name]}"), name)
