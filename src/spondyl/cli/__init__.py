"""The command line: what is typed becomes an input, an answer is printed. It decides nothing."""

from spondyl.cli.main import main

__all__ = ["main"]
