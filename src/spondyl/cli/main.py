"""`spondyl`: from the typed words to an exit status: done, wrong usage, input refused, knowledge base broken."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

from spondyl.cli.refusals import say
from spondyl.cli.usage import WrongUsageError
from spondyl.record import Problem, Refusal

DONE, USAGE, REFUSED, BROKEN, STOPPED = 0, 2, 3, 4, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Follows one command line and gives its exit status. Never raises."""
    argv = list(sys.argv[1:] if arguments is None else arguments)
    as_json = _wants_json(argv)
    collecting = gc.isenabled()
    gc.disable()  # one answer and out: looking for garbage only costs time
    try:
        return _follow(argv)
    except WrongUsageError as wrong:
        say(wrong.problems, as_json=as_json)
        return USAGE
    except Refusal as refusal:
        say(refusal.problems, as_json=as_json)
        return REFUSED
    except SystemExit as asked:  # argparse, after --help
        return asked.code if isinstance(asked.code, int) else DONE
    except BrokenPipeError:
        # The reader of standard output went away, as `head` does; nothing is left to say to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:
        return _failed(error, as_json)
    finally:
        if arguments is None:
            gc.freeze()  # the program ends now: what it made need not be looked through once more
        if collecting:
            gc.enable()


def _follow(argv: list[str]) -> int:
    from spondyl.cli.manual import overview
    from spondyl.cli.streams import give

    if not argv:
        sys.stderr.write(overview())
        return USAGE
    if argv[0] in ("-h", "--help", "help"):
        give(overview(), None)
        return DONE
    if argv[0] in ("-V", "--version"):
        from spondyl import __version__

        give(f"spondyl {__version__}\n", None)
        return DONE
    from spondyl.cli.parser import parse

    settings = parse(argv)
    if settings.command == "knowledge":
        from spondyl.cli.knowledge import act

        return act(settings)
    from spondyl.cli.commands import COMMANDS

    COMMANDS[settings.command](settings)
    return DONE


def _failed(error: Exception, as_json: bool) -> int:
    """A broken knowledge base, or a fault of this program; both are coded and show no patient's value."""
    from spondyl.knowledge import diagnostics

    if isinstance(error, diagnostics.KnowledgeError):
        if as_json:
            import orjson

            text = orjson.dumps(diagnostics.as_json(error.diagnostics), option=orjson.OPT_INDENT_2).decode()
        else:
            text = diagnostics.as_text(error.diagnostics)
        sys.stderr.write(f"{text}\n")
        return BROKEN
    if os.environ.get("SPONDYL_TRACEBACK"):
        raise error
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    place = f"{os.path.basename(frames[-1].filename)}:{frames[-1].lineno}" if frames else "unknown"
    remedy = "report it with this line and the version; SPONDYL_TRACEBACK=1 shows more, on your own machine"
    say([Problem("I199", f"a fault of this program ({type(error).__name__})", place, remedy)], as_json=as_json)
    return REFUSED


def _wants_json(argv: Sequence[str]) -> bool:
    return "--format=json" in argv or ("--format" in argv and "json" in argv[argv.index("--format") + 1 :][:1])
