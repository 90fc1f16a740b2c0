"""One rule in full, as Markdown: what it says, its pathway, its claims and its cases."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.render.catalogue import flow
from spondyl.render.catalogue.naming import claims_of, rule_name
from spondyl.render.catalogue.rules import IN_FULL, listed, one_rule
from spondyl.render.catalogue.sources import one_conflict
from spondyl.render.catalogue.telling import Catalogue, rests_on, source, table


def rule_page(page: Catalogue, kind: str, name: str, cases: Sequence[Mapping[str, Any]]) -> str:
    """The page of one rule. `cases`: those that stand in its file."""
    rule = listed(page, kind)[name]
    full = rule_name(kind, name)
    parts = [f"# {full}\n", f"`knowledge/{kind}/{name}.yaml`\n"]
    if kind in IN_FULL:
        parts += one_rule(page, kind, name)[1:]
    elif kind == "conflicts":
        parts.append(one_conflict(page, rule))
    elif kind == "revision":
        parts.append(f"{rule.title or rule.option}, for `{rule.target}`.\n")
        parts.append(_effects("may bring", rule.benefits) + _effects("risk", rule.risks))
    else:
        parts.append(f"{rule.title}. {rule.say}\n")
        words, text = page.holds(rule.when, rule.unless)
        parts.append(f"Said when: {words}. {text}\n\n{rests_on(rule.evidence)}")
    claims = claims_of(rule)
    if claims:
        parts.append(f"Claims: {', '.join(claims)}.\n")
    drawn = flow.pathways(page).get(full)
    if drawn is not None:
        parts.append(f"## Pathway\n\n{flow.to_mermaid(drawn())}")
    rows = [(str(case["name"]), _given(case["given"]), _expected(case)) for case in cases]
    parts.append("## Cases\n\n" + table(("case", "what is recorded", "what is expected"), rows))
    return "\n".join(parts)


def _effects(title: str, several: Sequence[tuple[str, str, str]]) -> str:
    return "".join(f"- {title}: {say} ({source(cited)})\n" for _, say, cited in several)


def _given(given: Mapping[str, Any]) -> str:
    return "; ".join(f"`{name}` {_value(value)}" for name, value in given.items()) or "nothing"


def _expected(case: Mapping[str, Any]) -> str:
    more = [f"{key}: {_value(case[key])}" for key in case if key not in ("name", "given", "expect", "note")]
    return "; ".join([_value(case["expect"]), *more])


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_value(one)}" for name, one in value.items())
    return ", ".join(_value(one) for one in value) if isinstance(value, list) else str(value)
