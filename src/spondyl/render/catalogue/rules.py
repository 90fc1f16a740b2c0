"""rules.md: every rule, with its conditions in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from spondyl.knowledge.rules import CheckFirst, Citation, Gate, Generator, Imaging, RedFlag, Remark, Treatment
from spondyl.logic import from_plain, to_text
from spondyl.render.catalogue.telling import MARK, Catalogue, names, rests_on, sentences, source, table

RULES = """\
# Rules

What the program concludes, from what, and what that rests on. The title of a rule is the name of its file in
`knowledge/`. Conditions are told in words; for red flags, generators and gates also as they are written.
[logic.md](logic.md) explains the language, [facts.md](facts.md) the names, [evidence.md](evidence.md) the sources. What
was not recorded is unknown, and unknown is neither side. "Expert default" is a choice without a source, not verified.

On this page: [red flags](#red-flags), [generators](#generators), [gates](#gates), [imaging](#imaging),
[treatments](#treatments), [revision options](#revision-options), [reviews](#reviews), [pitfalls](#pitfalls),
[prognosis](#prognosis), [prevention](#prevention), [outcomes](#outcomes), [referrals](#referrals).
"""


REMARKS = ("pitfalls", "prognosis", "prevention", "outcomes", "referrals")


def red_flag(page: Catalogue, rule: RedFlag) -> Iterable[str]:
    """A red flag as Markdown: when it is asked about, its levels, what follows."""
    yield sentences(rule.title + ".", rule.say, rule.act)
    words, text = page.holds(rule.in_play)
    yield f"Asked about when: {words}. {text}\n"
    if rule.settled_when is not None:
        words, text = page.holds(rule.settled_when, rule.settled_unless)
        yield f"Not asked on when: {words}. {text}\n"
    if rule.asked_with:
        yield f"Asked in one line with: {names(rule.asked_with)}.\n"
    if rule.ask_established:
        yield f"Asked first where it stands as an emergency: {names(rule.ask_established)}.\n"
    rows = [(f"`{one.id}`", one.urgency, *page.holds(one.when, one.unless)) for one in rule.levels]
    yield table(("level", "urgency", "when", "as written"), rows)
    yield f"Then: {names(rule.do)}. Frees waiting criteria of gates: {rule.bypass}.\n"
    yield from (f"- {say} ({source(name)})" for say, name in rule.weights)


def generator(page: Catalogue, rule: Generator) -> Iterable[str]:
    """A generator as Markdown: its arguments for and against."""
    yield sentences(rule.title + ".", rule.explain, f"Harm of missing it: {rule.harm_of_missing}.")
    yield sentences(f"Onset: {rule.onset}." if rule.onset else None, f"Settled by: {rule.settle}")
    if rule.applies is not None:
        words, text = page.holds(rule.applies)
        yield f"Listed when: {words}. {text}\n"
    rows = [
        (f"`{one.id}`: {one.say}", one.strength.replace("_", " "), *page.holds(one.when, one.unless))
        for one in rule.arguments
    ]
    yield table(("argument", "strength", "when", "as written"), rows)
    yield from (f"- {say} ({source(name)})" for say, name in rule.figures)


def checks(page: Catalogue, listed: Iterable[CheckFirst]) -> str:
    """Contraindications: what closes a gate, and what settles the question otherwise."""
    rows = []
    for check in listed:
        words, text = page.holds(check.closed_when)
        if check.moot_when is not None:
            words += f"; settled when {page.tells(check.moot_when)}"
            text += f"; settled: `{to_text(check.moot_when)}`"
        rows.append((f"`{check.id}`: {check.label}", words, text))
    return table(("check first", "closes when", "as written"), rows)


def gate(page: Catalogue, rule: Gate) -> Iterable[str]:
    """A gate as Markdown: what is needed, what closes it, for which causes."""
    per = "once for the patient" if rule.per == "patient" else "for each region"
    yield sentences(rule.title + ".", f"A gate of the class {rule.kind}, judged {per}.", rule.note)
    if rule.applies is not None:
        words, text = page.holds(rule.applies)
        yield f"Judged when: {words}. {text}\n"
    rows = []
    for need in rule.required:
        rows.append((f"`{need.id}`: {need.label}", need.kind, *page.holds(need.when)))
        rows += [
            (f"`{need.id}` in `{profile}`", need.kind, *page.holds(when)) for profile, when in need.profiles.items()
        ]
    yield table(("needed", "kind", "when", "as written"), rows)
    own = [check for check in rule.checks if check not in page.common]
    yield checks(page, own)
    shared = [check.id for check in rule.checks if check in page.common]
    if shared:
        yield f"Check first also, as in every such gate: {names(shared)}.\n"
    targets = []
    for target in rule.targets:
        words, text = page.holds(target.cause)
        if target.wait is not None:
            words += f"; wait: {page.tells(target.wait)}"
            text += f"; wait: `{to_text(target.wait)}`"
        targets.append((f"`{target.target}`", words, text))
    yield table(("for the cause", "when", "as written"), targets)
    yield table(("caution", "when", "as written"), [(f"`{c.id}`: {c.say}", *page.holds(c.when)) for c in rule.cautions])
    if rule.repeat:
        yield f"Again: {rule.repeat}\n"
    yield from (f"- {say} ({source(name)})" for say, name in rule.tell)


def imaging(page: Catalogue, rule: Imaging) -> Iterable[str]:
    """A presentation as Markdown: its orders, and what is not recommended."""
    yield sentences(f"{rule.title}.", f"When {page.told(rule.when, rule.unless)}.")
    rows = [
        (
            f"`{one.order}`",
            one.rating.replace("_", " ") + (", emergency" if one.emergency else ""),
            one.step,
            one.say,
        )
        for one in rule.orders
    ]
    rows += [(f"`{order}`", "not recommended", "", say) for order, say in rule.not_recommended]
    yield table(("order", "rating", "step", "says"), rows)


def treatment(page: Catalogue, rule: Treatment) -> Iterable[str]:
    """A treatment as Markdown: its offers, contents and cautions."""
    guarded = f"Guarded by the gate `{rule.gate}`." if rule.gate else None
    tapered = "Never ended abruptly." if rule.taper_only else None
    yield sentences(f"{rule.title}.", f"Phase {rule.phase}, hazard: {rule.hazard}.", guarded, tapered)
    rows = [(f"`{one.id}`: {one.say}", one.status, page.told(one.when, one.unless)) for one in rule.offers]
    yield table(("offer", "status", "when"), rows)
    more = [("content", one.say, page.told(one.when, one.unless)) for one in rule.content]
    more += [("caution", one.say, page.told(one.when)) for one in rule.cautions]
    yield table(("", "says", "when"), more)


def remarks(page: Catalogue, rules: Sequence[Remark]) -> str:
    """Sentences that are said when they touch the case, as one table."""
    rows = [
        (
            f"`{rule.id}`: {rule.say}",
            page.told(rule.when, rule.unless),
            ", ".join(dict.fromkeys(source(one.source) for one in rule.evidence)),
        )
        for rule in sorted(rules, key=lambda rule: rule.id)
    ]
    return table(("says", "when", "rests on"), rows)


def revision(page: Catalogue) -> str:
    """The options of another operation, as one table."""
    rows = []
    for name, rule in sorted(page.rules.revision.items()):
        told = [f"may bring: {say} ({source(cited)})" for _, say, cited in rule.benefits]
        told += [f"risk: {say} ({source(cited)})" for _, say, cited in rule.risks]
        rows.append((f"`{name}`", f"`{rule.target}`", "; ".join(told)))
    return table(("option", "for", "what it may bring and risk"), rows)


KINDS: tuple[tuple[str, str], ...] = (
    ("red_flags", "Red flags"),
    ("generators", "Generators"),
    ("gates", "Gates"),
    ("imaging", "Imaging"),
    ("treatments", "Treatments"),
    ("revision", "Revision options"),
    ("follow_up", "Reviews"),
    *((kind, kind.title()) for kind in REMARKS),
)
IN_FULL: dict[str, Callable[[Catalogue, Any], Iterable[str]]] = {
    "red_flags": red_flag,
    "generators": generator,
    "gates": gate,
    "imaging": imaging,
    "treatments": treatment,
}


def device_gate(page: Catalogue) -> str:
    """What becomes of an order when a device, a pregnancy or an allergy is recorded, as tables."""
    table_of = page.rules.tables["device_gate"]
    parts = [f"### {table_of['title']}\n\nIn `knowledge/imaging/_device_gate.yaml`; the first row that holds wins.\n"]
    for part in ("mri", "contrast", "radiation"):
        rows = []
        for one in table_of.get(part) or ():
            when = page.tells(from_plain(one["when"])) if "when" in one else "otherwise"
            unless = f"; unless {page.tells(from_plain(one['unless']))}" if "unless" in one else ""
            more = ", ".join(f"`{added['order']}`" for added in one.get("add_orders") or ())
            then = one["status"].replace("_", " ") + (f"; also {more}" if more else "")
            emergency = {True: "yes", False: "no"}.get(one.get("emergency"), "either")
            rows.append((f"`{one['id']}`: {one['say']}", emergency, when + unless, then))
        parts.append(table((part, "emergency", "when", "then"), rows))
    return "\n".join(parts) + "\n" + rests_on([_cited(one) for one in table_of["evidence"]])


def _cited(one: Mapping[str, Any]) -> Citation:
    return Citation(one["source"], str(one["for"]), one.get("role", "supports"))


def listed(page: Catalogue, kind: str) -> Mapping[str, Any]:
    """The rules of a kind, by id."""
    if kind in page.rules.remarks:
        return {rule.id: rule for rule in page.rules.remarks[kind]}
    found: Mapping[str, Any] = getattr(page.rules, kind)
    return found


def one_rule(page: Catalogue, kind: str, name: str) -> list[str]:
    """A rule of a kind that is told in full, with what it rests on."""
    rule = listed(page, kind)[name]
    parts = [f"### {name}\n", *(part for part in IN_FULL[kind](page, rule) if part.strip())]
    parts.append(("" if parts[-1].endswith("\n") else "\n") + rests_on(rule.evidence))
    return parts


def kind_page(page: Catalogue, kind: str) -> str:
    """The section of one kind of rules."""
    title = dict(KINDS)[kind]
    if kind in IN_FULL:
        parts = [f"## {title}\n\nIn `knowledge/{kind}/`, one file each.\n"]
        if kind == "gates":
            parts.append("Checked first in several gates:\n\n" + checks(page, page.common))
        for name in sorted(listed(page, kind)):
            parts += one_rule(page, kind, name)
        if kind == "imaging" and "device_gate" in page.rules.tables:
            parts.append(device_gate(page))
        return "\n".join(parts)
    body = revision(page) if kind == "revision" else remarks(page, page.rules.remarks[kind])
    return f"## {title}\n\n{body}"


def rules_page(page: Catalogue) -> str:
    """Every rule, kind after kind, as one page of Markdown."""
    return "\n".join([MARK, RULES, *(kind_page(page, kind) for kind, _ in KINDS)])
