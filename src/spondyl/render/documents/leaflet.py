"""The patient's leaflet: what the record says, in plain words, for the clinician to hand over.

It names no diagnosis as certain. Only a medicine that can be left out at once is called so; others are taken down with
help. In an emergency it says only: go now, and what to say there. Each line has a key that is the same in every
language, and the statements of the record behind it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from spondyl.explain import Words
from spondyl.record import Refusal
from spondyl.render.documents.packet import no_such
from spondyl.render.documents.patient_words import LOCALES, PatientWords, sections_of
from spondyl.render.documents.reading import checks, grade
from spondyl.render.parts import LIKELY, is_planned
from spondyl.render.pictures.course import Record, entries

SCHEMA = "spondyl/leaflet/1"
_MOST_CAUSES, _MOST_STEPS, _MOST_HELPS, _MOST_NOT, _MOST_LESSONS = 4, 5, 5, 3, 4
_MOST_CONSIDERED = 3
_SLOW = ("taper", "reduce")
_HELD = ("not_yet", "avoid", "stop")
_URGENT_FIRST = (("medicines", "facts"), ("treatments", "avoided", "procedures"), ("always",))
_REGIONS = ("lumbar", "sacral", "cervical", "thoracic")


class Line(NamedTuple):
    """One line: its permanent key, its text and the statements of the record behind it."""

    key: str
    text: str
    statements: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The line as in the leaflet's JSON."""
        return {"key": self.key, "text": self.text, "statements": list(self.statements)}


def leaflet(record: Record, words: Words, locale: str = "en-US") -> dict[str, Any]:
    """The leaflet as `spondyl/leaflet/1`: sections of lines, the language, whether the translation was reviewed, and
    its reading grade. Raises Refusal (I030) for a language there is not.
    """
    if locale not in LOCALES:
        raise Refusal([no_such("language of the leaflet", locale, LOCALES)])
    plain = PatientWords(words, locale)
    page = _Page(record, plain)
    sections = [
        {"id": name, "title": plain.say(f"{name}_title"), "lines": [line.as_json() for line in lines]}
        for name, lines in page.sections()
        if lines
    ]
    made: dict[str, Any] = {
        "schema": SCHEMA,
        "as_of": record["as_of"],
        "locale": locale,
        "reviewed": locale != "es",
        "notice": "" if locale != "es" else plain.say("not_reviewed"),
        "title": plain.say("title_emergency" if page.emergency else "title"),
        "urgency": record["triage"]["urgency"],
        "handed_over": plain.say("handed_over", day=plain.day(str(record["as_of"]))),
        "intro": [] if page.emergency else [plain.say(name) for name in page.intro()],
        "sections": sections,
        "closing": "" if page.emergency else plain.say("closing"),
        "knowledge": dict(record["knowledge"]),
        "page_words": [plain.say("page"), plain.say("of")],
    }
    texts = [*made["intro"], *(line.text for _, lines in page.sections() for line in lines)]
    made["readability"] = {"grade": grade(texts) if locale != "es" else None, "checks": checks(made)}
    return made


