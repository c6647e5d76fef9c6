"""大汉 Hanweb JCMS: /col/col1/index.html, whose rows are records in a script and come on from a dataproxy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Literal
from urllib.parse import quote, urlencode

from gxcrawl.pages.address import absolute
from gxcrawl.pages.model import Ask, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import declared_by, next_link
from gxcrawl.pages.rows import rows_in, rows_of
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .hanweb import tree_asks, tree_ways
from .jpage_store import Unit, records_of, total_of, units_of
from .signs import sign, tell

# How a dataproxy is asked: as jpage's script does, the same by GET, by the number of a page. Servers differ.
FORMS: Sequence[Literal["record", "record-get", "page"]] = ("record", "record-get", "page")

_SIGNS = (
    sign(60, r"/jquery\.jpage\.js|\.jpage\(\{", "script jquery.jpage.js"),
    sign(60, r"/jpage/dataproxy\.jsp", "its list comes on from jpage/dataproxy.jsp"),
    sign(
        50,
        r"<datastore>\s*(?:<\w+>[^<]{0,20}</\w+>\s*){0,4}(?:<nextgroup|<recordset)",
        "records in a <datastore>",
    ),
    sign(40, r"<meta\s[^<>]{0,60}name=['\"]?WebId\b", "meta WebId"),
    sign(20, r"<meta\s[^<>]{0,60}name=['\"]?Maketime\b", "meta Maketime"),
    sign(30, r"/module/jslib/", "scripts in /module/jslib/"),
    sign(20, r"/images/\d+/hanweb(?:\.min)?\.css", "style sheet hanweb.css"),
    sign(30, r"<body\b[^<>]{0,200}\bid=['\"]?page_type", "body with id page_type"),
    sign(40, r"<!--<\$\[[^\]<>]{1,40}\]>(?:begin|end)-->", "comments such as <$[标题名称]>begin"),
    sign(30, r"/col/col\d+/|/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html", "its address", in_address=True),
)


class Jpage(Family):
    name = "jpage"
    title = "大汉 JCMS"
    options: ClassVar = {"site": str, "area": str}  # folder of a site that shares its host; code of the organ
    article = r"(?i)/art/\d{4}/\d{1,2}/\d{1,2}/art_\w+\.html?(?:$|\?)|/art_\w+\.html?(?:$|\?)"
    marks = Marks(
        body=("#zoom", ".bt-content", ".bt_content", "td.bt_content", ".main-txt"),
        title=("p.bt-art-title", ".bt-art-title", ".title"),
        day=(".bt-date",),
    )

    def detect(self, page: Page) -> Signs:
        found = tell(page, _SIGNS)
        # The same maker's other software shows the same signs; its address tells them apart.
        return found._replace(score=min(found.score, 60)) if "/module/xxgk/" in page.url else found

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        code = re.fullmatch(r"(?:col)?(\d+)", column.ref)
        site = str(portal.options.get("site", "")).strip("/")
        folders = dict.fromkeys([f"{quote(site)}/" if site else "", ""]) if code else {}
        urls = [column.url] if column.url else []
        urls += [f"{portal.home}{folder}col/col{code[1]}/index.html" for folder in folders if code]
        return tuple(map(Ask, dict.fromkeys(urls)))

    def directory(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        return tree_asks(portal)

    def found(self, page: Page, ask: Ask, portal: Portal, column: Column) -> tuple[Ask, ...]:
        return tree_ways(page)

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        if _unit(ask):
            return _read(records_of(page.text), _text(ask, "base") or page.url, self.article)
        records = [record for unit in units_of(page.text) for record in unit.records]
        rows = _read(records, page.url, self.article)
        return tuple({row.url: row for row in reversed(rows)}.values())[::-1] or rows_of(page, self.article)

    def declared(self, page: Page, ask: Ask) -> Declared:
        if unit := _unit(ask):
            return _declared_by_answer(page.text, ask, unit)
        units = units_of(page.text)
        return Declared(_sum(units)) if units else declared_by(page)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        if unit := _unit(ask):
            return _after_answer(page, ask, unit)
        units = units_of(page.text)
        if not units:
            return next_link(page)
        waiting = [_packed(unit, units, page) for unit in units if _goes_on(unit)]
        return _first(waiting, page.url)

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        unit = _unit(ask)
        if not unit:
            return None
        if _text(ask, "form") == "page" and page is not None and not ask.state.get("jumped"):
            size, start = len(records_of(page.text)), _count(ask, "from")
            if size and (start - 1) // size + 1 > _count(ask, "page"):
                return _request(
                    unit, {**ask.state, "page": (start - 1) // size + 1, "size": size, "jumped": True}
                )
        tried = ask.state.get("tried")
        done: list[Json] = [*(tried if isinstance(tried, list) else []), _text(ask, "form")]
        form = next((form for form in FORMS if form not in done), "")
        return _request(unit, {**ask.state, "form": form, "tried": done, "page": 0}) if form else None


# --- records ---------------------------------------------------------------------------------------


def _read(records: Sequence[str], base: str, article: str) -> tuple[Row, ...]:
    """Each record for itself: what one of them leaves open does not swallow the next."""
    return rows_in("\n".join(f"<div>{record}</div>" for record in records), base, article) if records else ()


def _goes_on(unit: Unit) -> bool:
    return unit.total is None or unit.total > len(unit.records)


def _sum(units: Sequence[Unit]) -> int | None:
    """The rows of all lists of a page together; None when one of them does not tell."""
    totals = [unit.total for unit in units if unit.total is not None]
    return sum(totals) if len(totals) == len(units) else None


# --- the dataproxy ---------------------------------------------------------------------------------


def _packed(unit: Unit, units: Sequence[Unit], page: Page) -> Json:
    """What the requests for the rest of a list need, as JSON."""
    others = [other for other in units if other is not unit]
    column = unit.params.get("columnid", "")
    shown = (
        0 if unit.records else len(re.findall(rf"/art_{re.escape(column)}_\d", page.text)) if column else 0
    )
    return {
        "proxy": unit.proxy,
        "group": unit.group,
        "params": dict(unit.params),
        "per_page": unit.per_page,
        "span": unit.span,
        "total": unit.total,
        "shown": len(unit.records) or shown,
        "beside": sum(len(other.records) if other.total is None else other.total for other in others),
    }


def _first(waiting: Sequence[Json], base: str) -> Ask | None:
    """The first request for the rest of the first list that waits."""
    for number, unit in enumerate(waiting):
        if isinstance(unit, dict):
            state: dict[str, Json] = {"unit": unit, "base": base, "form": FORMS[0]}
            start = _whole(unit.get("shown")) + 1
            return _request(unit, {**state, "from": start, "rest": list(waiting[number + 1 :])})
    return None


def _request(unit: dict[str, Json], state: dict[str, Json]) -> Ask | None:
    """The request that `state` tells of."""
    base, form, start = str(state.get("base", "")), state.get("form"), _whole(state.get("from"))
    kept = {key: value for key, value in state.items() if not key.startswith("_")}
    params = unit.get("params")
    values = {name: str(value) for name, value in params.items()} if isinstance(params, dict) else {}
    headers = (("X-Requested-With", "XMLHttpRequest"), ("Referer", base))
    proxy = absolute(base, str(unit.get("proxy", "")))
    if form == "page":
        size = _whole(state.get("size"))
        kept["page"] = _whole(state.get("page")) or (
            (start - 1) // size + 1 if size else 1 if start == 1 else 2
        )
        url = _page_address(
            base, str(unit.get("group", "")) or f"{proxy}?page=1&{urlencode(values)}", kept["page"]
        )
        return Ask(url, headers=headers, state=kept) if url else None
    if not proxy:
        return None
    end = start + max(1, _whole(unit.get("span"))) - 1
    url = f"{proxy}?startrecord={start}&endrecord={end}&perpage={_whole(unit.get('per_page')) or 10}"
    if form == "record-get":
        return Ask(f"{url}&{urlencode(values)}", headers=headers, state=kept)
    form_type = ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
    return Ask(url, "POST", urlencode(values), (form_type, *headers), kept)


def _page_address(base: str, group: str, page: Json) -> str:
    changed = re.sub(r"([?&]page=)\d*", rf"\g<1>{page}", group, count=1)
    return absolute(base, changed) if "page=" in changed else ""


def _after_answer(page: Page, ask: Ask, unit: dict[str, Json]) -> Ask | None:
    count = len(records_of(page.text))
    if not count:
        return None
    total = _total(page.text, unit)
    size = max(count, _whole(ask.state.get("size")))
    number = _count(ask, "page")
    before = (number - 1) * size if _text(ask, "form") == "page" else _count(ask, "from") - 1
    seen = max(before + count, _count(ask, "from") - 1)
    if total is not None and seen >= total:
        rest = ask.state.get("rest")
        return _first(rest if isinstance(rest, list) else [], _text(ask, "base"))
    state: dict[str, Json] = {key: ask.state[key] for key in ("base", "form", "rest") if key in ask.state}
    state |= {"unit": unit, "from": seen + 1, "answered": True}
    if _text(ask, "form") == "page":
        state |= {"size": size, "page": max(number + 1, seen // size + 1)}
    return _request(unit, state)


def _declared_by_answer(text: str, ask: Ask, unit: dict[str, Json]) -> Declared:
    total = _total(text, unit)
    if total is None and not records_of(text) and not ask.state.get("answered"):
        # The page had more to give, and the dataproxy gave nothing at all: that is no end of a list.
        total = _count(ask, "from")
    return Declared(None if total is None else total + _whole(unit.get("beside")))


def _total(text: str, unit: dict[str, Json]) -> int | None:
    """The answer's own total. Empty answers say 0; then the page's counts."""
    told = total_of(text)
    known = unit.get("total")
    return told or (known if isinstance(known, int) else None)


# --- state -----------------------------------------------------------------------------------------


def _unit(ask: Ask) -> dict[str, Json] | None:
    unit = ask.state.get("unit")
    return unit if isinstance(unit, dict) else None


def _whole(value: Json) -> int:
    return value if isinstance(value, int) else 0


def _count(ask: Ask, key: str) -> int:
    return _whole(ask.state.get(key))


def _text(ask: Ask, key: str) -> str:
    value = ask.state.get(key)
    return value if isinstance(value, str) else ""
