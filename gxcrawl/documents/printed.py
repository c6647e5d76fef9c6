"""Makes the text of a tree what a reader sees: no struck-out words, footnote marks apart, fields filled."""

from __future__ import annotations

from typing import cast

from lxml import etree

_STRUCK = ("del", "s", "strike")
_MARKED = (*_STRUCK, "sup", "input", "textarea", "select")
_RAISED = etree.XPath("//td//sup|//th//sup")
_FIELDS = etree.XPath("//td//input|//td//textarea|//td//select")
_SILENT = frozenset(("hidden", "button", "submit", "reset", "checkbox", "radio", "image", "file"))
_LONGEST = 40  # characters of a field or a footnote mark; more is a text of its own


def print_marks(root: etree._Element) -> None:
    """Change the tree in place."""
    if next(root.iter(*_MARKED), None) is None:
        return
    etree.strip_elements(root, *_STRUCK, with_tail=False)
    for raised in _elements(_RAISED, root):
        _set_apart(raised)
    for field in _elements(_FIELDS, root):
        _fill_in(field)


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    return cast("list[etree._Element]", path(root))


def _set_apart(raised: etree._Element) -> None:
    """A raised 1 behind a 5 is a footnote and no 51."""
    words = "".join(cast("list[str]", list(raised.itertext()))).strip(" \n\t[]()（）〔〕【】")
    if words and len(words) <= _LONGEST:
        for child in list(raised):
            raised.remove(child)
        raised.text = f"（{words}）"


def _fill_in(field: etree._Element) -> None:
    value = value_of(field).strip()
    if value and len(value) <= _LONGEST:
        field.tail = value + (field.tail or "")


def value_of(field: etree._Element) -> str:
    if field.tag == "input":
        return "" if field.get("type", "text").lower() in _SILENT else field.get("value", "")
    if field.tag == "textarea":
        return field.text or ""
    options = list(field.iter("option"))
    chosen = next((option for option in options if option.get("selected") is not None), None)
    shown = chosen if chosen is not None else next(iter(options), None)
    return "" if shown is None else shown.text or ""
