"""`spondyl knowledge diff`."""

from __future__ import annotations

from argparse import Namespace

from spondyl.cli.usage import WrongUsageError


def compare(settings: Namespace) -> int:
    """Compares two folders; always 0."""
    raise WrongUsageError("I102", "`spondyl knowledge diff` is not in this version", "command", "see the next one")
