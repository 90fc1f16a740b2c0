"""The plain words for patients, in the language of the leaflet. The same identifiers as the record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from spondyl.explain import Words
from spondyl.knowledge import guide

LOCALES = ("en-US", "en-GB", "es")
_FILES = {"en-US": "patient", "en-GB": "patient", "es": "patient_es"}


def sections_of(words: Words) -> list[dict[str, Any]]:
    """The sections of the patient's guide that belong to these rules."""
    return _sections(words.rules.sha256)


@lru_cache(maxsize=2)
def _sections(sha256: str) -> list[dict[str, Any]]:
    # Read once for a knowledge base: a service makes many leaflets.
    return guide()


class PatientWords:
    """The words of one language; `words` spells English for its country."""

    def __init__(self, words: Words, locale: str) -> None:
        wording = words.rules.tables["wording"]
        self.locale = locale
        self.words = words if words.locale == locale else Words(words.rules, "en-US" if locale == "es" else locale)
        self.table: Mapping[str, Any] = wording[_FILES[locale]]
        self.spanish = locale == "es"
        self._net: Mapping[str, Any] = self.table["safety_net"] if self.spanish else self.words.table["safety_net"]

    def find(self, kind: str, name: str) -> str:
        """The plain words of an identifier; "" when it has none on purpose."""
        return self.spell(str(self.table[kind].get(name) or ""))

    def say(self, name: str, **inserts: object) -> str:
        """One fixed text of the leaflet."""
        text = str(self.table["fixed"][name])
        return self.spell(text.format(**self.numbers(), **inserts))

    def spell(self, text: str) -> str:
        """English in the spelling and with the words of the country; Spanish as it stands."""
        return text if self.spanish else self.words.spell(text)

    def numbers(self) -> dict[str, str]:
        """Which number to call, and where to go."""
        table = self.words.table
        place = self.table["fixed"]["emergency_room"] if self.spanish else table["emergency_department_plain"]
        line = self.table["fixed"]["crisis_line"] if self.spanish else table["crisis_line"]
        return {
            "emergency_number": str(table["emergency_number"]),
            "emergency_department_plain": str(place),
            "crisis_line": str(line),
        }

    def order(self, modality: str, region: str) -> str:
        """A study in plain words: "MRI scan of the low back"."""
        orders = self.table["orders"]
        kind, place = orders["modality"].get(modality), orders["region"].get(region)
        if not kind or not place:
            return ""
        template = str(kind) if "{region}" in str(kind) else str(orders["template"])
        return self.spell(template.format(modality=kind, region=place))

    def day(self, on: str) -> str:
        """A day in words of the language: "December 6, 2026"."""
        year, month, number = (int(part) for part in on.split("-"))
        names = self.table["months"]
        form = self.table["dates"].get(self.locale) or next(iter(self.table["dates"].values()))
        return str(form).format(year=year, month=names[month - 1], day=number)

    def signs(self, kind: str, regions: Sequence[str]) -> dict[str, str]:
        """The signs to act on, by key, for the regions of a patient and for any."""
        listed = self._net[kind]["signs_patient"]
        if not isinstance(listed, Mapping):
            return {f"{kind}.{place}": self.spell(str(text)) for place, text in enumerate(listed)}
        found: dict[str, str] = {}
        for region in (*regions, "any"):
            for place, text in enumerate(listed.get(region, ())):
                if str(text) not in found.values():
                    found[f"{kind}.{region}.{place}"] = str(text)
        # "a leg gets weak" says nothing beside "an arm or a leg gets weak".
        own = {
            key: text
            for key, text in found.items()
            if not any(text != other and text in other for other in found.values())
        }
        return {key: self.spell(text) for key, text in own.items()}

    def net(self, kind: str, signs: str = "") -> str:
        """The sentence around the signs, or the whole sentence where it has none."""
        return self.spell(str(self._net[kind]["patient"]).format(**self.numbers(), signs=signs))

    def lead(self, kind: str) -> str:
        """The sentence that opens a list of signs."""
        return self.net(kind).rstrip(" :.") + ":"

    def joined(self, names: Sequence[str]) -> str:
        """Several names as one phrase."""
        net = self._net
        if len(names) < 2:
            return "".join(names)
        return str(net["joined_by"]).join(names[:-1]) + str(net["last_joined_by"]) + names[-1]
