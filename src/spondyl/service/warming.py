"""The first answer is as quick as the others: a bundled case is read, planned and rendered once before the start."""

from __future__ import annotations

from spondyl.service.bench import NOTHING, values_of
from spondyl.service.desk import desk_of
from spondyl.service.examples import EXAMPLES
from spondyl.service.pages import render
from spondyl.service.screen import screen_of
from spondyl.service.settings import Settings
from spondyl.service.work import Work


def warm(work: Work, settings: Settings) -> None:
    """Reads, plans, renders and forgets the first bundled case."""
    one = EXAMPLES[0]
    fields = [pair for name, text in one.texts() for pair in (("input_name", name), ("text", text))]
    desk = desk_of(fields, one.as_of)
    values = {**values_of(settings, work, desk, screen_of(work, desk)), **NOTHING}
    for name in ("bench.html", "update.html"):
        render(name, **values)