class _Page:
    def __init__(self, record: Record, plain: PatientWords) -> None:
        self.record = record
        self.plain = plain
        self.urgency = str(record["triage"]["urgency"])
        self.emergency = self.urgency == "emergency"
        self.inside = not record["scope"]["left_out"]

    def intro(self) -> list[str]:
        """Which opening sentences fit."""
        return ["intro", "intro_unknown"] if self.inside else ["intro_outside"]

    def sections(self) -> Iterator[tuple[str, list[Line]]]:
        """The parts in order, each with its lines."""
        if self.emergency:
            yield "go_now", self._go()
            yield "say_there", self._say_there()
            return
        if self.urgency == "urgent":
            told = [one._replace(text=self.plain.say("tell", what=one.text)) for one in self._flags()]
            yield "soon", [Line("urgent", self.plain.say("within_two_days")), *told]
        yield "may_be", self._causes()
        yield "next", self._next()
        yield "help", self._help()  # on the first page
        yield "helps", self._helps()
        yield "not_now", self._not_now()
        yield "good_to_know", self._lessons()
        yield "ask", self._questions()

    # ---- an emergency

    def _go(self) -> list[Line]:
        statements = tuple(
            str(one["statement"]) for one in self.record["triage"]["established"] if one["urgency"] == "emergency"
        )
        lines = [Line("go_now", self.plain.say("go_now"), statements), Line("no_wait", self.plain.say("no_wait"))]
        if "early_postoperative" in self.record["scope"]["notes"]:
            lines.append(Line("in_hospital", self.plain.say("in_hospital")))
        if any(one["red_flag"] == "suicidality" for one in self.record["triage"]["established"]):
            lines.append(Line("help.mood", self.plain.net("mood")))
        return lines

    def _say_there(self) -> list[Line]:
        """What to tell the people there: had surgery, and what was found, as a question for them."""
        said = [Line("had_surgery", self.plain.say("had_surgery"))]
        return [*said, *self._flags(), Line("show_sheet", self.plain.say("show_sheet"))]

    def _flags(self) -> list[Line]:
        found: dict[str, Line] = {}
        for one in self.record["triage"]["established"]:
            text = self.plain.find("red_flags", one["red_flag"])
            if text and one["urgency"] in ("emergency", "urgent"):
                key = f"flag.{one['red_flag']}"
                before = found[key].statements if key in found else ()
                found[key] = Line(key, text, (*before, str(one["statement"])))
        if "flag.motor_loss" in found:
            found.pop("flag.reported_weakness", None)  # it says the same, less clearly
        return list(found.values())

    # ---- what may be, what comes

    def _causes(self) -> list[Line]:
        found: dict[str, Line] = {}
        for one in self.record["generators"]:
            text = self.plain.find("generators", one["generator"])
            key = f"cause.{one['generator']}"
            if one["standing"] in LIKELY and text and key not in found and len(found) < _MOST_CAUSES:
                found[key] = Line(key, _sentence(text), (str(one["statement"]),))
        return list(found.values())

    def _next(self) -> list[Line]:
        lines = []
        for one in self.record["imaging"]:
            text = self.plain.order(one["modality"], one["region"])
            if is_planned(one) and text:
                lines.append(
                    Line(f"image.{one['order']}", self.plain.say("image", study=text), (str(one["statement"]),))
                )
        lines = lines[:3]
        for one in self.record["referrals"]:
            text = self.plain.find("referrals", one["to"])
            if text and one["to"] != "emergency_department":
                lines.append(Line(f"see.{one['to']}", self.plain.say("see", who=text), (str(one["statement"]),)))
        lines = lines[:_MOST_STEPS]
        days = sorted({(str(one["on"]), str(one["statement"])) for one in self.record["reassessment"]})
        later = [one for one in days if one[0] > str(self.record["as_of"])]
        if later:
            day = later[0][0]
            statements = tuple(statement for on, statement in later if on == day)
            lines.append(Line("review", self.plain.say("review", day=self.plain.day(day)), statements))
        return lines

    def _treatments(self, *statuses: str) -> Iterator[tuple[Mapping[str, Any], str]]:
        seen: set[str] = set()
        for one in sorted(self.record["treatments"], key=lambda each: int(each["phase"])):
            text = self.plain.find("treatments", one["treatment"])
            if one["status"] in statuses and text and one["treatment"] not in seen:
                seen.add(str(one["treatment"]))
                yield one, text

    def _helps(self) -> list[Line]:
        lines = []
        for status in ("continue", "start"):
            for one, text in self._treatments(status):
                if one["treatment"] not in ("education", "opioid_taper"):
                    lines.append(self._treated(one, text, status))
        lines = lines[:_MOST_HELPS]
        slow = [self._treated(one, text, "slowly") for one, text in self._treatments(*_SLOW)][:2]
        considered = [self._treated(one, text, "consider") for one, text in self._treatments("consider")]
        room = max(1, _MOST_HELPS + 2 - len(lines) - len(slow))
        return [*lines, *slow, *considered[: min(room, _MOST_CONSIDERED)]]

    def _treated(self, one: Mapping[str, Any], text: str, status: str) -> Line:
        key = f"treatment.{one['treatment']}.{one['status']}"
        return Line(key, self.plain.say(status, what=text, What=_upper(text)), (str(one["statement"]),))

    def _not_now(self) -> list[Line]:
        told = [
            Line(f"treatment.{one['treatment']}.{one['status']}",
                 self.plain.say(one["status"], what=text, What=_upper(text)), (str(one["statement"]),))
            for one, text in self._treatments("stop", "not_yet", "avoid")
        ]  # fmt: skip
        told.sort(key=lambda line: not line.key.endswith(".stop"))  # what is taken and must not be comes first
        return told[:_MOST_NOT]

    # ---- from the guide

    def _lessons(self) -> list[Line]:
        """Statements of the guide that fit the case: what is taken and implanted first, what fits everybody last."""
        found: list[tuple[int, Line]] = []
        for section in sections_of(self.plain.words):
            for one in section["statements"]:
                when = one.get("leaflet")
                if self._fits(when):
                    text = one["es"] if self.plain.spanish else self.plain.spell(one["say"])
                    place = next(
                        (at for at, kinds in enumerate(_URGENT_FIRST) if any(when.get(kind) for kind in kinds)), 2
                    )
                    found.append((place, Line(f"guide.{section['guide']}.{one['id']}", text)))
        found.sort(key=lambda each: each[0])
        own = [line for place, line in found if place < len(_URGENT_FIRST) - 1]
        common = [line for place, line in found if place == len(_URGENT_FIRST) - 1]
        return [*own[:_MOST_LESSONS], *common[: max(1, _MOST_LESSONS - len(own))]]

    def _fits(self, when: Mapping[str, Any] | None) -> bool:
        if not when or not self.inside:
            return False
        record = self.record
        if when.get("always"):
            return True
        offered = {one["treatment"] for one in record["treatments"] if one["status"] not in _HELD}
        held = {one["treatment"] for one in record["treatments"] if one["status"] in _HELD}
        if offered & set(when.get("treatments", ())) or held & set(when.get("avoided", ())):
            return True
        done = {name for one in entries(record, "surgeries") if not one.planned for name in one.members("procedure")}
        if done & set(when.get("procedures", ())):
            return True
        heads = {str(fact["fact"]).partition(".")[0] for fact in record["facts"] if fact["value"] not in ([], False)}
        if heads & set(when.get("facts", ())):
            return True
        taken = self._taken()
        wanted = when.get("medicines", ())
        return bool(taken) if wanted == "any" else bool(taken & set(wanted))

    def _taken(self) -> set[str]:
        """The classes of the medicines that are taken."""
        drugs = self.plain.words.rules.tables["drugs"]
        found: set[str] = set()
        for one in entries(self.record, "medications"):
            known = drugs.get(one.values.get("drug"))
            if known and not one.planned and one.values.get("status") != "stopped":
                found |= set(known["classes"])
        return found

    # ---- help, questions

    def _help(self) -> list[Line]:
        regions = [region for region in _REGIONS if region in self._regions()] or ["lumbar", "cervical"]
        early = "early_postoperative" in self.record["scope"]["notes"]
        lines = []
        for kind in ("emergency", *(("same_day",) if early else ())):
            lines.append(Line(f"help.{kind}", self.plain.lead(kind)))
            signs = self.plain.signs(kind, regions if kind == "emergency" else ())
            lines += [Line(f"help.{key}", f"{_upper(text)}.") for key, text in signs.items()]
        lines.append(Line("help.mood", self.plain.net("mood")))
        return lines

    def _regions(self) -> set[str]:
        sites = [one["site"] for one in self.record["generators"] if one["site"]]
        found = {str(site["region"]) for site in sites}
        for one in entries(self.record, "surgeries"):
            found.add(str(one.values.get("region", "")))
        return found

    def _questions(self) -> list[Line]:
        names = ["ask_cause", "ask_do", "ask_pills", "ask_when"]
        if any(one["treatment"] in ("revision_surgery", "implant_removal") for one in self.record["treatments"]):
            names.insert(2, "ask_surgery")
        return [Line(name, self.plain.say(name)) for name in names] if self.inside else []


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return _upper(text).rstrip(".") + "."


def keys(leaflet_: Mapping[str, Any]) -> list[tuple[str, Sequence[str]]]:
    """Every line by its key with its statements: what has to be the same in every language."""
    return [(line["key"], line["statements"]) for section in leaflet_["sections"] for line in section["lines"]]
