"""Words that several queries share."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping

from gxcrawl.store.source import BY_HAND

# A run by which somebody added a report by hand says nothing about the portal.
CRAWLED = f"verdict <> '{BY_HAND}'"


def among(column: str, keys: Collection[str] | None) -> str:
    """A condition: one of the keys, or without any, all there are."""
    return f"{column} IS NOT NULL" if keys is None else f"{column} IN (SELECT value FROM json_each(:keys))"


def named(keys: Collection[str] | None) -> Mapping[str, str]:
    """The value that `among` asks for."""
    return {"keys": json.dumps(sorted(keys or ()))}
