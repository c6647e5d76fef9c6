"""龙讯 LONSUN: every organ has a column of its own, and a label of the software gives its rows."""

from __future__ import annotations

import re
from itertools import islice
from typing import ClassVar

from gxcrawl.pages.address import absolute
from gxcrawl.pages.links import base_of, links_of, text_of
from gxcrawl.pages.metas import metas
from gxcrawl.pages.model import Ask, Child, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import next_link
from gxcrawl.pages.titles import judge
from gxcrawl.portals.model import Column, Portal
from gxcrawl.report.lines import bare
from gxcrawl.report.names import is_name

from .base import Family
from .signs import sign, tell
from .steps import count, onward, query_of, with_query

REPORTS = "3"  # the type of annual reports; 1 are rules, 2 the guide, 4 the catalogue, 5 applications
SIZE = 15  # rows of one answer, where the page does not tell

_LABEL = "/site/label/8888"
_MOST_ORGANS = 200
_MOST_CALLS = 50
_NEAR = 300  # characters around the count of pages that may tell the count of rows
_COLUMN = re.compile(r"/public/column/(\d{1,12})(?=[/?#]|$)")
_CALL = re.compile(r"/site/label/8888\?[^'\"\s<>\\]{1,1000}")
_PAGES = re.compile(r"\bpageCount['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,6})\b")
_ROWS = re.compile(
    r"(?<![\w.])(?:total|rowCount|totalCount|recordCount)['\"]?\s{0,5}[:=]\s{0,5}['\"]?(\d{1,7})\b"
)
_TAB = re.compile(r"指南|制度|年报|年度报告|目录|申请|规范性|主动公开|首页|更多")
_SIGNS = (
    sign(60, r"/site/label/8888\b", "rows from /site/label/8888"),
    sign(
        50,
        r"/public/column/\d{1,12}\?(?:[^'\"\s<>]{0,200}&)?type=\d",
        "columns such as /public/column/1?type=3",
    ),
    sign(30, r"\blabelName=public\w{1,40}", "label publicInfoList"),
    sign(20, r"\bj-fontContent\b", "class j-fontContent"),
    sign(10, r"<meta\s[^<>]{0,60}name=['\"]?SiteId\b", "meta SiteId"),
    sign(30, r"/public/(?:column/\d{1,12}|\d{1,12}/\d{1,12}\.html)", "its address", in_address=True),
    sign(
        30,
        r"/openness/(?:detail|public|OpennessContent)/",
        "its address is under /openness/",
        in_address=True,
    ),
)


