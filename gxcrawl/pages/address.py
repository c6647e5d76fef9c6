"""Addresses of the web: made absolute as browsers do, told apart within a portal, held against its hosts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_LONGEST = 8_000  # characters; no server answers to a longer address
_SHORT = 400
_DEFAULT_PORTS = {"http": 80, "https": 443}
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_SLASHES = re.compile(r"(https?:)?[/\\]{2,}", re.I)
_NO_HOST = re.compile(r"(?:https?:)?//|https?:", re.I)
_UNSAFE = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]\\^_a-z|~]+")
_UNRESERVED = re.compile(r"%(2[dDeE]|3[0-9]|4[1-9A-Fa-f]|5[0-9AaFf]|6[1-9A-Fa-f]|7[0-9AaEe])")
_HEX = re.compile(r"%[0-9A-Fa-f]{2}")
_INDEX = re.compile(r"/(?:index|default)\.(?:s?html?|jhtml|jsp|php|aspx?)$", re.I)
_SESSION = re.compile(r";jsessionid=[^/?#;]*", re.I)
_STATIC = re.compile(r"\.(?:s?html?|jhtml|pdf|docx?|wps|ofd|xlsx?|et|zip|rar|txt|jpe?g|png)$", re.I)
# Parameters that never tell one page from another.
_NOISE = re.compile(r"utm_.*|j?session_?id|phpsessid|aspsessionid.*|spm|from_source", re.I)
# Parameters that are noise when they are a clock or a dice; behind a static file whatever they are.
_RANDOM = re.compile(r"_|_t|_ts|timestamp|rand|rnd|random|nocache|_rnd|_random", re.I)
_VERSION = re.compile(r"v|ver|version|t|ts|r|time", re.I)
_NUMBER = re.compile(r"[\d.]*")


class _Place(NamedTuple):
    host: str
    port: int


def absolute(base: str, href: str) -> str:
    """The address that a browser would go to; '' for scripts, marks within the page and all but http."""
    if len(href) <= _SHORT and len(base) <= _SHORT:
        return _resolved(base, href)  # a page is asked for its links several times
    return _resolve(base, href) if len(href) <= 4 * _LONGEST else ""


def _resolve(base: str, href: str) -> str:
    href = _CONTROL.sub("", href).strip()
    if not href or href.startswith("#"):
        return ""
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() not in _DEFAULT_PORTS:
        return ""
    main, mark, query = href.partition("#")[0].partition("?")
    main = _SLASHES.sub(r"\1//", main.replace("\\", "/"), count=1) if _SLASHES.match(main) else main
    if _NO_HOST.fullmatch(main):
        return ""
    try:
        return _normal(urlsplit(urljoin(base, main.replace("\\", "/") + mark + query)))
    except ValueError:
        return ""


_resolved = lru_cache(maxsize=4096)(_resolve)


def _normal(parts: SplitResult) -> str:
    """One way to write an address; ValueError where there is none."""
    if parts.scheme not in _DEFAULT_PORTS or not parts.hostname:
        return ""
    user = parts.netloc.rpartition("@")
    netloc = user[0] + user[1] + _lane(parts)
    path = _without_dots(_encoded(parts.path.replace("\\", "/")) or "/")
    url = urlunsplit((parts.scheme, netloc, path, _encoded(parts.query), ""))
    return url if len(url) <= _LONGEST else ""


def _encoded(text: str) -> str:
    if text.isascii() and not _UNSAFE.search(text):
        return text
    return _UNSAFE.sub(lambda found: quote(found[0].encode("utf-8", "replace"), safe=""), text)


def _without_dots(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    parts = path.split("/")
    for part in parts:
        if part == "..":
            if len(kept) > 1:
                kept.pop()
        elif part != ".":
            kept.append(part)
    if parts[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept) if len(kept) > 1 else "/"


def key(url: str) -> str:
    """What tells a page from the others of its portal: no scheme, no host, no noise."""
    try:
        parts = urlsplit(absolute(url, url) or url.strip())
        path = _canonical(_SESSION.sub("", parts.path))
        path = re.sub("//+", "/", path) or "/"
        path = _INDEX.sub("/", path)
        return f"{path}?{query}" if (query := _query(parts.query, bool(_STATIC.search(path)))) else path
    except ValueError:
        return url.strip()


def _canonical(text: str) -> str:
    """Percent signs only where they are needed, in capitals."""
    text = _UNRESERVED.sub(lambda found: chr(int(found[1], 16)), _encoded(text))
    return _HEX.sub(lambda found: found[0].upper(), text)


def _query(query: str, static: bool) -> str:
    if not query:
        return ""
    pairs = [pair.partition("=") for pair in query.split("&") if pair]
    kept = sorted(
        (_canonical(name), _canonical(value))
        for name, _, value in pairs
        if not _is_noise(name, value, static)
    )
    return "&".join(f"{name}={value}" for name, value in kept)


def _is_noise(name: str, value: str, static: bool) -> bool:
    if _NOISE.fullmatch(name):
        return True
    if _RANDOM.fullmatch(name):
        return static or bool(_NUMBER.fullmatch(value))
    return static and bool(_VERSION.fullmatch(name))


def lane(url: str) -> str:
    """host, or host:port where the port is not the usual one: requests of one lane wait for each other."""
    try:
        return _lane(urlsplit(url.strip()))
    except ValueError:
        return ""


def _lane(parts: SplitResult) -> str:
    place = _place(parts)
    return place.host if place.port == _DEFAULT_PORTS.get(parts.scheme) else f"{place.host}:{place.port}"


def _place(parts: SplitResult) -> _Place:
    port = parts.port
    return _Place(_host(parts.hostname or ""), _DEFAULT_PORTS.get(parts.scheme, 0) if port is None else port)


@lru_cache(maxsize=4096)
def _host(name: str) -> str:
    """A name as it is asked for: lower case, ASCII, IPv6 in brackets."""
    if ":" in name:
        return f"[{ip_address(name.partition('%')[0]).compressed}]"
    name = name.removesuffix(".").lower()
    if not name.isascii():
        name = name.encode("idna").decode("ascii").lower()
    if not name or re.search(r"[^a-z0-9._\-]", name):
        raise ValueError(f"{name!r} is no name of a host")
    return name


def allowed(url: str, hosts: Sequence[str]) -> bool:
    """Is this http(s), without a user, and of one of the hosts by name and port?"""
    try:
        parts = urlsplit(url.strip())
        if parts.scheme not in _DEFAULT_PORTS or "@" in parts.netloc or "\\" in parts.netloc:
            return False
        place = _place(parts)
    except ValueError:
        return False
    return any(place in _places(host) for host in hosts)


@lru_cache(maxsize=4096)
def _places(entry: str) -> frozenset[_Place]:
    """What a portal's entry for a host stands for; without a port it is 80 and 443."""
    try:
        parts = urlsplit(f"//{entry.strip()}")
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return frozenset()
    return frozenset(_Place(host, number) for number in ((80, 443) if port is None else (port,)))
