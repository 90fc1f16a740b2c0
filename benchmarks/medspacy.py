"""Our reader beside medspaCy on the same annotated notes: facts with their assertion, F1 and time.

medspaCy gets our own phrases as target rules and its own rules for context and sections. It runs in an environment of
its own, .tools/medspacy, made on demand from the package index; where that cannot be made, NOT RUN is printed.
usage: medspacy.py [--notes FOLDER] [--verbose]
FOLDER has NAME.txt with NAME.json: {"note", "as_of", "facts", "absent", "ignore"}.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from _rules_of_phrases import patterns
from ruamel.yaml import YAML

HOME = Path(__file__).resolve().parent.parent
OWN = HOME / ".tools" / "medspacy"
# medspaCy 1.3.1 on Python 3.11 brings an NumPy that its spaCy was not built for; these work together.
PINS = ("medspacy==1.3.1", "spacy==3.7.5", "thinc==8.2.4", "numpy==1.26.4")
CLASS = {"present": "affirmed", "historical": "affirmed", "negated": "negated", "uncertain": "uncertain"}
LEFT_OUT = frozenset(("diabetes", "hypertension", "weakness_reported", "falls", "foot_drop"))
Told = set[tuple[str, str]]


class Note(NamedTuple):
    """A note with what it says; `whole` when nothing is left out of that list."""

    name: str
    text: str
    gold: Told
    whole: bool
    ignored: frozenset[str]


def own_notes() -> tuple[list[str], list[Note]]:
    plain = YAML(typ="safe").load(HOME / "benchmarks" / "notes.yaml")
    notes = []
    for one in plain["notes"]:
        gold = {(fact, kind) for kind in ("affirmed", "negated", "uncertain") for fact in one.get(kind, ())}
        notes.append(Note(one["id"], one["text"], gold, True, frozenset()))
    return plain["facts"], notes


def given_notes(folder: Path, facts: Sequence[str]) -> list[Note]:
    notes = []
    for path in sorted(folder.glob("*.json")):
        plain = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(plain, dict) or "note" not in plain:
            continue
        gold = set()
        for fact in plain["facts"]:
            name = fact["fact"].partition(".")[0]
            kind = CLASS.get(fact["assertion"])
            if name in facts and kind:
                gold.add((name, "negated" if fact["value"] is False and kind == "affirmed" else kind))
        ignored = frozenset(str(one).partition("=")[0].partition(".")[0] for one in plain.get("ignore", ()))
        text = (folder / plain["note"]).read_bytes().decode("utf-8")
        notes.append(Note(path.stem, text, gold, False, ignored))
    return notes


def ours(notes: Sequence[Note], facts: Sequence[str]) -> tuple[list[Told], float]:
    from spondyl.intake.note import read
    from spondyl.intake.phrases import phrases

    lexicon = phrases()
    read(notes[0].text, "n", lexicon, "2026-11-22")
    told: list[Told] = []
    began = time.process_time()
    for note in notes:
        found = set()
        for fact in read(note.text, note.name, lexicon, "2026-11-22").facts:
            name = fact.fact.partition(".")[0]
            if name in facts and isinstance(fact.value, bool | str | list):
                kind = CLASS.get(fact.assertion, "other")
                found.add((name, "negated" if fact.value is False and kind == "affirmed" else kind))
        told.append(found)
    return told, time.process_time() - began


def environment() -> tuple[Path | None, str]:
    """The Python of the other tool's own environment, made when it is not there; or why not."""
    python = OWN / "bin" / "python"
    ready = OWN / "ready"
    if ready.exists() and ready.read_text(encoding="utf-8") == "\n".join(PINS):
        return python, ""
    uv = HOME / ".tools" / "bin" / "uv"
    install = [str(uv), "pip", "install", "--quiet", "--python", str(python), *PINS]
    for command in ([str(uv), "venv", "--quiet", "--clear", "--python", "3.11", str(OWN)], install):
        try:
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=900)
        except (OSError, subprocess.TimeoutExpired) as error:
            return None, type(error).__name__
        if done.returncode:
            return None, (done.stderr.strip().splitlines() or ["the package index did not answer"])[-1]
    ready.write_text("\n".join(PINS), encoding="utf-8")
    return python, ""


def theirs(notes: Sequence[Note], facts: Sequence[str]) -> tuple[list[Told], float] | str:
    python, why = environment()
    if python is None:
        return why
    rules = patterns(set(facts))
    asked = json.dumps({"rules": rules, "notes": [note.text for note in notes]})
    side = HOME / "benchmarks" / "_medspacy_side.py"
    command = [str(python), "-P", str(side)]  # -P: its folder has a file of the name of the package
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=False)
    if done.returncode:
        return (done.stderr.strip().splitlines() or ["no answer"])[-1]
    answer: dict[str, Any] = json.loads(done.stdout)
    return [{(fact, kind) for fact, kind in one} for one in answer["told"]], answer["seconds"]


class Score(NamedTuple):
    right: int
    extra: int
    missed: int
    reversed: int

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.extra + self.missed) if self.right else 0.0


def score(notes: Sequence[Note], told: Sequence[Told]) -> Score:
    """Fact with assertion, once a note. What only might be, or is a relative's, counts as not said."""
    right = extra = missed = turned = 0
    for note, said in zip(notes, told, strict=True):
        judged = {(fact, kind) for fact, kind in said if kind != "other" and fact not in note.ignored}
        named = {fact for fact, _ in note.gold}
        if not note.whole:  # its list leaves out denials and some conditions; a red flag nobody wrote always counts
            judged = {(f, kind) for f, kind in judged if f in named or (kind == "affirmed" and f not in LEFT_OUT)}
        right += len(judged & note.gold)
        extra += len(judged - note.gold)
        missed += len(note.gold - judged)
        for fact, kind in note.gold:
            other = {"affirmed": "negated", "negated": "affirmed"}.get(kind)
            turned += other is not None and (fact, other) in judged and (fact, kind) not in judged
    return Score(right, extra, missed, turned)


def table(title: str, notes: Sequence[Note], facts: Sequence[str]) -> None:
    words = sum(len(note.text.split()) for note in notes)
    gold = sum(len(note.gold) for note in notes)
    print(f"{title}: {len(notes)} notes, {words} words, {gold} facts of {len(facts)} kinds")
    print("                  F1   precision  recall  reversed   ms per 1,000 words")
    sides: list[tuple[str, tuple[list[Told], float] | str]] = [("spondyl", ours(notes, facts))]
    sides.append(("medspaCy", theirs(notes, facts)))
    for name, side in sides:
        if isinstance(side, str):
            print(f"  {name:<12} NOT RUN: {side}")
            continue
        told, seconds = side
        found = score(notes, told)
        precision = found.right / max(1, found.right + found.extra)
        recall = found.right / max(1, found.right + found.missed)
        cost = seconds * 1e6 / words
        print(f"  {name:<12} {found.f1:5.3f}   {precision:5.3f}   {recall:8.3f}   {found.reversed:5d}   {cost:12.1f}")
        if "--verbose" in sys.argv:
            for note, said in zip(notes, told, strict=True):
                wrong = {one for one in said if one[1] != "other"} ^ note.gold
                print(f"      {note.name}: {sorted(wrong)}")


def main(arguments: Sequence[str]) -> int:
    facts, notes = own_notes()
    table("benchmarks/notes.yaml", notes, facts)
    if "--notes" in arguments:
        folder = Path(arguments[arguments.index("--notes") + 1])
        table("the given notes", given_notes(folder, facts), facts)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
