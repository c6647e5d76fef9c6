"""What a page shows must come out in reading order, its tables cell by cell."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents import read_document, reread_document
from gxcrawl.model import Document, Grid

ROWS = "".join(f"<tr><td>事项{row}</td>" + f"<td>{row}</td>" * 4 + "</tr>" for row in range(6))
TABLE = f"<table>{ROWS}</table>"


def read(page: str) -> Document:
    return read_document(page.encode())


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def cells(grid: Grid) -> list[list[str | None]]:
    return [[cell and cell.text for cell in line] for line in grid.rows]


def test_paragraphs_and_tables_come_in_reading_order() -> None:
    document = read(f"<h2>一、总体情况</h2><p>前文</p>{TABLE}<div>后文<br>末行</div>")
    kinds = [block.text if not isinstance(block, Grid) else block.number for block in document.blocks]
    assert kinds == ["一、总体情况", "前文", 1, "后文", "末行"]
    assert [(found.place, found.level) for found in document.paragraphs[:2]] == [
        ("paragraph 1", 2),
        ("paragraph 2", 0),
    ]
    grid = document.grids[0]
    cell = grid.rows[3][0]
    assert cell is not None
    assert grid.place(cell) == "table 1 row 4 column 1"


def test_title_and_meta_are_found_wherever_they_stand() -> None:
    page = "<html><head><title> 年度\n报告 </title><meta name=PubDate content='2022-01-20'></head>"
    document = read(
        page + "<body><meta property='og:Title' content='甲'><meta NAME=pubdate content='晚'><p>文</p>"
    )
    assert document.title == "年度报告"
    assert document.meta == {"pubdate": "2022-01-20", "og:title": "甲"}


def test_blanks_fold_as_in_a_browser_but_wide_and_hard_blanks_stay() -> None:
    page = "<p> \n 2021\n\t年  度　报&nbsp;告\n书 <span>甲 </span> <b> 乙</b></p>"
    assert texts(read(page)) == ["2021 年 度　报\xa0告书 甲 乙"]


def test_word_clutter_leaves_no_trace() -> None:
    page = (
        "<!--[if gte mso 9]><xml><w:View>Normal</w:View></xml><![endif]-->"
        "<style>p{}</style><script>a='x'</script>"
        "<p class=MsoNormal><span style='mso-list:Ignore'>一、</span><![if !supportLists]><![endif]>"
        "<span>总体情况<o:p></o:p></span></p>"
    )
    assert texts(read(page)) == ["一、总体情况"]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("商业<br>企业", "商业\n企业"),
        ("<p><span>商业</span></p><p><span>企业</span></p>", "商业\n企业"),
        ("<p> <b>1</b>2<span lang=EN-US><o:p></o:p></span> </p>", "12"),
        ("结<div>果</div>维<div>持</div>", "结\n果\n维\n持"),
        ("<table><tr><td> 7 </td></tr></table>", "7"),
        ("\n  <p>\n&nbsp;</p>\n", ""),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<pre><b>甲\n</b>乙</pre>", "甲\n乙"),
        ("<script>3</script>4<!-- 5 -->", "4"),
        ("1<span style='display: none'>9</span>", "1"),
    ],
)
def test_a_cell_reads_as_it_is_printed(cell: str, text: str) -> None:
    document = read(f"<table><tr><td>a</td><td>{cell}</td></tr>{ROWS}</table>")
    assert cells(document.grids[0])[0][:2] == ["a", text]


def test_cells_keep_their_spans() -> None:
    page = "<table><tr><td rowspan=2>组</td><td colspan=2>合计</td></tr><tr><td>1<td>2</table>"
    (grid,) = read(page).grids
    assert cells(grid) == [["组", "合计", "合计"], ["组", "1", "2"]]
    total = grid.rows[0][1]
    assert total is grid.rows[0][2]
    assert total is not None
    assert (total.row, total.column, total.rowspan, total.colspan) == (0, 1, 1, 2)


def test_the_foot_of_a_table_is_printed_last_and_its_caption_first() -> None:
    page = (
        "<table><caption>表三</caption><tfoot><tr><td>总计<td>2</tfoot><tbody><tr><td>甲<td>2</tbody></table>"
    )
    document = read(page)
    assert texts(document) == ["表三"]
    assert cells(document.grids[0]) == [["甲", "2"], ["总计", "2"]]


def test_layout_tables_only_place_what_they_hold() -> None:
    inner = f"<table><tr><td>外<td>{TABLE}</td></tr></table>"
    page = f"<table><tr><td>栏目</td><td>题目{inner}落款</td></tr></table>"
    document = read(page)
    assert texts(document) == ["栏目", "题目", "外", "落款"]
    assert [len(grid.rows) for grid in document.grids] == [6]


def test_a_report_set_in_one_table_gives_text_and_tables() -> None:
    running = "本年度主动公开政府信息。" * 20
    alone = "".join(f"<tr><td colspan=5>{text}" for text in ("一、总体情况", running, "二、主动公开"))
    page = f"<table>{alone}{ROWS}</table>"
    document = read(page)
    assert texts(document) == ["一、总体情况", running, "二、主动公开"]
    assert [len(grid.rows) for grid in document.grids] == [6]


def test_a_table_of_one_column_is_text() -> None:
    document = read("<table><tr><td><h1>示例县报告</h1></td></tr><tr><td><p>甲<p>乙</td></tr></table>")
    assert texts(document) == ["示例县报告", "甲", "乙"]
    assert document.grids == []


def test_a_hidden_copy_is_marked_and_its_text_left_out() -> None:
    page = f"<p>正文</p>{TABLE}<div style='DISPLAY: none'><p>正文{TABLE}</div><p><div class=m-show>{TABLE}"
    document = read(page)
    assert texts(document) == ["正文"]
    assert [grid.hidden for grid in document.grids] == [False, True, True]


def test_what_only_a_script_shows_is_read_when_nothing_else_is_there() -> None:
    document = read(f"<p>首页</p><div style='display:none'><p>正文</p>{TABLE}</div>")
    assert texts(document) == ["首页", "正文"]
    assert [problem.code for problem in document.problems] == ["D-HIDDEN"]


def test_a_class_that_the_whole_page_bears_hides_nothing() -> None:
    assert [grid.hidden for grid in read(f"<div class=mobile><p>正文</p>{TABLE}</div>").grids] == [False]


def test_a_font_around_rows_does_not_part_them() -> None:
    page = f"<table><tr><td rowspan=2>组<td>1</tr><font><tr><td>2</tr></font>{ROWS}</table>"
    (grid,) = read(page).grids
    assert [line[:2] for line in cells(grid)[:2]] == [["组", "1"], ["组", "2"]]


def test_hidden_words_stay_hidden_among_many_shown_ones() -> None:
    page = "<p><span>甲</span><span style='display:none'>丙</span><b><i>乙</i></b></p>"
    assert texts(read(page)) == ["甲乙"]


def test_rows_that_are_not_shown_are_not_read() -> None:
    document = read(f"<table><tr style='display:none'><td>样例<td>99</tr>{ROWS}</table>")
    assert len(document.grids[0].rows) == 6


@pytest.mark.parametrize(
    "wrapped",
    [
        "<textarea>{escaped}</textarea>",
        "<textarea>{page}</textarea>",
        "<input type=hidden value='{escaped}'>",
        "<div>{escaped}</div>",
        "<script>var a = 1</script><b>{escaped}</b>",
        "<script>var body = '{slashed}'; show(body)</script>",
        '<script>window.DATA = {{"content": "{unicode}"}}</script>',
        "<script type='text/html'>{page}</script>",
        "<script>document.write(unescape('{percent}'))</script>",
    ],
)
def test_a_page_kept_as_text_is_read(wrapped: str) -> None:
    page = f"<p>正文</p>{TABLE}"
    forms = {
        "page": page,
        "escaped": page.replace("<", "&lt;").replace(">", "&gt;"),
        "slashed": page.replace("/", "\\/").replace("'", "\\'"),
        "unicode": page.replace("<", "\\u003C").replace(">", "\\u003e"),
        "percent": page.replace("<", "%3C").replace(">", "%3E"),
    }
    document = read(f"<p>首页</p>{wrapped.format(**forms)}")
    assert len(document.grids[0].rows) == 6
    assert "正文" in texts(document)
    assert [problem.code for problem in document.problems] == ["D-EMBEDDED"]


def test_a_table_that_a_script_glues_together_is_left_alone() -> None:
    script = "h='<table>';for(r of rows)h+='<tr><td>'+r.a+'</td><td>'+r.b+'</td></tr>';h+='</table>'"
    assert read(f"<p>首页</p><script>{script}</script>").grids == []


def test_a_table_made_of_lines_is_seen() -> None:
    lines = "\n".join(f"事项{row}\t" + "\t".join("1234567") for row in range(8))
    document = read(f"<p>三、收到和处理政府信息公开申请情况</p><pre>{lines}</pre>")
    assert len(document.grids) == 1
    assert document.grids[0].rows[0][-1] is not None


BROKEN = "<div><table>" + "".join(
    "<tr>" + "".join(f"<td><div><p><span>{row}.{column}" for column in range(10)) for row in range(28)
)


def test_a_page_without_closing_tags_is_read_by_the_patient_parser() -> None:
    (grid,) = reread_document((BROKEN + "</table>").encode(), parser="html5lib").grids
    assert cells(grid) == [[f"{row}.{column}" for column in range(10)] for row in range(28)]
    first = read(BROKEN + "</table>").grids
    assert not any(len(found.rows) == 28 and len(found.rows[0]) == 10 for found in first)


@pytest.mark.parametrize("parser", ["lxml", "html5lib"])
def test_a_sound_page_reads_the_same_again(parser: str) -> None:
    page = f"<html><head><title>报告</title></head><body><h1>报告</h1><!-- 注 --><p>正文</p>{TABLE}"
    again = reread_document(page.encode(), parser=parser)  # type: ignore[arg-type]
    assert again == read(page)


# fmt: off
MARKUP = [
    "<table>", "</table>", "<tr>", "</tr>", "<td>", "<td rowspan=2>", "<td colspan=3>",
    "</td>", "<p>", "</p>", "<br>", "<div>", "</div>", "<pre>", "<b>", "</b>",
    "<span style='display:none'>", "</span>", "<textarea>", "</textarea>", "<script>",
    "</script>", "&lt;", "&nbsp;", "1", "甲", "<h2>", "<div hidden>", "<!-- -->", "<tfoot>",
    "<caption>", "\n",
]
# fmt: on
markup = st.lists(st.sampled_from(MARKUP), max_size=40).map(lambda parts: "<html>报告" + "".join(parts))


@given(markup)
def test_no_markup_breaks_the_reading(page: str) -> None:
    document = read(page)
    assert [grid.number for grid in document.grids] == list(range(1, len(document.grids) + 1))
    assert all(len({len(line) for line in grid.rows}) == 1 for grid in document.grids)
    assert all(paragraph.text.strip() for paragraph in document.paragraphs)


@given(st.lists(st.lists(st.integers(0, 999), min_size=3, max_size=5), min_size=2, max_size=6), st.data())
def test_clutter_in_cells_changes_no_number(rows: list[list[int]], data: st.DataObject) -> None:
    wraps = st.sampled_from(["{}", "<p>{}</p>", "<p><span>{}</span><o:p></o:p></p>", "<b>\n{}</b> "])
    width = max(map(len, rows))
    page = "<table>" + "".join(
        "<tr>" + "".join(f"<td>{data.draw(wraps).format(number)}</td>" for number in row) + "</tr>"
        for row in rows
    )
    (grid,) = read(page + "</table>").grids
    assert cells(grid) == [[str(number) for number in row] + [None] * (width - len(row)) for row in rows]
