"""`spondyl knowledge show`."""

from __future__ import annotations

from argparse import Namespace

from spondyl.cli.usage import WrongUsageError


def show(settings: Namespace) -> int:
    """Reads the knowledge base out; always 0."""
    raise WrongUsageError("I102", "`spondyl knowledge show` is not in this version", "command", "see the next one")
