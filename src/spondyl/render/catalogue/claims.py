"""The claims of the source documents: what each became, as the fixed list for programs and as a page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from spondyl.knowledge import Ruleset
from spondyl.render.catalogue.naming import encoded_by
from spondyl.render.catalogue.telling import table

Register = Mapping[str, Any]
PAGE = """\
# Claims

What the source documents said, in our own short words, and what became of it. *Encoded*: the plan says it. *Corrected*:
the plan says something else, and what is written down. *Left out*: for a reason. A claim counts when a rule lists it, a
case of that rule holds, and the plan of that case says the statement. What would harm as it was written also has a case
in which it does not happen; `spondyl knowledge check` runs all of them.
"""


def claims_list(rules: Ruleset, registers: Sequence[Register]) -> list[dict[str, Any]]:
    """Every claim: "claim", "disposition", "encoded_by", "not_encoded" as in the contract, and more."""
    listed = encoded_by(rules)
    found = []
    for register in registers:
        for one in register["claims"]:
            left = one["disposition"] == "left_out"
            found.append(
                {
                    "claim": one["claim"],
                    "disposition": one["disposition"],
                    "encoded_by": [] if left else listed.get(one["claim"], []),
                    "not_encoded": one.get("not_encoded"),
                    "says": one["says"],
                    "verdict": one["verdict"],
                    "reason": one.get("reason"),
                    "changed": one.get("changed"),
                    "danger": one.get("danger"),
                    "checked_against": one.get("checked", []),
                    "shown": one.get("shown", []),
                    "literal_forms": [
                        {"name": form["name"], "never": form["never"]} for form in one.get("literal", ())
                    ],
                }
            )
    return found


def claims_page(rules: Ruleset, registers: Sequence[Register]) -> str:
    """The same as Markdown, document by document."""
    told = {one["claim"]: one for one in claims_list(rules, registers)}
    parts = [PAGE, counts(registers)]
    for register in registers:
        rows = [claim_row(told[one["claim"]]) for one in register["claims"]]
        heads = ("claim", "it says", "became", "rules", "what the plan says instead, or why not")
        parts.append(f"## {register['document']}: {register['title']}\n\n{table(heads, rows)}")
    return "\n".join(parts)


def claim_row(one: Mapping[str, Any]) -> tuple[str, ...]:
    """One claim as a row."""
    became = one["disposition"].replace("_", " ") + (f", {one['reason'].replace('_', ' ')}" if one["reason"] else "")
    rules = ", ".join(f"`{name}`" for name in one["encoded_by"])
    return one["claim"], one["says"], became, rules, one["changed"] or one["not_encoded"] or ""


def counts(registers: Sequence[Register]) -> str:
    """How many claims became what, document by document, as a table."""
    rows = []
    for register in [*registers, None]:
        several = [one for each in registers if register in (each, None) for one in each["claims"]]
        by = [str(sum(one["disposition"] == word for one in several)) for word in ("encoded", "corrected", "left_out")]
        literal = str(sum(len(one.get("literal", ())) for one in several))
        name = register["document"] if register is not None else "all"
        rows.append((name, str(len(several)), *by, literal))
    return table(("document", "claims", "encoded", "corrected", "left out", "literal forms that must not happen"), rows)


def claim_page(one: Mapping[str, Any]) -> str:
    """One claim in full."""
    lines = [f"# {one['claim']}: {one['disposition'].replace('_', ' ')}", "", f"It says: {one['says']}", ""]
    for name, title in (("changed", "Instead"), ("not_encoded", "Left out because"), ("danger", "Danger")):
        if one[name]:
            lines += [f"{title}: {one[name]}", ""]
    read = ", ".join(one["checked_against"]) or "nothing found"
    lines += [f"Verdict after checking: {one['verdict'].replace('_', ' ')}. Read for it: {read}.", ""]
    if one["encoded_by"]:
        lines += [f"Listed by: {', '.join(f'`{name}`' for name in one['encoded_by'])}.", ""]
    for shown in one["shown"]:
        keys = [shown["key"]] if isinstance(shown["key"], str) else shown["key"]
        said = ", ".join(f"`{key}`" for key in keys)
        lines.append(f"- case `{shown['case']}` of `{shown['rule']}`: the plan says {said}")
    for form in one["literal_forms"]:
        lines.append(f"- must not happen, `{form['name']}`: {'; '.join(never_words(never) for never in form['never'])}")
    return "\n".join(lines) + "\n"


def never_words(never: Mapping[str, Any]) -> str:
    """What must not happen, in words."""
    states = never.get("status") or never.get("result") or never.get("standing") or never.get("urgency") or []
    for name in ("treatment", "imaging", "generator", "referral", "revision_option", "statement"):
        if name in never:
            return f"{name.replace('_', ' ')} `{never[name]}`{' ' + ' or '.join(states) if states else ''}"
    if "gate" in never:
        part = f", criterion {never['criterion']}" if "criterion" in never else ""
        return f"gate `{never['gate']}`{part} {' or '.join(states)}"
    return f"a statement with `{never['words']}`" if "words" in never else f"urgency {' or '.join(states)}"
