"""The door: every input ends in a document or in one clear sentence, and soon."""

from __future__ import annotations

import io
import time
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents import UnreadableError, read_document, reread_document

ROW = "<tr><td>甲</td><td>1</td><td rowspan=999999999>2</td></tr>"


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\0\0", b"<html><body> </body></html>"])
def test_an_empty_file_is_called_empty(data: bytes) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(data)
    assert caught.value.code == "empty"


@pytest.mark.parametrize(
    ("data", "carrier"),
    [
        (b"%PDF-1.7 ...", "PDF"),
        (docx(), "docx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "doc"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "PNG"),
        (bytes(range(256)) * 20, "二进制"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x", "mht"),
    ],
)
def test_what_is_no_text_is_named(data: bytes, carrier: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_document(data, source="report.html", content_type="text/html")
    assert caught.value.code == "unreadable"
    assert carrier in caught.value.message


@pytest.mark.parametrize(
    ("text", "source", "carrier"),
    [
        ("示例县报告\n一、总体情况\n见 <https://example.invalid/a> 一文，5<6。", "", "text"),
        ("示例县报告\n一、总体情况", "报告.txt", "text"),
        ("<P>示例县报告", "报告.txt", "html"),
        ("示例县<br>报告", "报告.html", "html"),
        ("|甲<br>乙|1|\n|-|-|\n|丙|2|", "报告.md", "text"),
    ],
)
def test_the_carrier_is_told_from_the_text(text: str, source: str, carrier: str) -> None:
    assert read_document(text.encode(), source=source).carrier == carrier


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_one_sentence(data: bytes) -> None:
    with suppress(UnreadableError):
        assert read_document(data).carrier in ("html", "text")


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("<html>" + "<div>" * 100_000 + "文", id="100,000 nested tags"),
        pytest.param("<html>" + "<b><i>文" * 50_000, id="100,000 open tags"),
        pytest.param("<table><tr><td>外<td>" * 50 + f"<table>{ROW * 9}</table>", id="tables 50 deep"),
        pytest.param("<table><tr><td>文" * 100_000, id="100,000 nested tables"),
        pytest.param(f"<table><tr><td colspan=999999999>题</td></tr>{ROW * 30}</table>", id="absurd spans"),
        pytest.param(
            "<table>" + "<tr><td>甲</td><td>1</td></tr>" * 1_000_000 + "</table>", id="a million rows"
        ),
        pytest.param("<table><tr>" + "<td>1" * 1_000_000, id="a million cells in a row"),
        pytest.param("<p>" + "1" * 3_000_000, id="3 MB of digits"),
        pytest.param("<p>文" + " " * 3_000_000 + "字", id="3 MB of blanks"),
        pytest.param("<p>文" + "\n \t" * 1_000_000 + "字", id="3 MB of line breaks"),
        pytest.param("<p>文<script>" + '\\"' * 1_500_000 + "able</script>", id="3 MB of quotes in a script"),
        pytest.param(
            "<p>文<script>x='" + "<table " * 400_000 + "'</script>", id="3 MB of tables in a script"
        ),
        pytest.param("<p>文" + "<" * 3_000_000, id="3 MB of brackets"),
        pytest.param("<p>文<table>" + "<tr hidden><td>1<td>2" * 100_000, id="100,000 hidden rows"),
        pytest.param(
            "<!DOCTYPE html ["
            + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(9))
            + "]><p>文&a8;",
            id="entities that explode",
        ),
    ],
)
def test_a_hostile_page_ends_soon(page: str) -> None:
    started = time.perf_counter()
    document = read_document(page.encode())
    assert time.perf_counter() - started < 8
    assert document.blocks
    assert all(len(grid.rows) * len(grid.rows[0]) <= 2_000_000 for grid in document.grids)


def test_50_megabytes_are_cut_and_it_is_said() -> None:
    page = (
        "<html>"
        + ("<p class=MsoNormal><span style='color:black'>示例县报告</span></p>" * 900 + "<table>" + ROW * 9)
        * 800
    )
    started = time.perf_counter()
    document = read_document(page.encode())
    assert len(page.encode()) > 50_000_000
    assert time.perf_counter() - started < 10
    assert "D-TRUNCATED" in [problem.code for problem in document.problems]


@pytest.mark.parametrize("parser", ["lxml", "html5lib"])
def test_reading_again_refuses_what_would_take_too_long(parser: str) -> None:
    page = "<html><p>文" + "<div>" * 1900 + "文" + "<p>文</p>" * 20_000
    started = time.perf_counter()
    document = reread_document(page.encode(), parser=parser)  # type: ignore[arg-type]
    assert time.perf_counter() - started < 8
    assert [problem.code for problem in document.problems] == ["D-NOREREAD"]


def test_a_page_cut_in_the_middle_keeps_what_is_there() -> None:
    page = f"<html><p>正文</p><table>{ROW.replace(' rowspan=999999999', '') * 20}".encode()
    document = read_document(page[:-40])
    assert len(document.grids[0].rows) >= 19


@pytest.mark.parametrize("charset", ["gb2312", "utf-8", "iso-8859-1"])
def test_a_declaration_inside_the_page_has_no_say(charset: str) -> None:
    page = f'<?xml version="1.0" encoding="{charset}"?><html><meta charset="{charset}"><p>朱镕㎡报告之后</p>'
    assert [found.text for found in read_document(page.encode("gb18030")).paragraphs] == ["朱镕㎡报告之后"]
