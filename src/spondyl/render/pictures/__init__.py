"""A record drawn: the spine, the course, the scores, the way to each gate. Inline SVG that a screen reader can tell."""

from spondyl.render.pictures.progress import progress
from spondyl.render.pictures.scores import scores
from spondyl.render.pictures.spine import spine
from spondyl.render.pictures.svg import told
from spondyl.render.pictures.timeline import timeline

__all__ = ["progress", "scores", "spine", "timeline", "told"]
