"""The pages of docs/errors about the knowledge base, from the list of codes. It decides nothing."""

from __future__ import annotations

from spondyl.knowledge.codes import CODES


def code_pages() -> dict[str, str]:
    """Path in the checkout to text: a page for each code, and their list."""
    pages = {}
    lines = ["# Errors in the knowledge base", "", "| code | what is wrong |", "|---|---|"]
    for code, meant in CODES.items():
        lines.append(f"| [{code}]({code}.md) | {meant.name} |")
        effect = (
            "The knowledge base is not compiled until this is repaired."
            if meant.blocks
            else "The knowledge base is compiled all the same; `spondyl knowledge check` fails."
        )
        pages[f"docs/errors/{code}.md"] = (
            f"# {code}: {meant.name}\n\n**Likely cause.** {meant.cause}\n\n**What to do.** {meant.remedy}\n\n{effect}\n"
        )
    return {**pages, "docs/errors/knowledge.md": "\n".join(lines) + "\n"}
