"""The directory of channels that 开普 answers with, in JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from gxcrawl.pages.model import Child

_DEEPEST = 8


class Channel(NamedTuple):
    id: str
    code: str
    name: str


def channel_of(value: Any, code: str, depth: int = 0) -> Any:
    """What a directory tells about the channel with this code, and with it what lies below."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, dict):
        if value.get("channelCode") == code:
            return value
        value = list(value.values())
    inner = (channel_of(one, code, depth + 1) for one in value) if isinstance(value, list) else ()
    return next((one for one in inner if one is not None), None)


def channels(value: Any, depth: int = 0) -> Iterator[Channel]:
    if depth > _DEEPEST:
        return
    if isinstance(value, dict):
        found = str(value.get("channelId") or "")
        if re.fullmatch(r"[0-9a-f]{32}", found):
            name = str(value.get("displayName") or value.get("channelName") or "")
            yield Channel(found, str(value.get("channelCode") or ""), name[:200])
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from channels(inner, depth + 1)


def child(url: str, name: str) -> Child:
    year = re.search(r"20[0-4]\d", name)
    return Child(url, name, "year", int(year[0])) if year else Child(url, name, "class")
