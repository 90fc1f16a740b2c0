"""A source is cited only for what it shows: figures stand in it, and every citation was compared with it by someone.

The program cannot read a source. It holds the people who did to what they wrote down.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from spondyl.knowledge.gather import Gathered, Source
from spondyl.knowledge.kinds import REMARKS

DEFAULT = "EXPERT-DEFAULT"
FILE = "evidence/_compared.yaml"
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
# In a sentence the number of a name, as in ICD-10, is no figure.
_FIGURE = re.compile(r"(?<![\w.])(?<![A-Za-z]-)\d+(?:\.\d+)?")
# Lists of sentences with a source of their own, by kind of rule.
_SAID = ("weights", "figures", "tell", "benefits", "risks")
_CITING = ("thresholds", "common_checks", "device_gate")


class Cited(NamedTuple):
    """One citation: the source, who cites it for what, and where that is written."""

    source: str
    by: str
    file: Source
    path: tuple[str | int, ...]


def check_compared(gathered: Gathered) -> None:
    """Records figures that no cited source shows, and citations that nobody compared with what the source shows."""
    shows = shown_by(gathered)
    for source in gathered.sources:
        if source.kind.is_rule and isinstance(source.data, dict):
            _check_figures(source, shows)
    register = next(gathered.of("compared"), None)
    if register is None or not isinstance(register.data, dict):
        return
    known: dict[str, set[str]] = {}
    for index, one in enumerate(register.data.get("compared") or ()):
        if not isinstance(one, dict):
            continue
        name = str(one.get("source"))
        if one.get("shows") != fingerprint(shows.get(name, "")):
            count = len(one.get("for") or ())
            message = f"what '{name}' shows was changed after {count} citations were compared with it"
            register.refuse("K045", message, "compared", index, "shows")
        known.setdefault(name, set()).update(str(part) for part in one.get("for") or ())
    for cited in citations(gathered):
        if cited.source in shows and cited.source != DEFAULT and cited.by not in known.get(cited.source, ()):
            message = f"'{cited.source}' is cited by {cited.by}, which nobody compared with what it shows"
            cited.file.refuse("K045", message, *cited.path, next_=f"It shows: {_short(shows[cited.source])}")


def shown_by(gathered: Gathered) -> dict[str, str]:
    """What each source of the base was seen to show."""
    found: dict[str, str] = {}
    for source in gathered.of("evidence"):
        for one in source.data.get("evidence") or () if isinstance(source.data, dict) else ():
            if isinstance(one, dict):
                found[str(one.get("id"))] = str(one.get("shows"))
    return found


def fingerprint(shows: str) -> str:
    """Eight signs that change when the text does."""
    return hashlib.sha256(" ".join(shows.split()).encode()).hexdigest()[:8]


def citations(gathered: Gathered) -> Iterator[Cited]:
    """Every citation of a rule, of a threshold, of the shared checks and of the device gate."""
    for source in gathered.sources:
        if not (source.kind.is_rule and source.id) and source.kind.name not in _CITING:
            continue
        owner = f"{source.kind.key}.{source.id}" if source.kind.is_rule else source.kind.name
        for found in source.found:
            if found.role == "source":
                for by in _named(source, owner, found.path):
                    yield Cited(str(found.node.value), by, source, found.path)


def _named(source: Source, owner: str, path: tuple[str | int, ...]) -> Iterator[str]:
    """How a citation is called: by the part it is cited for, the id of the entry, or the profile."""
    steps: list[str] = []
    data: Any = source.data
    for step in path[:-1]:
        data = data[step]
        if isinstance(step, int) and isinstance(data, dict):
            steps.append(str(data.get("id") or data.get("threshold") or step))
        elif isinstance(step, str):
            steps.append(step)
    if path[0] == "evidence" and isinstance(data, dict):
        wanted = data.get("for")
        for part in wanted if isinstance(wanted, list) else [wanted]:
            yield f"{owner}: {part}"
    elif source.kind.name == "thresholds":
        yield f"threshold.{steps[1]}: {path[-1]}"
    else:
        yield f"{owner}: {'.'.join(steps)}"


def _check_figures(source: Source, shows: dict[str, str]) -> None:
    data = source.data
    for key in _SAID:
        for index, one in enumerate(data.get(key) or ()):
            if isinstance(one, dict) and "source" in one and "say" in one:
                _compare(source, str(one["say"]), [str(one["source"])], shows, (key, index, "say"))
    for index, one in enumerate(data.get("positions") or ()):
        if isinstance(one, dict) and one.get("sources") and "say" in one:
            cited = [str(name) for name in one["sources"]]
            _compare(source, str(one["say"]), cited, shows, ("positions", index, "say"))
    if source.kind.name in REMARKS and isinstance(data.get("say"), str):
        cited = [str(one.get("source")) for one in data.get("evidence") or () if isinstance(one, dict)]
        _compare(source, data["say"], cited, shows, ("say",))


def _compare(source: Source, say: str, cited: list[str], shows: dict[str, str], path: tuple[str | int, ...]) -> None:
    if DEFAULT in cited or not all(name in shows for name in cited):
        return
    there = [float(number) for name in cited for number in _NUMBER.findall(shows[name].replace(",", ""))]
    for number in _FIGURE.findall(say.replace(",", "")):
        decimals = len(number.partition(".")[2])
        if not any(abs(one - float(number)) <= 0.5 * 10**-decimals + 1e-9 for one in there):
            message = f"{number} stands in nothing that {' or '.join(cited)} shows"
            source.refuse("K044", message, *path)


def _short(text: str, most: int = 160) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1] + "…"
