"""The wheel works away from the checkout: the compiled knowledge is inside, the sources of the knowledge are not."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
UV = HOME / ".tools" / "bin" / "uv"
CLI = HOME / "src" / "spondyl" / "cli" / "__init__.py"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not UV.exists(), reason="uv is brought by make"),
    pytest.mark.skipif(not (HOME / "src/spondyl/_knowledge").exists(), reason="the knowledge is compiled by make"),
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    subprocess.run([str(UV), "build", "--quiet", "--offline", "--wheel", "--out-dir", str(out)], cwd=HOME, check=True)
    return next(out.glob("spondyl-*.whl"))


def test_the_compiled_knowledge_is_inside(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.startswith("spondyl/_knowledge/") and name.endswith(".json")]
    sources = [name for name in names if name.endswith((".yaml", ".pkl", ".pickle"))]
    assert [name for name in sources if not name.startswith("spondyl/_examples/")] == []
    for part in ("static/htmx.min.js", "static/spondyl.css", "templates/bench.html", "templates/parts/plan.html"):
        assert f"spondyl/service/{part}" in names
    assert [name for name in names if name.endswith("/licenses/LICENSE")]


@pytest.mark.skipif(not CLI.exists(), reason="there is no command line yet")
def test_the_demo_runs_from_the_wheel_alone(wheel, tmp_path):
    inside = tmp_path / "inside"
    zipfile.ZipFile(wheel).extractall(inside)
    script = "import sys; sys.argv = ['spondyl', 'demo']; from spondyl.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        check=False,
        text=True,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(inside), "PYTHONSAFEPATH": ""},
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.strip()
