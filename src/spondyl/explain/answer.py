"""What every answer is built from: parts of a rule with their reason, entries, the questions that would settle it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spondyl.engine import conflicts
from spondyl.explain.aliases import short_names
from spondyl.explain.explained import Explained
from spondyl.explain.reason import Reasons, truth_word
from spondyl.explain.sources import figures, not_used, verified
from spondyl.logic import FALSE, TRUE, UNKNOWN, And, Compare, Condition, Interval, Truth, to_text
from spondyl.timeline import Focus, View

Json = dict[str, Any]
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z0-9_.]*)\}")


class Answer:
    """One answer in the making, over one plan."""

    def __init__(self, plan: Explained) -> None:
        self.plan = plan
        self.patient = plan.patient
        self.rules = plan.patient.rules
        self.words = plan.words
        self.record = plan.record
        self.reasons = Reasons(plan)
        self.statements: Mapping[str, Json] = plan.record["statements"]
        self.by_key = {str(one["key"]): alias for alias, one in self.statements.items()}
        self.short = short_names(plan.record)
        self.touching = conflicts(plan.patient)
        scope = plan.record["scope"]
        self.left_out: Sequence[str] = scope["left_out"]

    def text(self, path: str, condition: Condition) -> str:
        """The expression as the knowledge base writes it."""
        return self.rules.texts.get(path) or to_text(condition)

    def bare(self, say: str, when: Condition) -> str:
        """The words of what may not hold: in place of a number that may not be known stands the one the rule asks for.

        "axial pain, {months_since_fusion_here} after fusion" is "axial pain, at least 6 months after fusion".
        """
        text = " ".join(_PLACEHOLDER.sub(lambda match: self._asked_for(match[1], when), say).split())
        return self.words.spell(text[:1].upper() + text[1:] if text.endswith(".") else text)

    def _asked_for(self, fact: str, when: Condition) -> str:
        """The range of a number that a condition asks for; "" where it asks for none."""
        thresholds = self.patient.program.thresholds(self.patient.profile)
        low: float | None = None
        high: float | None = None
        below = False
        for one in when.of if isinstance(when, And) else (when,):
            if isinstance(one, Compare) and one.fact == fact:
                bound = thresholds[one.bound] if isinstance(one.bound, str) else one.bound
                if one.op in (">", ">=", "=="):
                    low = bound
                if one.op in ("<", "<=", "=="):
                    high, below = bound, one.op == "<"
        if low is None and high is None:
            return ""
        if below and low is None:
            return self.words.fixed("less_than", value=self.words.number(fact, Interval(high, high)))
        return self.words.number(fact, Interval(low, high))

    def part(
        self,
        name: str,
        role: str,
        title: str,
        when: Condition,
        view: View,
        *,
        path: str,
        unless: Condition | None = None,
        guard: View | None = None,
        unless_path: str = "",
        goal: Truth = TRUE,
        **more: Any,
    ) -> Json:
        """One part of a rule: its expression, its truth here, the leaves that decide, and what would settle it.

        `unless` is read in `guard` (the safety reading); a part it turns off is FALSE with `turned_off`.
        """
        guard = guard or view
        truth = self.patient.truth(when, view)
        made: Json = {"part": name, "role": role, "title": title, "truth": truth_word(truth)}
        made |= {"reading": "safety" if view.safety else "plain", "expression": self.text(path, when), **more}
        made["reason"] = self.reasons.leaves(when, view)
        if unless is not None:
            off = self.patient.truth(unless, guard)
            made["unless"] = {
                "expression": self.text(unless_path, unless),
                "truth": truth_word(off),
                "reason": self.reasons.leaves(unless, guard),
            }
            if off is TRUE and truth is not FALSE:
                made["truth"], made["turned_off"] = truth_word(FALSE), True
            elif truth is TRUE and off is UNKNOWN:
                made["precaution"] = True
        if made["truth"] == "unknown":
            settled = self.reasons.settle(when, view, goal)
            if settled is not None:
                made["settle"] = settled
        return made

    def entry(
        self,
        kind: str,
        name: str,
        *,
        rule: str,
        title: str,
        state: str,
        stands: bool,
        parts: Sequence[Json],
        evidence: Sequence[Json],
        key: str | None = None,
        focus: Focus | None = None,
        site: Mapping[str, Any] | None = None,
        says: str = "",
        told: Iterable[tuple[str, str]] = (),
        claims: Sequence[str] = (),
        settle: Json | None = None,
        **more: Any,
    ) -> Json:
        """One thing at one site: its statement and state, the parts of its rule, its evidence, what would settle it."""
        alias = self.by_key.get(key or "")
        statement = self.statements.get(alias or "")
        made: Json = {
            "kind": kind,
            "name": name,
            "key": key,
            "statement": alias,
            "short": self.short.get(alias or ""),
            "title": title,
            "site": site if site is not None or focus is None else focus.site(),
            "state": state,
            "stands": stands,
            "text": statement["text"] if statement else says,
            "rule": {"id": rule, "file": _file(rule)},
            "strength": statement["strength"] if statement else "not_rated",
            "certainty": statement["certainty"] if statement else "not_rated",
            **more,
            "parts": list(parts),
            "evidence": list(evidence),
            "verified": verified(evidence),
            "figures": figures(self.words, told),
            "what_would_settle": settle or {"questions": [], "studies": []},
            "not_used": not_used(
                self.words,
                self.touching,
                claims,
                [one["source"] for one in evidence],
                self.patient.profile,
            ),
        }
        return made

    def question(self, fact: str, **more: Any) -> Json:
        """A fact to ask for, as the clinician is asked it."""
        known = self.rules.facts.get(fact)
        ask = (known.ask if known is not None else None) or f"{self.words.label(fact)}?"
        made: Json = {"fact": fact, "label": self.words.label(fact), "ask": self.words.spell(ask)}
        return made | {key: value for key, value in more.items() if value is not None}

    def settle(self, parts: Sequence[Json], studies: Sequence[str] = (), says: str = "") -> Json:
        """What would settle these parts: each open fact once, with what it would have to be where one fact decides."""
        questions: dict[str, Json] = {}
        for part in parts:
            found = part.get("settle")
            if not found:
                continue
            single = len(found["needs"]) == 1 and len(found["facts"]) == 1
            for fact in found["facts"]:
                wanted = found["needs"][0]["wanted"] if single else None
                one = questions.setdefault(fact, self.question(fact, wanted=wanted))
                one.setdefault("for", []).append(part["part"])
        return self.settled(list(questions.values()), studies, says)

    def settled(self, questions: Sequence[Json], studies: Sequence[str] = (), says: str = "") -> Json:
        """Questions and studies in the form of an answer."""
        shown = [{"order": one, "title": self.words.title("order", one)} for one in dict.fromkeys(studies)]
        made: Json = {"questions": list(questions), "studies": shown}
        return made | ({"says": self.words.spell(says)} if says else {})


def _file(rule: str) -> str:
    """The file a rule stands in."""
    kind, _, name = rule.partition(".")
    folders = {
        "red_flag": "red_flags", "generator": "generators", "gate": "gates", "treatment": "treatments",
        "pitfall": "pitfalls", "outcome": "outcomes", "referral": "referrals", "conflict": "conflicts",
        "fact": "facts",
    }  # fmt: skip
    name = name.split(".")[0]
    return f"knowledge/{folders.get(kind, kind)}/{name}.yaml"
