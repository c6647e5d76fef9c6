"""广东 gkmlpt: one page for all, with a tree of categories in a script; rows come as JSON."""

from __future__ import annotations

import re
from typing import ClassVar

from gxcrawl.pages.address import absolute, lane
from gxcrawl.pages.model import Ask, Child, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.portals.model import Column, Portal

from . import gkmlpt_answers as answers
from .base import Family
from .gkmlpt_tree import Node, read_config, report_nodes
from .signs import sign, tell
from .steps import count, onward, query_of, with_query

_API = re.compile(r"/gkmlpt/api/all/(\d{1,12})(?=[/?#]|$)")
_DEPARTMENT = re.compile(r"^(https?://[^/?#]+/(?:[\w-]{1,60}/)?)gkmlpt/", re.I)
_FRAGMENT = re.compile(r"#/?(\d{1,12})/?$")
_SIGNS = (
    sign(50, r"/gkmlpt/(?:index|api/|content/|static/|js/|css/)", "addresses under /gkmlpt/"),
    sign(30, r"\bwindow\._CONFIG\s*=", "settings in window._CONFIG"),
    sign(30, r"\bTREE['\"]?\s*:\s*\[", "a TREE of categories in a script"),
    sign(20, r"\bSERVICE_AREA_ID\b", "setting SERVICE_AREA_ID"),
    sign(40, r"/gkmlpt(?:/|$)", "its address is under /gkmlpt/", in_address=True),
)


class Gkmlpt(Family):
    name: ClassVar[str] = "gkmlpt"
    title: ClassVar[str] = "广东省政府信息公开平台"
    options: ClassVar = {"department": str, "sid": str}  # folder before gkmlpt/; the site's number
    article: ClassVar[str] = r"(?i)/gkmlpt/content/\d+/\d+/m?post_\d+\.html"
    marks: ClassVar[Marks] = Marks(body=(".article-content",), title=("h1.title", ".content-title"))

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The category by its number where that is known, then the page with the tree."""
        home = _home(portal, column)
        code = column.ref.strip() or _category(column.url)
        sid = str(portal.options.get("sid", "")) or query_of(column.url).get("sid", "")
        direct = [_api_ask(home, code, sid)] if code and sid else []
        state: dict[str, Json] = {"category": code} if code else {}
        page = column.url.partition("#")[0]
        urls = [page] if page and not _API.search(page) else []
        asks = [Ask(url, state=state) for url in dict.fromkeys([*urls, f"{home}gkmlpt/index"])]
        return (*[ask for ask in direct if ask], *asks)

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        """The page with the tree shows the newest of everything, if anything at all."""
        if read_config(page.text):
            return ()
        return answers.read(page).rows if _API.search(ask.url) else super().rows(page, ask)

    def declared(self, page: Page, ask: Ask) -> Declared:
        if not _API.search(ask.url):
            return Declared()
        answer = answers.read(page)
        if answer.total is None:
            return Declared()
        size = count(ask, "size") or answer.items
        # An entry that cannot be had is a row all the same: then no number of pages makes the list whole.
        lost = int(answer.items > len(answer.rows))
        return Declared(answer.total, -(-answer.total // size) + lost if size else None)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        if _API.search(ask.url):
            return _after(page, ask)
        asks = _category_asks(page, str(ask.state.get("category", "")))
        return onward(asks[0][1], ask) if len(asks) == 1 else None

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        """Every category of reports, where the tree has several."""
        asks = [] if _API.search(ask.url) else _category_asks(page, str(ask.state.get("category", "")))
        return tuple(_child(one.url, node.name) for node, one in asks) if len(asks) > 1 else ()

    def detail(self, row: Row, page: Page) -> Ask:
        """Some hosts name https in their answers, and serve http only."""
        is_own = page.url.startswith("http:") and lane(row.url) == lane(page.url)
        return Ask(re.sub(r"^https:", "http:", row.url) if is_own else row.url)


def _home(portal: Portal, column: Column) -> str:
    """Where gkmlpt/ is: some hosts have one for each department."""
    found = _DEPARTMENT.search(column.url)
    department = str(portal.options.get("department", "")).strip("/")
    return found[1] if found else f"{portal.home}{department}/" if department else portal.home


def _category(url: str) -> str:
    found = _API.search(url) or _FRAGMENT.search(url)
    return found[1] if found else ""


def _category_asks(page: Page, category: str) -> list[tuple[Node, Ask]]:
    """A request for every category of reports; for one alone when its number is known and in the tree."""
    config = read_config(page.text)
    home = _DEPARTMENT.search(page.url)
    if config is None or home is None:
        return []
    asked = [(node, _api_ask(home[1], node.id, config.sid)) for node in report_nodes(config.tree, category)]
    return [(node, ask) for node, ask in asked if ask]


def _api_ask(home: str, category: str, sid: str) -> Ask | None:
    """The first page of a category: the interface counts from 1, and takes 0 for the same."""
    if not (category.isascii() and category.isdigit()):
        return None
    url = absolute(
        home, with_query(f"{home}gkmlpt/api/all/{category}", {"page": "1", **({"sid": sid} if sid else {})})
    )
    return Ask(url, headers=(("Referer", f"{home}gkmlpt/index"),), state={"page": 1}) if url else None


def _after(page: Page, ask: Ask) -> Ask | None:
    answer = answers.read(page)
    told = query_of(ask.url).get("page", "")
    number = count(ask, "page") or (int(told) if re.fullmatch(r"[1-9]\d{0,5}", told) else 1)
    seen, size = count(ask, "seen") + answer.items, count(ask, "size") or answer.items
    if not answer.items or (answer.total is not None and seen >= answer.total):
        return None
    url = with_query(ask.url, {"page": str(number + 1)})
    return onward(Ask(url, headers=ask.headers, state={"page": number + 1, "seen": seen, "size": size}), ask)


def _child(url: str, name: str) -> Child:
    year = re.search(r"20[0-4]\d", name)
    return Child(url, name, "year", int(year[0])) if year else Child(url, name, "class")
