"""开普 ucap: /<site>/<column>/<YYYYMM>/<id>.shtml, with lists from the server or its search."""

from __future__ import annotations

import re
from collections import Counter
from typing import ClassVar
from urllib.parse import quote, urlsplit

from gxcrawl.pages.model import Ask, Child, Declared, Json, Marks, Page, Row, Signs
from gxcrawl.pages.pagers import PageCall, create_page_html, declared_by, next_link, numbered
from gxcrawl.pages.rows import rows_of
from gxcrawl.pages.titles import judge
from gxcrawl.portals.model import Column, Portal

from . import ucap_search as search
from .base import Family
from .signs import sign, tell
from .ucap_channels import channel_of, channels, child

# Names of list templates that were seen somewhere, those of annual reports first.
TEMPLATES = (
    *("zfxxgklby_nb", "common_zfxxgknb", "zfxxgklby", "list", "common_list", "zfxxgk_list", "xxgk_list"),
    *("xlist", "ty_list", "navlist", "common_zfxxgk", "bmzfxxgk_fdzt", "zfxxgk_zc", "zfxxgk_zclist"),
    *("bmzfxxgk_zn", "zcjdlist"),
)

_FOLDER = re.compile(r"/[\w-]+/[\w-]+/")
_DETAIL = r"/[\w-]{1,60}/[\w-]{1,60}/(?:19|20)\d{4}/(?:c0\d_)?(?:\d{1,12}|[0-9a-f]{32})\.shtml"
_LINK = re.compile(
    r"href=['\"]?\s{0,9}(?:https?://[\w.:-]{1,100})?/([\w-]{1,40})/[\w-]{1,60}/[\w/-]{1,80}\.shtml"
)
_SIGNS = (
    sign(
        60, r"/common/search/(?:[0-9a-f]{32}|['\"]\s*\+)", "its list comes from /common/search/<channel id>"
    ),
    sign(
        60, r"createPageHTML\(\s*['\"][\w-]{1,40}['\"]\s*,\s*\d+\s*,", "createPageHTML draws into an element"
    ),
    sign(70, r"<(?:UCAPTITLE|UCAPCONTENT|PUBLISHTIME)\b", "elements such as <UCAPCONTENT>"),
    sign(40, r"/xhtml/js/(?:more_)?page\.js", "script /xhtml/js/page.js"),
    sign(30, r"content=['\"]?页面生成时间", "meta others tells when the page was made"),
    sign(40, r"name=['\"]?template,templategroup,version", "meta template,templategroup,version"),
    sign(
        30,
        r"name=['\"]?channelid\b[^<>]{0,100}content=['\"]?[0-9a-f]{32}\b",
        "meta channelid of 32 hex digits",
    ),
    sign(
        30,
        rf"href=['\"]?\s{{0,9}}(?:https?://[\w.:-]{{1,100}})?{_DETAIL}",
        "links as /<site>/<column>/YYYYMM/1.shtml",
    ),
    sign(
        20,
        rf"href=['\"]?\s{{0,9}}(?:https?://[\w.:-]{{1,100}})?/[\w-]{{1,60}}/[\w-]{{1,60}}/(?:{'|'.join(TEMPLATES)})\.shtml",
        "links to templates such as /<site>/<column>/list.shtml",
    ),
    sign(30, _DETAIL, "its address is /<site>/<column>/YYYYMM/<id>.shtml", in_address=True),
    sign(30, r"/c\d{4,7}[a-z]?/[\w-]{1,60}\.shtml", "its address is in a numbered column", in_address=True),
)


