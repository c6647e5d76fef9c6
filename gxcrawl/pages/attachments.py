"""The files of an article: links, embedded viewers, scripts. Files of the site itself are none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from re import Pattern
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from lxml import etree

from gxcrawl.pages.address import absolute, key
from gxcrawl.pages.filenames import file_name, is_file, viewed_file, words
from gxcrawl.pages.inline import inline_files
from gxcrawl.pages.links import base_of
from gxcrawl.pages.model import Attachment, Marks, Page
from gxcrawl.pages.regions import article_of
from gxcrawl.pages.visible import UNSEEN, is_furniture, seen_in, text_of
from gxcrawl.report.lines import bare

_MOST = 200
_MOST_NODES = 20_000
_LONGEST_SCRIPT = 200_000
_LONGEST_CALL = 5_000
_NEAR = 3  # so many elements above a link its label is looked for
_LABEL_LENGTH = 200
_FRAMES = {"iframe": "src", "embed": "src", "object": "data", "frame": "src"}
_MOST_TEXT_OF_PICTURES = 40


class _Found(NamedTuple):
    address: str
    said: tuple[str, ...]  # what the page calls it, the surest name first


def attachments_of(page: Page, marks: Marks) -> tuple[Attachment, ...]:
    """Every file of the article in its order, each address once."""
    return attachments_in(page, article_of(page, marks))


def attachments_in(page: Page, article: etree._Element | None) -> tuple[Attachment, ...]:
    """The same, where the article is known."""
    found: dict[str, Attachment] = {}
    for candidate in islice(_candidates(page, article), _MOST):
        url = _resolve(page, candidate.address)
        name = file_name(url, *candidate.said)
        if url and not (words().never_address.search(url) or words().never_name.search(bare(name))):
            found.setdefault(key(url), Attachment(url, name))
    return tuple(found.values())


def pictures_of(page: Page, marks: Marks) -> tuple[Attachment, ...]:
    """The pictures in the article, whatever text stands around: tables may be among them."""
    article = article_of(page, marks)
    images = [] if article is None else [*islice(article.iter("img"), _MOST)]
    found = {absolute(base_of(page), image.get("src") or ""): image.get("alt") or "" for image in images}
    return tuple(
        Attachment(url, file_name(url, name)) for url, name in found.items() if words().picture.search(url)
    )


def _resolve(page: Page, address: str) -> str:
    """The absolute address of the file itself, where the page points to a viewer of it."""
    inner = viewed_file(address)
    if inner:
        viewer = absolute(base_of(page), address)
        return absolute(base_of(page), urljoin(viewer, inner)) if viewer else ""
    return absolute(base_of(page), address)


def _candidates(page: Page, article: etree._Element | None) -> Iterator[_Found]:
    if page.tree is None:
        return
    inside = set() if article is None else set(islice(article.iter("a", "area", *_FRAMES), _MOST_NODES))
    trees = (
        [page.tree]
        if article is None or article.getroottree().getroot() is page.tree
        else [article, page.tree]
    )
    for tree in trees:
        for node in islice(tree.iter("a", "area", *_FRAMES), _MOST_NODES):
            for found in _framed(node) if node.tag in _FRAMES else _linked(node):
                if _belongs(page, node, found, article, node in inside):
                    yield found
    yield from _scripted(page.tree)
    yield from (_Found(address, (name,)) for address, name in inline_files(page) if is_file(address))
    if article is not None:
        yield from _pictures(article)


def _linked(node: etree._Element) -> Iterator[_Found]:
    href = (node.get("href") or "").strip()
    said = (node.get("download") or "", text_of(node), node.get("title") or "")
    script = href.lower().startswith("javascript:")
    if not script and (is_file(href) or viewed_file(href)):
        yield _Found(href, said)
    else:
        yield from _called(f"{href if script else ''} {node.get('onclick') or ''}"[:_LONGEST_CALL], said)


def _framed(node: etree._Element) -> Iterator[_Found]:
    address = (node.get(_FRAMES[str(node.tag)]) or "").strip()
    for parameter in node.iter("param"):
        if (parameter.get("name") or "").lower() in ("src", "data", "url", "filename"):
            address = address or (parameter.get("value") or "").strip()
    if viewed_file(address) or is_file(address):
        yield _Found(address, (node.get("title") or "",))


def _belongs(
    page: Page, node: etree._Element, found: _Found, article: etree._Element | None, inside: bool
) -> bool:
    """A file in the article is its own; one outside must be called an attachment or lie beside the page."""
    for above in [node, *node.iterancestors()]:
        if above is article:
            break
        if is_furniture(above) or above.tag in UNSEEN:
            return False
    if inside or node.tag in _FRAMES:
        return True
    return _lies_beside(page, found.address) or _is_labelled(node)


def _lies_beside(page: Page, address: str) -> bool:
    """/a/202201/c01_1.shtml and /a/202201/c01_1/files/x.pdf, or both in one folder of that month."""
    folder, _, name = urlsplit(page.url).path.rpartition("/")
    path = urlsplit(absolute(base_of(page), address)).path
    stem = name.partition(".")[0]
    if stem and path.startswith(f"{folder}/{stem}/"):
        return True
    return bool(re.search(r"\d", folder)) and path.rpartition("/")[0] == folder


def _is_labelled(node: etree._Element) -> bool:
    label, holder = words().label, words().holder
    if label.search(text_of(node, _LABEL_LENGTH)):
        return True
    for above in islice(node.iterancestors(), _NEAR):
        if above.tag in ("body", "html"):
            break
        if holder.search(f"{above.get('class') or ''} {above.get('id') or ''}"[:_LABEL_LENGTH]):
            return True
        before = above.getprevious()
        texts = [above, before] if before is not None else [above]
        for text in (_beginning(element) for element in texts):
            if len(text) < _LABEL_LENGTH and label.search(text):
                return True
    return False


def _beginning(element: etree._Element) -> str:
    """Its text without blanks, as far as it takes to see that it is too long for a label."""
    parts: list[str] = []
    length = 0
    for text in element.itertext():
        parts.append(bare(str(text)[: 2 * _LABEL_LENGTH]))
        length += len(parts[-1])
        if length > _LABEL_LENGTH or len(parts) > _LABEL_LENGTH:
            break
    return "".join(parts)


@cache
def _calls() -> tuple[Pattern[str], Pattern[str]]:
    """downloadFj('name', './x.docx') and var pdf = './x.pdf'."""
    string = r"(?:'[^'\n]{0,1000}'|\"[^\"\n]{0,1000}\")"
    call = rf"\b{words().call}\s*\(\s*({string}(?:\s*,\s*(?:{string}|[\w.]{{1,60}})){{0,6}})"
    variable = rf"\b(?:var|let|const)\s+{words().variable}\s*=\s*(['\"][^'\"<>\n]{{1,1000}}['\"])"
    return re.compile(call, re.I), re.compile(variable, re.I)


def _called(script: str, said: tuple[str, ...] = ()) -> Iterator[_Found]:
    """The addresses of files that a script hands to a viewer or a download."""
    for pattern in _calls():
        for match in pattern.finditer(script):
            literals = re.findall(r"'([^'\n]{1,1000})'|\"([^\"\n]{1,1000})\"", match[1])
            values = [(one or two).strip() for one, two in literals]
            files = [value for value in values if is_file(value) or viewed_file(value)]
            # Of a name and an address that both end in .pdf, the address has the slash.
            files.sort(key=lambda value: "/" not in value)
            for address in files[:1]:
                yield _Found(
                    address, (*said, *(value for value in values if value != address and _is_name(value)))
                )


def _is_name(value: str) -> bool:
    return bool(re.search("[\u4e00-\u9fff]", value)) and "/" not in value


def _scripted(tree: etree._Element) -> Iterator[_Found]:
    for script in tree.iter("script"):
        text = script.text or ""
        if text and len(text) <= _LONGEST_SCRIPT:
            yield from _called(text)


def _pictures(article: etree._Element) -> Iterator[_Found]:
    """The scanned pages of a report that is nothing but pictures."""
    images = list(islice(article.iter("img"), _MOST))
    if not images or len(seen_in(article).text) > _MOST_TEXT_OF_PICTURES:
        return
    for image in images:
        source = (image.get("src") or "").strip()
        if source and words().picture.search(source):
            yield _Found(source, (image.get("alt") or "", image.get("title") or ""))
