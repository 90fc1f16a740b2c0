"""The rooms that decide import only the standard library and are pure, and starting up stays light."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
HOUSE = HOME / "src" / "spondyl"
PURE = ["logic", "record", "timeline", "engine", "explain", "plan"]

# Modules of the standard library that read the clock, the machine or the world, or keep state between calls.
UNCLEAN = {
    *("asyncio", "concurrent", "glob", "http", "importlib", "io", "locale", "logging", "multiprocessing", "os"),
    *("pathlib", "pickle", "platform", "random", "secrets", "shelve", "shutil", "signal", "socket", "sqlite3", "ssl"),
    *("subprocess", "sys", "tempfile", "threading", "time", "urllib", "uuid", "zoneinfo"),
}
UNCLEAN_CALLS = {
    "open",
    "input",
    "print",
    "exec",
    "eval",
    "compile",
    "__import__",
    "globals",
    "breakpoint",
    "hash",
}
# `id` is allowed: as the key of what was already judged in this process it never reaches an output.
CLOCK = {"now", "utcnow", "today", "fromtimestamp", "time_ns", "perf_counter", "localtime", "gmtime"}


def modules(rooms: list[str]) -> list[Path]:
    return [module for room in rooms for module in sorted((HOUSE / room).glob("**/*.py"))]


def label(path: Path) -> str:
    return str(path.relative_to(HOUSE))


def imported(tree: ast.AST) -> list[str]:
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names.append("." * node.level + (node.module or ""))
    return names


@pytest.mark.parametrize("path", modules(PURE), ids=label)
def test_pure_modules_import_only_the_standard_library(path):
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        top = name.split(".")[0]
        assert top == "spondyl" or top in sys.stdlib_module_names, f"{label(path)} imports {name}"
        assert top not in UNCLEAN, f"{label(path)} imports {name}: no clock, no input or output, no randomness"


@pytest.mark.parametrize("path", modules(PURE), ids=label)
def test_pure_modules_call_nothing_that_reaches_out(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Global):
            pytest.fail(f"{label(path)}:{node.lineno} keeps state between calls (global)")
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name):
            assert node.func.id not in UNCLEAN_CALLS, f"{label(path)}:{node.lineno} calls {node.func.id}"
        if isinstance(node.func, ast.Attribute):
            assert node.func.attr not in CLOCK, f"{label(path)}:{node.lineno} asks the clock"


@pytest.mark.parametrize("path", modules(PURE), ids=label)
def test_pure_modules_hold_no_mutable_state(path):
    # A module-level list, dict or set that is not upper case is a registry in the making.
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(
            node.value, ast.List | ast.Dict | ast.Set | ast.ListComp | ast.DictComp | ast.SetComp
        ):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                name = target.id if isinstance(target, ast.Name) else ""
                assert name.strip("_").isupper() or name == "__all__", f"{label(path)}:{node.lineno} {name}"


@pytest.mark.parametrize("path", sorted(HOUSE.glob("**/*.py")), ids=label)
def test_nobody_but_the_command_line_asks_the_clock(path):
    if path.relative_to(HOUSE).parts[0] in {"cli", "service"}:
        return
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"now", "utcnow", "today"}:
            pytest.fail(f"{label(path)}:{node.lineno} asks the clock; the day comes in as `as_of`")


@pytest.mark.parametrize("path", sorted((HOUSE / "cohort").glob("**/*.py")), ids=label)
def test_a_population_is_never_read_through_the_note_reader(path):
    names = imported(ast.parse(path.read_text(encoding="utf-8")))
    assert not [name for name in names if name.startswith(("spondyl.intake.note", "spondyl.store"))]


DECLARED_AS = {"ruamel": "ruamel.yaml", "z3": "z3-solver", "docx": "python-docx"}
# What a declared package brings because its own interface speaks in it.
DECLARED_AS |= {"starlette": "fastapi", "pydantic": "fastapi", "anyio": "fastapi", "markupsafe": "jinja2"}
EXTRAS = {"cohort": "cohort", "proof": "proof"}


@pytest.mark.parametrize("path", sorted(HOUSE.glob("**/*.py")), ids=label)
def test_what_the_program_imports_is_declared(path):
    # `make demo` and the wheel bring only what is declared; the tests bring more and would hide a gap.
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = list(project["dependencies"])
    if (room := path.relative_to(HOUSE).parts[0]) in EXTRAS:
        wanted += project["optional-dependencies"][EXTRAS[room]]
    declared = {re.split(r"[<>=~! \[]", line)[0] for line in wanted}
    for name in imported(ast.parse(path.read_text(encoding="utf-8"))):
        top = name.split(".")[0]
        if top and top != "spondyl" and top not in sys.stdlib_module_names:
            assert DECLARED_AS.get(top, top) in declared, f"{label(path)} imports {name}"


HEAVY = ["ruamel", "typer", "rich", "polars", "z3", "jsonschema", "hypothesis", "numpy", "orjson"]


@pytest.mark.parametrize("room", [room for room in PURE if (HOUSE / room / "__init__.py").exists()])
def test_importing_what_decides_brings_nothing_heavy(room):
    # `knowledge` stands below `timeline`; what it needs for YAML must not come along.
    script = f"import sys, spondyl.{room}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    told = subprocess.run([sys.executable, "-c", script], check=True, text=True, capture_output=True)
    assert told.stdout.split() == []
