"""docs/sources: for each source document its claims, the statement of a plan for its case, and what that rests on."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from spondyl.engine import Program
from spondyl.intake.inputs import Input, read_inputs
from spondyl.knowledge import cases, claims, load
from spondyl.plan import plan
from spondyl.proof.registers import cases_by_rule, listed, record_of_case
from spondyl.record import Options
from spondyl.render.catalogue.claims import counts, never_words
from spondyl.render.catalogue.telling import table

HOME = Path(__file__).resolve().parents[2]
EXAMPLES = HOME / "examples" / "documents"
FOLDER = "docs/sources"
DAY = "2026-11-22"
MARK = "<!-- Written by tools/generated/source_documents.py. Renew it with: make docs -->\n"
INDEX = """\
# The source documents

Five documents about pain after spine surgery stand at the beginning of this project. Three are web answers that nobody
had reviewed, two are pages for patients, one of them a clinic's. None is evidence here. Each claim is encoded,
corrected or left out, and each table shows what a plan says instead: the statement, word for word, with its sources.
"Unreviewed web text" is the tier of the documents themselves.
"""
INTRO = """\
Each claim in our own short words, then the statement of the plan. A statement in **bold** stands in the plan of this
document's own case, [{case}](../../examples/documents/{case}) as of {day}; the others stand in the plan of a case of
their rule, whose name follows. *Same*: the plan says it. *Corrected*: it says something else. *Refused*: it is left
out. Evidence: what the statement rests on; a dash before a source means that it speaks against.
"""
WORD = {"encoded": "same", "corrected": "corrected", "left_out": "refused"}
LONGEST = 320


class Tables:
    """The loaded base, and the records of the cases that were planned."""

    def __init__(self) -> None:
        self.program = Program(load())
        self.by_name = cases_by_rule(cases())
        self.records: dict[tuple[str, str], Mapping[str, Any]] = {}

    def document_record(self, document: str) -> Mapping[str, Any]:
        """The plan of the document's own case."""
        path = EXAMPLES / f"{document}.yaml"
        case = read_inputs([Input(path.name, path.read_bytes())], self.program.rules, DAY, None)
        return plan(self.program, case, Options(DAY, "guideline", "en-US")).record

    def case_record(self, rule: str, case: str) -> Mapping[str, Any]:
        """The plan of the patient of a rule's case."""
        if (rule, case) not in self.records:
            kind, _, found = self.by_name[rule, case]
            self.records[rule, case] = record_of_case(self.program, kind, found)
        return self.records[rule, case]

    def rows(self, register: Mapping[str, Any], own: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """One row for each claim."""
        by_key = {one["key"].partition("/")[0]: one for one in own["statements"].values()}
        rows = []
        for claim in register["claims"]:
            said, evidence = [], {}
            for shown in claim.get("shown", ()):
                record = self.case_record(shown["rule"], shown["case"])
                there = {one["key"]: one for one in record["statements"].values()}
                for key in listed(shown["key"]):
                    mine = by_key.get(key.partition("/")[0])
                    statement = mine or there[key]
                    text = _short(statement["text"])
                    said.append(f"**{text}**" if mine else f"{text} (case: {shown['case']})")
                    for one in statement["evidence"]:
                        evidence[("-" if one["role"] == "contradicts" else "") + _named(one["source"])] = None
            said = list(dict.fromkeys(said))
            changed = claim.get("changed") or claim.get("not_encoded") or ""
            literal = "; ".join(
                f"does not happen for {form['name']}: {', '.join(map(never_words, form['never']))}"
                for form in claim.get("literal", ())
            )
            word = WORD[claim["disposition"]]
            word += f", {claim['reason'].replace('_', ' ')}" if "reason" in claim else ""
            word += f". {changed}" if changed else ""
            word += f" As written it {literal}." if literal else ""
            rows.append((claim["claim"], claim["says"], "; ".join(said) or "nothing", ", ".join(evidence), word))
        return rows


def _named(source: str) -> str:
    return "expert default" if source == "EXPERT-DEFAULT" else source


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def page(tables: Tables, register: Mapping[str, Any]) -> str:
    document = register["document"]
    own = tables.document_record(document)
    source = tables.program.rules.evidence.get(register.get("page", ""))
    link = f"Read at [{source.id}]({source.url}), {source.checked_on}.\n\n" if source is not None and source.url else ""
    heads = ("claim", "it says", "the plan says", "evidence", "same, corrected or refused")
    urgency = own["triage"]["urgency"]
    return "\n".join(
        [
            MARK,
            f"# {document}: {register['title']}\n",
            link + INTRO.format(case=f"{document}.yaml", day=DAY),
            f"Urgency of its case: {urgency}.\n",
            table(heads, tables.rows(register, own)),
        ]
    )


def index(registers: Sequence[Mapping[str, Any]]) -> str:
    links = "\n".join(f"- [{one['document']}]({one['document']}.md): {one['title']}" for one in registers)
    return f"{MARK}\n{INDEX}\n{links}\n\n{counts(registers)}\nAll of them as a list: `spondyl knowledge show claims`.\n"


def pages() -> dict[str, str]:
    registers, tables = claims(), Tables()
    written = {f"{FOLDER}/README.md": index(registers)}
    for register in registers:
        written[f"{FOLDER}/{register['document']}.md"] = page(tables, register)
    return {name: re.sub(r"\n{3,}", "\n\n", text).rstrip() + "\n" for name, text in written.items()}
