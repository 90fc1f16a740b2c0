"""An answer to a refusal: the reason is matched to criteria, then met with what the record shows. What is missing is
conceded. Nothing is said that the record or a cited source does not say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.explain import Words
from spondyl.render.pictures.course import Record
from spondyl.render.pictures.wording import say, table

_WORD = re.compile(r"[a-z0-9]+")
_CLAUSE = re.compile(r"[.;,]|\band\b|\bor\b")
_HELD = ("met", "bypassed")
_MOST_QUOTES = 3


def appeal(packet: Mapping[str, Any], record: Record, words: Words, reason: str) -> dict[str, Any]:
    """The reason, the criteria it means, arguments from the record, what is conceded, and the evidence by tier."""
    reason = " ".join(reason.split())
    criteria: Sequence[Mapping[str, Any]] = packet["criteria"]
    matched, by = matching(criteria, words, reason, packet["target"])
    meant = [one for one in criteria if one["criterion"] in matched]
    others = [one for one in criteria if one["criterion"] not in matched]
    arguments = [_argued(one, words) for one in meant if one["result"] in _HELD]
    arguments += [_flag(one, words) for one in packet["red_flags"]]
    supporting = [_argued(one, words) for one in others if one["result"] in _HELD and one["kind"] == "required"]
    conceded = [_conceded(one, words) for one in (*meant, *others) if one["result"] not in _HELD]
    sources = {cited["source"] for one in meant for cited in one["evidence"]} | {
        one["source"] for one in packet["told"]
    }
    evidence = [one for one in packet["evidence"] if one["source"] in sources and one["tier"] not in _WEAK]
    return {
        "reason": reason,
        "matched": matched,
        "matched_by": by,
        "arguments": [*arguments, *supporting],
        "conceded": conceded,
        "conceded_of_reason": [_conceded(one, words) for one in meant if one["result"] not in _HELD],
        "evidence": evidence,
        "stands": _stands(meant, words, by),
    }


_WEAK = ("expert_default", "seed")


def matching(
    criteria: Sequence[Mapping[str, Any]], words: Words, reason: str, target: str | None = None
) -> tuple[list[str], str]:
    """The criteria a reason means, clause by clause: by their ids, else by shared words ("id", "words" or "none").

    A plain word that happens to be an id ("nicotine") names it by itself, and is a word like others in a sentence.
    """
    names = [str(one["criterion"]) for one in criteria]
    found: dict[str, None] = {}
    by_words = False
    for clause in _CLAUSE.split(reason):
        ids = [name for name in names if _names(clause, name)]
        found.update(dict.fromkeys(ids))
        if not ids:
            meant = _meant(criteria, words, clause.lower().replace("_", " "), target)
            by_words = by_words or bool(meant)
            found.update(dict.fromkeys(meant))
    listed = list(dict.fromkeys(name for name in names if name in found))
    return listed, "words" if by_words else "id" if listed else "none"


def _names(clause: str, name: str) -> bool:
    return clause.strip() == name or ("_" in name and re.search(rf"\b{re.escape(name)}\b", clause) is not None)


def _meant(criteria: Sequence[Mapping[str, Any]], words: Words, clause: str, target: str | None) -> list[str]:
    """The criteria that share most with one clause of a reason; of equals all, for the payer may mean either."""
    meant = _stems(set(_WORD.findall(clause)), words)
    points: dict[str, int] = {}
    for one in criteria:
        said = [str(one["label"]), *map(words.label, one["ask"]), str(one["about"])]
        if one["criterion"] == "cause" and target is not None:
            said.append(words.title("generator", target))
        shared = meant & _stems(set(_WORD.findall(" ".join(said).lower().replace("_", " "))), words)
        if shared:
            points[one["criterion"]] = max(points.get(one["criterion"], 0), len(shared))
    best = max(points.values(), default=0)
    return [name for name, score in points.items() if score == best]


def _stems(said: set[str], words: Words) -> set[str]:
    """Words as their first letters, small ones left out, and what payers call things as what the rules call them."""
    known: Mapping[str, str] = table(words, "said_by_payers")
    idle = set(str(table(words, "fixed")["idle_words"]).split())
    made = {one[:6] for one in said if len(one) > 2 and one not in idle}
    return made | {other for one in said for other in _expanded(one, known)}


def _expanded(word: str, known: Mapping[str, str]) -> set[str]:
    text = known.get(word)
    return {one[:6] for one in str(text).split()} if text else set()


def _argued(one: Mapping[str, Any], words: Words) -> str:
    """One criterion that holds, with its count and its words."""
    text = f"{one['label']}: {words.title('criterion_result', one['result'])}"
    if one["kind"] == "check_first":
        text = say(words, "excluded_one", label=one["label"])
    if one["have"] and one["need"]:
        text += f" ({_number(one, words)})"
    return _with_quotes(text, one["quotes"], words)


def _number(one: Mapping[str, Any], words: Words) -> str:
    """The number that decides, named where a criterion has several."""
    return f"{one['counts']} " * bool(one["counts"]) + words.counted(one["have"], one["need"])


def _flag(one: Mapping[str, Any], words: Words) -> str:
    text = say(words, "flag_established", flag=one["title"], urgency=one["urgency"])
    return _with_quotes(text, one["quotes"], words)


def _with_quotes(text: str, quotes: Sequence[Mapping[str, Any]], words: Words) -> str:
    shown = [cited(quote, words) for quote in quotes[:_MOST_QUOTES]]
    if len(quotes) > _MOST_QUOTES:
        shown.append(say(words, "more_quotes", n=len(quotes) - _MOST_QUOTES))
    return f"{text}: {'; '.join(shown)}" if shown else f"{text}."


def cited(quote: Mapping[str, Any], words: Words) -> str:
    """A quotation with its source and day."""
    where = ", ".join(part for part in (str(quote["source"]), str(quote["on"] or "")) if part)
    said = f"“{quote['text']}”" if quote["verbatim"] else str(quote["text"])
    return f"{said} ({where})" if where else said


def _conceded(one: Mapping[str, Any], words: Words) -> str:
    if one["kind"] == "check_first" and one["result"] == "not_met":
        text = say(words, "present_one", label=one["label"])
        return _with_quotes(text, one["quotes"], words)
    text = f"{one['label']}: {words.title('criterion_result', one['result'])}"
    if one["have"] and one["need"]:
        text += f" ({_number(one, words)})"
    if one["missing"] and one["result"] != "not_met":
        text += f". {say(words, 'to_get', names=', '.join(one['missing']))}"
    return _with_quotes(text.rstrip("."), one["quotes"], words)


def _stands(meant: Sequence[Mapping[str, Any]], words: Words, by: str) -> str:
    """In one sentence whether the record answers the reason."""
    if by == "none":
        return say(words, "reason_unmatched")
    held = sum(one["result"] in _HELD for one in meant)
    if held == len(meant):
        return say(words, "reason_answered")
    return say(words, "reason_partly") if held else say(words, "reason_holds")
