"""Every claim of the source documents is accounted for, and points at rules and cases that are there.

What a case says when it is run is not looked at here: spondyl.proof.registers runs them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from spondyl.knowledge.checks_cases import check_given
from spondyl.knowledge.gather import Gathered, Source
from spondyl.knowledge.shape import nearest
from spondyl.knowledge.vocabulary import Names

Rules = dict[str, Source]


def check_claims(gathered: Gathered, names: Names) -> None:
    """Records claims that are missing, claims without a rule or a case, and rules that list what nobody registered.

    A base without any register is not asked for one: it may be a site's, or a part of a base.
    """
    registers = list(gathered.of("claims"))
    if not registers:
        return
    rules = {rule_id(source): source for source in gathered.sources if source.kind.is_rule and source.id}
    listed = {name: listed_by(source.data) for name, source in rules.items()}
    known: set[str] = set()
    for source in registers:
        known |= _check_register(source, rules, listed, names)
    for name, source in rules.items():
        for claim in listed[name]:
            if claim not in known:
                near = nearest(claim, known)
                source.refuse("K038", f"no register in knowledge/claims has '{claim}'", "claims", near=near)


def rule_id(source: Source) -> str:
    """The name of a rule as statements carry it: red_flag.cauda_equina."""
    return f"{source.kind.key}.{source.id}"


def listed_by(data: Any) -> list[str]:
    """The claims a rule lists, in the rule itself or in the positions of a conflict."""
    if not isinstance(data, dict):
        return []
    found = [*(data.get("claims") or ())]
    for position in data.get("positions") or ():
        found += position.get("claims") or () if isinstance(position, dict) else ()
    return list(dict.fromkeys(str(claim) for claim in found))


def _check_register(source: Source, rules: Rules, listed: dict[str, list[str]], names: Names) -> set[str]:
    data = source.data if isinstance(source.data, dict) else {}
    document, claims = str(data.get("document")), data.get("claims") or []
    if document != source.stem:
        source.refuse("K012", f"'{document}' stands in {source.stem}.yaml", "document")
    entries = [(index, one) for index, one in enumerate(claims) if isinstance(one, dict)]
    there = [str(one.get("claim")) for _, one in entries]
    count = data.get("count")
    wanted = [f"{document}-{number:02}" for number in range(1, (count if isinstance(count, int) else 0) + 1)]
    missing = [claim for claim in wanted if claim not in there]
    if missing:
        source.refuse("K038", f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing", "count")
    for index, one in entries:
        claim = str(one.get("claim"))
        if claim not in wanted or claim in there[:index]:
            message = f"'{claim}' is not one of the {count} claims of {document}, or stands here twice"
            source.refuse("K038", message, "claims", index, "claim")
        by = [name for name, claims_of in listed.items() if claim in claims_of]
        _check_disposition(source, index, one, by)
        for place, shown in enumerate(one.get("shown") or ()):
            if isinstance(shown, dict):
                _check_shown(source, ("claims", index, "shown", place), claim, shown, rules, listed)
        for place, literal in enumerate(one.get("literal") or ()):
            given = literal.get("given") if isinstance(literal, dict) else None
            if isinstance(given, dict):
                path = ("claims", index, "literal", place, "given")
                check_given(source, path, given, names.types(after_triage=True))
    return set(there)


def _check_disposition(source: Source, index: int, one: dict[str, Any], by: list[str]) -> None:
    """What each disposition needs, and what the dangerous claims need besides."""

    def lacks(message: str, key: str = "claim") -> None:
        source.refuse("K041", message, "claims", index, key)

    claim, disposition = one.get("claim"), one.get("disposition")
    if disposition == "left_out":
        acting = [name for name in by if not name.startswith("conflict.")]
        if acting:
            lacks(f"'{claim}' is left out, but {acting[0]} lists it", "disposition")
        lacking = [key for key in ("reason", "not_encoded") if key not in one]
    else:
        lacking = [
            key for key in ("shown", "changed") if key not in one and (key == "shown" or disposition != "encoded")
        ]
    if lacking:
        lacks(f"'{claim}' is {disposition}, and {' and '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing")
    dangerous = one.get("verdict") == "contradicted" or "danger" in one
    if dangerous and "literal" not in one and one.get("reason") != "promotional":
        lacks(f"'{claim}' would harm or mislead as it was written; no case shows that this does not happen")


def _check_shown(
    source: Source,
    path: tuple[str | int, ...],
    claim: str,
    shown: dict[str, Any],
    rules: Rules,
    listed: dict[str, list[str]],
) -> None:
    name = str(shown.get("rule"))
    rule = rules.get(name)
    if rule is None:
        source.refuse("K039", f"there is no rule '{name}'", *path, "rule", near=nearest(name, rules))
        return
    if claim not in listed[name]:
        source.refuse("K039", f"'{name}' does not list '{claim}' under claims", *path, "rule")
    cases = [str(case.get("name")) for case in _cases(rule)]
    if str(shown.get("case")) not in cases:
        message = f"'{name}' has no case '{shown.get('case')}'"
        source.refuse("K040", message, *path, "case", near=nearest(str(shown.get("case")), cases))


def _cases(rule: Source) -> Iterator[dict[str, Any]]:
    cases = rule.data.get("cases") if isinstance(rule.data, dict) else None
    yield from (case for case in cases or () if isinstance(case, dict))
