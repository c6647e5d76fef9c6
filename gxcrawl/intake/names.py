"""Whether a name that is printed means the organ that a person names."""

from __future__ import annotations

from collections.abc import Iterable

from gxcrawl.registry.locality import Locality
from gxcrawl.registry.names import place_of


def means(said: str, printed: Iterable[str], here: Locality) -> bool:
    """One of the names is the other, or the other behind names of regions: 财政局 of 示例县财政局."""
    core = place_of(said, here).core
    others = {place_of(name, here).core for name in printed}
    return any(other and (core.endswith(other) or other.endswith(core)) for other in others)
