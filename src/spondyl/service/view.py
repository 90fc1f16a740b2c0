"""What the plan on the page says, line by line: picked from the record by the same sheet as in the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from spondyl.explain import Words
from spondyl.render.parts import DONE_NOW, Sheet, count, short_of
from spondyl.service.bars import argument_bar, gate_bar

_MOST_FULL, _MOST_TARGETS = 5, 3
_WEIGHT = {"confirms": 4, "excludes": 4, "strong": 3, "opposes_strong": 3, "moderate": 2, "opposes_moderate": 2}
_SHORT = ("not_met", "contradicted", "not_documented")
_RESULT_ORDER = {"not_met": 0, "contradicted": 1, "not_documented": 2, "bypassed": 3, "met": 4}
Line = dict[str, Any]


def criterion_word(words: Words, kind: str, result: str) -> str:
    """The result of a criterion in words. What is checked first is a hazard: met means that it is absent."""
    if kind == "check_first" and result in ("met", "not_met"):
        return {"met": "absent", "not_met": "present, closes it"}[result]
    return words.title("criterion_result", result)


def wanted(words: Words, fact: str, value: str) -> str:
    """What would have to be found, as it is said: "fever", "no fever", "imaging: abscess", "pain: 7 or more"."""
    name = "imaging" if fact == "imaging" else words.label(fact)
    if value in ("yes", "no"):
        return name if value == "yes" else f"no {name}"
    sign, _, number = value.partition(" ")
    entry = words.rules.types.get(fact)
    unit = f" {entry.unit}" if entry is not None and entry.unit and number else ""
    said = {">=": f"{number}{unit} or more", "<=": f"{number}{unit} or less", ">": f"more than {number}{unit}",
            "<": f"less than {number}{unit}"}.get(sign, value)  # fmt: skip
    return f"{name}: {said if number != '0' or sign != '<=' else 'none'}"


class View:
    """The parts of a plan for the page."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.words = sheet.words
        self.record = sheet.record
        titles = [sheet.cause(one) for one in self.record["generators"]]
        self._twice = {title for title in titles if titles.count(title) > 1}
        likely = sheet.causes()
        self.causes = [self._cause(one) for one in likely[:_MOST_FULL]]
        self.rest = self._rest(likely[_MOST_FULL:])
        self.imaging = [self._order(one) for one in self.record["imaging"]]
        self.steps = list(self._steps())
        self.reviews = [(day, what, statements[0]) for day, what, statements in sheet.reviews()]
        self.expect = self._expect()
        self.unverified = [sid for sid in sheet.short if not sheet.statements[sid]["verified"]]
        told = (sheet.gate_of(one) for one in self.record["treatments"])
        self._told = {gate["statement"] for gate in told if gate is not None}
        self._offered = {one["gate"] for one in self.record["treatments"] if one["gate"]}
        self.more_gates = len({one["gate"] for one in self.record["gates"]})

    # ---- causes

    def _cause(self, one: Mapping[str, Any]) -> Line:
        sheet = self.sheet
        weigh = {
            side: [_WEIGHT.get(sheet.statements[sid]["strength"], 1) for sid in one[side]]
            for side in ("for", "against")
        }
        return {
            **one,
            "title": self._named(one),
            "standing_word": self.words.title("standing", one["standing"]),
            "bar": argument_bar(weigh["for"], weigh["against"]),
            "flips": self._flips(one["would_change"]),
        }

    def _flips(self, flips: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
        """What would have to be found, and what the cause would be then; the first of those that read alike."""
        made: dict[str, str] = {}
        for flip in flips:
            made.setdefault(wanted(self.words, flip["fact"], flip["value"]), flip["standing"])
        return [(found, self.words.title("standing", standing)) for found, standing in made.items()]

    def _named(self, one: Mapping[str, Any]) -> str:
        """A cause with its place; with its region where the same operation is judged for several."""
        title = self.sheet.cause(one)
        return f"{title}, {self.words.region(str(one['site']['region']))}" if title in self._twice else title

    def _rest(self, more: Sequence[Mapping[str, Any]]) -> list[tuple[str, list[Line]]]:
        groups: list[tuple[str, list[Mapping[str, Any]]]] = [("also possible", list(more))]
        for standing in ("opposed", "excluded", "not_assessed"):
            listed = [one for one in self.record["generators"] if one["standing"] == standing]
            groups.append((self.words.title("standing", standing), listed))
        return [
            (title, [{"title": self._named(one), "statement": one["statement"]} for one in listed])
            for title, listed in groups
            if listed
        ]

    # ---- imaging

    def _order(self, one: Mapping[str, Any]) -> Line:
        title = self.words.title("order", one["order"])
        status = self.words.title("imaging_status", one["status"])
        says = self.sheet.text(one["statement"])
        head = f"{title}: {status}."
        return {
            "statement": one["statement"],
            "title": title,
            "status": one["status"],
            "status_word": status,
            "now": one["urgency"] == "emergency",
            "rating": self.words.title("rating", one["rating"]),
            "says": says.removeprefix(head).strip(),
            "checks": self.words.fixed("check_first", facts=self.sheet.labels(one["check_first"]))
            if one["check_first"]
            else "",
            "off": one["status"] == "not_recommended",
        }

    # ---- now, next, if that fails, not

    def _steps(self) -> Iterable[tuple[str, str, list[Line]]]:
        sheet, words = self.sheet, self.words
        now = [self._treated(group) for group in sheet.grouped(*DONE_NOW)]
        mme = sheet.mme()
        if mme and not any(group[0]["treatment"] == "opioid" for group in sheet.grouped(*DONE_NOW, "consider")):
            now.insert(0, self._plain("", mme, ""))
        considered = [self._treated(group) for group in sheet.grouped("consider")]
        later = sheet.grouped("not_yet")
        phases = sorted({group[0]["phase"] for group in later})
        first = [self._treated(group) for group in later if group[0]["phase"] == phases[0]] if later else []
        then = [self._treated(group) for group in later if group[0]["phase"] != phases[0]] if later else []
        never = []
        for said in sheet.never():
            statement = said.statement
            title, _, rest = said.text.partition(":")
            closed = sheet.statements[statement]["key"].startswith("gate.")
            never.append(self._plain(title, rest.strip(), statement, "closed" if closed else "avoid"))
        for key, title, lines in (
            ("now", words.fixed("now_title"), [one for one in now if one["statement"]]),
            ("consider", "Consider", considered),
            ("next", words.fixed("next_title"), first),
            ("then", "If that fails", then),
            ("not", words.fixed("not_title"), never),
        ):
            if lines:
                yield key, title, lines

    def _plain(self, title: str, says: str, statement: str, status: str = "") -> Line:
        return {"title": title, "says": says, "statement": statement, "status": "", "class": status, "checks": "",
                "cautions": []}  # fmt: skip

    def _treated(self, group: Sequence[Mapping[str, Any]]) -> Line:
        sheet, first = self.sheet, group[0]
        title = self.words.title("treatment", first["treatment"])
        if first["treatment"] == "opioid" and sheet.mme():
            title += f", {sheet.mme()}"
        sites = list(dict.fromkeys(self.words.site(one["site"]) for one in group if one["site"]))
        if len(sites) > 1:
            title += f" ({', '.join(sites)})"
        gate = sheet.gate_of(first)
        status = self.words.title("treatment_status", first["status"])
        says = sheet.reason(first, 4)
        if gate is not None and first["status"] == "not_yet" and _asks(gate):
            met, total = count(gate)
            status = f"{status}, {met} of {total} met"
        cautions = list(dict.fromkeys(sid for one in group for sid in one["cautions"]))
        texts: dict[str, str] = {}
        for sid in cautions:
            texts.setdefault(sheet.brief(sid), sid)
        return {
            "title": title,
            "status": status,
            "class": first["status"],
            "says": says,
            "checks": sheet.checks(group, 6),
            "cautions": list(texts.values()),
            "statement": first["statement"],
        }

    # ---- gates

    def gates(self, every: bool = False) -> list[Line]:
        """The gates of what is offered, and of what patients ask for; all of them when wanted."""
        groups: dict[str, list[Mapping[str, Any]]] = {}
        for gate in self.record["gates"]:
            if every or gate["gate"] in self._offered or gate["gate"] == "revision_surgery":
                groups.setdefault(gate["gate"], []).append(gate)
        return [self._gate(group) for group in groups.values()]

    def _gate(self, group: Sequence[Mapping[str, Any]]) -> Line:
        # The one that stands with its treatment, so that the same count is told twice; else the one that lacks most.
        gate = next((one for one in group if one["statement"] in self._told), min(group, key=count))
        met, total = count(gate)
        short = short_of(gate)
        title = self.words.title("gate", gate["gate"])
        targets = list(dict.fromkeys(self.words.title("generator", one["target"]) for one in group if one["target"]))
        if targets:
            left = f" and {len(targets) - _MOST_TARGETS} more causes" if len(targets) > _MOST_TARGETS + 1 else ""
            title += f" for {', '.join(targets[:_MOST_TARGETS] if left else targets)}{left}"
        said = ""
        if gate["because"]:
            said = self.words.title("because", gate["because"])
        elif short is not None:
            said = f"{short['label']}: {self._result(short)}"
            if short["result"] == "not_met" and short["have"] and short["need"]:
                said += f" ({self.words.counted(short['have'], short['need'])})"
        required = [one for one in gate["criteria"] if one["kind"] == "required"] or list(gate["criteria"])
        counted = "met" if _asks(gate) else "excluded"
        ordered = sorted(gate["criteria"], key=lambda one: (one["kind"] != "required", _RESULT_ORDER[one["result"]]))
        return {
            "key": self.sheet.statements[gate["statement"]]["key"],
            "gate": gate["gate"],
            "target": gate["target"] or "",
            "region": gate["site"]["region"] if gate["site"] else "",
            "title": title,
            "result": gate["result"],
            "result_word": self.words.title("gate_result", gate["result"]),
            "short": said,
            "met": met,
            "total": total,
            "counted": counted,
            "bar": gate_bar([one["result"] for one in required]),
            "criteria": [
                {
                    **one,
                    "said": self._result(one),
                    "numbers": bool(one["have"] or one["need"] or one["elsewhere"]),
                }
                for one in ordered
            ],
            "statement": gate["statement"],
        }

    def _result(self, one: Mapping[str, Any]) -> str:
        if one["result"] == "not_documented":
            return self.sheet.result_word(one)
        return criterion_word(self.words, one["kind"], one["result"])

    # ---- the rest

    def _expect(self) -> list[tuple[str, list[str]]]:
        words, record = self.words, self.record
        groups = [
            (words.fixed("outcomes_title"), record["outcomes"]),
            (words.fixed("prognosis_better"), record["prognosis"]["better"]),
            (words.fixed("prognosis_worse"), record["prognosis"]["worse"]),
            (words.fixed("prevention_title"), record["prevention"]),
        ]
        return [(title, sids) for title, sids in groups if sids]

    def unread(self, most: int = 3) -> str:
        """The first pieces of the notes that no rule understood, quoted."""
        told = sorted(self.record["unread"], key=lambda one: one["why"] != "word of a red flag")
        texts = list(dict.fromkeys(" ".join(str(one["text"]).split()) for one in told))
        shown = ", ".join(f"“{text if len(text) <= 80 else text[:79] + '…'}”" for text in texts[:most])
        return shown + (f" and {len(texts) - most} more, marked in the note" if len(texts) > most else "")


def _asks(gate: Mapping[str, Any]) -> bool:
    """Whether a gate has criteria to meet, and not hazards alone."""
    return any(one["kind"] == "required" for one in gate["criteria"])


__all__ = ["Markup", "View"]
