"""The data of 大汉's jpage lists: records in a page or from its dataproxy. It looks like XML and is not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice, pairwise
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

_STORE = re.compile(r"<datastore\b", re.I)
_RECORD = re.compile(r"<record\b[^<>]{0,100}>", re.I)
_TOTAL = re.compile(r"<totalrecord>\s*(?:<!\[CDATA\[)?\s*(\d{1,8})", re.I)
_GROUP = re.compile(
    r"<nextgroup>[^<]{0,50}(?:<!\[CDATA\[)?[^<]{0,50}<a\b[^<>]{0,20}href=['\"]?([^'\"<>\s]{1,4000})", re.I
)
_ID = re.compile(r"\bid=['\"]?([\w-]{1,64})")
_CALL = re.compile(r"\$\(['\"]#([\w-]{1,64})['\"]\)\s*\.jpage\(\{")
_PARAMS = re.compile(r"\bparam_([\w-]{1,64})\s*=\s*\{([^{}]{0,8000})\}")
_PAIR = re.compile(
    r"['\"]?(\w{1,64})['\"]?\s*:\s*(?:'([^']{0,4000})'|\"([^\"]{0,4000})\"|([^,'\"\s]{1,200}))"
)
_HREF = re.compile(r"\bhref=['\"]?\s*([^'\"<>\s]{1,2000})", re.I)
_OPTIONS = 20_000  # characters of one call
_MOST = 30  # units of one page
PROXY = "/module/web/jpage/dataproxy.jsp"


class Unit(NamedTuple):
    """One list of a page."""

    id: str
    records: tuple[str, ...]
    total: int | None
    per_page: int
    span: int  # records that are asked for at once
    proxy: str
    params: Mapping[str, str]
    group: str  # address of a page of records, from nextgroup


class _Call(NamedTuple):
    has_store: bool
    total: int | None
    per_page: int
    pages: int  # of one group
    proxy: str


def records_of(store: str) -> tuple[str, ...]:
    """The markup of each record, whatever stands between them."""
    found = [_unwrapped(part) for part in _RECORD.split(store)[1:]]
    return tuple(record for record in found if record)


def total_of(store: str) -> int | None:
    found = _TOTAL.search(store)
    return int(found[1]) if found else None


def units_of(text: str) -> tuple[Unit, ...]:
    """The lists of a page, each once: what is there again for telephones has the same records."""
    if ".jpage(" not in text and not _STORE.search(text):
        return ()
    calls = _calls(text)
    params = {found[1]: _object(found[2]) for found in islice(_PARAMS.finditer(text), 2 * _MOST)}
    stores = dict(_stores(text))
    units = [
        _unit(name, stores.get(name, ""), calls.get(name), params.get(name)) for name in {**stores, **calls}
    ]
    return _distinct([unit for unit in units if unit.records or unit.params])


def _unwrapped(part: str) -> str:
    record = re.split(r"</record>", part, maxsplit=1, flags=re.I)[0].strip()
    return record.removeprefix("<![CDATA[").removesuffix("]]>").strip()


def _stores(text: str) -> Iterator[tuple[str, str]]:
    parts = _STORE.split(text, maxsplit=_MOST)
    for number, (before, part) in enumerate(pairwise(parts)):
        ids = _ID.findall(before[-600:])
        yield (ids[-1] if ids else f"store {number}"), part.partition("</datastore>")[0]


def _calls(text: str) -> dict[str, _Call]:
    """The call that shows each list: of two, that with the records. The other's total is a decoy."""
    calls: dict[str, _Call] = {}
    for found in islice(_CALL.finditer(text), 2 * _MOST):
        options = text[found.end() : found.end() + _OPTIONS].partition("})")[0]
        has_store = bool(re.search(r"\bdataStore\s*:", options))
        if found[1] not in calls or has_store > calls[found[1]].has_store:
            proxy = re.search(r"\bproxyUrl\s*:\s*['\"]([^'\"\s]{1,500})", options)
            calls[found[1]] = _Call(
                has_store,
                _number(options, "totalRecord") if has_store else None,
                _number(options, "perPage") or 0,
                _number(options, "groupSize") or 1,
                proxy[1] if proxy else "",
            )
    return calls


def _number(options: str, name: str) -> int | None:
    found = re.search(rf"\b{name}\s*:\s*['\"]?(\d{{1,8}})\b", options)
    return int(found[1]) if found else None


def _unit(name: str, store: str, call: _Call | None, params: Mapping[str, str] | None) -> Unit:
    records = records_of(store)
    total = total_of(store)
    if total is None and call:
        total = call.total
    link = _GROUP.search(store)
    group = link[1].replace("&amp;", "&") if link else ""
    per_page = min((call.per_page if call else 0) or 10, 100)
    span = min(len(records) or per_page * (call.pages if call else 3), 100)
    proxy = (call.proxy if call else "") or group.partition("?")[0] or PROXY
    return Unit(name, records, total, per_page, span, proxy, params or _from_group(group), group)


def _object(body: str) -> dict[str, str]:
    return {found[1]: found[2] or found[3] or found[4] or "" for found in _PAIR.finditer(body)}


def _from_group(group: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(urlsplit(group).query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}
    return {name: value for name, value in pairs if name != "page"}


def _distinct(units: list[Unit]) -> tuple[Unit, ...]:
    """The longest first; what has the records of another list, or asks for its column, is no other."""
    kept: list[tuple[Unit, frozenset[str]]] = []
    for unit in sorted(units, key=lambda unit: len(unit.records), reverse=True):
        links = frozenset(link for record in unit.records for link in _HREF.findall(record))
        if links and any(links <= others for _, others in kept):
            continue
        column = unit.params.get("columnid", "")
        if not links and any(column == other.params.get("columnid", "") for other, _ in kept):
            continue
        kept.append((unit, links))
    return tuple(unit for unit, _ in kept)
