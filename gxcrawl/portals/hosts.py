"""Which hosts a portal may name: public ones under .gov.cn, others only where the entry says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

ALLOWED_SUFFIX = ".gov.cn"
DEFAULT_PORTS = {"http": 80, "https": 443}

_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_SUFFIX = re.compile(r"(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+")
_PORT = re.compile(r"[0-9]{1,5}")
_HOST = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(?::(.*))?", re.DOTALL)


class HostError(ValueError):
    """Raised with a sentence for the one who wrote the host."""


class Host(NamedTuple):
    name: str  # in lower case and ASCII, as it stands in addresses; IPv6 in brackets
    port: int | None = None

    def __str__(self) -> str:
        return self.name if self.port is None else f"{self.name}:{self.port}"

    @property
    def is_own_machine_or_address(self) -> bool:
        return self.name == "localhost" or _is_address(self.name)


def read_host(text: str) -> Host:
    """`host` or `host:port`, and nothing else."""
    match = _HOST.fullmatch(text)
    if match is None or re.search(r"[\s/@?#\\]", text):
        raise HostError(
            f"the host {text!r} must be only host or host:port; take away scheme, path, blanks and user name"
        )
    name, port = match.groups()
    return Host(_name(name, text), None if port is None else _port(port, text))


def read_suffix(text: str) -> str:
    """Such as .edu.cn, in lower case and ASCII."""
    suffix = "." + _ascii(text[1:]) if text.startswith(".") else ""
    if not _SUFFIX.fullmatch(suffix) or _is_address(suffix[1:]) or suffix.rpartition(".")[2].isdigit():
        raise HostError(f'the suffix {text!r} must begin with a dot and a letter, as ".edu.cn" does')
    return suffix


def is_allowed(host: Host, suffixes: Sequence[str]) -> bool:
    """Addresses and localhost are named as themselves, so no suffix has to allow them."""
    return host.is_own_machine_or_address or host.name.endswith((ALLOWED_SUFFIX, *suffixes))


def is_one_of(url: str, hosts: Sequence[Host]) -> bool:
    """Whether the address leads to one of these hosts, by name and port."""
    parts = urlsplit(url)
    default = DEFAULT_PORTS[parts.scheme]
    host = read_host(parts.netloc)
    return any(host.name == own.name and (host.port or default) == (own.port or default) for own in hosts)


def _name(name: str, text: str) -> str:
    if name.startswith("["):
        if not _is_address(name):
            raise HostError(f"the host {text!r} is no IPv6 address in brackets; write it as in [::1]:8701")
        return name.lower()
    plain = _ascii(name)
    labels = plain.split(".")
    if len(plain) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise HostError(
            f"the host {text!r} is no host name; write it as it stands in addresses of the portal"
        )
    if labels[-1].isdigit() and not _is_address(plain):
        raise HostError(
            f"the host {text!r} is neither a name nor an IP address; write all four numbers of it"
        )
    return plain


def _port(port: str, text: str) -> int:
    if not _PORT.fullmatch(port) or not 1 <= int(port) <= 65_535:
        raise HostError(f"the host {text!r} has no port from 1 to 65535 behind its colon; correct or drop it")
    return int(port)


def _ascii(name: str) -> str:
    """Names in other scripts as they go over the wire; "" when there is no such form."""
    try:
        return name.encode("idna").decode("ascii").lower() if not name.isascii() else name.lower()
    except UnicodeError:
        return ""


def _is_address(name: str) -> bool:
    bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
    try:
        return (ip_address(bare).version == 6) == (bare != name) and "%" not in bare
    except ValueError:
        return False