class Ucap(Family):
    name = "ucap"
    title = "开普 ucap"
    options: ClassVar = {"site": str}
    article = r"(?i)(?:/(?:19|20)\d{4}/(?:c\d\d_)?(?:\d+|[0-9a-f]{32})|/c\d+/content)\.s?html?(?:$|\?)"
    marks = Marks(
        body=("ucapcontent", "#zoomcon", "#UCAP-CONTENT", "div.article_content", ".content-body"),
        title=("ucaptitle",),
        day=("publishtime", "div.article_attr span.date", "span.date b"),
        organ=("div.detail_xxgk_info.zcwj ul li:nth-child(3) div",),
    )

    def detect(self, page: Page) -> Signs:
        return tell(page, _SIGNS)

    # --- the first page --------------------------------------------------------------------------

    def ways(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        site, ref = _place(portal, column)
        known = (column.url,) if column.url and not _is_folder(column.url) else ()
        templates = _templates(portal, site, ref) if site and ref and not known else ()
        referer = column.url or (templates[0] if templates else portal.home)
        paths = search.PATHS if column.channel_id else ()
        data = [_json_ask(search.search_url(portal.home, column.channel_id, path), referer) for path in paths]
        return (*map(Ask, known), *data, *map(Ask, templates))

    def directory(self, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The list of channels; without the site's code also a page whose links tell that code."""
        site, ref = _place(portal, column)
        if not ref:
            return ()
        query = f"getChannelList?channelCode={quote(ref)}"
        query += f"&websiteCodeName={quote(site)}" if site else ""
        asks = (Ask(f"{portal.home}common/{query}"), Ask(portal.home + query))
        return asks if site else (*asks, Ask(portal.home))

    def found(self, page: Page, ask: Ask, portal: Portal, column: Column) -> tuple[Ask, ...]:
        """The channel itself, or those below it: one of them, with the others as its neighbours."""
        ref = _place(portal, column)[1]
        told = search.load(page.text)
        if told is None:
            return tuple(Ask(url) for site in _sites(page) for url in _templates(portal, site, ref))
        own = channel_of(told, ref)
        known = list(dict.fromkeys(channels(told if own is None else own)))
        below = [channel for channel in known if channel.code != ref]
        reports = [channel for channel in below if not judge(channel.name).startswith("decoy")] or below
        urls = {channel.id: search.search_url(portal.home, channel.id) for channel in known}
        beside = {one.id: [urls[one.id], one.name] for one in reports}
        asks = []
        for found in dict.fromkeys([*(channel.id for channel in known if channel.code == ref), *beside]):
            others: list[Json] = [[*pair] for other, pair in beside.items() if other != found]
            asks.append(
                _json_ask(urls[found], portal.home)._replace(state={"page": 1, "beside": others[:100]})
            )
        return tuple(asks[:12])

    # --- a page of a list ------------------------------------------------------------------------

    def rows(self, page: Page, ask: Ask) -> tuple[Row, ...]:
        if search.is_search(ask.url):
            return search.read(page.text, page.url).rows
        return rows_of(page, self.article)

    def declared(self, page: Page, ask: Ask) -> Declared:
        if search.is_search(ask.url):
            return _declared_by_answer(search.read(page.text, page.url), ask)
        pager = create_page_html(page)
        if pager and pager.pages > 1 and (pager.rows or 0) <= len(self.rows(page, ask)):
            return Declared(None, pager.pages)  # not the rows of the whole list: those of one page
        return declared_by(page)

    def next(self, page: Page, ask: Ask) -> Ask | None:
        if search.is_search(ask.url):
            return _next_answer(search.read(page.text, page.url), ask)
        pager = None if search.tab_of(page.url) else create_page_html(page)
        if not pager:
            has_list = bool(self.rows(page, ask) or self.children(page, ask))
            url = search.search_of(page.url, page.text, sure=has_list)
            return _json_ask(url, page.url) if url else next_link(page)
        current = _count(ask, "page") or pager.current
        if _count(ask, "shift"):
            pager = pager._replace(zero_based=True)
        return _server_ask(page.url, pager, current + 1) if current < pager.pages else None

    def otherwise(self, page: Page | None, ask: Ask) -> Ask | None:
        if search.is_search(ask.url):
            return _past_first(page, ask)
        # Where page 2 is _1, all pages were read but this one, and the last number leads nowhere.
        page_number, last = _count(ask, "page"), _count(ask, "pages")
        prefix, suffix = ask.state.get("prefix"), ask.state.get("suffix")
        if not prefix or _count(ask, "shift") or page_number not in (2, last):
            return None
        pager = PageCall(last, 1, str(prefix), str(suffix), None, zero_based=True)
        other = _server_ask(ask.url, pager, 2)
        return other and other._replace(state={**other.state, "page": page_number})

    def children(self, page: Page, ask: Ask) -> tuple[Child, ...]:
        if not search.is_search(ask.url):
            return super().children(page, ask)
        beside = ask.state.get("beside")
        pairs = [pair for pair in beside if isinstance(pair, list)] if isinstance(beside, list) else []
        return tuple(child(str(url), str(name)) for url, name in pairs)


def _place(portal: Portal, column: Column) -> tuple[str, str]:
    """The codes of the site and of the column, from the entry or from the address of the column's folder."""
    site, ref = str(portal.options.get("site", "")), column.ref
    parts = [part for part in urlsplit(column.url).path.split("/") if part]
    if len(parts) >= 2 and not search.is_search(column.url):
        site, ref = site or parts[0], ref or parts[1]
    return site, ref


def _templates(portal: Portal, site: str, ref: str) -> tuple[str, ...]:
    return tuple(f"{portal.home}{quote(site)}/{quote(ref)}/{name}.shtml" for name in TEMPLATES)


def _sites(page: Page) -> list[str]:
    """The code of the site, as the links of a page tell it: the first folder of most of them."""
    counts = Counter(found[1] for found in _LINK.finditer(page.text))
    return [site for site, _ in counts.most_common(1)]


def _is_folder(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and bool(_FOLDER.fullmatch(parts.path)) and parts.path.endswith("/")


def _count(ask: Ask, key: str) -> int:
    value = ask.state.get(key)
    return value if isinstance(value, int) else 0


# --- lists from the server -------------------------------------------------------------------------


def _server_ask(base: str, pager: PageCall, page: int) -> Ask | None:
    url = numbered(base, pager, page)
    state: dict[str, Json] = {"page": page, "pages": pager.pages, "shift": int(pager.zero_based)}
    state |= {"prefix": pager.prefix, "suffix": pager.suffix}
    return Ask(url, state=state) if url else None


# --- lists from the search interface ---------------------------------------------------------------


def _json_ask(url: str, referer: str) -> Ask:
    return Ask(url, headers=(("Referer", referer),), state={"page": 1})


def _next_answer(answer: search.Answer, ask: Ask) -> Ask | None:
    seen = _count(ask, "seen") + answer.items
    if not answer.items or (answer.total is not None and seen >= answer.total):
        return None
    page = (_count(ask, "page") or 1) + 1
    size = _count(ask, "size") or answer.items
    return ask._replace(url=search.page_url(ask.url, page), state={"page": page, "seen": seen, "size": size})


def _declared_by_answer(answer: search.Answer, ask: Ask) -> Declared:
    """Where an entry lacks an address a row is lost: then no number of pages makes the list whole."""
    if answer.total is None:
        return Declared()
    size = _count(ask, "size") or answer.items
    lost = answer.items - len(answer.rows)
    return Declared(answer.total, -(-answer.total // size) + (1 if lost else 0) if size else None)


def _past_first(page: Page | None, ask: Ask) -> Ask | None:
    """The first answer repeats the page that called for it: go on behind it."""
    if page is None or (_count(ask, "page") or 1) > 1:
        return None
    return _next_answer(search.read(page.text, page.url), ask)
