"""What each command does with a case: load, read, plan, print."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spondyl.cli.refusals import warn
from spondyl.cli.streams import colored, give, site_of, take

if TYPE_CHECKING:
    from spondyl.engine import Program
    from spondyl.intake.inputs import Input
    from spondyl.plan import Plan
    from spondyl.record import Case, Options

DEMO = "fluid_collection.txt"
DEMO_DAY = "2026-11-22"
HINT = f"""This was a bundled note, planned as of {DEMO_DAY}. Next:
  spondyl demo --note > note.txt     the note itself
  spondyl why note.txt g1            the words, the rule and the evidence behind a line
  spondyl plan YOUR-NOTE.txt         a case of your own
  spondyl serve                      the workbench, in a browser"""


def examples() -> Path:
    """The folder of the bundled cases."""
    return Path(__file__).resolve().parent.parent / "_examples"


def options_of(settings: Namespace) -> Options:
    """What a plan is made for, from what was typed."""
    from spondyl.record import Options

    day = settings.as_of
    if day is None:
        from datetime import date

        day = date.today().isoformat()  # the only look at the clock
    if settings.profile == "source_documents":
        warn("the profile source_documents has thresholds of unreviewed web text; it is for comparison only")
    return Options(day, settings.profile, settings.locale)


def program_of(settings: Namespace) -> Program:
    """The rules, ready to judge; with those of a site."""
    from spondyl.engine import Program
    from spondyl.knowledge import load

    return Program(load(site_of(settings.site)))


def case_of(settings: Namespace, program: Program, options: Options, inputs: list[Input]) -> Case:
    """The inputs as one case; what of them was not read is said. Raises Refusal."""
    from spondyl.intake.inputs import read_inputs

    case = read_inputs(inputs, program.rules, options.as_of, getattr(settings, "kind", None))
    for what in case.not_read:
        warn(f"not read: {what}")
    return case


def _planned(settings: Namespace, inputs: list[Input]) -> Plan:
    from spondyl.plan import plan

    options = options_of(settings)
    program = program_of(settings)
    return plan(program, case_of(settings, program, options, inputs), options)


def as_json(answer: Mapping[str, Any]) -> str:
    """A document as indented JSON in UTF-8, in the order it was made."""
    import orjson

    return orjson.dumps(answer, option=orjson.OPT_INDENT_2 | orjson.OPT_NON_STR_KEYS).decode() + "\n"


def rendered(made: Plan, form: str, color: bool) -> str | bytes:
    """A plan in one of the forms of the command line."""
    if form == "json":
        return as_json(made.record)
    if form == "chart":
        from spondyl.render.chart import plan_chart

        return plan_chart(made.record, made.words)
    if form in ("md", "html", "pdf"):
        from spondyl.render.documents import report, written

        return written(report(made.record, made.words), form)
    from spondyl.render.text import plan_text

    return plan_text(made.record, made.words, color=color)


def plan_command(settings: Namespace) -> None:
    """`spondyl plan`."""
    made = _planned(settings, take(settings.case))
    text = rendered(made, settings.format, colored(settings.color, settings.output))
    give(text, settings.output, settings.case)


def demo_command(settings: Namespace) -> None:
    """`spondyl demo`: the bundled note, as of a fixed day."""
    from spondyl.intake.inputs import Input

    note = (examples() / DEMO).read_bytes()
    if settings.note:
        give(note.decode("utf-8"), settings.output)
        return
    settings.as_of = settings.as_of or DEMO_DAY
    made = _planned(settings, [Input(DEMO, note)])
    answer = rendered(made, settings.format, colored(settings.color, settings.output))
    if isinstance(answer, str) and settings.format == "text":
        answer += f"\n{HINT}\n"
    give(answer, settings.output)


def read_command(settings: Namespace) -> None:
    """`spondyl read`: the facts of an input, nothing decided."""
    from spondyl.cli.reading import reading_text
    from spondyl.explain import Words
    from spondyl.intake.reading import reading

    options = options_of(settings)
    program = program_of(settings)
    inputs = take([settings.note])
    case = case_of(settings, program, options, inputs)
    found = reading(case, inputs[0], with_text=settings.with_text or settings.format == "html")
    if settings.format == "json":
        text = as_json(found)
    elif settings.format == "html":
        from spondyl.render.marked import marked_page

        text = marked_page(found, Words(program.rules, settings.locale))
    else:
        color = colored(settings.color, settings.output)
        text = reading_text(found, Words(program.rules, settings.locale), color=color)
    give(text, settings.output, [settings.note])


def ask_command(settings: Namespace) -> None:
    """`spondyl ask`: what to ask next."""
    from spondyl.cli.asking import asked_text
    from spondyl.plan.ask import asked

    made = _planned(settings, take(settings.case))
    answer = asked(made, everything=settings.all)
    color = colored(settings.color, settings.output)
    text = as_json(answer) if settings.format == "json" else asked_text(answer, made.words, color=color)
    give(text, settings.output, settings.case)


def why_command(settings: Namespace) -> None:
    """`spondyl why`: the reason of one statement."""
    from spondyl.explain.why import why
    from spondyl.explain.why_text import why_text

    made = _planned(settings, take(settings.case))
    answer = why(made, settings.id)
    color = colored(settings.color, settings.output)
    text = as_json(answer) if settings.format == "json" else why_text(answer, made.words, color=color)
    give(text, settings.output, settings.case)


def whatif_command(settings: Namespace) -> None:
    """`spondyl whatif`: the plan before and after."""
    from spondyl.explain import Words
    from spondyl.explain.whatif_text import whatif_text
    from spondyl.intake.changes import read_changes
    from spondyl.plan.whatif import whatif

    options = options_of(settings)
    program = program_of(settings)
    case = case_of(settings, program, options, take(settings.case))
    changes = read_changes(settings.change, program.rules, options.as_of, case)
    answer = whatif(program, case, options, changes)
    color = colored(settings.color, settings.output)
    words = Words(program.rules, settings.locale)
    text = as_json(answer) if settings.format == "json" else whatif_text(answer, words, color=color)
    give(text, settings.output, settings.case)


def _document(settings: Namespace) -> None:
    from spondyl.cli.documents import document_command

    document_command(settings)


def _serve(settings: Namespace) -> None:
    from spondyl.cli.serving import serve_command

    serve_command(settings)


COMMANDS: Mapping[str, Callable[[Namespace], None]] = {
    "plan": plan_command,
    "read": read_command,
    "why": why_command,
    "ask": ask_command,
    "whatif": whatif_command,
    "demo": demo_command,
    "packet": _document,
    "letter": _document,
    "handout": _document,
    "guide": _document,
    "serve": _serve,
}
