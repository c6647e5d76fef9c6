"""One [[portal]]: what each key must say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Literal

from gxcrawl.portals.columns import read_columns
from gxcrawl.portals.faults import nearest
from gxcrawl.portals.hosts import ALLOWED_SUFFIX, Host, HostError, is_allowed, read_host, read_suffix
from gxcrawl.portals.model import Option, Portal
from gxcrawl.portals.table import Table

Families = Mapping[str, Mapping[str, type]]  # by name: the options it knows, and of which type they are

KEYS = tuple(field.name for field in fields(Portal) if field.name != "place")
REQUIRED = ("id", "name", "code", "family", "hosts")
DEFAULTS: Mapping[str, Any] = {field.name: field.default for field in fields(Portal)}

_ID = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")  # it also names a folder
_CODE = re.compile(r"(?:[0-9]{6,})?")


def read_entry(table: Table, families: Families, *, is_public: bool) -> Portal:
    """The portal as far as it can be understood; what cannot is noted in the table's source."""
    table.know(KEYS, "an entry")
    table.require(*REQUIRED)
    suffixes = _suffixes(table)
    hosts = _hosts(table, suffixes, is_public)
    scheme = _scheme(table)
    family = _family(table, families)
    return Portal(
        id=_id(table),
        name=_name(table),
        code=_code(table),
        family=family,
        hosts=tuple(map(str, hosts)),
        scheme=scheme,
        delay=table.number("delay", DEFAULTS["delay"], above_zero=False),
        timeout=table.number("timeout", DEFAULTS["timeout"], above_zero=True),
        budget=table.whole("budget", DEFAULTS["budget"], least=1),
        suffixes=suffixes,
        site_code=table.text("site_code"),
        min_rows=table.whole("min_rows", DEFAULTS["min_rows"], least=0),
        verified=table.flag("verified"),
        columns=read_columns(table, scheme, hosts),
        options=_options(table, family, families),
        place=table.source.place(table.where),
    )


def _id(table: Table) -> str:
    """ "" where it is none, so that it is not compared with other ids."""
    text = table.text("id")
    if _ID.fullmatch(text):
        return text
    if isinstance(table.data.get("id"), str):
        table.fault(
            "id", f"the id {text!r} must be of a-z, 0-9, _ and -, begin with a letter or digit; rename it."
        )
    return ""


def _name(table: Table) -> str:
    text = table.text("name")
    if isinstance(table.data.get("name"), str) and not text.strip():
        table.fault("name", "the name is empty; say whose portal it is, in Chinese.")
    return text


def _code(table: Table) -> str:
    text = table.text("code")
    if not _CODE.fullmatch(text):
        table.fault("code", f'the code {text!r} must be the 6 or more digits of the area; "" if it has none.')
    return text


def _family(table: Table, families: Families) -> str:
    name = table.text("family")
    if isinstance(table.data.get("family"), str) and name not in families:
        table.fault("family", f"there is no family {name!r}; {nearest(name, tuple(families))}")
    return name


def _scheme(table: Table) -> Literal["http", "https"]:
    text = table.text("scheme", "http")
    if text not in ("http", "https"):
        table.fault("scheme", f"the scheme {text!r} must be http or https; correct it.")
    return "https" if text == "https" else "http"


def _suffixes(table: Table) -> tuple[str, ...]:
    found = []
    for index, text in enumerate(table.texts("suffixes")):
        try:
            found.append(read_suffix(text))
        except HostError as error:
            table.fault_at(("suffixes", index), f"{error}.")
    return tuple(found)


def _hosts(table: Table, suffixes: tuple[str, ...], is_public: bool) -> tuple[Host, ...]:
    """Also those that are not allowed: a column on one of them is no second fault."""
    found: list[Host] = []
    if table.data.get("hosts") == []:
        table.fault("hosts", "there is no host; name at least the portal's own one.")
    for index, text in enumerate(table.texts("hosts")):
        try:
            host = read_host(text)
        except HostError as error:
            table.fault_at(("hosts", index), f"{error}.")
            continue
        fault = _unwelcome(host, suffixes, is_public) or (
            f"the host {host} is there twice." * (host in found)
        )
        if fault:
            table.fault_at(("hosts", index), fault)
        found.append(host)
    return tuple(found)


def _unwelcome(host: Host, suffixes: tuple[str, ...], is_public: bool) -> str:
    if is_public and host.is_own_machine_or_address:
        return f"the host {host} is no public name; keep such entries in a file of your own (--portals FILE)."
    if not is_allowed(host, suffixes):
        suffix = host.name[host.name.rfind(".") :]
        return (
            f"the host {host} does not end in {ALLOWED_SUFFIX}; correct it, or say that this is meant"
            f' with a line such as suffixes = ["{suffix if suffix.startswith(".") else ".edu.cn"}"].'
        )
    return ""


def _options(table: Table, family: str, families: Families) -> Mapping[str, Option]:
    options = table.table("options")
    if options is None:
        return {}
    known = families.get(family)
    if known is None:
        return {}
    options.know(tuple(known), f"the family {family}")
    values = {key: options.value(key, kind) for key, kind in known.items()}
    return {key: value for key, value in values.items() if value is not None}
