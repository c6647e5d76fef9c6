"""Reads files of portals: all that is wrong is said at once, each fault with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from gxcrawl.portals.entry import Families, read_entry
from gxcrawl.portals.faults import PortalsError, Source
from gxcrawl.portals.lines import lines_of
from gxcrawl.portals.model import Portal
from gxcrawl.portals.table import Table

_TOML_PLACE = re.compile(r" \(at (?:line ([0-9]+), column [0-9]+|end of document)\)")


def load_portals(
    paths: Sequence[Path], families: Families, *, public: Collection[Path] = ()
) -> Mapping[str, Portal]:
    """The portals of all files, by id. In the `public` files no host may be localhost or an IP address."""
    faults: list[str] = []
    portals: dict[str, Portal] = {}
    first: dict[str, str] = {}  # id: the place of its first entry
    for path in paths:
        source, entries = opened(path, "portal")
        for entry in entries:
            before = len(source.faults)
            portal = read_entry(entry, families, is_public=path in public)
            if portal.id and portal.id in first:
                entry.fault(
                    "id", f"the id {portal.id} is also in {first[portal.id]}; give one of them another."
                )
            first.setdefault(portal.id, portal.place)
            if len(source.faults) == before:
                portals[portal.id] = portal
        faults += source.faults
    if faults:
        raise PortalsError("\n".join(faults))
    return portals


def opened(path: Path, kind: str) -> tuple[Source, list[Table]]:
    """The [[kind]] entries of a file, none where it cannot be read as TOML; the source then knows why."""
    text = ""
    source = Source(str(path), {})
    try:
        text = path.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
        source = Source(str(path), lines_of(text.replace("\r\n", "\n")))
        return source, _entries(source, data, kind)
    except OSError as error:
        source.fault((), f"the file cannot be read: {error.strerror}; give another one.")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        source.fault_in(line, "this is no UTF-8; save the file in UTF-8.")
    except tomllib.TOMLDecodeError as error:
        source.fault_in(*_broken(error, text))
    except ValueError:
        source.fault((), "a number has thousands of digits; no entry needs such a one.")
    except RecursionError:
        source.fault((), "the values are nested too deep; an entry needs no such depth.")
    return source, []


def _broken(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str]:
    """The line stands only in the words of tomllib's message."""
    message = str(error)
    place = _TOML_PLACE.search(message)
    line = int(place[1]) if place and place[1] else len(text.rstrip().split("\n"))
    return line, f"this is no TOML: {_TOML_PLACE.sub('', message)}; correct it."


def _entries(source: Source, data: Mapping[str, object], kind: str) -> list[Table]:
    Table(source, (), data).know((kind,), "the file")
    entries = data.get(kind, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        source.fault((kind,), f"an entry begins with [[{kind}]]; write both brackets twice.")
        return []
    if not entries:
        source.fault((), f"there is no entry; begin one with [[{kind}]].")
    return [Table(source, (kind, index), entry) for index, entry in enumerate(entries)]
