"""Writes a portal as an entry that can be put into a file as it is."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import fields

from gxcrawl.portals.model import Column, Option, Portal

ALWAYS = ("id", "name", "code", "family", "hosts", "scheme", "verified")
NOT_PLAIN = ("columns", "options", "place")

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


def entry_text(portal: Portal) -> str:
    """TOML that load_portals reads back as the same portal. What is as by default is left out."""
    return "\n".join(_lines(portal)) + "\n"


def _lines(portal: Portal) -> Iterator[str]:
    yield "[[portal]]"
    for field in fields(Portal):
        value = getattr(portal, field.name)
        if field.name in ALWAYS or (field.name not in NOT_PLAIN and value != field.default):
            yield f"{field.name} = {_value(value)}"
    if portal.options:
        yield from ("", "[portal.options]")
        for name, option in portal.options.items():
            yield f"{name if _BARE_KEY.fullmatch(name) else _quoted(name)} = {_value(option)}"
    for column in portal.columns:
        yield from ("", "[[portal.columns]]")
        for field in fields(Column):
            value = getattr(column, field.name)
            if value not in ("", None):
                yield f"{field.name} = {_value(value)}"


def _value(value: Option) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return _quoted(value) if isinstance(value, str) else repr(value)


def _quoted(text: str) -> str:
    """A text of JSON is one of TOML, but for one control character."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
