"""Flowcharts of the rules: what is asked in which order, and where an answer leads. Drawn from the rules themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import NamedTuple

from spondyl.knowledge.rules import Gate, Generator, RedFlag
from spondyl.render.catalogue.telling import Catalogue

NEXT = "next"
WIDEST = 90


class Answer(NamedTuple):
    """An answer, and where it leads: an end in words, or the next step."""

    said: str
    leads: str = NEXT


class Step(NamedTuple):
    """One question of a pathway."""

    asks: str
    answers: tuple[Answer, ...]


class Flow(NamedTuple):
    """A pathway: its steps in order, and what stands at the end of them."""

    name: str
    title: str
    steps: tuple[Step, ...]
    last: str


def pathways(page: Catalogue) -> dict[str, Callable[[], Flow]]:
    """Every pathway by its name; each is drawn when it is called."""
    found: dict[str, Callable[[], Flow]] = {
        "main": lambda: main(page),
        "triage": lambda: triage(page),
        "imaging": lambda: imaging(page),
        "care": lambda: care(page),
    }
    for name in page.rules.gates:
        found[f"gate.{name}"] = lambda name=name: gate(page, page.rules.gates[name])  # type: ignore[misc]
    for name in page.rules.red_flags:
        found[f"red_flag.{name}"] = lambda name=name: red_flag(page, page.rules.red_flags[name])  # type: ignore[misc]
    for name in page.rules.generators:
        found[f"generator.{name}"] = lambda name=name: generator(page, page.rules.generators[name])  # type: ignore[misc]
    return found


def main(page: Catalogue) -> Flow:
    """The order in which a case is judged."""
    rules = page.rules
    steps = (
        Step(
            f"Does a red flag stand, of {len(rules.red_flags)}?",
            (
                Answer("established: emergency or urgent", "act now; nothing elective is started at that site"),
                Answer("not excluded: ask for what is open"),
                Answer("excluded by what was recorded"),
            ),
        ),
        Step(
            "Is this an adult after spine surgery?",
            (Answer("no", "red flags only, and what was left out is said"), Answer("yes, or not clear")),
        ),
        Step(f"Which of {len(rules.generators)} sources may hurt, at which site?", (Answer("ranked by arguments"),)),
        Step(f"Which picture settles it, of {len(rules.imaging)} presentations?", (Answer("device gate checked"),)),
        Step(
            f"Which interventions are justified, of {len(rules.gates)} gates?",
            (Answer("open"), Answer("closed: which criterion"), Answer("data missing: what to document")),
        ),
        Step(f"Which of {len(rules.treatments)} treatments, in which phase?", (Answer("capped by gates and flags"),)),
        Step("What next, and when?", (Answer("referrals, reviews with dates, traps, figures"),)),
    )
    return Flow("main", "The order in which a case is judged", steps, "the decision record")


def triage(page: Catalogue) -> Flow:
    """Every red flag with its levels, the most urgent first."""
    order = ("emergency", "urgent", "soon", "routine")
    flags = sorted(
        page.rules.red_flags.values(), key=lambda flag: (min(order.index(one.urgency) for one in flag.levels), flag.id)
    )
    steps = []
    for flag in flags:
        answers = [Answer(one.id.replace("_", " "), one.urgency) for one in flag.levels]
        steps.append(Step(f"{flag.title}?", (*answers, Answer("not excluded: ask", NEXT), Answer("excluded"))))
    return Flow("triage", "Red flags: the highest level that stands sets the urgency", tuple(steps), "routine")


def red_flag(page: Catalogue, rule: RedFlag) -> Flow:
    """One red flag: when it is asked about, and its levels in their order."""
    steps = [
        Step(
            f"Asked about when: {page.tells(rule.in_play)}",
            (Answer("no", "not screened"), Answer("yes, or not known")),
        )
    ]
    for one in rule.levels:
        unless = f"; unless {page.tells(one.unless)}" if one.unless is not None else ""
        steps.append(
            Step(
                f"{one.id.replace('_', ' ')}: {page.tells(one.when)}{unless}",
                (Answer("holds", f"{one.urgency}: {rule.act}"), Answer("does not hold"), Answer("not known: ask")),
            )
        )
    return Flow(f"red_flag.{rule.id}", rule.title, tuple(steps), f"not established; ask: {rule.ask_say}")


def generator(page: Catalogue, rule: Generator) -> Flow:
    """One generator: its arguments, the confirming first."""
    steps = []
    if rule.applies is not None:
        steps.append(Step(f"Listed when: {page.tells(rule.applies)}", (Answer("no", "not listed"), Answer("yes"))))
    for one in rule.arguments:
        unless = f"; unless {page.tells(one.unless)}" if one.unless is not None else ""
        side = one.strength.replace("_", " ")
        end = {"confirms": "confirmed", "excludes": "excluded"}.get(one.strength)
        answer = Answer("holds", end) if end else Answer(f"holds: {side}")
        steps.append(Step(f"{one.say}: {page.tells(one.when)}{unless}", (answer, Answer("does not hold"))))
    last = (
        f"standing by its arguments; settled by {', '.join((*rule.confirm_by, *rule.confirm_by_block)) or 'the course'}"
    )
    return Flow(f"generator.{rule.id}", rule.title, tuple(steps), last)


def gate(page: Catalogue, rule: Gate) -> Flow:
    """One gate: what closes it, what it needs, and for which causes."""
    steps = []
    if rule.applies is not None:
        steps.append(Step(f"Judged when: {page.tells(rule.applies)}", (Answer("no", "not judged"), Answer("yes"))))
    for check in rule.checks:
        asks = f"Check first, {check.label}: closes when {page.tells(check.closed_when)}"
        settled = f"; settled when {page.tells(check.moot_when)}" if check.moot_when is not None else ""
        answers = (
            Answer("recorded so", "closed"),
            Answer("recorded otherwise"),
            Answer("not documented: data missing"),
        )
        steps.append(Step(asks + settled, answers))
    for need in rule.required:
        steps.append(_required(page, need.label, page.tells(need.when), need.kind))
    for target in rule.targets:
        words = page.tells(target.cause)
        wait = f"; wait: {page.tells(target.wait)}" if target.wait is not None else ""
        steps.append(
            Step(
                f"For {target.target.replace('_', ' ')}: {words}{wait}", (Answer("met"), Answer("not met: not for it"))
            )
        )
    return Flow(f"gate.{rule.id}", rule.title, tuple(steps), "open")


def _required(page: Catalogue, label: str, words: str, kind: str) -> Step:
    free = (Answer("a flag at this site frees it"),) if kind in ("wait", "conservative", "optimization") else ()
    answers = (Answer("met"), *free, Answer("not met", "closed"), Answer("not documented: data missing"))
    return Step(f"Needed, {label}: {words}", answers)


def imaging(page: Catalogue) -> Flow:
    """Every presentation with its orders."""
    steps = []
    for rule in sorted(page.rules.imaging.values(), key=lambda one: (not any(o.emergency for o in one.orders), one.id)):
        answers = [
            Answer(f"{one.order}: {one.rating.replace('_', ' ')}{', emergency' if one.emergency else ''}")
            for one in rule.orders
        ]
        answers += [Answer(f"{order}: not recommended") for order, _ in rule.not_recommended]
        steps.append(Step(f"{rule.title}?", tuple(answers)))
    return Flow("imaging", "What to image for which presentation", tuple(steps), "the device gate, for every MRI")


def care(page: Catalogue) -> Flow:
    """Every treatment, phase by phase, with its gate."""
    steps = []
    for phase in sorted({one.phase for one in page.rules.treatments.values()}):
        answers = [
            Answer(f"{one.title}{f', through the gate {one.gate}' if one.gate else ''}")
            for one in sorted(page.rules.treatments.values(), key=lambda one: one.id)
            if one.phase == phase
        ]
        steps.append(Step(f"Phase {phase}", tuple(answers)))
    return Flow("care", "Treatments by phase", tuple(steps), "review dates decide what comes next")


# ---- the three forms


def to_mermaid(flow: Flow) -> str:
    """The flowchart as a fenced Mermaid block, which Markdown viewers draw."""
    lines = ["```mermaid", "flowchart TD"]
    for place, step in enumerate(flow.steps):
        here, after = f"q{place}", f"q{place + 1}" if place + 1 < len(flow.steps) else "last"
        lines.append(f'  {here}{{{{"{_label(step.asks)}"}}}}')
        onward = [one.said for one in step.answers if one.leads == NEXT]
        if onward:
            lines.append(f'  {here} -->|"{_label(" / ".join(onward))}"| {after}')
        else:
            lines.append(f'  {here} -->|"else"| {after}')
        for number, one in enumerate(step.answers):
            if one.leads != NEXT:
                lines.append(f'  {here} -->|"{_label(one.said)}"| e{place}_{number}["{_label(one.leads)}"]')
    return "\n".join([*lines, f'  last(["{_label(flow.last)}"])', "```", ""])


def to_markdown(flow: Flow) -> str:
    """The flowchart with its title."""
    return f"# {flow.title}\n\n{to_mermaid(flow)}"


def to_lines(flow: Flow) -> str:
    """The flowchart as indented text."""
    return "\n".join(_lines(flow)) + "\n"


def _lines(flow: Flow) -> Iterator[str]:
    yield flow.title
    for place, step in enumerate(flow.steps, 1):
        yield ""
        yield from _wrapped(f"{place}. {step.asks}", "", "   ")
        for one in step.answers:
            leads = "" if one.leads == NEXT else f"  =>  {one.leads}"
            yield from _wrapped(f"{one.said}{leads}", "   - ", "     ")
    yield ""
    yield f"=> {flow.last}"


def _wrapped(text: str, first: str, rest: str) -> Iterable[str]:
    import textwrap

    return textwrap.wrap(text, 100, initial_indent=first, subsequent_indent=rest)


def to_list(flow: Flow) -> str:
    """The flowchart as nested lists of HTML; no script draws it."""
    lines = [f"<h1>{escape(flow.title)}</h1>", '<ol class="flow">']
    for step in flow.steps:
        lines.append(f"<li>{escape(step.asks)}<ul>")
        for one in step.answers:
            end = f' → <span class="end">{escape(one.leads)}</span>' if one.leads != NEXT else ""
            lines.append(f'<li><span class="answer">{escape(one.said)}</span>{end}</li>')
        lines.append("</ul></li>")
    return "\n".join([*lines, "</ol>", f'<p class="flow">→ <span class="end">{escape(flow.last)}</span></p>', ""])


def _label(text: str) -> str:
    """A label that Mermaid takes: no quotes or brackets of its own, broken into lines."""
    import textwrap

    clean = text.replace('"', "'").replace("`", "").replace("<", "&lt;").replace(">", "&gt;")
    return "<br/>".join(textwrap.wrap(clean, WIDEST)) or " "


def as_json(flow: Flow) -> dict[str, object]:
    """The flowchart as data."""
    return {
        "pathway": flow.name,
        "title": flow.title,
        "steps": [
            {
                "asks": step.asks,
                "answers": [
                    {"said": one.said, "leads": None if one.leads == NEXT else one.leads} for one in step.answers
                ],
            }
            for step in flow.steps
        ],
        "last": flow.last,
    }
