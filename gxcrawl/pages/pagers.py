"""How long a list says it is, and where its next page is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from gxcrawl.pages.address import key, lane
from gxcrawl.pages.links import address_of, base_of, pieces, text_of
from gxcrawl.pages.model import Ask, Declared, Page
from gxcrawl.pages.page_calls import PageCall, create_page_html, numbered
from gxcrawl.report.lines import bare, fold

__all__ = ["PageCall", "create_page_html", "declared_by", "next_link", "numbered"]

_MOST_TEXT = 400_000
# What stands in a sentence is no pager.
_BEFORE = "(?:(?<![\u4e00-\u9fff，,])|(?<=[页条录前])|(?<=[页条录息据][，,]))"
_AFTER = r"(?=\s{0,5}(?:$|[^\u4e00-\u9fff\s/]|/(?!\s?页)|[当共第每分首上下到转跳页前]))"
_ROWS = re.compile(
    rf"{_BEFORE}(?:总?共有?|共计|合计|总计)[:：]?\s{{0,9}}(\d{{1,7}})\s{{0,9}}(?:条|篇)\s?(?:记录|信息|数据|结果|内容|文章)?{_AFTER}"
    r"|(?:总记录数?|总条数|记录总数|信息总数|总数)[:：]?\s{0,9}(\d{1,7})(?!\d)"
    r"|共\s{0,9}\d{1,5}\s{0,9}页[,，/\s]{0,9}共?\s{0,9}(\d{1,7})\s{0,9}条"
)
_PAGES = re.compile(
    r"(?<![\d/.\-])\d{1,5}\s{0,5}/\s{0,5}(\d{1,5})\s{0,9}页"
    rf"|{_BEFORE}(?:总?共有?|共计|共分)[:：]?\s{{0,9}}(\d{{1,5}})\s{{0,9}}页{_AFTER}"
    r"|页\s{0,5}/\s{0,5}(?:总?共)?\s{0,9}(\d{1,5})\s{0,9}页"
    r"|总页数[:：]?\s{0,9}(\d{1,5})(?!\d)|页次[:：]?\s{0,9}\d{1,5}\s{0,5}/\s{0,5}(\d{1,5})"
)
_PAGER = re.compile(r"(?:[上下首末尾前后]一?|每|转到|跳到)[页頁]|跳转|页次|条/页|\d\s?/\s?\d+\s?页|页\s?/")
_NEAR = 60  # characters between a number and the words of its pager
_VSB = re.compile(r"\s*\d{1,5}\s*/\s*(\d{1,5})\s*")

_ROUND = r"[<>«»›→▶\[\]【】()（）|｜\s]*"  # what people put around the words of a link
NEXT_WORDS = re.compile(rf"{_ROUND}(?:(?:下[一1]?|后一?)[页頁]|next(?:page)?){_ROUND}", re.I)
_SIGNS = ({">", "›", "＞", "→"}, {">>", "»", "＞＞", "››", "≫"})
_NEXT_CLASS = re.compile(r"(?:^|[\s_-])(?:next(?:page|_page|-page)?|p_next|pagenext|page-next)(?:$|\s)", re.I)
_DISABLED = re.compile(r"(?:^|[\s_-])(?:disabled?|unable|no-?link)(?:$|[\s_-])", re.I)
_PAGE_WORD = re.compile(r"(?:^|&)[^=&]{0,20}(?:page|p|cur|index|num|no|start)[^=&]{0,10}=\d+", re.I)
_PAGE_FILE = re.compile(r"(?:index|list|page|p)?[_\-/]?\d{1,6}(?:\.\w{3,6}|/)?", re.I)


def declared_by(page: Page) -> Declared:
    """The size the list prints. Two different numbers say nothing, nor does a 0 that waits for a script."""
    call = create_page_html(page)
    if call:
        return Declared(call.rows or None, call.pages or None)
    if page.tree is None:
        return Declared()
    text = fold(" ".join(_texts(page.tree)))[:_MOST_TEXT]
    return Declared(_only(_numbers(_ROWS, text)), _only([*_numbers(_PAGES, text), *_short(page.tree)]))


def _texts(tree: etree._Element) -> Iterator[str]:
    length = 0
    for piece in pieces(tree):
        yield piece
        length += len(piece)
        if length > _MOST_TEXT:
            return


def _numbers(pattern: re.Pattern[str], text: str) -> list[int]:
    """The numbers beside the words of a pager; those of the whole page where none is."""
    found = list(islice(pattern.finditer(text), 50))
    near = [one for one in found if _PAGER.search(text, max(0, one.start() - _NEAR), one.end() + _NEAR)]
    return [int(next(group for group in one.groups() if group)) for one in near or found]


def _short(tree: etree._Element) -> list[int]:
    """1/30 in a field for it."""
    fields = islice((node for node in tree.iter("span") if "p_t" in (node.get("class") or "").split()), 10)
    found = [_VSB.fullmatch(text_of(node)) for node in fields]
    return [int(match[1]) for match in found if match]


def _only(numbers: list[int]) -> int | None:
    different = {number for number in numbers if number}
    return different.pop() if len(different) == 1 else None


def next_link(page: Page) -> Ask | None:
    """The page after this one, where a link leads to it."""
    if page.tree is None:
        return None
    base, here = base_of(page), key(page.url)
    by_rank: dict[int, str] = {}
    for anchor in page.tree.iter("a", "link"):
        rank = _rank(anchor)
        if rank is None or rank in by_rank or is_disabled(anchor):
            continue
        url = address_of(anchor, base)
        if url and key(url) != here and same_list(page.url, url, said=rank == 0):
            by_rank[rank] = url
    return Ask(by_rank[min(by_rank)]) if by_rank else None


def _rank(anchor: etree._Element) -> int | None:
    """How clearly an anchor says that it leads to the next page; None: it does not."""
    if "next" in (anchor.get("rel") or "").lower().split():
        return 1
    if anchor.tag != "a":
        return None
    text = bare(text_of(anchor))[:20]
    if NEXT_WORDS.fullmatch(text) or NEXT_WORDS.fullmatch(bare((anchor.get("title") or "")[:20])):
        return 0
    if text and text[0] not in "><»›＞→≫":
        return None
    parent = anchor.getparent()
    classes = f"{anchor.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if _NEXT_CLASS.search(classes[:200]):
        return 2
    return next((3 + number for number, signs in enumerate(_SIGNS) if text in signs), None)


def is_disabled(anchor: etree._Element) -> bool:
    parent = anchor.getparent()
    for node in (anchor, parent):
        if node is None:
            continue
        if node.get("disabled") is not None or node.get("aria-disabled") == "true":
            return True
        if _DISABLED.search((node.get("class") or "")[:200]):
            return True
    return False


def same_list(here: str, there: str, said: bool) -> bool:
    """The next page differs by its numbers; one that is `said` to be it may also just stand beside."""
    (path, _, query), (other, _, other_query) = key(here).partition("?"), key(there).partition("?")
    if path == other:
        return bool(other_query)
    folder, _, file = path.rpartition("/")
    stem, beside = file.rpartition(".")[0], other.removeprefix(f"{folder}/")
    if _shape(path) == _shape(other):
        return True
    if beside != other:
        rest = beside.removeprefix(stem).lstrip("/") if stem else beside
        if _PAGE_FILE.fullmatch(rest) or (said and "/" not in beside):
            return True
    same_host = lane(here).removeprefix("www.") == lane(there).removeprefix("www.")
    return (
        same_host and said and bool(_PAGE_WORD.search(other_query)) and _names(query) <= _names(other_query)
    )


def _shape(path: str) -> str:
    return re.sub(r"\d+", "0", path)


def _names(query: str) -> set[str]:
    return {pair.partition("=")[0] for pair in query.split("&") if pair}
