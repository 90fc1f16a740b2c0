"""Why, why not, what is missing and what would change it; and the words a patient's facts are said in.

`spondyl.explain.why`, `.why_text` and `.difference` are imported where they are used: a plan needs none of them.
"""

from spondyl.explain.aliases import aliases, short_names
from spondyl.explain.flips import Flip, flips
from spondyl.explain.words import Words, site_of

__all__ = ["Flip", "Words", "aliases", "flips", "short_names", "site_of"]
