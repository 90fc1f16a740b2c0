"""`spondyl knowledge try`."""

from __future__ import annotations

from argparse import Namespace

from spondyl.cli.usage import WrongUsageError


def try_rule(settings: Namespace) -> int:
    """Tries a rule; always 0."""
    raise WrongUsageError("I102", "`spondyl knowledge try` is not in this version", "command", "see the next one")
