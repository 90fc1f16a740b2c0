"""For developers: `python -m spondyl.intake.note FILE` prints the reading of a note, from the YAML of the checkout."""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from .lexicon import Lexicon, compile_lexicon
from .reader import read


def load_lexicon(knowledge: Path) -> dict[str, Any]:
    """Compile the lexicon of a knowledge folder."""
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=False)
    facts = [fact for path in sorted((knowledge / "facts").glob("*.yaml")) for fact in yaml.load(path)["facts"]]
    files = {path.stem: yaml.load(path) for path in sorted((knowledge / "lexicon").glob("*.yaml"))}
    return compile_lexicon(facts, files)


def main() -> None:
    """Print one reading as JSON."""
    path = Path(sys.argv[1])
    text = path.read_bytes().decode("utf-8", errors="replace").removeprefix("\ufeff")
    lexicon = Lexicon.from_plain(load_lexicon(Path(__file__).parents[4] / "knowledge"))
    reading = read(text, path.name, lexicon)
    shown: dict[str, object] = {
        "schema": "spondyl/reading/1",
        "name": reading.name,
        "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "written_on": reading.written_on,
        "facts": [fact.as_json() for fact in reading.facts],
        "unread": [{"start": u.start, "end": u.end, "text": u.text, "why": u.why} for u in reading.unread],
    }
    json.dump(shown, sys.stdout, indent=1, ensure_ascii=True)


if __name__ == "__main__":
    main()
