"""ARCHITECTURE.md: one line a room, from the packages' own sentences and from the lines below."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
HOUSE = HOME / "src" / "spondyl"
PAGE = "ARCHITECTURE.md"

# A folder of knowledge/ without a line here stops `make docs`.
KNOWLEDGE = {
    "conflicts": "where sources disagree: the positions, what is applied and why",
    "edges": "cases in which one condition, or one step of a number, decides, so that no change goes unnoticed",
    "claims": "every claim of the source documents, and what became of it",
    "derived": "facts computed from the course of a patient, in a closed set of forms, and the tables of regions",
    "drugs": "ingredients, classes, brands, conversion factors, and which facts they fill",
    "evidence": "the sources: who, when, what kind, what each was seen to show",
    "facts": "the vocabulary: type, unit, range, alarming side, how it is asked, how notes say it",
    "findings": "named intermediate conclusions from facts",
    "follow_up": "what to look at again, and when",
    "gates": "the criteria that have to hold before a treatment or an elective picture",
    "guide": "the patient's guide in plain words, each statement with its sources",
    "generators": "what may cause the pain, with the arguments for and against",
    "imaging": "what to image when, with the rule for implanted devices",
    "lexicon": "how notes say things: words and phrases for the note reader",
    "outcomes": "what can be expected of a treatment",
    "pitfalls": "mistakes that this case invites",
    "prevention": "what keeps it from happening again",
    "prognosis": "what speaks for a better and for a worse course",
    "red_flags": "findings that set the urgency, level by level",
    "referrals": "whom to ask, how soon and why",
    "revision": "what a revision could do for a cause, with benefits and risks",
    "scope": "whom the plan speaks about, and what is left out for the others",
    "thresholds": "numbers with a unit and a value per profile, dated and sourced",
    "treatments": "what can be offered in which phase, and what guards it",
    "wording": "what is said to the clinician and to the patient, per locale",
}
BESIDE = {
    "benchmarks": "measurements, each beside a peer or a limit in the same run (`make bench`)",
    "docs": "decisions and generated reference pages",
    "examples": "cases to start from",
    "schemas": "the committed JSON Schemas",
    "tests": "one folder per part of the house, and `tests/frame` for what is said here",
    "tools": "what make calls: setup, verification, generated files, benchmarks",
}


def first_sentence(path: Path) -> str:
    """The first sentence of a module's docstring, without its full stop."""
    words = " ".join((ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split())
    if not words:
        raise SystemExit(f"{path.relative_to(HOME)} has no docstring, so ARCHITECTURE.md has nothing to say about it")
    return words.split(". ")[0].removesuffix(".")


def rooms() -> list[Path]:
    """The packages of the house in the order of the import contract, each before its own subfolders."""
    settings = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    order = [name.strip(" ()") for layer in reversed(layers) for name in layer.split("|")]
    packages = [path.parent for path in HOUSE.glob("*/**/__init__.py")]
    return sorted(packages, key=lambda path: (order.index(path.relative_to(HOUSE).parts[0]), str(path)))


def table(heads: tuple[str, str], lines: list[tuple[str, str]]) -> str:
    return "\n".join([f"| {heads[0]} | {heads[1]} |", "|---|---|", *(f"| `{name}` | {says} |" for name, says in lines)])


def folders(below: Path, says: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, says[name]) for name in sorted(path.name for path in below.iterdir() if path.is_dir())]


def fill(page: str, mark: str, content: str) -> str:
    begin, end = f"<!-- {mark}:begin -->", f"<!-- {mark}:end -->"
    return page[: page.index(begin) + len(begin)] + "\n" + content + "\n" + page[page.index(end) :]


def pages() -> dict[str, str]:
    page = (HOME / PAGE).read_text(encoding="utf-8")
    house = [(str(room.relative_to(HOUSE)), first_sentence(room / "__init__.py")) for room in rooms()]
    missing = [path.name for path in (HOME / "knowledge").iterdir() if path.is_dir() and path.name not in KNOWLEDGE]
    if missing:
        raise SystemExit(f"give {', '.join(sorted(missing))} a line in tools/generated/architecture.py")
    page = fill(page, "house", table(("`src/spondyl/`", "what it is for"), house))
    page = fill(page, "knowledge", table(("`knowledge/`", "what stands there"), folders(HOME / "knowledge", KNOWLEDGE)))
    beside = [(name, says) for name, says in BESIDE.items() if (HOME / name).is_dir()]
    page = fill(page, "beside", table(("folder", "what stands there"), beside))
    return {PAGE: page}
