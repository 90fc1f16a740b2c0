"""What is on record, in the words of a chart: operations, studies, medicines, findings. Nothing is concluded here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from spondyl.explain import Words
from spondyl.logic import FALSE, TRUE
from spondyl.render.pictures.course import TIMED, Entry, Record, entries, number, spoken, written_on
from spondyl.render.pictures.wording import say
from spondyl.timeline import as_value

_LISTS = ("surgeries", "imaging", "medications", "prior_treatments", "implanted_devices", "scores", "visits")


class Recorded:
    """The facts of a record that were told, derived ones left out."""

    def __init__(self, record: Record, words: Words) -> None:
        self.record = record
        self.words = words
        self._lines: dict[str, dict[int, str]] = {}

    def operations(self) -> list[str]:
        """Each operation: levels, what was done, approach, when, implants."""
        return list(self.lines("surgeries").values())

    def studies(self) -> list[str]:
        """Each study: kind, place, day, what was found and what was not."""
        return list(self.lines("imaging").values())

    def treatments(self) -> list[str]:
        """Each treatment tried: how long or how often, its effect."""
        return list(self.lines("prior_treatments").values())

    def medicines(self) -> list[str]:
        """Each medicine with its dose as told."""
        return list(self.lines("medications").values())

    def devices(self) -> list[str]:
        """Each implanted device with its MRI status."""
        return list(self.lines("implanted_devices").values())

    def lines(self, name: str) -> dict[int, str]:
        """The entries of a list by their index, each in one line; nothing for a list that has no form here."""
        if name not in self._lines:
            self._lines[name] = self._written(name)
        return self._lines[name]

    def _written(self, name: str) -> dict[int, str]:
        written = {
            "surgeries": self._operation,
            "imaging": self._study,
            "prior_treatments": self._treatment,
            "medications": self._medicine,
            "implanted_devices": self._device,
        }.get(name)
        if written is None:
            return {}
        planned = f" ({say(self.words, 'planned')})"
        return {one.index: written(one) + (planned if one.planned else "") for one in entries(self.record, name)}

    def _operation(self, one: Entry) -> str:
        words = self.words
        done = [words.value("surgeries.procedure", name) for name in one.members("procedure")]
        parts = [
            words.levels(one.members("levels")) or self._region(one),
            " and ".join(done) or say(words, "operation"),
        ]
        approach = one.values.get("approach")
        if isinstance(approach, str):
            parts.append(f"({words.value('surgeries.approach', approach)})")
        text = " ".join(part for part in parts if part)
        for fact, name in (("instrumented", "screws"), ("interbody_cage", "cage"), ("bmp_used", "bmp")):
            text += f", {say(words, name)}" if one.values.get(fact) is True else ""
        return f"{text}, {spoken(one.when) if one.when else say(words, 'no_date')}"

    def _region(self, one: Entry) -> str:
        region = str(one.values.get("region", ""))
        return "" if region in ("", "unspecified") else self.words.region(region)

    def _study(self, one: Entry) -> str:
        words = self.words
        text = words.value("imaging.modality", str(one.values.get("modality", say(words, "study"))))
        place = self._region(one)
        text += f" {place}" if place else ""
        levels = words.levels(one.members("levels"))
        text += f" {levels}" if levels else ""
        text += f", {spoken(one.when)}" if one.when else f", {say(words, 'no_date')}"
        found = ", ".join(words.value("imaging.findings", name) for name in one.members("findings"))
        denied = dict.fromkeys(one.denied.get("findings", ()))
        not_seen = ", ".join(words.value("imaging.findings", name) for name in denied)
        text += f": {found}" if found else ""
        if not_seen:
            text += f"{';' if found else ':'} {say(words, 'not_seen', names=not_seen)}"
        return text

    def _treatment(self, one: Entry) -> str:
        words = self.words
        text = words.value("prior_treatments.type", str(one.values.get("type", say(words, "treatment"))))
        weeks = number(one.values.get("weeks_or_n"))
        if weeks:
            unit = "weeks" if one.values.get("type") in TIMED else "times"
            text += f", {span((round(weeks[0]), round(weeks[1])))} {say(words, unit)}"
        if one.values.get("supervised") is True:
            text += f", {say(words, 'supervised')}"
        relief = number(one.values.get("relief_pct"))
        text += f", {say(words, 'relief', value=span(relief))}" if relief else ""
        return text + (f", {spoken(one.when)}" if one.when else "")

    def _medicine(self, one: Entry) -> str:
        words = self.words
        text = words.spell(str(one.values.get("drug", say(words, "medicine"))))
        dose, times = number(one.values.get("dose")), number(one.values.get("times_per_day"))
        text += f" {span(dose)} {one.values.get('unit', '')}".rstrip() if dose else ""
        often = span(times) if times else ""
        once = often == "1"
        text += f", {say(words, 'once_a_day') if once else say(words, 'times_a_day', n=often)}" if often else ""
        text += f", {say(words, 'as_needed')}" if one.values.get("as_needed") is True else ""
        weeks = number(one.values.get("weeks_taken"))
        text += f", {say(words, 'for_weeks', n=span((round(weeks[0]), round(weeks[1]))))}" if weeks else ""
        relief = number(one.values.get("relief_pct"))
        text += f", {say(words, 'relief', value=span(relief))}" if relief else ""
        return text + (f" ({say(words, 'stopped')})" if one.values.get("status") == "stopped" else "")

    def _device(self, one: Entry) -> str:
        words = self.words
        text = words.value("implanted_devices.type", str(one.values.get("type", say(words, "device"))))
        status = str(one.values.get("mri_status", "unknown"))
        return f"{text}, MRI: {words.value('implanted_devices.mri_status', status)}"

    def told(self, fact: Mapping[str, Any]) -> str:
        """A fact of a structured source in words: the whole entry it belongs to, or the fact by itself."""
        head, _, rest = str(fact["fact"]).partition(".")
        index = rest.partition(".")[0]
        if index.isdigit():
            line = self.lines(head).get(int(index))
            if line:
                return line
        return self.state(fact) or f"{self.words.label(str(fact['fact']))}: {self._raw(fact['value'])}".rstrip(": ")

    def findings(self) -> dict[str, list[str]]:
        """The single facts by group title, each said once, with its day where it has one of its own."""
        groups: dict[str, dict[str, None]] = {}
        for fact in self.record["facts"]:
            known = self.words.rules.facts.get(str(fact["fact"]))
            head = str(fact["fact"]).partition(".")[0]
            if known is None or head in _LISTS or fact["source"].get("kind") == "derived" or known.group == "scope":
                continue
            said = self._chosen(str(fact["fact"])) if known.type.kind == "choice" else self.state(fact)
            if said:
                title = str(self.words.values["groups"].get(known.group, known.group))
                groups.setdefault(title, {})[said] = None
        for name in ("motor_deficit", "sensory_deficit"):
            for one in self._deficits(name):
                groups.setdefault(str(self.words.values["groups"]["nerves"]), {})[one] = None
        return {title: list(said) for title, said in groups.items()}

    def _chosen(self, name: str) -> str:
        """A choice in one line: the value told last; of values that contradict each other all, and that they do."""
        told: dict[str, str] = {}
        others: list[str] = []
        for fact in self.record["facts"]:
            if fact["fact"] != name:
                continue
            said = self.state(fact)
            if said and fact["assertion"] == "present" and not fact["on"]:
                told[str(fact["value"])] = said
            elif said:
                others.append(said)
        if not told:
            return "; ".join(dict.fromkeys(others))
        if name not in {one["fact"] for one in self.record["contradictions"]}:
            dated = [one for one in dict.fromkeys(others) if one[-1:].isdigit()]
            return "; ".join([*dated, list(told.values())[-1]])
        values = ", ".join(self.words.value(name, one) for one in told)
        return f"{self.words.label(name)}: {say(self.words, 'contradictory', values=values)}"

    def _deficits(self, name: str) -> Iterator[str]:
        for fact in self.record["facts"]:
            if fact["fact"] == name and fact["value"] == []:
                yield say(self.words, f"no_{name}")
        for one in entries(self.record, name):
            values = [
                self.words.value(f"{name}.{part}", str(value)) if isinstance(value, str) else _grade(part, value)
                for part, value in one.values.items()
                if part in ("myotome", "dermatome", "side", "mrc", "onset")
            ]
            if values:
                yield f"{self.words.label(name)}: {', '.join(values)}"

    def state(self, fact: Mapping[str, Any]) -> str:
        """One fact as it was told: "no fever", "back pain 6", "weakness (uncertain)"; "" for what says nothing."""
        name, said = str(fact["fact"]), fact["assertion"]
        known = self.words.rules.facts.get(name)
        if known is None or said in ("hypothetical", "family"):
            return ""
        value = as_value(known, fact["value"])
        if value is None:
            shown = self._raw(fact["value"])
            text = f"{self.words.label(name)}: {shown}" if shown else ""
        elif said == "negated" and known.type.kind == "set":
            members = fact["value"] if isinstance(fact["value"], list) else [fact["value"]]
            text = say(self.words, "none_of", names=", ".join(self.words.value(name, str(one)) for one in members))
        elif said == "negated" and value in (TRUE, FALSE):
            text = self.words.state(name, FALSE if value is TRUE else TRUE)
        elif said == "negated":
            text = f"{self.words.label(name)}: {say(self.words, 'not', value=self._raw(fact['value']))}"
        else:
            text = self.words.state(name, value)
        if said in ("uncertain", "historical", "planned") and text:
            text += f" ({self.words.title('assertion', said)})"
        return f"{text}, {fact['on']}" if fact["on"] and text else text

    def _raw(self, value: Any) -> str:
        if isinstance(value, list):
            return " × ".join(f"{one:g}" if isinstance(one, int | float) else str(one) for one in value)
        return "" if value is None else str(value).replace("_", " ")

    def source(self, fact: Mapping[str, Any]) -> str:
        """Where a fact stands: "note.txt, 2026-11-20"."""
        told = fact["source"]
        name = str(told.get("name") or told.get("resource") or "")
        day = written_on(self.record, fact)
        return ", ".join(part for part in (name, str(told.get("locator") or ""), day or "") if part)


def _grade(part: str, value: Any) -> str:
    ends = (value["low"], value["high"]) if isinstance(value, Mapping) else (value, value)
    if part == "mrc" and all(isinstance(one, int | float) for one in ends):
        low, high = _signed(ends[0]), _signed(ends[1])
        return f"MRC {low}/5" if low == high else f"MRC {low} to {high} of 5"
    return f"{part.upper()} {span(ends)}" if all(isinstance(one, int | float) for one in ends) else f"{part} {value}"


def _signed(grade: float) -> str:
    """A grade of strength as it is examined: what is read as 4.3 was written 4+, and 3.7 was 4-.

    >>> _signed(4.3), _signed(3.7), _signed(4)
    ('4+', '4-', '4')
    """
    whole = round(grade)
    return f"{whole}{'+' if grade > whole else '-' if grade < whole else ''}"


def span(ends: tuple[float, float]) -> str:
    """A number or a range in words.

    >>> span((5.0, 5.0)), span((7.1, 11.4))
    ('5', '7.1 to 11.4')
    """
    low, high = f"{ends[0]:g}", f"{ends[1]:g}"
    return low if low == high else f"{low} to {high}"
