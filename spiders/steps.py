"""Small steps that families share: addresses changed in one place, numbers out of a state."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from gxcrawl.pages.address import key
from gxcrawl.pages.model import Ask


def with_query(url: str, changes: Mapping[str, str]) -> str:
    """The address with these parameters in its query, whatever they were before; '' when it is none."""
    try:
        parts = urlsplit(url)
        query = urlencode(dict(parse_qsl(parts.query, keep_blank_values=True)) | dict(changes))
        return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))
    except ValueError:
        return ""


def query_of(url: str) -> dict[str, str]:
    """The parameters of an address, the last of each name."""
    try:
        return dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    except ValueError:
        return {}


def count(ask: Ask, name: str) -> int:
    """A number that the request carries with it; 0 when it carries none."""
    value = ask.state.get(name)
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def onward(following: Ask | None, ask: Ask) -> Ask | None:
    """The request, unless it is the one that was just answered."""
    if following is None or not following.url:
        return None
    same = key(following.url) == key(ask.url) and (following.method, following.body) == (ask.method, ask.body)
    return None if same else following
