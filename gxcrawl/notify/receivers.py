"""Who is told what: the user's receivers.toml. Every fault is a sentence with its line."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_args

from gxcrawl.alerts.model import SEVERITIES, Stream
from gxcrawl.model import Severity
from gxcrawl.portals.faults import Source, nearest
from gxcrawl.portals.load import opened
from gxcrawl.portals.table import Table

When = Literal["daily", "at-once"]
Word = TypeVar("Word", bound=str)
STREAMS: tuple[Stream, ...] = get_args(Stream)
KEYS = ("name", "url", "url_env", "streams", "severity", "areas", "when", "hour")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_NAME = re.compile(r"[\w.-]{1,40}")


class ReceiversError(ValueError):
    """Raised with one line for each fault: file, line, and what to do."""


class NoAddressError(ValueError):
    """The environment does not have the address now; another time it may."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """One entry. Its address is a secret: it is in nothing that is printed or stored."""

    name: str
    url: str = ""
    url_env: str = ""  # the environment variable that holds the address
    streams: tuple[Stream, ...] = ("organ",)
    severity: Severity = "warn"  # this and what is worse
    areas: tuple[str, ...] = ()  # without any: all
    when: When = "daily"
    hour: int = 0  # in China; a daily message is not sent before

    def __repr__(self) -> str:
        return f"Receiver({self.name!r})"

    def address(self) -> str:
        address = self.url or os.environ.get(self.url_env, "")
        if not address:
            raise NoAddressError(f"the environment variable {self.url_env} is not set; it holds the address")
        return address


def load_receivers(path: Path) -> tuple[Receiver, ...]:
    source, entries = opened(path, "receiver")
    receivers: dict[str, Receiver] = {}
    for entry in entries:
        receiver = _receiver(entry)
        if receiver.name in receivers:
            entry.fault("name", f"two receivers are called {receiver.name}; give one of them another name.")
        receivers[receiver.name] = receiver
    _raise_faults(source)
    return tuple(receivers.values())


def _raise_faults(source: Source) -> None:
    if source.faults:
        raise ReceiversError("\n".join(source.faults))


def _receiver(entry: Table) -> Receiver:
    entry.know(KEYS, "a receiver")
    entry.require("name")
    name = entry.text("name")
    if "name" in entry.data and not _NAME.fullmatch(name):
        entry.fault("name", "a name has 1 to 40 letters, digits, dots, hyphens; choose such a one.")
    areas = entry.texts("areas")
    if not all(area.isdigit() for area in areas):
        entry.fault("areas", "an area is a division code or its beginning, such as 2301; write digits only.")
    hour = entry.whole("hour", 0, least=0)
    if hour > 23:
        entry.fault("hour", f"the hours of a day are 0 to 23, but this is {hour}; correct it.")
    return Receiver(
        name,
        *_address(entry),
        _streams(entry),
        _choice(entry, "severity", SEVERITIES, "warn"),
        areas,
        _choice(entry, "when", get_args(When), "daily"),
        hour,
    )


def _address(entry: Table) -> tuple[str, str]:
    """The value is never shown: it is a secret, also when it is wrong."""
    given = [key for key in ("url", "url_env") if key in entry.data]
    if len(given) != 1:
        entry.fault("", "give either url, or url_env with the name of the variable that holds it.")
    for key, pattern, wanted in (
        ("url", _SCHEME, "an address of apprise, such as mailto://…; see docs/alerts.md"),
        ("url_env", _VARIABLE, "the name of an environment variable, such as GXCRAWL_MAIL"),
    ):
        value = entry.data.get(key)
        fits = pattern.match if key == "url" else pattern.fullmatch
        if key in given and not (isinstance(value, str) and fits(value)):
            entry.fault(key, f"{key} must be {wanted}.")
    url, variable = (str(entry.data.get(key, "")) for key in ("url", "url_env"))
    return url, variable


def _streams(entry: Table) -> tuple[Stream, ...]:
    streams = tuple(stream for stream in STREAMS if stream in entry.texts("streams"))
    for word in entry.texts("streams"):
        if word not in STREAMS:
            entry.fault("streams", f"there is no stream {word!r}; {nearest(word, STREAMS)}")
    return streams or ("organ",)


def _choice(entry: Table, key: str, words: tuple[Word, ...], default: Word) -> Word:
    given = entry.text(key, default)
    for word in words:
        if word == given:
            return word
    entry.fault(key, f"{key} cannot be {given!r}; {nearest(given, words)}")
    return default
