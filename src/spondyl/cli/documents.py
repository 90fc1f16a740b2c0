"""`spondyl packet`, `letter`, `handout` and `guide`: documents made from the record of a case, or from the guide."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from spondyl.cli.commands import as_json, case_of, options_of, program_of
from spondyl.cli.streams import give, take
from spondyl.cli.usage import WrongUsageError

if TYPE_CHECKING:
    from spondyl.plan import Plan
    from spondyl.record import Case


def document_command(settings: Namespace) -> None:
    """One of the commands of this module."""
    _COMMANDS[settings.command](settings)


def _planned(settings: Namespace) -> tuple[Plan, Case]:
    from spondyl.plan import plan

    options = options_of(settings)
    program = program_of(settings)
    case = case_of(settings, program, options, take(settings.case))
    return plan(program, case, options), case


def _wanted(settings: Namespace, name: str, remedy: str) -> str:
    value = getattr(settings, name)
    if value is None:
        raise WrongUsageError("I101", f"--{name} is missing", f"spondyl {settings.command}", remedy)
    return str(value)


def _packet(settings: Namespace) -> None:
    from spondyl.render.documents import packet, packet_sheet, written

    gate = _wanted(settings, "for", "name an intervention, such as --for lumbar_mri")
    made, case = _planned(settings)
    found = packet(
        made.record, made.words, gate, target=settings.target, region=settings.region, appeal=settings.appeal,
        texts=case.texts, plan=made,
    )  # fmt: skip
    if settings.format == "json":
        give(as_json(found), settings.output, settings.case)
        return
    give(written(packet_sheet(found, made.words), settings.format), settings.output, settings.case)


def _letter(settings: Namespace) -> None:
    from spondyl.render.documents import letter, written

    to = _wanted(settings, "to", "name a referral of the plan, such as --to spine_surgery")
    made, _ = _planned(settings)
    give(written(letter(made.record, made.words, to), settings.format), settings.output, settings.case)


def _handout(settings: Namespace) -> None:
    from spondyl.render.documents import leaflet, leaflet_sheet, written

    language = settings.locale
    settings.locale = "en-US" if language == "es" else language  # the facts and decisions are the same
    made, _ = _planned(settings)
    found = leaflet(made.record, made.words, language)
    if settings.format == "json":
        give(as_json(found), settings.output, settings.case)
        return
    give(written(leaflet_sheet(found), settings.format), settings.output, settings.case)


def _guide(settings: Namespace) -> None:
    from spondyl.explain import Words
    from spondyl.knowledge import load
    from spondyl.render.documents import guide, guide_sheet, written

    found = guide(Words(load(), settings.locale), section=settings.section)
    if settings.list:
        give("".join(f"{one['id']:<16}{one['title']}\n" for one in found["sections"]), settings.output)
    elif settings.format == "json":
        give(as_json(found), settings.output)
    else:
        give(written(guide_sheet(found), settings.format), settings.output)


_COMMANDS: Mapping[str, Callable[[Namespace], None]] = {
    "packet": _packet,
    "letter": _letter,
    "handout": _handout,
    "guide": _guide,
}
