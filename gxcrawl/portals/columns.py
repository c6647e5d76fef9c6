"""[[portal.columns]]: where the lists of reports are, as far as it is known."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields

from gxcrawl.portals.hosts import Host, HostError, is_one_of
from gxcrawl.portals.model import Column
from gxcrawl.portals.table import Table

KEYS = tuple(field.name for field in fields(Column))
FIRST_YEAR, LAST_YEAR = 2008, 2100  # the first reports were about 2008


def read_columns(entry: Table, scheme: str, hosts: Sequence[Host]) -> tuple[Column, ...]:
    columns: list[Column] = []
    for table in entry.tables("columns"):
        table.know(KEYS, "a column")
        column = _column(table, scheme, hosts)
        twin = next((index for index, other in enumerate(columns) if _same(column, other)), None)
        if twin is not None:
            first = entry.source.line((*entry.where, "columns", twin))
            table.fault("", f"this is the column of line {first} once more; drop one of them.")
        columns.append(column)
    return tuple(columns)


def _column(table: Table, scheme: str, hosts: Sequence[Host]) -> Column:
    url, ref = table.text("url").strip(), table.text("ref").strip()
    given = [table.data.get(key, "") for key in ("url", "ref", "channel_id")]
    if not any(given) and all(isinstance(value, str) for value in given):
        table.fault("", "a column needs url, ref or channel_id; add the address of its list, or its code.")
    if url and "/" not in url:
        if ref not in ("", url):
            table.fault("url", f"url {url!r} is no address, and ref says {ref!r}; correct one of them.")
        url, ref = "", url
    return Column(
        url=_address(table, url, scheme, hosts) if url else "",
        ref=ref,
        scope=table.text("scope"),
        year=_year(table),
        channel_id=table.text("channel_id"),
    )


def _address(table: Table, url: str, scheme: str, hosts: Sequence[Host]) -> str:
    """Absolute, or as it was when it is noted as wrong."""
    if url.startswith("//"):
        url = f"{scheme}:{url}"
    elif url.startswith("/"):
        return f"{scheme}://{hosts[0]}{url}" if hosts else url
    if re.search(r"[\x00-\x20\x7f\\]", url) or not re.match(r"https?://[^/?#]", url):
        table.fault("url", f"url {url!r} must begin with http://, https:// or /, without blanks; correct it.")
        return url
    try:
        is_own = is_one_of(url, hosts)
    except (HostError, ValueError):
        is_own = False
    if hosts and not is_own:
        host = url.split("/")[2]
        table.fault("url", f"url is on {host!r}, which is none of the hosts; add it there, or correct it.")
    return url


def _year(table: Table) -> int | None:
    year = table.value("year", int)
    if isinstance(year, int) and not FIRST_YEAR <= year <= LAST_YEAR:
        table.fault("year", f"year must be from {FIRST_YEAR} to {LAST_YEAR}, but it is {year}; correct it.")
    return year if isinstance(year, int) else None


def _same(one: Column, other: Column) -> bool:
    """The same address; or the same code, when not both tell an address that sets them apart."""
    if one.url and other.url:
        return one.url == other.url
    return bool(one.ref) and one.ref == other.ref
