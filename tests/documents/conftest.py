"""The knowledge base is read once for all tests of documents, also by the commands they run."""

from __future__ import annotations

import pytest
from documents.made import program


@pytest.fixture(autouse=True)
def _loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = program().rules
    monkeypatch.setattr("spondyl.knowledge.load", lambda *_, **__: rules)
