"""What a reader of the page would see: nothing struck out, footnote marks apart, fields with their words."""

from __future__ import annotations

import pytest
from lxml import html

from gxcrawl.documents import read_document
from gxcrawl.documents.printed import print_marks


def seen(inside: str) -> str:
    """The text of one cell with this markup."""
    root = html.document_fromstring(f"<table><tr><td>{inside}</td></tr></table>")
    print_marks(root)
    return "".join(root.itertext())


@pytest.mark.parametrize("tag", ["del", "s", "strike"])
def test_struck_out_words_are_gone_and_what_follows_them_stays(tag: str) -> None:
    assert seen(f"<{tag}>7</{tag}>12") == "12"
    assert seen(f"1<{tag}><b>7</b></{tag}>2件") == "12件"


def test_words_put_in_their_place_stay() -> None:
    assert seen("<del>7</del><ins>9</ins>") == "9"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("5<sup>1</sup>", "5（1）"),
        ("5<sup>[1]</sup>", "5（1）"),
        ("5<sup><a href='#n'><span>1</span></a></sup>", "5（1）"),
        ("5<sup>①</sup>件", "5（①）件"),
        ("5<sup></sup>", "5"),
        ("5<sup> </sup>", "5 "),
    ],
)
def test_a_raised_mark_never_joins_the_number_before_it(markup: str, text: str) -> None:
    assert seen(markup) == text


def test_a_raised_text_of_many_words_is_left_as_it_is() -> None:
    words = "本数据包括全县各乡镇和街道办事处以及县直各部门报送的全部政府信息公开申请的数量之和"
    assert len(words) > 40
    assert seen(f"<sup>{words}</sup>") == words


def test_a_raised_mark_outside_a_table_is_left_as_it_is() -> None:
    root = html.document_fromstring("<p>面积5m<sup>2</sup></p>")
    print_marks(root)
    assert root.text_content() == "面积5m2"


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<input value='12'>", "12"),
        ("<input type=text value=' 12 '>件", "12件"),
        ("<input>", ""),
        ("<input value=''>", ""),
        ("<input type=hidden value=7>3", "3"),
        ("<input type=checkbox value=1>3", "3"),
        ("<input type=BUTTON value=9>3", "3"),
    ],
)
def test_a_field_shows_what_is_written_in_it(markup: str, text: str) -> None:
    assert seen(markup) == text


def test_a_long_value_is_no_number_of_a_cell() -> None:
    assert seen(f"<input value='{'9' * 41}'>") == ""


def test_a_list_of_choices_shows_only_the_chosen_one() -> None:
    document = read_document(
        b"<table><tr><td>a</td><td><select><option>0<option selected>4<option>8</select></td></tr></table>"
    )
    texts = [cell.text for grid in document.grids for row in grid.rows for cell in row if cell is not None]
    assert texts == ["a", "4"]


def test_a_page_without_marks_is_not_changed() -> None:
    root = html.document_fromstring("<table><tr><td><b>5</b>件</td></tr></table>")
    before = html.tostring(root)
    print_marks(root)
    assert html.tostring(root) == before


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<del>7</del><ins>9</ins>", "9"),
        ("5<sup>1</sup>", "5（1）"),
        ("<input value=12>", "12"),
        ("<textarea>12</textarea>", "12"),
        ("<s>3</s>4", "4"),
    ],
)
def test_a_document_has_the_text_that_a_reader_sees(markup: str, text: str) -> None:
    page = f"<table><tr><td>总计</td><td>{markup}</td></tr></table>"
    grid = read_document(page.encode()).grids[0]
    assert [cell.text for cell in grid.rows[0] if cell is not None] == ["总计", text]
