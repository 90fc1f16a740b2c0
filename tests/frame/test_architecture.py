"""ARCHITECTURE.md names every room of the house, and nothing that is not there."""

import re
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
HOUSE = HOME / "src" / "spondyl"
PAGE = (HOME / "ARCHITECTURE.md").read_text(encoding="utf-8")
LONG = 400


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def test_every_package_has_its_line():
    named = set(re.findall(r"^\| `([\w/]*\w)` \|", section("The house"), re.MULTILINE))
    assert named == {str(init.parent.relative_to(HOUSE)) for init in HOUSE.glob("*/**/__init__.py")}


def test_every_folder_of_modules_is_a_package():
    # A folder without __init__.py is invisible to the contract of imports.
    for module in HOUSE.glob("**/*.py"):
        assert (module.parent / "__init__.py").exists(), f"{module.parent.relative_to(HOME)} needs an __init__.py"


def test_every_folder_of_knowledge_has_its_line():
    named = set(re.findall(r"^\| `(\w+)` \|", section("The medicine"), re.MULTILINE))
    assert named == {path.name for path in (HOME / "knowledge").iterdir() if path.is_dir()}


def test_a_long_module_says_why():
    explained = set(re.findall(r"^- `(src/spondyl/[\w/]+\.py)`: ", section(f"Modules over {LONG} lines"), re.MULTILINE))
    long = {
        str(module.relative_to(HOME))
        for module in HOUSE.glob("**/*.py")
        if len(module.read_text(encoding="utf-8").splitlines()) > LONG
    }
    assert explained == long


def test_what_it_names_exists():
    page = re.sub(r"<!-- one line each.*?-->", "", PAGE)
    for name in re.findall(r"`((?:src|knowledge|tests|tools|docs|benchmarks)/[\w./]+)`", page):
        assert (HOME / name).exists(), name


def test_no_folder_without_a_subject():
    forbidden = {"utils", "util", "common", "core", "helpers", "helper", "services", "managers", "misc", "lib"}
    names = {part for module in HOUSE.glob("**/*.py") for part in module.relative_to(HOUSE).with_suffix("").parts}
    assert not names & forbidden
