"""Reports of an invented county with known truth, for tests, the demo and benchmarks.

Nothing here knows how reports are read: labels, layouts and dirt are written down from the national forms
and from what real portals print, so that the parser meets a witness of its own.
"""

from .generate import generate
from .layouts import LAYOUT_TABLE
from .model import Planted, Sample
from .word import word_page

LAYOUTS: tuple[str, ...] = tuple(LAYOUT_TABLE)

__all__ = ["LAYOUTS", "Planted", "Sample", "generate", "word_page"]
