"""The note reader: a clinical note in, facts with their places out. It never decides."""

from .lexicon import Lexicon, compile_lexicon
from .reader import read

__all__ = ["Lexicon", "compile_lexicon", "read"]
