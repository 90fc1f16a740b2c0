"""Whether the cases of the knowledge base notice a change to a rule. It makes no changes and proposes no cases.

What a patient's facts derive is worked out once for all changes that leave the derivations alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from spondyl.engine import Patient, Program
from spondyl.knowledge import Ruleset
from spondyl.proof.cases import run_case
from spondyl.proof.given import Case, patient_of
from spondyl.proof.mutants import Mutant, case_name, derives_from

Cases = Mapping[str, Mapping[str, Sequence[Case]]]


class Watch:
    """The cases of a ruleset, ready to be run against changed copies of it."""

    def __init__(self, rules: Ruleset, cases: Cases) -> None:
        self.program = Program(rules)
        self._listed = {
            (kind, rule): list(listed) for kind, by_rule in cases.items() for rule, listed in by_rule.items()
        }
        self._patients: dict[int, Patient] = {}
        self._derive = derives_from(rules)

    def add(self, kind: str, rule: str, case: Case) -> None:
        """One more case of a rule."""
        self._listed.setdefault((kind, rule), []).append(case)

    def noticed(self, mutant: Mutant) -> bool:
        """Whether some case of the rules that the change can reach fails."""
        program = Program(mutant.rules)
        shared = mutant.where not in self._derive
        name = case_name(mutant)
        for pair in mutant.looks_at:
            listed = self._listed.get(pair, [])
            # Most changes have a case that was made for them: it is asked first.
            for case in sorted(listed, key=lambda one: one["name"] != name):
                patient = self._patient(pair[0], case).under(program) if shared else None
                if not run_case(program, *pair, case, patient).ok:
                    return True
        return False

    def _patient(self, kind: str, case: Case) -> Patient:
        found = self._patients.get(id(case))
        if found is None:
            found = self._patients[id(case)] = patient_of(self.program, kind, case)
            for view in found.views(found.main):
                assert view.flat is not None  # derived here, once
        return found


__all__ = ["Cases", "Watch"]
