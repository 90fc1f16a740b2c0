"""What holds for every patient, tried on many made of the cases of the rules, with all rules acting on one another."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from knowledge_cases.patients import (
    AT_A_GATE,
    DANGEROUS,
    PROGRAM,
    RULES,
    TAKEN,
    Known,
    Whole,
    alarming,
    patients,
    reassuring,
)

from spondyl.engine import URGENCIES, Program, imaging, parts, triage
from spondyl.knowledge import PROFILES
from spondyl.knowledge.rules import CheckFirst
from spondyl.logic import FALSE, TRUE, UNKNOWN, Has, Members, fact_names, judge, leaves, threshold_names
from spondyl.proof.given import patient_with

# Running all rules on a patient takes ten times as long as one flag: a fifth of the examples is enough every day.
WHOLE = settings(max_examples=max(20, settings.default.max_examples // 5))
FLAGS = settings(max_examples=max(20, settings.default.max_examples // 4))
PROGRAMS = {profile: Program(RULES) for profile in PROFILES}
HOLDS = ("emergency_first", "urgent_first", "same_class_taken")


def urgency(known: Known) -> int:
    return URGENCIES.index(triage(patient_with(PROGRAM, known)).urgency)


# ---- triage


def _read_by_flags():
    """Every fact the levels read, with the facts behind derived ones, that has an alarming side."""
    waiting = [
        name
        for flag in RULES.red_flags.values()
        for level in flag.levels
        for part in (level.when, level.unless)
        if part is not None
        for name in fact_names(part)
    ]
    found = set()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += PROGRAM.derivations.depends(name)
    return sorted(name for name in found if name in RULES.types and alarming(name) is not None)


READ_BY_FLAGS = _read_by_flags()


@FLAGS
@given(patients(DANGEROUS), st.lists(st.sampled_from(READ_BY_FLAGS), min_size=1, max_size=6, unique=True))
def test_an_alarm_never_lowers_the_urgency_and_silence_neither_raises_nor_reassures(known, names):
    for name in names:
        others = {one: value for one, value in known.items() if one != name}
        reassured, silent, alarmed = (
            urgency({**others, name: value} if value is not None else others)
            for value in (reassuring(name), None, alarming(name))
        )
        assert reassured <= silent <= alarmed, name


SIGNS = sorted(
    {
        (leaf.fact, leaf.member)
        for flag in RULES.red_flags.values()
        for level in flag.levels
        for leaf in leaves(level.when)
        if isinstance(leaf, Has)
    }
)


@FLAGS
@given(patients(DANGEROUS), st.sampled_from(SIGNS))
def test_a_recorded_sign_or_finding_never_lowers_the_urgency(known, sign):
    name, member = sign
    others = {one: value for one, value in known.items() if one != name}
    kept = known.get(name) or Members()
    yes, no = kept.yes - {member}, kept.no - {member}
    absent, silent, present = (
        urgency({**others, name: Members(*sides)}) for sides in ((yes, no | {member}), (yes, no), (yes | {member}, no))
    )
    assert absent <= silent <= present, sign


@FLAGS
@given(patients(DANGEROUS))
def test_a_level_falls_only_when_a_recorded_normal_stands_in_its_reason(known):
    patient = patient_with(PROGRAM, known)
    view = patient.safety(patient.main)
    standing = {one.flag.id: URGENCIES.index(one.level.urgency) for one in triage(patient).established}
    for flag in RULES.red_flags.values():
        for level in flag.levels:
            if patient.truth(level.when, view) is not TRUE or standing.get(flag.id, -1) >= URGENCIES.index(
                level.urgency
            ):
                continue
            assert level.unless is not None
            reason = patient.program.judge(level.unless, view)
            assert reason.truth is TRUE, flag.id
            assert all(view[leaf.condition.fact] is not None for leaf in reason.leaves())


@FLAGS
@given(patients())
def test_what_is_excluded_was_denied_and_what_is_open_is_asked_for(known):
    found = triage(patient_with(PROGRAM, known))
    assert not {flag.id for flag in found.excluded} & {one.flag.id for one in (*found.established, *found.not_excluded)}
    for one in found.not_excluded:
        assert one.ask, one.flag.id


# ---- gates


@WHOLE
@given(patients(AT_A_GATE, more=2))
def test_unknown_never_opens_a_gate(known):
    whole = Whole(known)
    for one in whole.gates:
        plain, safety = whole.patient.views(one.focus)
        thresholds = PROGRAM.thresholds("guideline")
        for criterion in one.criteria:
            rule = criterion.rule
            view = safety if isinstance(rule, CheckFirst) else plain
            truth = judge(criterion.condition, view, thresholds).truth
            if criterion.result == "met" and isinstance(rule, CheckFirst):
                moot = rule.moot_when is not None and judge(rule.moot_when, safety, thresholds).truth is TRUE
                assert truth is FALSE or (truth is UNKNOWN and moot), (one.gate.id, criterion.id)
            elif criterion.result == "met":
                assert truth is TRUE, (one.gate.id, criterion.id)
            elif criterion.result == "bypassed":
                assert plain["flag_bypasses_here"] is TRUE
        if one.result == "open":
            assert all(criterion.result in ("met", "bypassed") for criterion in one.criteria), one.gate.id


@WHOLE
@given(patients(AT_A_GATE, more=2), st.data())
def test_silence_opens_no_gate_but_where_the_question_cannot_matter(known, data):
    name = data.draw(st.sampled_from(sorted(known) or ["age_years"]))
    before = {_key(one): one for one in Whole(known).gates}
    for one in Whole({other: value for other, value in known.items() if other != name}).gates:
        if one.result != "open" or _key(one) not in before:
            continue
        for criterion in before[_key(one)].criteria:
            if criterion.result in ("met", "bypassed"):
                continue
            # What is silent now closed it: it has to be a check that is moot, or an emergency that is no longer known.
            rule = criterion.rule
            assert isinstance(rule, CheckFirst), (one.gate.id, criterion.id, name)
            assert rule.moot_when is not None or rule.because in HOLDS, (one.gate.id, criterion.id, name)


def _key(one):
    return one.gate.id, one.focus.key, one.target


@WHOLE
@given(patients(DANGEROUS, more=4))
def test_elective_gates_are_closed_while_an_emergency_stands(known):
    whole = Whole(known)
    if whole.triage.urgency == "emergency":
        for one in whole.gates:
            assert (one.result, one.because) == ("closed", "emergency_first"), one.gate.id


# ---- treatments


@WHOLE
@given(patients(AT_A_GATE, more=2))
def test_nothing_starts_or_goes_on_against_its_gate(known):
    for one in Whole(known).treatments:
        if one.gate is None:
            continue
        if one.status == "start":
            assert one.gate.result == "open", one.treatment.id
        if one.status == "consider":
            assert one.gate.result != "closed" or not _contraindicated(one), one.treatment.id
        if one.status == "continue" and one.gate.result == "closed":
            # What becomes of a medicine already taken: no new reason against it, or its own rule for that.
            assert not one.offer.capped or not _contraindicated(one), one.treatment.id


def _contraindicated(one):
    closing = [each for each in one.gate.criteria if each.kind == "check_first" and each.result == "not_met"]
    return any(each.because not in HOLDS for each in closing)


@WHOLE
@given(patients(TAKEN, more=2))
def test_what_has_to_be_tapered_is_never_stopped(known):
    for one in Whole(known).treatments:
        assert not (one.status == "stop" and one.treatment.taper_only), one.treatment.id


@WHOLE
@given(patients(DANGEROUS, more=4))
def test_nothing_hazardous_starts_while_an_emergency_stands(known):
    whole = Whole(known)
    if whole.triage.urgency == "emergency":
        for one in whole.treatments:
            if one.treatment.hazard != "none":
                assert one.status not in ("start", "consider") or one.treatment.hazard == "drug", one.treatment.id
            if one.treatment.hazard == "drug" and one.treatment.gate is not None:
                assert one.status not in ("start", "consider"), one.treatment.id


# ---- imaging

CARRIED = st.fixed_dictionaries(
    {},
    optional={
        name: st.sampled_from([TRUE, FALSE])
        for name in (
            "device_unsafe",
            "device_unsafe_or_unknown",
            "device_conditional",
            "mri_unsafe_other",
            "claustrophobia",
            "pregnancy",
            "gadolinium_reaction",
            "contrast_allergy",
            "renal_severe",
        )
    },
)


@FLAGS
@given(patients(DANGEROUS), CARRIED)
def test_an_emergency_mri_is_never_on_hold_alone(known, carried):
    if carried.get("device_unsafe") is TRUE:
        carried["device_unsafe_or_unknown"] = TRUE
    patient = patient_with(PROGRAM, {**known, **carried})
    orders = imaging(patient, triage(patient))
    wanted = [one for one in orders if one.status == "recommended" and one.emergency]
    for one in orders:
        if parts(one.order)[0] == "mri" and one.emergency and one.status != "recommended":
            assert one.status != "on_hold", one.order
            assert any(parts(other.order)[0] in ("ct", "ct_myelogram", "mri") for other in wanted), one.order


@FLAGS
@given(patients(), CARRIED)
def test_no_mri_is_recommended_with_a_device_recorded_as_unsafe(known, carried):
    carried = {**carried, "device_unsafe": TRUE, "device_unsafe_or_unknown": TRUE}
    patient = patient_with(PROGRAM, {**known, **carried})
    for one in imaging(patient, triage(patient)):
        assert not (parts(one.order)[0] == "mri" and one.status == "recommended"), one.order


# ---- profiles


def _plain(whole: Whole) -> list[object]:
    """All that must not depend on who pays."""
    return [
        [(one.flag.id, one.level.id, one.basis) for one in whole.triage.established],
        [(one.flag.id, one.urgency) for one in whole.triage.not_excluded],
        [flag.id for flag in whole.triage.excluded],
        [(one.generator.id, one.standing, one.balance) for one in whole.generators],
        [(one.order, one.status, one.rating, one.check_first, one.emergency) for one in whole.orders],
        [
            (one.gate.id, one.target, criterion.id, criterion.result)
            for one in whole.gates
            for criterion in one.criteria
            if criterion.kind == "check_first"
        ],
    ]


@WHOLE
@given(patients(AT_A_GATE, more=2), st.sampled_from(PROFILES))
def test_profiles_change_what_gates_require_and_nothing_else(known, profile):
    assert _plain(Whole(known, profile, PROGRAMS[profile])) == _plain(Whole(known, "guideline", PROGRAMS["guideline"]))


@WHOLE
@given(patients(AT_A_GATE, more=2), st.sampled_from(PROFILES))
def test_the_result_shown_for_another_profile_is_the_result_in_it(known, profile):
    there = {_key(one): one.result for one in Whole(known, profile, PROGRAMS[profile]).gates}
    for one in Whole(known).gates:
        if profile in one.by_profile:
            assert one.by_profile[profile] == there[_key(one)], one.gate.id


def test_numbers_that_differ_by_profile_stand_in_required_criteria_only():
    required = set()
    for gate in RULES.gates.values():
        for rule in gate.required:
            required |= set(threshold_names(rule.when))
        for target in gate.targets:
            required |= set(threshold_names(target.wait)) if target.wait is not None else set()
    differing = {name for name, one in RULES.thresholds.items() if len(set(one.values.values())) > 1}
    assert differing <= required
    elsewhere = set()
    for gate in RULES.gates.values():
        for check in gate.checks:
            elsewhere |= set(threshold_names(check.closed_when))
    for flag in RULES.red_flags.values():
        for level in flag.levels:
            elsewhere |= set(threshold_names(level.when))
    for generator in RULES.generators.values():
        for argument in generator.arguments:
            elsewhere |= set(threshold_names(argument.when))
    for presentation in RULES.imaging.values():
        elsewhere |= set(threshold_names(presentation.when))
    assert not elsewhere & differing
