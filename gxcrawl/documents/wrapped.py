"""Pages that a portal's interface hands out inside JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator

_SHORTEST = 200  # characters of a text that may be a report


def page_in_json(text: str) -> str | None:
    """The longest text inside a JSON document; None when this is none, or holds nothing long enough."""
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        strings = list(_strings(json.loads(text)))
    except (ValueError, RecursionError):
        return None
    longest = max(strings, key=len, default="")
    return longest if len(longest) >= _SHORTEST else None


def _strings(value: object) -> Iterator[str]:
    waiting = [value]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