class Lonsun(Family):
    name: ClassVar[str] = "lonsun"
    title: ClassVar[str] = "龙讯 LONSUN"
    options: ClassVar = {"site": str}  # SiteId, which the label wants to know
    article: ClassVar[str] = (
        r"(?i)/public/\d+/\d+\.html?(?:$|\?)|/openness/detail/\w+/[0-9a-f]+\.html?(?:$|\?)"
    )
    marks: ClassVar[Marks] = Marks(
        body=(".j-fontContent",), title=("h1.newstitle", "h1.wztit"), day=("span.fbsj",)
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The column as given, as reports, and its rows alone."""
        organ = column.ref.strip() or _organ(column.url)
        if not (organ.isascii() and organ.isdigit()):
            return (Ask(column.url),) if column.url else ()
        site = str(portal.options.get("site", ""))
        label = _label(portal.home, {"siteId": site, "organId": organ}, 1)
        urls = [column.url, f"{portal.home}public/column/{organ}?type={REPORTS}&action=list"]
        return (*(Ask(url) for url in dict.fromkeys(urls) if url), *([label] if label else []))

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        """What a column's page shows beside its list is not the list: that comes from the label."""
        rows = super().rows(page, ask)
        is_beside = not _is_label(ask.url) and all(judge(row.title).startswith("decoy") for row in rows)
        return () if is_beside and _call(page).get("organId") else rows

    def declared(self, page: Page, ask: Ask) -> Declared:
        """What the calls of its pagers say; two that differ say nothing."""
        calls = list(islice(_PAGES.finditer(page.text), _MOST_CALLS))
        around = [page.text[max(0, call.start() - _NEAR) : call.end() + _NEAR] for call in calls]
        pages = _only([call[1] for call in calls])
        rows = _only([number for text in around for number in _ROWS.findall(text)])
        if not calls:
            return super().declared(page, ask)
        # A total that the first page alone already shows is the total of something else.
        is_other = bool(rows and pages and pages > 1 and rows <= len(self.rows(page, ask)))
        return Declared(None if is_other else rows, pages)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        rows = len(self.rows(page, ask))
        if _is_label(ask.url):
            return self._after(page, ask) if rows else None
        call = _call(page)
        if not rows:
            label = _label(page.url, call, 1)
            return label and onward(_carrying(label, self.children(page, ask)), ask)
        following = next_link(page)
        pages = self.declared(page, ask).pages
        if following is None and pages and pages > 1:
            following = _label(page.url, {"pageSize": str(rows), **call}, 2)
        elif following is None and pages is None and _CALL.search(page.text):
            following = _label(page.url, call, 1)  # these rows once more, or others
        return onward(following, ask)

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        """The label's first page repeats the rows of the column's page: go on behind it."""
        first = page is not None and _is_label(ask.url) and _number(ask) == 1
        return self._after(page, ask) if page is not None and first else None

    def _after(self, page: Page, ask: Ask) -> Ask | None:
        number = _number(ask)
        pages = self.declared(page, ask).pages
        if pages is not None and number >= pages:
            return None
        url = with_query(ask.url, {"pageIndex": str(number + 1)})
        return onward(Ask(url, headers=ask.headers, state={"page": number + 1}), ask)

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        """The column of every other organ that the page names, always as reports; and years and classes."""
        beside = ask.state.get("beside")
        if isinstance(beside, list):
            pairs = [pair for pair in beside if isinstance(pair, list) and len(pair) == 2 and pair[0]]
            return tuple(_child(str(url), str(label)) for url, label in pairs)
        others = [child for child in super().children(page, ask) if not _COLUMN.search(child.url)]
        return (*_organs(page, _organ(page.url) or _organ(ask.url)), *others)


def _only(numbers: list[str]) -> int | None:
    different = {int(number) for number in numbers} - {0}
    return different.pop() if len(different) == 1 else None


def _organ(url: str) -> str:
    found = _COLUMN.search(url)
    return found[1] if found else query_of(url).get("organId", "")


def _is_label(url: str) -> bool:
    return _LABEL in url


def _number(ask: Ask) -> int:
    told = query_of(ask.url).get("pageIndex", "")
    return count(ask, "page") or (int(told) if re.fullmatch(r"[1-9]\d{0,5}", told) else 1)


# --- the label ---------------------------------------------------------------------------------------


def _call(page: Page) -> dict[str, str]:
    """How the page itself calls the label, as far as it can be seen; else what its address and metas say."""
    here = query_of(page.url)
    known = {
        "siteId": metas(page).get("siteid", ""),
        "organId": _organ(page.url),
        "catId": here.get("catId", ""),
    }
    found = _CALL.search(page.text)
    said = query_of(absolute(page.url, found[0].replace("&amp;", "&"))) if found else {}
    return {name: value for name, value in {**known, **said, "type": REPORTS}.items() if value}


def _label(base: str, params: dict[str, str], number: int) -> Ask | None:
    """The request for a page of rows; without an organ there is none."""
    if not params.get("organId"):
        return None
    fixed = {"IsAjax": "1", "dataType": "html", "labelName": "publicInfoList"}
    wanted = {**fixed, "pageSize": str(SIZE), "type": REPORTS, **params, "pageIndex": str(number)}
    url = absolute(
        base, with_query(absolute(base, _LABEL), {key: wanted[key] for key in wanted if wanted[key]})
    )
    headers = (("X-Requested-With", "XMLHttpRequest"), ("Referer", base))
    return Ask(url, headers=headers, state={"page": number}) if url else None


def _carrying(ask: Ask, children: tuple[Child, ...]) -> Ask:
    """The organs of the column's page, for it is not read again once its rows are there."""
    beside: list[Json] = [[child.url, child.title] for child in children]
    return ask._replace(state={**ask.state, "beside": beside}) if beside else ask


# --- the columns of other organs ---------------------------------------------------------------------


def _organs(page: Page, own: str) -> tuple[Child, ...]:
    if page.tree is None:
        return ()
    found: dict[str, Child] = {}
    base = base_of(page)
    for anchor, url in links_of(page.tree, base):
        organ = _COLUMN.search(url)
        label = bare(anchor.get("title") or "")[:100] or bare(text_of(anchor))[:100]
        if organ is None or organ[1] == own or _TAB.search(label):
            continue
        address = absolute(base, f"{url[: organ.end()]}?type={REPORTS}&action=list")
        if address and len(found) < _MOST_ORGANS:
            found.setdefault(organ[1], _child(address, label))
    return tuple(found.values())


def _child(url: str, label: str) -> Child:
    return Child(url, label, "organ" if len(label) >= 2 and is_name(label) else "class")
