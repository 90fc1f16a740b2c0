"""What every face of a plan picks from the record and how it is said in few words: sentences, counters, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.explain import Words, short_names
from spondyl.render.aged import aged

LIKELY = ("confirmed", "supported", "possible")
DONE_NOW = ("stop", "taper", "reduce", "continue", "start")
MOST_ASKED = 7
# Patients ask for it; its gate is shown even when nothing offers the treatment.
_WATCHED = ("revision_surgery",)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9])")

Record = Mapping[str, Any]


def is_planned(order: Mapping[str, Any]) -> bool:
    """Whether a picture is to be told as planned: recommended, and neither a second step nor a stand-in for an MRI."""
    stands_in = order["rating"] == "may_be_appropriate" and all("._device_gate." in rule for rule in order["rules"])
    return order["status"] == "recommended" and order["step"] != "second" and not stands_in


class Said(NamedTuple):
    """One printed line: its words and the statement behind it."""

    text: str
    statement: str = ""


class Sheet:
    """A record with its words: what the faces share."""

    def __init__(self, record: Record, words: Words) -> None:
        self.record = record
        self.words = words
        self.statements: Mapping[str, Mapping[str, Any]] = record["statements"]
        self.short = short_names(record)
        self.aged: dict[str, str] | None = None

    def result_word(self, criterion: Mapping[str, Any]) -> str:
        """The result of a criterion in words; a hazard that was denied too long ago is told with the day."""
        if criterion["result"] == "not_documented" and criterion["kind"] == "check_first":
            if self.aged is None:
                self.aged = aged(self.record, self.words.rules)
            days = [self.aged[fact] for fact in criterion["ask"] if fact in self.aged]
            if days:
                return self.words.fixed("too_old", date=max(days))
        return self.words.title("criterion_result", criterion["result"])

    def text(self, statement: str) -> str:
        """The whole text of a statement."""
        return str(self.statements[statement]["text"])

    def brief(self, statement: str, sentences: int = 1) -> str:
        """A statement without what only its explanation needs: what it is, its status, and the first sentences."""
        parts = _SENTENCE.split(self.text(statement))
        headed = ":" in parts[0] and len(parts[0]) < 60
        return " ".join(parts[: sentences + (1 if headed else 0)])

    def named(self, entries: Sequence[Mapping[str, Any]], kind: str) -> str:
        """Entries by title with their short ids; the same title stands once."""
        ids: dict[str, list[str]] = {}
        for one in entries:
            ids.setdefault(self._cause(one) if kind == "generator" else self.words.title(kind, one[kind]), []).append(
                self.short.get(one["statement"], "")
            )
        return ", ".join(f"{title} ({', '.join(marks)})" for title, marks in ids.items())

    def mark(self, statement: str) -> str:
        """The short id of a statement, in brackets, to stand within a line."""
        name = self.short.get(statement)
        return f" ({name})" if name else ""

    def labels(self, facts: Sequence[str], most: int = 99) -> str:
        """Facts by their names, each once."""
        return self.several(list(dict.fromkeys(self.words.label(fact) for fact in facts)), most)

    def several(self, names: Sequence[str], most: int) -> str:
        """The first of several names, and how many are left."""
        more = len(names) - most
        return ", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")

    # ---- who, triage

    def who(self) -> str:
        """The first line: who it is about."""
        return str(self.record["who"]["line"]) or self.words.fixed("not_recorded")

    def lead(self) -> str:
        """What the urgency says, in one sentence."""
        urgency = self.record["triage"]["urgency"]
        if urgency in ("emergency", "urgent"):
            return self.words.fixed(f"{urgency}_established")
        if any(one["why"] == "word of a red flag" for one in self.record["unread"]):
            return self.words.fixed("no_emergency_so_far")
        return self.words.fixed("no_emergency")

    def when(self) -> str:
        """Within which time."""
        return str(self.words.values["titles"]["urgency"][self.record["triage"]["urgency"]]["when"])

    def safety_net(self) -> str:
        """When and whom to call; what concerns fresh wounds only in the first weeks."""
        whole = str(self.record["safety_net"])
        if "early_postoperative" in self.record["scope"]["notes"]:
            return whole
        return _SENTENCE.split(whole)[0]

    def quoted(self, statement: str, most: int = 4) -> str:
        """The words of the note behind a statement, the first few."""
        by_id = {fact["id"]: fact for fact in self.record["facts"]}
        quotes = []
        for name in self.statements[statement]["facts"]:
            source = by_id.get(name, {}).get("source", {})
            if source.get("text"):
                quotes.append(f"“{' '.join(str(source['text']).split())}”")
        return ", ".join(dict.fromkeys(quotes[:most]))

    # ---- causes

    def causes(self) -> list[Mapping[str, Any]]:
        """The generators that something speaks for."""
        return [one for one in self.record["generators"] if one["standing"] in LIKELY]

    def cause(self, one: Mapping[str, Any]) -> str:
        """A generator with its site."""
        site = self.words.site(one["site"])
        return self._cause(one) + (f", {site}" if site else "")

    def _cause(self, one: Mapping[str, Any]) -> str:
        return self.words.cause(one["generator"], (one["site"] or {}).get("region"))

    def flips(self, most: int = 3) -> list[str]:
        """Which single finding would change the order of the first causes."""
        return [
            f"{self.words.found(flip['fact'], flip['value'])} → "
            f"{self._cause(one)} {flip['standing']}{self.mark(one['statement'])}"
            for one in self.causes()[:3]
            for flip in one["would_change"][:1]
        ][:most]

    # ---- treatments and gates

    def mme(self) -> str:
        """The daily morphine equivalent, or nothing."""
        mme = self.record["medications"]["mme_per_day"]
        if not mme:
            return ""
        low, high = f"{mme['low']:g}", mme["high"]
        if high is None:
            return self.words.fixed("mme_open", low=low, drugs=", ".join(mme["not_counted"]))
        if high != mme["low"]:
            return self.words.fixed("mme_range", low=low, high=f"{high:g}")
        return self.words.fixed("mme_line", low=low)

    def grouped(self, *statuses: str) -> list[list[Mapping[str, Any]]]:
        """The treatments of these statuses; the same one at several sites stands together."""
        groups: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
        for one in self.record["treatments"]:
            if one["status"] in statuses:
                groups.setdefault((one["treatment"], one["status"]), []).append(one)
        return list(groups.values())

    def treatment(self, group: Sequence[Mapping[str, Any]], counted: bool = False) -> str:
        """A treatment with its status, its sites when there are several, and its counted criteria when wanted."""
        first = group[0]
        sites = list(dict.fromkeys(self.words.site(one["site"]) for one in group if one["site"]))
        said = self.words.title("treatment", first["treatment"])
        if first["treatment"] == "opioid" and self.mme():
            said += f", {self.mme()}"
        said += f": {self.words.title('treatment_status', first['status'])}"
        if len(sites) > 1:
            said += f" ({', '.join(sites)})"
        gate = self.gate_of(first)
        if counted and gate is not None and any(one["kind"] == "required" for one in gate["criteria"]):
            met, total = count(gate)
            said += f" ({met} of {total} met)"
        return said

    def reason(self, one: Mapping[str, Any], sentences: int = 1) -> str:
        """Why a treatment has its status: what its statement says after the status."""
        _, _, rest = self.text(one["statement"]).partition(". ")
        return " ".join(_SENTENCE.split(rest)[:sentences])

    def checks(self, group: Sequence[Mapping[str, Any]], most: int = 99) -> str:
        """What to check first, over all sites."""
        facts = [fact for one in group for fact in one["check_first"]]
        how = "check_taken" if group[0]["status"] == "continue" else "check_first"
        return self.words.fixed(how, facts=self.labels(facts, most)) if facts else ""

    def cautions(self, group: Sequence[Mapping[str, Any]]) -> list[str]:
        """What to watch, over all sites, each once."""
        return list(dict.fromkeys(self.brief(caution) for one in group for caution in one["cautions"]))

    def offered(self, group: Sequence[Mapping[str, Any]], checks: int = 99, most_cautions: int = 99) -> str:
        """A treatment in few words, with what to check first and what to watch."""
        first = group[0]
        said = self.treatment(group)
        reason = self.reason(first, 1 if first["status"] in ("start", "consider") else 3)
        cautions = self.cautions(group)
        if len(cautions) > most_cautions:
            cautions = [*cautions[:most_cautions], f"and {len(cautions) - most_cautions} more"]
        if first["status"] == "start" and first["gate"] is None and not cautions:
            reason = clause(reason, 74 - len(said))
        check = self.checks(group, checks)
        if check:
            said = f"{said}; {check}"
            reason = "" if first["status"] == "consider" else reason
        return " ! ".join([f"{said}. {reason}".strip(), *cautions])

    def later(self) -> Iterator[Said]:
        """What comes next, with what it waits for."""
        for group in self.grouped("not_yet"):
            said = f"{self.treatment(group, counted=True)}. {self.reason(group[0])}"
            yield Said(said.strip(), group[0]["statement"])

    def gate_of(self, one: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The gate that guards an offered treatment at its site."""
        gates = [gate for gate in self.record["gates"] if gate["gate"] == one["gate"]]
        return next((gate for gate in gates if gate["site"] == one["site"]), gates[0] if gates else None)

    def never(self) -> Iterator[Said]:
        """What is not to be done, and why: watched interventions first, then pictures and treatments."""
        treated = {one["gate"] for one in self.record["treatments"]}
        if not treated:
            return  # out of scope, or nobody knows yet whether it is: no word on elective interventions
        # Whether to operate in an emergency is not the question that the elective gate answers.
        elective = self.record["triage"]["urgency"] not in ("emergency", "urgent")
        watched = _WATCHED if elective else ()
        for name in (*watched, *(("collection_aspiration",) if self._collection() else ())):
            gates = [one for one in self.record["gates"] if one["gate"] == name and one["result"] != "open"]
            if not gates or name in treated:
                continue
            yield Said(self.gate_line(gates), gates[0]["statement"])
        for group in self.grouped("avoid"):
            yield Said(f"{self.treatment(group)}. {self.reason(group[0])}".strip(), group[0]["statement"])

    def _collection(self) -> bool:
        return any(fact["fact"].startswith("collection.") for fact in self.record["facts"])

    def gate_line(self, gates: Sequence[Mapping[str, Any]]) -> str:
        """One gate, for all its targets: result, counted criteria, and what is short."""
        first = gates[0]
        title = self.words.title("gate", first["gate"])
        targets = dict.fromkeys(self.words.title("generator", one["target"]) for one in gates if one["target"])
        if targets:
            title += f" for {', '.join(targets)}"
        said = f"{title}: {self.words.title('gate_result', first['result'])}"
        if first["because"]:
            return f"{said}, {self.words.title('because', first['because'])}."
        return f"{said}, {self.counter(gates)}."

    def counter(self, gates: Sequence[Mapping[str, Any]]) -> str:
        """Counted criteria ("2 of 5 met") and the first that is short."""
        counts = [count(one) for one in gates]
        met, total = min(counts)
        said = f"{met} of {total} met"
        short = short_of(gates[counts.index((met, total))])
        if short is not None:
            said += f"; {short['label'][:1].lower()}{short['label'][1:]}: "
            said += self.result_word(short)
            if short["result"] == "not_met" and short["have"] and short["need"]:
                said += f" ({self.words.counted(short['have'], short['need'])})"
        return said

    # ---- reviews, questions

    def reviews(self) -> list[tuple[str, list[str], list[str]]]:
        """Each day with what is looked at, and the statements behind it."""
        days: dict[str, tuple[list[str], list[str]]] = {}
        for one in self.record["reassessment"]:
            what, statements = days.setdefault(one["on"], ([], []))
            what.extend(word for word in one["what"] if word not in what)
            statements.append(one["statement"])
        return [(day, what, statements) for day, (what, statements) in days.items()]

    def asked(self, most: int = MOST_ASKED) -> dict[str, list[str]]:
        """The first questions by the name of their group."""
        groups: dict[str, list[str]] = {}
        for one in self.record["questions"][:most]:
            title = str(self.words.values["groups"].get(one["group"], one["group"]))
            groups.setdefault(title, []).append(str(one["fact"]))
        return groups

    def unverified(self) -> list[str]:
        """The short ids of statements that rest on no verified source, in order."""
        shown = [self.short[name] for name in self.short if not self.statements[name]["verified"]]
        return sorted(shown, key=lambda name: (name[0], int(name[1:])))


def clause(sentence: str, room: int) -> str:
    """A sentence cut at a comma or semicolon so that it fits, where that is possible.

    >>> clause("Low impact, at a pace that leaves the next day possible.", 20)
    'Low impact.'
    """
    if len(sentence) <= room:
        return sentence
    cut = max(sentence.rfind(", ", 0, room), sentence.rfind("; ", 0, room))
    return sentence[:cut] + "." if cut > 0 else sentence


def count(gate: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the required criteria of a gate hold, and how many there are."""
    required = [one for one in gate["criteria"] if one["kind"] == "required"] or list(gate["criteria"])
    return sum(one["result"] in ("met", "bypassed") for one in required), len(required)


def short_of(gate: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The criterion that matters most of those that do not hold: not met before not documented."""
    for kind in ("required", "check_first"):
        for results in (("not_met",), ("contradicted", "not_documented")):
            for one in gate["criteria"]:
                if one["kind"] == kind and one["result"] in results:
                    found: Mapping[str, Any] = one
                    return found
    return None
