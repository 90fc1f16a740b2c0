"""What is skipped because nothing recorded touches it changes nothing: the record is the same when all is judged."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from spondyl.engine import Program
from spondyl.intake.case import read_case
from spondyl.knowledge import load
from spondyl.plan import plan
from spondyl.record import Options
from spondyl.timeline import Derivations

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from _made_cases import made_case

AS_OF = "2026-11-22"
RULES = load()
SKIPPING, JUDGING = Program(RULES), Program(RULES)
PROFILES = ("guideline", "payer_cms", "payer_commercial", "nice_uk", "source_documents")


class EverythingTouched(Derivations):
    def reach(self, chart):
        return super().reach(chart)[0], -1


JUDGING.derivations = EverythingTouched(RULES)


@pytest.mark.parametrize("seed", range(60))
def test_the_record_is_the_same_when_everything_is_judged(seed):
    case = read_case(made_case(RULES, 9_000 + seed), "case", RULES, AS_OF)
    options = Options(AS_OF, PROFILES[seed % len(PROFILES)])
    quick, slow = (json.dumps(plan(program, case, options).record) for program in (SKIPPING, JUDGING))
    assert quick == slow
