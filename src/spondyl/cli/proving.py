"""`spondyl knowledge prove`: the properties of a knowledge base, shown for every possible patient."""

from __future__ import annotations

import importlib.util
import sys
from argparse import Namespace
from pathlib import Path
from typing import Any

from spondyl.cli.streams import give, site_of
from spondyl.cli.usage import WrongUsageError

DONE, BROKEN = 0, 4
UNREADABLE = "K207"


def prove_base(settings: Namespace) -> int:
    """Proves a knowledge folder; 4 when a property fails. Progress goes to standard error."""
    from spondyl.knowledge.load import checkout

    root = Path(settings.folder) if settings.folder else checkout()
    if root is None or not root.is_dir():
        remedy = "name the folder: spondyl knowledge prove FOLDER"
        raise WrongUsageError("I108", "there is no knowledge folder here", "spondyl knowledge prove", remedy)
    if importlib.util.find_spec("z3") is None:
        remedy = "install it with: pip install 'spondyl[proof]'"
        raise WrongUsageError("I113", "proofs need z3, which is not installed", "spondyl knowledge prove", remedy)
    from spondyl.proof import report
    from spondyl.proof.prove import AGREEMENT, PROPERTIES, prove

    for name in settings.property or ():
        if name not in (*PROPERTIES, AGREEMENT):
            known = ", ".join((*PROPERTIES, AGREEMENT))
            raise WrongUsageError("I104", "there is no such property", "--property", f"one of {known}")
    compiled = _compiled(root, site_of(settings.site))
    only = settings.property if settings.property else () if settings.mcdc else None
    try:
        proof = prove(compiled, only, mcdc=bool(settings.mcdc or not settings.property), say=_progress)
    except (KeyError, AttributeError, ValueError) as error:
        # A base that is sound by itself may lack a fact that the engine reads by name, or state a constraint badly.
        return _unreadable(error, root)
    text = {"text": report.as_text, "md": report.as_markdown, "json": _as_json}[settings.format](proof)
    give(text, settings.output)
    if settings.cases:
        _write_cases(Path(settings.cases), report.case_files(proof))
    return DONE if proof.ok else BROKEN


def _compiled(root: Path, site: Path | None) -> dict[str, Any]:
    """The compiled rules of a folder, with a site's. Raises KnowledgeError."""
    import orjson

    from spondyl.knowledge.assemble import compile_knowledge
    from spondyl.knowledge.load import checkout, part
    from spondyl.knowledge.site import with_site

    own = root.resolve() == checkout()
    compiled: dict[str, Any] = part("knowledge") if own else orjson.loads(orjson.dumps(compile_knowledge(root)))
    if site is not None:
        compiled, _ = with_site(compiled, site)
    return compiled


def _unreadable(error: Exception, root: Path) -> int:
    from spondyl.cli.refusals import say
    from spondyl.record import Problem

    said = error.args[0] if error.args else "more is needed"
    remedy = "correct knowledge/derived/constraints.yaml, or add what is missing; `spondyl knowledge check` helps"
    say([Problem(UNREADABLE, f"nothing can be proved of this base: {said}", root.name, remedy)], as_json=False)
    return BROKEN


def _write_cases(folder: Path, files: dict[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        raise WrongUsageError("I106", "this folder cannot be made", "--cases", "check the path") from None
    for name, text in sorted(files.items()):
        give(text, str(folder / name))


def _as_json(proof: Any) -> str:
    import orjson

    from spondyl.proof.report import as_document

    return orjson.dumps(as_document(proof), option=orjson.OPT_INDENT_2).decode() + "\n"


def _progress(line: str) -> None:
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


__all__ = ["prove_base"]
