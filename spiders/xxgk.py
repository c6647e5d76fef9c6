"""大汉 xxgk: sub-sites for disclosure. Lists are answers to the form of /module/xxgk/search.jsp."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import ClassVar
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from lxml import etree

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import text_of
from gxcrawl.pages.model import Ask, Child, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import declared_by, next_link
from gxcrawl.pages.rows import rows_of
from gxcrawl.portals.model import Column, Portal

from .base import Family
from .hanweb import tree_asks, tree_ways
from .signs import sign, tell

SEARCH = "/module/xxgk/search.jsp"
ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp"
_EMPTY = (
    "standardXxgk",
    "texttype",
    "fbtime",
    "vc_all",
    "vc_filenumber",
    "vc_title",
    "vc_number",
    "sortfield",
)
_FIELD = re.compile(r"\b(infotypeId|jdid|area|divid)['\"]?\s{0,5}[:=]\s{0,5}['\"]?([\w-]{1,64})")
_INPUT = re.compile(r"<input\b[^<>]{0,300}>", re.I)
_NAME = re.compile(r"\bname=['\"]?(infotypeId|jdid|area|divid)\b")
_VALUE = re.compile(r"\bvalue=['\"]?([\w-]{1,64})")
_PAGES = re.compile(r"共\s{0,5}(?:<[^<>]{0,100}>\s{0,5})?(\d{1,6})\s{0,5}(?:<[^<>]{0,100}>\s{0,5})?页")
_ROWS = re.compile(r"共\s{0,5}(?:<[^<>]{0,100}>\s{0,5})?(\d{1,7})\s{0,5}(?:<[^<>]{0,100}>\s{0,5})?条")
_ART = re.compile(r"/art_(\d+)_")
_DAY = re.compile(r"((?:19|20)\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})")
_YEAR = re.compile(r"xxgkAnnualReport\.jsp\?[^'\"<>\s]{0,300}?\bfbtime=(20[0-4]\d)\b[^'\"<>\s]{0,300}")

_SIGNS = (
    sign(60, r"/module/xxgk/(?:search|tree|subjectinfo|xxgkAnnualReport)\.jsp", "scripts of /module/xxgk/"),
    sign(20, r"/module/xxgk/", "addresses under /module/xxgk/"),
    sign(50, r"\btr_main_value_(?:odd|even)\b", "rows of class tr_main_value_odd"),
    sign(20, r"\binfotypeId\b", "a form with infotypeId"),
    sign(20, r"//xxgk\.[\w.-]+|/module/xxgk/", "its address", in_address=True),
)


class Xxgk(Family):
    name = "xxgk"
    title = "大汉信息公开目录"
    options: ClassVar = {"area": str, "jdid": str}  # code of the organ; number of the site
    article = r"(?i)/art/\d{4}/\d{1,2}/\d{1,2}/art_\w+\.html?(?:$|\?)|/art_\w+\.html?(?:$|\?)"
    marks = Marks(body=(".bt_content", "td.bt_content", "#zoom"), title=(".title", ".bt_title"))

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    # --- the first page --------------------------------------------------------------------------

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        fields = {key: str(portal.options.get(key, "")) for key in self.options}
        number = re.fullmatch(r"(?:col|div)?(\d+)", column.ref)
        if number:
            fields |= {"infotypeId": "0", "divid": f"div{number[1]}"}
        elif column.ref:
            fields |= {"infotypeId": column.ref}
        asks = [_opening(column.url, fields)] if column.url else []
        if column.ref:
            asks.append(_form(portal.home, fields, 1))
        if fields["area"]:
            year = f"fbtime={column.year}&" if column.year else ""
            asks.append(Ask(f"{portal.home}{ANNUAL[1:]}?{year}area={quote(fields['area'])}"))
        if number:
            asks.append(Ask(f"{portal.home}col/col{number[1]}/index.html"))
        return tuple(asks)

    def directory(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        return tree_asks(portal)

    def found(self, page: Page, ask: Ask, portal: Portal, column: Column) -> tuple[Ask, ...]:
        return tuple(_opening(way.url, {}) for way in tree_ways(page))

    # --- a page of a list ------------------------------------------------------------------------

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        lines = [] if page.tree is None else [line for line in page.tree.iter("tr") if _is_line(line)]
        rows = [row for line in lines if (row := _row(line, page.url))]
        return _of_column(rows, _number_of(ask)) if rows else rows_of(page, self.article)

    def declared(self, page: Page, ask: Ask) -> Declared:
        pages, rows = _PAGES.search(page.text), _ROWS.search(page.text)
        known = declared_by(page)
        return Declared(
            int(rows[1]) or None if rows else known.rows, int(pages[1]) or None if pages else known.pages
        )

    def next(self, page: Page, ask: Ask) -> Ask | None:
        fields = ask.state.get("fields")
        if not isinstance(fields, dict):
            return next_link(page) or _form_of(page)
        number = ask.state.get("page")
        number = number if isinstance(number, int) else 1
        pages = self.declared(page, ask).pages
        if (pages is not None and number >= pages) or not self.rows(page, ask):
            return None
        return _form(ask.url, {name: str(value) for name, value in fields.items()}, number + 1)

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        """The years of a page of annual reports, besides what any page may have."""
        found = {child.url: child for child in super().children(page, ask)}
        for link in _YEAR.finditer(page.text):
            url = absolute(page.url, f"{ANNUAL.rpartition('/')[0]}/{link[0].replace('&amp;', '&')}")
            if url and url != page.url:
                found.setdefault(url, Child(url, f"{link[1]}年", "year", int(link[1])))
        return tuple(found.values())


# --- requests --------------------------------------------------------------------------------------


def _form(base: str, fields: Mapping[str, str], page: int) -> Ask:
    """The form, with all of it in the address and in the body: servers look in one or the other."""
    values = {**dict.fromkeys(_EMPTY, ""), "isAllList": "1", **fields, "currpage": str(page)}
    sent = urlencode(values)
    headers = (
        ("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),
        ("X-Requested-With", "XMLHttpRequest"),
    )
    state: dict[str, Json] = {"page": page, "fields": dict(fields)}
    return Ask(f"{_jsp(base)}?{sent}", "POST", sent, headers, state)


def _jsp(base: str) -> str:
    """The address of search.jsp: the one of `base` itself, or the one of its host."""
    url = base.partition("?")[0]
    return url if url.endswith(SEARCH) else absolute(base, SEARCH)


def _opening(url: str, fields: Mapping[str, str]) -> Ask:
    """A column's address: a form where it is search.jsp, a page otherwise."""
    try:
        parts = urlsplit(url)
        pairs = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return Ask(url)
    if not parts.path.endswith(SEARCH):
        return Ask(url)
    return _form(url, {**fields, **{name: value for name, value in pairs if name != "currpage"}}, 1)


