"""How facts, values and identifiers read. The words are knowledge (knowledge/wording); this only looks them up."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Any, TypeVar

from spondyl.engine import in_words, is_order, parts
from spondyl.knowledge.rules import Ruleset
from spondyl.logic import FALSE, TRUE, Compare, FactIs, Has, In, Interval, Leaf, Members, NoneOf, Truth, Value
from spondyl.timeline import Focus, View

T = TypeVar("T")
_MOST_TITLES = 10_000
_WITH_CORD = ("cervical", "thoracic")
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")


class Words:
    """The words of one locale. Facts and decisions are the same in every locale."""

    def __init__(self, rules: Ruleset, locale: str = "en-US") -> None:
        self.rules = rules
        wording = rules.tables["wording"]
        base, chosen = wording["en-US"], wording.get(locale, {})
        self.locale = locale
        self.table: dict[str, Any] = {**base, **{key: value for key, value in chosen.items() if value is not None}}
        net, mine = base["safety_net"], chosen.get("safety_net") or {}
        self.table["safety_net"] = {
            key: {**value, **mine.get(key, {})} if isinstance(value, Mapping) else mine.get(key, value)
            for key, value in net.items()
        }
        self.table["fixed"] = {**base["fixed"], **(chosen.get("fixed") or {})}
        self.values: Mapping[str, Any] = wording["values"]
        derived = wording["labels_derived"]
        self.labels: Mapping[str, Mapping[str, str]] = {**derived.get("facts", {}), **derived["labels"]}
        # How each criterion that shows no number of a patient is written, by its identity: those of which nothing is
        # documented whole, the others without their proof.
        self.undocumented: dict[int, dict[str, Any]] = {}
        self.documented: dict[int, dict[str, Any]] = {}
        self._kept: list[object] = []
        self._once: dict[Hashable, Any] = {}
        # The sources of each part of a rule as the record shows them; kept by the part of the plan that shows them.
        self.cited: dict[Any, Any] = {}
        self._texts: dict[str, str] = {}
        self._questions: dict[str, tuple[str, str]] = {}
        self._segments = {level: place for place, level in enumerate(rules.tables["regions"]["segments"])}
        self._titles: dict[tuple[str, str], str] = {}
        self._spelling = [
            (re.compile(rf"\b{re.escape(american)}\b"), british)
            for table in ("drug_names", "phrases", "spelling")
            for word, meant in (chosen.get(table) or {}).items()
            for american, british in dict.fromkeys(
                ((word, meant), (word[:1].upper() + word[1:], meant[:1].upper() + meant[1:]))
            )
            if locale != "en-US"
        ]

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """What reads the same in every record, made once. The key holds all it is made of."""
        found = self._once.get(key)
        if found is None:
            if len(self._once) >= _MOST_TITLES:
                self._once.clear()
            found = self._once[key] = make()
        return found

    def keep(self, criterion: object, shown: dict[str, Any]) -> None:
        """Remember how a criterion is written that says nothing of a patient."""
        if len(self._kept) < _MOST_TITLES:
            self._kept.append(criterion)
            kept = self.undocumented if shown["result"] == "not_documented" else self.documented
            kept[id(criterion)] = shown

    def fixed(self, name: str, **inserts: str) -> str:
        """One of the fixed words of every face."""
        text = str(self.table["fixed"][name])
        return self.spell(text.format(**inserts) if inserts else text)

    def counted(self, have: str, need: str) -> str:
        """What is there beside what is needed: "3 weeks, needed 6 weeks"; "1.6 months, at most 24 months"."""
        limit = need.startswith(("at most", "less than"))
        return self.fixed("have_limit" if limit else "have_need", have=have, need=need)

    def title(self, kind: str, name: str) -> str:
        """The printed name of an identifier ("pseudarthrosis", "MRI lumbar spine without contrast")."""
        found = self._titles.get((kind, name))
        if found is None:
            if len(self._titles) >= _MOST_TITLES:
                self._titles.clear()
            found = self._titles[kind, name] = self._title(kind, name)
        return found

    def cause(self, name: str, region: str | None) -> str:
        """The title of a generator at a region: below the cord, compression is first of the cauda equina."""
        below = (
            region is not None and region not in _WITH_CORD and name in self.values["titles"]["generator_below_cord"]
        )
        return self.title("generator_below_cord" if below else "generator", name)

    def _title(self, kind: str, name: str) -> str:
        if kind == "order" or (kind == "any" and is_order(name)):
            return self.spell(self.order(name))
        found = self.values["titles"].get(kind, {}).get(name)
        if isinstance(found, Mapping):
            found = found.get("word")
        return self.spell(str(found) if found else name.replace("_", " "))

    def order(self, name: str) -> str:
        """An imaging order in words."""
        modality, region, contrast = parts(name)
        table = self.values["orders"]
        text = str(table["templates"].get(modality, modality + " {region}"))
        shown = text.format(
            region=table["regions"].get(region, region), contrast=table["contrasts"].get(contrast or "", "")
        )
        return shown.strip()

    def label(self, fact: str) -> str:
        """What a fact is called."""
        mine = self.labels.get(fact, {})
        if mine.get("label"):
            return self.spell(str(mine["label"]))
        known = self.rules.facts.get(fact)
        if known is not None and known.label:
            return self.spell(known.label)
        head, _, rest = fact.partition(".")
        name = rest.split(".")[-1] if rest else head
        return self.values.get("fields", {}).get(head, {}).get(name) or fact.replace("_", " ").replace(".", " ")

    def question(self, fact: str) -> tuple[str, str]:
        """How a fact is asked for, and the group it is asked with."""
        found = self._questions.get(fact)
        if found is None:
            known = self.rules.facts.get(fact)
            text = (known.ask if known is not None else None) or f"{self.label(fact)}?"
            found = self._questions[fact] = self.spell(text), known.group if known is not None else "other"
        return found

    def value(self, fact: str, word: str) -> str:
        """A choice value or set member in words."""
        name = self.values["same_as"].get(fact, fact)
        if fact in self.values["as_written"]:
            return word
        found = self.values["values"].get(name, {}).get(word)
        return self.spell(str(found)) if found else word.replace("_", " ")

    def state(self, fact: str, value: Value | None) -> str:
        """A fact with its value in a few words: "new saddle numbness", "no fever", "age 62 years"."""
        label = self.label(fact)
        mine = self.labels.get(fact, {})
        if value is TRUE:
            return self.spell(str(mine.get("true") or label))
        if value is FALSE:
            return self.spell(str(mine.get("false") or f"no {label}"))
        if value is None or isinstance(value, Truth):
            return f"{label}: {self.fixed('not_recorded')}"
        if isinstance(value, Interval):
            return f"{label} {self.number(fact, value)}"
        if isinstance(value, Members):
            shown = (
                self.levels(value.yes)
                if fact.endswith("level")
                else ", ".join(self.value(fact, word) for word in sorted(value.yes))
            )
            return f"{label}: {shown}"
        if isinstance(value, NoneOf):
            return f"{label}: not {', '.join(self.value(fact, word) for word in sorted(value.values))}"
        return f"{label}: {self.value(fact, value)}"

    def leaf(self, leaf: Leaf, view: View) -> str:
        """One leaf of a reason as it stands in a patient."""
        value = view[leaf.fact]
        if isinstance(leaf, Has) and isinstance(value, Members):
            truth = value.has(leaf.member)
            word = self.value(leaf.fact, leaf.member)
            if truth is TRUE:
                return word
            return f"no {word}" if truth is FALSE else f"{word}: {self.fixed('not_recorded')}"
        if isinstance(leaf, Has) and value is None:
            return f"{self.value(leaf.fact, leaf.member)}: {self.fixed('not_recorded')}"
        return self.state(leaf.fact, value)

    def wanted(self, leaf: Leaf, truth: Truth) -> str:
        """What a leaf would have to be: ">= 3", "yes", "radicular"."""
        yes = truth is TRUE
        if isinstance(leaf, FactIs):
            return self.fixed("yes") if yes else self.fixed("no")
        if isinstance(leaf, Compare):
            op = leaf.op if yes else {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "not"}[leaf.op]
            return f"{op} {leaf.bound if isinstance(leaf.bound, str) else f'{leaf.bound:g}'}"
        if isinstance(leaf, In):
            return ("" if yes else "not ") + " or ".join(self.value(leaf.fact, one) for one in leaf.values)
        if isinstance(leaf, Has):
            return ("" if yes else "no ") + self.value(leaf.fact, leaf.member)
        return self.fixed("yes")

    def needed(self, fact: str, leaf: Leaf, truth: Truth) -> str:
        """What would have to be found when a fact is asked for; what is derived from the answer is named."""
        if leaf.fact == fact or isinstance(leaf, Has):
            return self.wanted(leaf, truth)
        if isinstance(leaf, FactIs):
            return self.state(leaf.fact, truth)
        return f"{self.label(leaf.fact)} {self.wanted(leaf, truth)}"

    def found(self, fact: str, value: str) -> str:
        """A fact with what would have to be found: "nrs back >= 7", "imaging studies: fracture"."""
        known = self.rules.facts.get(fact)
        apart = known is not None and known.type.kind in ("list", "set", "choice")
        return f"{self.label(fact)}{':' if apart else ''} {value}"

    def number(self, fact: str, value: Interval) -> str:
        """A number with its unit, in the unit of the locale where one is shown."""
        entry = self.rules.types.get(fact)
        unit = entry.unit if entry is not None and entry.unit else ""
        shown = self.table["units"].get(fact)
        if shown:
            factor, offset, places = shown["factor"], shown["offset"], shown["decimals"]
            low, high = (None if n is None else round(n * factor + offset, places) for n in (value.low, value.high))
            return in_words(Interval(low, high), shown["unit"])
        return in_words(value, {"C": "°C"}.get(unit, unit))

    def levels(self, levels: Sequence[str] | frozenset[str]) -> str:
        """Neighboring segments as a span: L4-S1."""
        order, known = list(self._segments), self._segments
        places = sorted([known[level] for level in levels if level in known])
        spans: list[list[int]] = []
        for place in places:
            if spans and place == spans[-1][-1] + 1:
                spans[-1].append(place)
            else:
                spans.append([place])
        return ", ".join(f"{order[s[0]].split('-')[0]}-{order[s[-1]].split('-')[1]}" for s in spans)

    def site(self, site: Mapping[str, Any] | None) -> str:
        """A site in words: its levels, else its region."""
        if site is None:
            return ""
        if site.get("levels"):
            levels = tuple(site["levels"])
            return self.once(("levels", levels), lambda: self.levels(levels))
        return self.region(str(site["region"]))

    def region(self, region: str) -> str:
        """A region of the spine in words."""
        known = self.values["orders"]["regions"]
        return str(known.get({"sacral": "sacrum"}.get(region, region), region))

    def fill(self, text: str, view: View, site: Mapping[str, Any] | None = None) -> str:
        """A sentence of the knowledge base with its placeholders filled from one patient."""

        if "{" not in text:
            found = self._texts.get(text)
            if found is None:
                if len(self._texts) >= _MOST_TITLES:
                    self._texts.clear()
                found = self._texts[text] = self.spell(" ".join(text.split()))
            return found

        def insert(match: re.Match[str]) -> str:
            name = match[1]
            if name == "site":
                return self.site(site) or self.region(view.focus.region)
            if name == "region":
                return view.focus.region
            value = view[name]
            if isinstance(value, Interval):
                return self.number(name, value)
            if isinstance(value, str):
                return self.value(name, value)
            if isinstance(value, Members):
                return ", ".join(self.value(name, one) for one in sorted(value.yes))
            return self.fixed("not_recorded")

        return self.spell(" ".join(_PLACEHOLDER.sub(insert, text).split()))

    def spell(self, text: str) -> str:
        """The text in the spelling of the locale."""
        for american, british in self._spelling:
            text = american.sub(british, text)
        return text

    def safety_net(self, regions: tuple[str, ...], known: frozenset[str] = frozenset()) -> str:
        """When and whom to call, for the regions of the patient; signs that are `known` already are left out."""
        return self.once(("safety net", regions, known), lambda: self._safety_net(regions, known))

    def _safety_net(self, regions: tuple[str, ...], known: frozenset[str]) -> str:
        table = self.table["safety_net"]
        signs: dict[str, None] = {}
        for region in (*regions, "any"):
            signs.update(dict.fromkeys(table["emergency"]["signs"].get(region, ())))
        later = [one for one in table["same_day"]["signs"] if one not in known]
        first = str(table["emergency"]["clinician"]).format(
            signs=self._joined([one for one in signs if one not in known])
        )
        second = str(table["same_day"]["clinician"]).format(signs=self._joined(later))
        return self.spell(f"{first} {second}")

    def _joined(self, words: Sequence[str]) -> str:
        table = self.table["safety_net"]
        if len(words) < 2:
            return "".join(words)
        return str(table["joined_by"]).join(words[:-1]) + str(table["last_joined_by"]) + words[-1]


def site_of(focus: Focus | None, printed: str = "focus") -> Mapping[str, Any] | None:
    """The site of a focus as in the record; None for the whole patient."""
    return None if focus is None else focus.site(printed)
