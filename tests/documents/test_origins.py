"""From the place of a cell back to the element or the line that printed it."""

from __future__ import annotations

from html import escape

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents import read_document
from gxcrawl.documents.origins import MARK, Origins, Spot

ROWS = "".join(f"<tr><td>事项{row}</td>" + f"<td>{row}</td>" * 4 + "</tr>" for row in range(6))
TABLE = f"<table>{ROWS}</table>"


def read(page: str) -> tuple[Origins, dict[str, Spot]]:
    """Every cell of every grid: its place, and where it is found."""
    origins = Origins()
    document = read_document(page.encode(), origins=origins)
    places = {grid.place(cell): cell for grid in document.grids for row in grid.rows for cell in row if cell}
    spots = {place: next(origins.spots(document, place)) for place in places}
    assert all(spots[place].printed == cell.text for place, cell in places.items())
    return origins, spots


def element_text(origins: Origins, spot: Spot) -> str:
    [element] = [
        cell for cell in origins.pages[spot.part].root.iter("td", "th") if cell.get(MARK) == spot.mark
    ]
    return "".join(element.itertext())


spans = st.tuples(st.integers(1, 4), st.integers(1, 4))


@given(st.lists(st.lists(spans, min_size=1, max_size=5), min_size=2, max_size=7))
def test_spans_never_lead_to_another_cell(rows: list[list[tuple[int, int]]]) -> None:
    numbers = iter(range(1, 100))
    cells = [
        [f"<td rowspan={down} colspan={across}>n{next(numbers)}</td>" for down, across in row] for row in rows
    ]
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in cells)
    origins, spots = read(f"<table>{body}</table>{TABLE}")
    for spot in spots.values():
        assert element_text(origins, spot) == spot.printed


def test_the_foot_that_stands_first_is_printed_last() -> None:
    page = f"<table><tfoot><tr><td>合计</td><td>9</td></tr></tfoot><tbody>{ROWS}</tbody></table>"
    origins, spots = read(page)
    assert element_text(origins, spots["table 1 row 7 column 2"]) == "9"


def test_hidden_rows_and_running_text_between_the_rows_do_not_shift_anything() -> None:
    prose = f"<tr><td colspan=5>{'本年度工作情况如下。' * 50}</td></tr>"
    page = f"<table><tr style='display:none'><td>暗</td><td>9</td></tr>{ROWS}{prose}{ROWS}</table>"
    origins, spots = read(page)
    assert {spot.part for spot in spots.values()} == {0}
    assert all(element_text(origins, spot) == spot.printed for spot in spots.values())
    assert "table 2 row 6 column 5" in spots


def test_the_page_is_kept_as_it_was_before_it_was_read() -> None:
    origins, _ = read(f"<p><b>粗</b><del>删</del></p>{TABLE}")
    [page] = origins.pages
    assert [element.tag for element in page.root.iter("b", "del")] == ["b", "del"]


def test_a_page_inside_the_page_is_a_part_of_its_own() -> None:
    origins, spots = read(f"<html><body><textarea>{escape(TABLE)}</textarea></body></html>")
    assert {spot.part for spot in spots.values()} == {1}
    assert element_text(origins, spots["table 1 row 6 column 2"]) == "5"


def test_cells_in_lines_lead_to_their_lines() -> None:
    text = "一、收到申请\n\n" + "".join(f"事项{row}\t{row}\t{row}\t{row}\t{row}\n" for row in range(6))
    origins, spots = read(text)
    assert {spot.mark for spot in spots.values()} == {""}
    spot = spots["line 5 field 2"]
    assert origins.texts[spot.part][spot.line - 1] == "事项2\t2\t2\t2\t2"


def test_lines_of_two_tables_of_a_page_are_told_apart_by_their_runs() -> None:
    lines = "\n".join(f"事项{row}|{row}|{row}|{row}" for row in range(4))
    small = "<table><tr><td>甲</td><td>乙</td></tr></table>"
    origins = Origins()
    document = read_document(f"<pre>{lines}</pre>{small}<pre>{lines}</pre>".encode(), origins=origins)
    spots = list(origins.spots(document, "line 2 field 2"))
    assert len({spot.part for spot in spots}) == 2


def test_reading_is_the_same_with_and_without_remembering() -> None:
    page = f"<p>前</p>{TABLE}<p>后</p>".encode()
    assert read_document(page, origins=Origins()) == read_document(page)
