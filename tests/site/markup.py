"""Reads the pages as a browser would: what stands in a table, and whether anything in it could run."""

from __future__ import annotations

from lxml import etree, html


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text)


def said(element: etree._Element) -> str:
    return " ".join("".join(element.itertext()).split())


def one(page: html.HtmlElement, path: str) -> html.HtmlElement:
    [found] = page.xpath(path)
    return found


def cell(page: html.HtmlElement, name: str) -> html.HtmlElement:
    return one(page, f"//td[@id='cell-{name}']")


def assert_nothing_runs(text: str) -> None:
    page = tree(text)
    assert not page.xpath("//script | //img | //object | //embed | //style | //form[@action='x']")
    for element in page.iter(etree.Element):
        for name, value in element.attrib.items():
            assert not name.startswith("on"), (element.tag, name)
            assert name != "style", element.tag
            if name in ("href", "src", "action"):
                assert not value.strip().lower().startswith(("javascript:", "data:")), value


def heads(table: html.HtmlElement) -> dict[str, tuple[str, str]]:
    """Id of a cell -> the labels of its row and the heads of its column, from the outside in."""
    grid: dict[tuple[int, int], html.HtmlElement] = {}
    for row, line in enumerate(table.xpath(".//tr")):
        column = 0
        for box in line.xpath("./td | ./th"):
            while (row, column) in grid:
                column += 1
            for down in range(int(box.get("rowspan", 1))):
                for right in range(int(box.get("colspan", 1))):
                    assert (row + down, column + right) not in grid, "two boxes in one place"
                    grid[row + down, column + right] = box
    found = {}
    for (row, column), box in grid.items():
        if box.get("id") and box.get("id") not in found:
            before = [grid[row, left] for left in range(column)]
            above = [grid[up, column] for up in range(row)]
            found[box.get("id")] = (_labels(before), _labels(above))
    return found


def _labels(boxes: list[html.HtmlElement]) -> str:
    return " | ".join(said(box) for box in dict.fromkeys(boxes) if box.tag == "th")
