"""Why, why not, what is missing and what would change it; and the words a patient's facts are said in."""

from spondyl.explain.aliases import aliases, short_names
from spondyl.explain.flips import Flip, flips
from spondyl.explain.words import Words, site_of

__all__ = ["Flip", "Words", "aliases", "flips", "short_names", "site_of"]
