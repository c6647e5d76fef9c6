"""大汉 JPaaS: a page of units, each of them fetched from /api-gateway/jpaas-… as JSON with markup."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

from lxml import etree

from gxcrawl.documents.tree import parse
from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Ask, Child, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.pages.rows import rows_in, rows_of
from gxcrawl.pages.titles import judge
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .signs import sign, tell

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
_PAIR = re.compile(r"['\"](\w{1,64})['\"]\s*:\s*(?:'([^']{0,1000})'|\"([^\"]{0,1000})\"|(\d{1,20}))")
_LISTS = re.compile(r"列表|list|分页|page", re.I)
_FURNITURE = re.compile(
    r"导航|当前位置|面包屑|位置|栏目名称|标题|菜单|头部|底部|页脚|nav|menu|crumb|head|foot|title", re.I
)
_MOST = 20  # units of one page

_SIGNS = (
    sign(60, r"/script/AuthorizedRead/unitbuild\.js|\bunitbuild\.js['\"]", "script unitbuild.js"),
    sign(50, r"/api-gateway/jpaas-[a-z-]{1,40}/", "addresses under /api-gateway/jpaas-…/"),
    sign(
        30,
        r"\bparseType=['\"]?bui?l[id]{0,2}static|'parseType'\s*:\s*'bui?l[id]{0,2}static'",
        "units of bulidstatic",
    ),
    sign(20, r"/cms_files/", "files under /cms_files/"),
    sign(20, r"<meta\s[^<>]{0,60}\bid=['\"]?pagetype\b", "meta with id pagetype"),
    sign(20, r"/col/(?:col)?\d[\d_]*/art/\d{4,9}/|/col/\d+_\d+/", "its address", in_address=True),
)


class _Pager(NamedTuple):
    total: int | None
    size: int
    current: int
    url: str
    params: Mapping[str, str]


class Jpaas(Family):
    name = "jpaas"
    title = "大汉 JPaaS"
    article = (
        r"(?i)/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_\w+\.html?(?:$|\?)|/col/[\w-]+/art/\w+/\w+\.html?(?:$|\?)"
    )
    marks = Marks(
        body=("#zoom.main-txt", "#zoom", ".main-txt"),
        title=("p.con-title", ".con-title"),
        day=(".small-title span", ".small-title"),
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        code = re.fullmatch(r"(?:col)?(\d[\d_]*)", column.ref)
        folder = "" if not code else code[1] if "_" in code[1] else f"col{code[1]}"
        guess = [f"{portal.home}col/{folder}/index.html"] if folder else []
        return tuple(map(Ask, dict.fromkeys([*([column.url] if column.url else []), *guess])))

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        if not _is_unit(ask):
            return rows_of(page, self.article)
        rows = rows_in(_markup(page), _base(page, ask), self.article)
        # One of several units: what recommends other things is not the list of reports.
        beside = ask.state.get("waiting") and all(judge(row.title).startswith("decoy") for row in rows)
        return () if beside else rows

    def declared(self, page: Page, ask: Ask) -> Declared:
        pager = _pager(page, ask)
        if not pager or not pager.total or (ask.state.get("waiting") and not self.rows(page, ask)):
            return Declared()
        return Declared(pager.total, -(-pager.total // pager.size) if pager.size else None)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        pager = _pager(page, ask)
        if pager and (self.rows(page, ask) or "page" in ask.state):
            number = max(_count(ask, "page"), 1 if _is_unit(ask) else pager.current)
            over = bool(pager.total) and number * pager.size >= (pager.total or 0)
            return None if over or not pager.size else _page_ask(pager, number + 1, _base(page, ask))
        waiting = ask.state.get("waiting")
        units = waiting if isinstance(waiting, list) else [] if _is_unit(ask) else _units(page)
        return _unit_ask(units, _base(page, ask))

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        """This unit is not to be had or holds no list: the next one of the page."""
        waiting = ask.state.get("waiting")
        return _unit_ask(waiting, _text(ask, "base")) if isinstance(waiting, list) else None

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        return () if _is_unit(ask) else super().children(page, ask)


# --- units -----------------------------------------------------------------------------------------


def _units(page: Page) -> list[Json]:
    """The units of a page, those first that sound like a list. Only their answers tell which one is."""
    found: dict[str, tuple[int, Json]] = {}
    for element in () if page.tree is None else page.tree.iter("script", "div"):
        params = pseudo_json(element.get("querydata") or "")
        if not params:
            continue
        url = absolute(page.url, element.get("url") or element.get("uniturl") or UNIT)
        name = params.get("tagId", "")
        rank = 0 if _LISTS.search(name) else 2 if _FURNITURE.search(name) else 1
        unit: Json = [url, dict(params)]
        found.setdefault(json.dumps(unit), (rank, unit))
    return [unit for _, unit in sorted(found.values(), key=lambda entry: entry[0])][:_MOST]


def pseudo_json(text: str) -> dict[str, str]:
    """What queryData says: JSON, mostly with single quotes."""
    found = {pair[1]: pair[2] or pair[3] or pair[4] or "" for pair in _PAIR.finditer(text[:8_000])}
    return {name: value for name, value in found.items() if value != "null"}


def _unit_ask(units: list[Json], base: str) -> Ask | None:
    """The first unit of these; the others wait."""
    if not units or not isinstance(units[0], list) or len(units[0]) != 2:
        return None
    url, params = units[0]
    if not isinstance(params, dict):
        return None
    state: dict[str, Json] = {"unit": True, "base": base, "waiting": units[1:]}
    return Ask(_with(str(url), {name: str(value) for name, value in params.items()}), state=state)


def _page_ask(pager: _Pager, number: int, base: str) -> Ask:
    """A page of the unit. Its number alone is ignored: it must stand in paramJson."""
    wanted = json.dumps({"pageNo": number, "pageSize": str(pager.size)}, separators=(",", ":"))
    url = _with(pager.url, {**pager.params, "paramJson": wanted})
    return Ask(url, state={"unit": True, "base": base, "page": number})


def _with(url: str, params: Mapping[str, str]) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode(params)}"


# --- answers ---------------------------------------------------------------------------------------


def _markup(page: Page) -> str:
    """The markup inside an answer; '' when it is none."""
    try:
        found = json.loads(page.text)
    except (ValueError, RecursionError):
        return ""
    data = found.get("data") if isinstance(found, dict) else None
    markup = data.get("html") if isinstance(data, dict) else data
    return markup if isinstance(markup, str) else ""


def _pager(page: Page, ask: Ask) -> _Pager | None:
    """The table that a unit ends with, in an answer or in a page that has its first rows already."""
    tree = parse(_markup(page))[0] if _is_unit(ask) else page.tree
    tables = [] if tree is None else [table for table in tree.iter("table", "div") if _is_pager(table)]
    if not tables:
        return None
    table = max(tables, key=lambda table: _number(table, "count") or 0)
    params = pseudo_json(table.get("querydata") or "")
    asked = urlsplit(ask.url)
    if _is_unit(ask) and asked.query:
        params = {**params, **_query(asked.query)}
    url = absolute(_base(page, ask), table.get("uniturl") or (asked.path if _is_unit(ask) else UNIT))
    if not url or not params:
        return None
    return _Pager(
        _number(table, "count"), _number(table, "rows") or 15, _number(table, "pageno") or 1, url, params
    )


def _is_pager(element: etree._Element) -> bool:
    """Some lack the count of rows: such a list ends with the page that has nothing new."""
    named = "pagination" in (element.get("class") or "").split()
    return named and any(element.get(name) is not None for name in ("count", "uniturl", "querydata"))


def _number(element: etree._Element, name: str) -> int | None:
    text = (element.get(name) or "").strip()
    return int(text) if re.fullmatch(r"[0-9]{1,8}", text) else None


def _query(query: str) -> dict[str, str]:
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=100)
    except ValueError:
        return {}
    return {name: value for name, value in pairs if name != "paramJson"}


def _is_unit(ask: Ask) -> bool:
    return bool(ask.state.get("unit")) or "/page/build/unit" in ask.url


def _base(page: Page, ask: Ask) -> str:
    """Addresses in a unit are those of the page that it is built into."""
    return _text(ask, "base") or page.url


def _count(ask: Ask, key: str) -> int:
    value = ask.state.get(key)
    return value if isinstance(value, int) else 0


def _text(ask: Ask, key: str) -> str:
    value = ask.state.get(key)
    return value if isinstance(value, str) else ""
