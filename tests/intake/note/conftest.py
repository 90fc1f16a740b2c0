from pathlib import Path

import pytest

from spondyl.intake.note import Lexicon
from spondyl.intake.note.__main__ import load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return Lexicon.from_plain(load_lexicon(Path(__file__).parents[3] / "knowledge"))
