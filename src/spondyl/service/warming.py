"""The first answer is as quick as the others: bundled cases are read, planned and rendered before the start."""

from __future__ import annotations

from spondyl.engine.batches import FEW_PATIENTS
from spondyl.plan import plan
from spondyl.service.bench import NOTHING, values_of
from spondyl.service.desk import desk_of
from spondyl.service.examples import EXAMPLES
from spondyl.service.pages import render
from spondyl.service.screen import screen_of
from spondyl.service.settings import Settings
from spondyl.service.work import Work


def warm(work: Work, settings: Settings) -> None:
    """Plans until the program has compiled itself for many patients; reads, renders and forgets a bundled case."""
    one = EXAMPLES[0]
    fields = [pair for name, text in one.texts() for pair in (("input_name", name), ("text", text))]
    desk = desk_of(fields, one.as_of)
    case = screen_of(work, desk).case
    for _ in range(FEW_PATIENTS):
        plan(work.program, case, desk.options)
    values = {**values_of(settings, work, desk, screen_of(work, desk)), **NOTHING}
    for name in ("bench.html", "update.html"):
        render(name, **values)
