"""What a detail page tells about its article, beside the article itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import islice

from lxml import etree

from gxcrawl.pages.attachments import attachments_in
from gxcrawl.pages.fields import Field, fields_of, first, five_values, is_day
from gxcrawl.pages.metas import metas, site_code
from gxcrawl.pages.model import Detail, Marks, Page
from gxcrawl.pages.regions import article_of, facts, named, select
from gxcrawl.pages.titles import judge
from gxcrawl.pages.visible import in_furniture, is_furniture, lines_of, seen_in, text_of
from gxcrawl.report.dates import exact_date
from gxcrawl.report.lines import bare, fold
from gxcrawl.report.numerals import DATE, make_date
from gxcrawl.report.title import head_parts
from gxcrawl.report.words import date_words

_LONGEST_TITLE = 200
_MOST_LINES = 3_000
_NEAR = 4  # lines below the title
_BODY = 100  # characters of its own text that make an article, not only a link to a file
_CELLS = 30  # or so many cells
_URL_DAY = re.compile(
    r"/(20\d\d)[/-](\d{1,2})[/-](\d{1,2})/|/(20\d\d)-?(\d\d)/(\d\d)/|[/_t](20\d\d)([01]\d)([0-3]\d)(?=[_/.])"
)
_URL_MONTH = re.compile(r"/(20\d\d)[-/]?(0?[1-9]|1[0-2])/")


def read_detail(page: Page, marks: Marks) -> Detail:
    """Title, days by their basis, organ and source as printed, and what the article consists of."""
    tree = page.tree
    if tree is None:
        return Detail(days=_url_days(page.url))
    article = article_of(page, marks)
    lines = list(islice(lines_of(tree, () if article is None else (article,)), _MOST_LINES))
    # Some portals keep the head of the article in the same element as its text.
    lines += list(islice(lines_of(article), 20)) if article is not None else []
    fields = fields_of(lines)
    said = metas(page)
    five = five_values(lines)
    title = _title(page, marks)
    return Detail(
        title=title,
        days=_days(page, marks, fields, five, _below_title(lines, title)),
        source=said.get("contentsource", "").strip() or first(fields, "source"),
        organ=_marked(page, marks.organ) or first(fields, "organ") or (five[0] if five else ""),
        site_code=site_code(page),
        has_body=_has_body(article, title),
        attachments=attachments_in(page, article),
    )


def _title(page: Page, marks: Marks) -> str:
    """The surest title, or a longer one that holds it; that of the window only when there is no other."""
    titles = [text for text in map(fold, _titles(page, marks)) if 2 <= len(text) <= _LONGEST_TITLE]
    if not titles:
        return next(iter(_window_titles(page)), "")
    best = titles[0]
    cut = bare(best).rstrip(".…")
    whole = [text for text in titles[1:] if cut in bare(text) and len(bare(text)) > len(cut)]
    if judge(best) != "wanted":  # a heading over two lines: the title of the window has both
        whole += [text for text in _window_titles(page) if cut in bare(text) and judge(text) == "wanted"]
    return next(iter(whole), best)


def _titles(page: Page, marks: Marks) -> Iterator[str]:
    if page.tree is None:
        return
    said = metas(page)
    site = bare(said.get("sitename", ""))
    for node in select(page.tree, marks.title):
        yield _text(node)
    yield said.get("articletitle", "")
    for node in (*named(page.tree, facts()["title"]), *islice(page.tree.iter("h1"), 5)):
        text = _text(node)
        if text and bare(text) != site and not in_furniture(node):
            yield text


def _window_titles(page: Page) -> Iterator[str]:
    """The parts of <title> that are not the name of the site."""
    if page.tree is None:
        return
    site = bare(metas(page).get("sitename", ""))
    for title in islice(page.tree.iter("title"), 1):
        parts = head_parts(text_of(title))
        own = [part for part in parts if not site or bare(part) != site]
        yield from sorted(own, key=lambda part: "公开" not in part)


def _text(node: etree._Element) -> str:
    return fold(text_of(node))


def _marked(page: Page, selectors: tuple[str, ...]) -> str:
    """The first text that a family's marks find; a label before it is cut off."""
    if page.tree is None:
        return ""
    for node in select(page.tree, selectors):
        text = re.split(r"[:：]", _text(node)[:200])[-1].strip()
        if text:
            return text
    return ""


def _days(
    page: Page, marks: Marks, fields: list[Field], five: tuple[str, str, str] | None, below_title: list[str]
) -> dict[str, date]:
    """Each basis that the page prints, with its first day."""
    said = metas(page)
    texts = [(basis, said.get(name, "")) for name, basis in date_words().meta.items()]
    if page.tree is not None:
        texts += [("visible-date", _text(node)) for node in select(page.tree, marks.day)]
    texts += [(field.kind, field.value) for field in fields if _says_day(field)]
    texts += [("visible-date", line) for line in below_title]
    if five:
        texts += [("generated-date", five[1]), ("visible-date", five[2])]
    days: dict[str, date] = {}
    for basis, text in texts:
        if day := exact_date(text[:60]):
            days.setdefault(basis, day)
    return {**days, **_url_days(page.url)}


def _says_day(field: Field) -> bool:
    return field.kind.endswith("-date") and is_day(field.value)


def _below_title(lines: list[str], title: str) -> list[str]:
    """Lines near the title that begin with a date: many portals print it without a label."""
    wanted = bare(title)
    places = [number for number, line in enumerate(lines) if wanted and bare(line) == wanted]
    near = [line for number in places for line in lines[number + 1 : number + 1 + _NEAR]]
    return [line[:40] for line in near if DATE.match(line.lstrip("[(（【 ")) and len(line) <= _LONGEST_TITLE]


def _url_days(url: str) -> dict[str, date]:
    """The day or the month in an address: weak evidence, for articles move."""
    path = url[:1_000]
    if (found := _URL_DAY.search(path)) and (day := make_date(*(part for part in found.groups() if part))):
        return {"url-date": day}
    if found := _URL_MONTH.search(path):
        return {"url-month": date(int(found[1]), int(found[2]), 1)}
    return {}


def _has_body(article: etree._Element | None, title: str) -> bool:
    """Real text of its own, or a table: more than the link to a file and the words around it."""
    if article is None:
        return False
    if sum(1 for _ in islice(article.iter("td"), _CELLS)) == _CELLS:
        return True
    around = {node for node in article.iter(etree.Element) if node is not article and is_furniture(node)}
    text = seen_in(article, around).prose.replace(bare(title), "")
    return len(re.sub(facts()["words"]["no_text"], "", text)) >= _BODY
