"""What a button of the page does to the desk: answer, correct, take back, load a file, suppose."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from spondyl.explain import Words
from spondyl.explain.whatif_text import said_by_part
from spondyl.intake.changes import read_changes
from spondyl.intake.inputs import kind_of, read_inputs
from spondyl.plan.whatif import whatif
from spondyl.record import ASSERTIONS, Problem, Refusal
from spondyl.service.controls import control, typed
from spondyl.service.corrections import corrected, written
from spondyl.service.desk import ADDED, PASTED, Desk, one
from spondyl.service.forms import Fields
from spondyl.service.screen import Screen, unfolded
from spondyl.service.work import Work

_MARK = r"(\d+)-(\d+)-(\d+)"


def applied(desk: Desk, fields: Fields, files: list[tuple[str, bytes]], work: Work) -> tuple[Desk, list[str]]:
    """The desk after what was pressed, and what of a file was not read. Raises Refusal."""
    notices: list[str] = []
    if files:
        return _loaded(desk, files, work, notices), notices
    return _pressed(_unfolded(desk, work, notices), fields, work), notices


def _pressed(desk: Desk, fields: Fields, work: Work) -> Desk:
    if one(fields, "drop"):
        name = one(fields, "drop")
        return replace(desk, inputs=tuple((key, text) for key, text in desk.inputs if key != name))
    if one(fields, "undo"):
        return _undone(desk, one(fields, "undo"))
    if one(fields, "fix"):
        return _fixed(desk, fields)
    if one(fields, "answer"):
        return _answered(desk, fields, one(fields, "answer"), work)
    if one(fields, "adopt"):
        adopted = [change for change in desk.supposed if not change.startswith("profile=")]
        for change in adopted:
            desk = desk.changed(change)
        profile = next((c.partition("=")[2] for c in reversed(desk.supposed) if c.startswith("profile=")), "")
        options = replace(desk.options, profile=profile) if profile else desk.options
        return replace(desk, supposed=(), options=options)
    return desk


def _loaded(desk: Desk, files: list[tuple[str, bytes]], work: Work, notices: list[str]) -> Desk:
    """Files beside what is there; an empty paste field makes room."""
    inputs = {name: text for name, text in desk.inputs if text.strip()}
    problems: list[Problem] = []
    for name, content in files:
        try:
            texts, unread = unfolded(name, content, work, desk.options.as_of)
        except Refusal as refusal:
            problems.extend(refusal.problems)
            continue
        inputs.update(texts)
        notices += unread
    if problems:
        raise Refusal(problems)
    return replace(desk, inputs=tuple(inputs.items()))


def _unfolded(desk: Desk, work: Work, notices: list[str]) -> Desk:
    """A pasted record that is not written for people is replaced by the texts in it."""
    inputs: list[tuple[str, str]] = []
    for name, text in desk.inputs:
        if kind_of(text) == "fhir":
            texts, unread = unfolded(name, text.encode("utf-8"), work, desk.options.as_of)
            inputs += texts
            notices += unread
        else:
            inputs.append((name, text))
    return replace(desk, inputs=tuple(inputs))


def _undone(desk: Desk, which: str) -> Desk:
    if which == "all":
        return replace(desk, changes=())
    return replace(desk, changes=tuple(change for change in desk.changes if change != which))


def _answered(desk: Desk, fields: Fields, answer: str, work: Work) -> Desk:
    """`name=value` from a button, or the name alone: then the value is what was typed into its control."""
    name, equals, value = answer.partition("=")
    if equals:
        return desk.changed(f"{name}={value}")
    words = work.words(desk.options.locale)
    known = control(words, name)
    said = typed(fields, name)
    if not said:
        raise Refusal([Problem("I031", "nothing is filled in", words.label(name), "fill it in, or press not known")])
    if known is not None and known.kind == "list":
        return desk.added(said)
    return desk.changed(f"{name}={said}")


def _fixed(desk: Desk, fields: Fields) -> Desk:
    """A correction from the card of a mark: `name@0:12-18` and what is meant; `=VALUE` behind it from a button."""
    target, equals, value = one(fields, "fix").partition("=")
    if not equals:
        value = typed(fields, target)
        assertion = one(fields, f"a.{target}") or "present"
        if assertion not in ASSERTIONS:
            assertion = "present"
        if not value:
            raise Refusal([Problem("I031", "nothing is filled in", "correction", "choose or type what is right")])
        if assertion != "present":
            value += f" ~{assertion}"
    return desk.changed(f"{target}={value}")


def supposed(desk: Desk, fields: Fields, work: Work) -> Desk:
    """The desk with one more supposition, or one less."""
    gone = one(fields, "unsuppose")
    kept = tuple(change for change in desk.supposed if change != gone and gone != "all")
    name, value = _named(one(fields, "suppose_fact"), work.words(desk.options.locale)), one(fields, "suppose_value")
    quick = one(fields, "suppose_that")
    new = quick or (f"{name}={value}" if name and value else "")
    profile = one(fields, "suppose_profile")
    if profile and profile != desk.options.profile:
        kept = (*[one for one in kept if not one.startswith("profile=")], f"profile={profile}")
    if new and not gone:
        key = new.partition("=")[0]
        kept = (*[change for change in kept if change.partition("=")[0] != key], new)
    return replace(desk, supposed=kept)


def _named(typed_name: str, words: Words) -> str:
    """The fact that was meant: its name, or what it is called."""
    wanted = " ".join(typed_name.split())
    if wanted in words.rules.facts:
        return wanted
    found = next((name for name in words.rules.facts if words.label(name).casefold() == wanted.casefold()), None)
    return found or wanted


def difference(desk: Desk, work: Work) -> dict[str, Any] | None:
    """What the suppositions would change; None when nothing is supposed. Raises Refusal."""
    if not desk.supposed:
        return None
    read = read_inputs(desk.given, work.rules, desk.options.as_of)
    names = [name for name, _ in desk.inputs]
    case, _ = corrected(read, names, desk.changes, work.rules, desk.options.as_of)
    changes = read_changes(desk.supposed, work.rules, desk.options.as_of, case)
    answer = whatif(work.program, case, desk.options, changes)
    return {"answer": answer, "parts": said_by_part(answer, work.words(desk.options.locale))}


def news(screen: Screen, before: str) -> str:
    """One sentence for those who do not see what changed."""
    words = screen.words
    urgency = str(screen.record["triage"]["urgency"])
    said = f"Plan updated. Urgency: {words.values['titles']['urgency'][urgency]['word']}"
    if before and before != urgency:
        said += f", was {words.values['titles']['urgency'].get(before, {}).get('word', before)}"
    opened = len(screen.record["triage"]["not_excluded"])
    return f"{said}. {opened} red flags not yet excluded. {len(screen.record['questions'])} open questions."


__all__ = ["ADDED", "PASTED", "applied", "difference", "news", "supposed", "written"]
