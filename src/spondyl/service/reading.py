"""The card of a mark: what was read from these words, and the controls that put it right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spondyl.service import said
from spondyl.service.controls import Control, control
from spondyl.service.marks import Mark
from spondyl.service.screen import Screen


@dataclass(frozen=True, slots=True)
class Read:
    """One fact of a mark. `target` names it in a correction; `control` is None for what cannot be put right here."""

    target: str
    label: str
    value: str
    raw: str
    assertion: str
    on: str
    quote: str
    means: str
    control: Control | None
    members: tuple[str, ...] = ()
    correction: str = ""
    corrected: str = ""
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """What was read from one mark."""

    mark: Mark
    quote: str
    facts: Sequence[Read]


def reading_card(screen: Screen, wanted: str) -> Card | None:
    """The card of a mark by its id; None when the note has no such mark."""
    mark = next((one for one in screen.marks if one.id == wanted), None)
    if mark is None:
        return None
    text = screen.desk.inputs[mark.input][1]
    return Card(mark, text[mark.start : mark.end], [_read(screen, mark, place) for place in mark.facts])


def _read(screen: Screen, mark: Mark, place: int) -> Read:
    fact, words = screen.read.facts[place], screen.words
    known = said.entry_of(words.rules, fact.fact)
    one = control(words, fact.fact)
    whole = known is not None and known.type.kind == "truth" and "." not in fact.fact
    # A yes or no is about the patient, whatever words said it; a value is about these words.
    source = fact.source
    target = fact.fact if whole else f"{fact.fact}@{mark.input}:{source.start}-{source.end}"
    head, _, rest = fact.fact.partition(".")
    mine = next((c for c in screen.corrections if c.text.partition("=")[0] == target), None)
    after = "" if mine is None else ", ".join(said.value(words, new) for new in mine.facts) or words.fixed("unknown")
    raw = fact.value
    return Read(
        target,
        said.label(words, fact.fact),
        said.value(words, fact),
        str(raw) if isinstance(raw, str | int | float) and not isinstance(raw, bool) else "",
        words.title("assertion", fact.assertion),
        fact.on or "",
        source.text or "",
        words.spell(known.means) if known is not None and known.means else "",
        None if one is None else replace(one, name=target),
        tuple(str(member) for member in raw) if isinstance(raw, list) else (str(raw),) if isinstance(raw, str) else (),
        "" if mine is None else mine.text,
        after,
        f"{head}.{rest.partition('.')[0]}" if rest and rest[:1].isdigit() else "",
    )