def _form_of(page: Page) -> Ask | None:
    """The form that a page fills its list with."""
    if SEARCH not in page.text:
        return None
    fields = dict(reversed([(found[1], found[2]) for found in _FIELD.finditer(page.text)]))
    for element in _INPUT.findall(page.text):
        name, value = _NAME.search(element), _VALUE.search(element)
        if name and value:
            fields.setdefault(name[1], value[1])
    return _form(page.url, fields, 1) if fields else None


# --- rows ------------------------------------------------------------------------------------------


def _is_line(line: etree._Element) -> bool:
    return (line.get("class") or "").strip().lower().startswith("tr_main_value")


def _row(line: etree._Element, base: str) -> Row | None:
    anchor = next((anchor for anchor in line.iter("a") if absolute(base, anchor.get("href") or "")), None)
    if anchor is None:
        return None
    said = (anchor.get("mc"), anchor.get("title"), text_of(anchor))
    title = next((text for one in said if (text := " ".join((one or "").split()))), "")
    cells = [text_of(cell)[:200] for cell in line.iter("td")]
    day = next((day for text in (anchor.get("rq") or "", *reversed(cells)) if (day := _day(text))), None)
    return Row(absolute(base, anchor.get("href") or ""), title[:400], day)


def _day(text: str) -> date | None:
    found = _DAY.search(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _of_column(rows: list[Row], column: str) -> tuple[Row, ...]:
    """Only the column's rows where the server gave all. A page without any stays: the walk goes on."""
    own = [row for row in rows if (found := _ART.search(row.url)) and found[1] == column]
    return tuple(own or rows)


def _number_of(ask: Ask) -> str:
    fields = ask.state.get("fields")
    number = re.search(r"\d+", str(fields.get("divid", ""))) if isinstance(fields, dict) else None
    return number[0] if number else ""
