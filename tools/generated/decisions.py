"""docs/decisions/README.md: the list of decisions, from their titles."""

from __future__ import annotations

from pathlib import Path

DECISIONS = Path(__file__).resolve().parents[2] / "docs" / "decisions"


def pages() -> dict[str, str]:
    lines = [
        "# Decisions",
        "",
        "One page each: context, decision, consequences, effect on safety. Superseded, never deleted.",
        "",
    ]
    for page in sorted(DECISIONS.glob("[0-9]*.md")):
        title = page.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ")
        lines.append(f"- [{title}]({page.name})")
    return {"docs/decisions/README.md": "\n".join(lines) + "\n"}
