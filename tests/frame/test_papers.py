"""What stands around the code: the first words a user reads, the decisions, and what must not be in a tracked file."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
README = (HOME / "README.md").read_text(encoding="utf-8")
DECISIONS = sorted((HOME / "docs" / "decisions").glob("[0-9]*.md"))
OWN = "tests/frame/test_papers.py"
PARTS = ["Context", "Decision", "Consequences", "Effect on safety"]

# The public homes of the two lock files' packages; no other index may be named anywhere.
PUBLIC_HOSTS = {"pypi.org", "files.pythonhosted.org"}
BINARY = {".png", ".jpg", ".pdf", ".docx", ".parquet", ".gz", ".zip", ".woff2", ".ico"}


def tracked() -> list[Path]:
    """The files git knows; in a source archive without git, all but the folders that make brings."""
    told = subprocess.run(["git", "ls-files", "-z"], cwd=HOME, check=False, capture_output=True)
    if told.returncode == 0:
        paths = [HOME / name for name in told.stdout.decode().split("\0") if name]
    else:
        brought = {".venv", ".tools", "node_modules", ".git", "dist", "__pycache__"}
        paths = [path for path in HOME.rglob("*") if not brought & set(path.parts)]
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def found(pattern: str, skip: tuple[str, ...] = ()) -> list[str]:
    wanted = re.compile(pattern)
    return [
        f"{path.relative_to(HOME)}:{number}: {line.strip()[:100]}"
        for path in tracked()
        if str(path.relative_to(HOME)) not in skip
        for number, line in enumerate(lines(path), 1)
        if wanted.search(line)
    ]


def test_the_readme_names_the_two_commands_first():
    commands = re.findall(r"\bmake \w+", README)
    assert commands[:2] == ["make demo", "make test"]
    assert README.index("make demo") < 40


@pytest.mark.parametrize("path", [path for path in tracked() if path.suffix == ".md"], ids=lambda path: path.name)
def test_pages_name_only_commands_of_the_makefile(path):
    targets = set(re.findall(r"^([a-z]+):", (HOME / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:`|^ {4})make (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)) <= targets


def test_the_readme_says_what_it_is_not():
    assert README.count("**Disclaimer.**") == 1
    for words in ["Not cleared by anybody", "Not reviewed by a clinician"]:
        assert words in README


@pytest.mark.parametrize("page", [README, *[path.read_text(encoding="utf-8") for path in HOME.glob("[A-Z]*.md")]])
def test_links_inside_the_checkout_lead_somewhere(page):
    for link in re.findall(r"\]\((?!https?:|#)([^)#]+)", page):
        assert (HOME / link).exists(), link


def test_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04}" for number in range(1, len(DECISIONS) + 1)]
    assert len(DECISIONS) >= 16


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.name)
def test_a_decision_is_one_page_with_its_four_parts(path):
    page = lines(path)
    assert page[0].startswith(f"# {path.name[:4]} ")
    assert [line.removeprefix("## ") for line in page if line.startswith("## ")] == PARTS
    assert len(page) <= 80


def test_sources_name_the_decisions_that_exist():
    for told in found(r"docs/decisions/\d{4}"):
        for number in re.findall(r"docs/decisions/(\d{4})", told):
            assert any(path.name.startswith(number) for path in DECISIONS), told


def package_name(requirement: str) -> str:
    return re.sub(r"[._]", "-", re.split(r"[<>=~! \[]", requirement)[0]).lower()


def test_the_lock_fits_the_project():
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))
    locked = tomllib.loads((HOME / "uv.lock").read_text(encoding="utf-8"))
    own = next(package for package in locked["package"] if package["name"] == "spondyl")
    wanted = set(map(package_name, project["project"]["dependencies"]))
    assert {line["name"] for line in own["dependencies"]} == wanted
    dev = set(map(package_name, project["dependency-groups"]["dev"]))
    assert {line["name"] for line in own["dev-dependencies"]["dev"]} == dev
    assert set(own.get("optional-dependencies", {})) == set(project["project"]["optional-dependencies"])


def test_the_locks_name_public_hosts_only():
    hosts = set(re.findall(r"https?://([^/\"\s]+)", (HOME / "uv.lock").read_text(encoding="utf-8")))
    assert hosts == PUBLIC_HOSTS
    for lock in sorted((HOME / "tests").glob("*/package-lock.json")):
        npm = lock.read_text(encoding="utf-8")
        assert '"resolved"' not in npm
        assert '"integrity"' in npm


def test_no_index_is_configured():
    assert found(r"(?i)(extra-)?index[-_]url\s*=|^\s*registry\s*=|\[\[tool\.uv\.index\]\]|find-links", (OWN,)) == []


def test_no_path_of_a_machine():
    assert found(r"(?<![\w.$}/-])/(?:home|root|Users|work|tmp|opt|mnt)/\w", (OWN,)) == []


def test_no_unfinished_business():
    assert (
        found(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X)\b(?! \(#\d+\))", ("uv.lock", "tests/cql/package-lock.json"))
        == []
    )


def test_no_source_is_cited_in_code():
    # A DOI or PMID under src/ means that a rule has leaked out of knowledge/.
    assert [told for told in found(r"\b10\.\d{4,9}/\S+|PMID[: ]*\d") if told.startswith("src/")] == []


def test_no_em_dash_in_pages():
    dash = "\N{EM DASH}"
    assert [told for told in found(dash) if told.split(":")[0].endswith((".md", ".yaml", ".py"))] == []


def test_compiled_knowledge_is_not_tracked():
    assert not [path for path in tracked() if "_knowledge" in path.parts]


def test_the_version_is_written_once_more_and_equal():
    # The package says it without reading its metadata, which would cost every start a millisecond.
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    code = (HOME / "src" / "spondyl" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{project["version"]}"' in code


def test_the_glossary_is_in_order_and_says_each_word_once():
    page = (HOME / "GLOSSARY.md").read_text(encoding="utf-8")
    tables = [
        [
            line.split(" | ")[0].removeprefix("| ").strip("`").casefold()
            for line in table.splitlines()
            if line.startswith("| ")
        ][1:]
        for table in page.split("\n## ")[1:]
    ]
    for words in tables:
        assert words == sorted(words)
    together = [word for words in tables for word in words]
    assert len(together) == len(set(together))
