"""The page of evidence: the outlined element is the cell, and nothing of the archive can do anything."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from gxcrawl.evidence.cleaning import Label, allowed, safe_html
from gxcrawl.evidence.model import EvidenceCell
from gxcrawl.evidence.outline import Part, find_cells
from gxcrawl.evidence.page import evidence_page
from gxcrawl.model import Report
from gxcrawl.reader import read_report
from gxcrawl.samples import LAYOUTS, generate
from tests.evidence.conftest import World
from tests.evidence.world import LIST, said
from tests.store.made_bundles import Run

HTML = [layout for layout in LAYOUTS if layout.startswith("html-")]
TEXT = [layout for layout in LAYOUTS if not layout.startswith("html-")]
ROWS = "".join(f"<tr><td>事项{row}</td>" + f"<td>{row}</td>" * 4 + "</tr>" for row in range(6))


def cells_of(report: Report) -> tuple[EvidenceCell, ...]:
    return tuple(
        EvidenceCell(1, cell.id, cell.id, cell.value, cell.raw, cell.state, cell.place)
        for cell in report.cells.values()
        if cell.place
    )


def bare(text: str) -> str:
    return "".join(text.split())


def outlined(part: Part) -> dict[str, str]:
    """Name of a cell -> the text of the element that is outlined for it, in what is shown."""
    assert part.page is not None
    labels = {mark: Label(mark, mark) for mark in part.marks}
    shown = html.document_fromstring(f"<body>{safe_html(part.page, labels)}</body>")
    texts = {element.get("id"): element.text_content() for element in shown.iter() if element.get("id")}
    return {cell.id: texts[mark] for mark, cells in part.marks.items() for cell in cells}


@pytest.mark.parametrize("layout", HTML)
@pytest.mark.parametrize("form", ["2021", "2019"])
def test_the_outlined_element_holds_what_was_read_from_the_cell(layout: str, form: str) -> None:
    for seed in range(3):
        sample = generate(seed, layout=layout, form=form)
        cells = cells_of(read_report(sample.data))
        source = find_cells(sample.data, "text/html", cells)
        assert source.lost == ()
        texts = {name: text for part in source.parts for name, text in outlined(part).items()}
        assert len(texts) == len(cells) > 150
        for cell in cells:
            assert bare(cell.raw) in bare(texts[cell.id]), cell.id


@given(st.integers(0, 10_000), st.sampled_from(HTML))
def test_whatever_the_numbers_and_the_dirt_every_cell_is_found(seed: int, layout: str) -> None:
    sample = generate(seed, layout=layout)
    cells = cells_of(read_report(sample.data))
    source = find_cells(sample.data, None, cells)
    assert source.lost == ()
    for part in source.parts:
        texts = outlined(part)
        assert all(bare(cell.raw) in bare(texts[cell.id]) for cell in cells if cell.id in texts)


@pytest.mark.parametrize("layout", TEXT)
def test_in_a_text_the_line_of_the_cell_is_marked(layout: str) -> None:
    sample = generate(5, layout=layout)
    cells = cells_of(read_report(sample.data))
    source = find_cells(sample.data, "text/plain", cells)
    assert source.lost == ()
    [part] = source.parts
    for line, marked in part.at_lines.items():
        for cell in marked:
            assert bare(cell.raw) in bare(part.lines[line - 1])


def test_a_cell_that_spans_rows_and_columns_is_one_element() -> None:
    page = (
        "<table><tr><td rowspan=3>甲</td><td colspan=2>乙</td><td>1</td></tr>"
        "<tr><td>丙</td><td>丁</td><td rowspan=2>2</td></tr><tr><td>戊</td><td>3</td></tr>"
        f"</table><table>{ROWS}</table>"
    )
    wanted = {"a": ("1", "row 1 column 4"), "b": ("2", "row 3 column 4"), "c": ("3", "row 3 column 3")}
    cells = tuple(
        EvidenceCell(1, name, name, None, raw, "ok", f"table 1 {place}")
        for name, (raw, place) in wanted.items()
    )
    [part] = find_cells(page.encode(), None, cells).parts
    assert outlined(part) == {"a": "1", "b": "2", "c": "3"}


def test_a_cell_that_does_not_hold_what_was_read_is_not_outlined() -> None:
    cell = EvidenceCell(1, "t", "t", 7, "7", "ok", "table 1 row 2 column 2")
    source = find_cells(f"<table>{ROWS}</table>".encode(), None, (cell,))
    assert source.lost == (cell,)
    assert [part.marks for part in source.parts] == [{}]


NOWHERE = (
    "",
    "paragraph 2",
    "line 3 field 9",
    "table 0 row 0 column 0",
    "table 9 row 1 column 1",
    "table 1 row 99 column 1",
    "table 1 row 1 column 999999999",
)


@pytest.mark.parametrize("place", NOWHERE)
def test_a_place_that_is_not_there_is_lost_and_no_trouble(place: str) -> None:
    cell = EvidenceCell(1, "t", "t", None, "", "blank", place)
    assert find_cells(f"<table>{ROWS}</table>".encode(), None, (cell,)).lost == (cell,)


HOSTILE = """
<html><head><base href="http://evil.example/"><meta http-equiv="refresh" content="0;url=http://evil.example">
<link rel=stylesheet href="//evil.example/a.css"><style>@import url(http://evil.example/b.css);</style>
<title></title><script>alert(1)</script></head>
<body onload="alert(2)" style="background:url(http://evil.example/c)" background="http://evil.example/d">
<script src="//evil.example/e.js"></script><img src=x onerror=alert(3)>
<svg onload=alert(4)><a xlink:href="x"/></svg>
<iframe srcdoc="<script>alert(5)</script>"></iframe><object data="data:text/html,x"></object><embed src="x">
<form action="http://evil.example"><input name=q value="<script>alert(6)</script>" autofocus onfocus=alert(7)>
<button formaction="javascript:alert(8)">x</button></form><video poster="http://evil.example/f"></video>
<a href="javascript:alert(9)" ping="http://evil.example" target=_blank>link</a><math><mi href="x"/></math>
<div id="cell-1-t" class="chain" style="position:fixed;inset:0" onclick="alert(10)">over everything</div>
<p title='"><script>alert(11)</script>'>&lt;script&gt;alert(12)&lt;/script&gt;</p>
<noscript><p title="</noscript><img src=x onerror=alert(13)>"></noscript><xmp><script>alert(14)</script></xmp>
<table background=x><tr><td colspan='2" onmouseover="alert(15)' rowspan=1e9 data-gxcrawl-cell="0.1">7</td>
</tr></table>
<textarea></textarea><script>alert(16)</script></textarea><template><script>alert(17)</script></template>
<plaintext><script>alert(18)</script>
"""


def dangers(page: str) -> list[str]:
    """Elements and attributes of a page that could do more than stand there."""
    found = []
    for element in html.document_fromstring(page).iter():
        tag = element.tag if isinstance(element.tag, str) else "?"
        harmless = allowed().kept | {"html", "head", "body", "title", "meta", "style", "a"}
        if tag not in harmless:
            found.append(tag)
        for name, value in element.attrib.items():
            if name in ("colspan", "rowspan", "align", "class", "id", "title", "lang"):
                continue
            if (tag, name) in {("meta", "charset"), ("meta", "content"), ("meta", "name")}:
                continue
            if (tag, name, value) == ("meta", "http-equiv", "Content-Security-Policy"):
                continue
            if tag == "a" and name == "href" and value.startswith("#cell-"):
                continue
            found.append(f"{tag} {name}={value}")
    return found


def page_with(world: World, body: bytes) -> str:
    """The page for a finding whose report has this archived body."""
    run = Run("2026-02-07", lists={LIST: ["shili/x"]}, pages={"shili/x": said(generate(1))})
    run.pages["shili/x"].body = body
    world.take(run)
    query = "SELECT max(findings.id) FROM findings"
    return evidence_page(
        world.chain(f"F{world.store.connection.execute(query).fetchone()[0]}"), world.archive
    )


def test_nothing_of_a_hostile_page_loads_runs_or_leads_away(world: World) -> None:
    page = page_with(world, HOSTILE.encode())
    assert dangers(page) == []
    assert "evil.example" not in page
    assert "over everything" in page
    assert "&lt;script&gt;alert(12)&lt;/script&gt;" in page


PIECES = (
    *(
        "<",
        ">",
        "</",
        "<!--",
        "-->",
        "<![CDATA[",
        "]]>",
        "'",
        '"',
        "=",
        "&lt;",
        "&#60;",
        "\x00",
        "\n",
        "a",
        "父",
    ),
    *("table", "td", "script", "svg", "style", "textarea", "noscript", "title", "plaintext", "math", "mtext"),
    *("annotation-xml", "select", "template", "form", " onerror=", "javascript:", "img src=x", "frameset"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_no_broken_markup_gets_through(pieces: list[str]) -> None:
    body = f"<table>{ROWS}</table>{''.join(pieces)}<p>末</p>".encode()
    for part in find_cells(body, "text/html", ()).parts:
        if part.page is not None:
            assert dangers(f"<html><body>{safe_html(part.page, {})}</body></html>") == []


def test_the_page_allows_its_own_style_and_nothing_else(world: World) -> None:
    page = evidence_page(world.chain(world.finding("T3-COL")), world.archive)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
    style = re.search(r"<style>(.*?)</style>", page, re.S)
    assert policy is not None
    assert style is not None
    assert "default-src 'none'" in policy[1]
    assert b64encode(sha256(style[1].encode()).digest()).decode() in policy[1]
    assert dangers(page) == []


def test_each_cell_of_the_chain_leads_to_its_outline(world: World) -> None:
    page = evidence_page(world.chain(world.finding("T3-COL")), world.archive)
    wanted = re.findall(r'href="#([^"]+)"', page)
    assert len(wanted) > 10
    assert set(wanted) <= set(re.findall(r' id="([^"]+)"', page))
    assert "摘要相符" in page


def test_hostile_words_of_the_database_are_words(world: World) -> None:
    world.execute("UPDATE findings SET message = '<script>alert(1)</script>\u202e'")
    world.execute("UPDATE reports SET title = '</title><img src=x onerror=alert(2)>'")
    page = evidence_page(world.chain(world.finding("T3-COL")), world.archive)
    assert dangers(page) == []
    assert "\u202e" not in page


def test_a_page_without_its_archive_says_so(world: World) -> None:
    for path in world.root.rglob("*.warc.gz"):
        path.unlink()
    page = evidence_page(world.chain(world.finding("T3-COL")), world.archive)
    assert "存档记录不在或已损坏" in page


def test_what_the_archived_page_hides_is_shown_as_hidden() -> None:
    body = f"<div style='display:none'>暗文</div><table>{ROWS}</table>"
    [part] = find_cells(body.encode(), "text/html", ()).parts
    assert part.page is not None
    assert '<div class="gone" title="网页上不显示">暗文</div>' in safe_html(part.page, {})


def test_a_file_that_cannot_be_read_is_said(world: World) -> None:
    page = page_with(world, b"%PDF-1.4 \x00\x01")
    assert "PDF 文件" in page
