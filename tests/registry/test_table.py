"""A table as clerks have it: whatever Excel did to it, it is read, or every fault is told by its line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.registry.table import COLUMNS, Entry, Table, read_table, write_table

TEXT = "name,code,aliases,valid_from\n示例县财政局,990101,财政局；县财政局;财政,2020/1/5\n"
READ = Entry(
    2, "示例县财政局", code="990101", aliases=("财政局", "县财政局", "财政"), valid_from="2020-01-05"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_a_table_is_read_as_excel_saves_it_in_china(encoding: str, newline: str) -> None:
    assert read_table(TEXT.replace("\n", newline).encode(encoding)) == Table((READ,), (), frozenset({""}))


def faults(*lines: str) -> list[tuple[int, str]]:
    return [tuple(fault) for fault in read_table("\n".join(lines).encode()).faults]  # type: ignore[misc]


def test_every_fault_is_told_by_its_line_all_at_once() -> None:
    told = faults(
        "key,name,code,kind,level,valid_from,valid_to",
        "a,,990101,,,,",
        "b,示例县财政局,99,,,,",
        "c,示例县财政局,990101,bureau,high,,",
        "",
        "d,示例县财政局,990101,,,2020-02-30,",
        "e,示例县财政局,990101,,,2024-01-01,2023-01-01",
        "f,示例县财政局,,,,,",
        'g,"两行\n名称",990101,,,,,,多',
        f"h,{'长' * 300},990101,,,,",
        "i,示例县\x07财政局,990101,,,,",
    )
    assert [line for line, _ in told] == [2, 3, 4, 4, 6, 7, 8, 9, 11, 12]
    assert told[0][1] == "the name is empty; write the full name of the organ."
    assert told[2][1].startswith("kind 'bureau' is not known; it is one of government, department, town")
    assert "is no day; write it like 2024-01-05" in told[4][1]
    assert "9 cells for 7 columns" in told[7][1]
    assert all(sentence.endswith(".") or "empty" in sentence for _, sentence in told)


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["机关,地区", "财政局,990101"], "the first line must name the columns"),
        (["name;code", "财政局;990101"], "with commas between them"),
        (["name,code,phone", "财政局,990101,1"], "there is no column 'phone' (number 3)"),
        (["name,code,name", "财政局,990101,1"], "the column name is there twice"),
        (["name,code"], "there is no organ in the file"),
        ([""], "the first line must name the columns"),
        (["name,code", '"财政局,990101'], "this is no line of a CSV table"),
    ],
)
def test_a_file_that_is_no_such_table_says_what_to_do(lines: list[str], sentence: str) -> None:
    assert sentence in faults(*lines)[0][1]


@pytest.mark.parametrize(
    ("data", "line", "sentence"),
    [
        (b"PK\x03\x04 a workbook", 1, "save it in Excel as CSV UTF-8"),
        ("name,code\n财政局,990101\n".encode("utf-16"), 1, "this text is in UTF-16"),
        (TEXT.encode("utf-8-sig") + b"\xff\xfe,990101\n", 3, "in no known character set"),
        ((TEXT + "示例县教育局,990101\n").encode() + b"\xb2\xc6,990101\n", 4, "in no known character set"),
        (b"name,code\n\x81\x20\xff\xff,990101\n", 2, "in no known character set"),
    ],
)
def test_what_cannot_be_read_is_never_guessed(data: bytes, line: int, sentence: str) -> None:
    [fault] = read_table(data).faults
    assert fault.line == line
    assert sentence in fault.sentence


CELL = st.text(
    alphabet=st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"], exclude_characters=";；"),
    min_size=1,
    max_size=20,
).filter(lambda text: not text.startswith("'"))


@given(
    st.builds(
        Entry,
        line=st.just(2),
        name=CELL,
        key=CELL,
        aliases=st.lists(CELL, unique=True).map(tuple),
        code=st.just("990101"),
    )
)
def test_what_is_written_is_read_back(entry: Entry) -> None:
    assert read_table(write_table([entry])).entries == (entry,)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_anything_but_a_table_or_faults(data: bytes) -> None:
    table = read_table(data)
    assert table.entries or table.faults


def test_excel_is_handed_no_formula() -> None:
    written = write_table(
        [Entry(2, '=HYPERLINK("http://evil.example","点")', code="990101", aliases=("@SUM(A1)",))]
    )
    assert written.startswith(b"\xef\xbb\xbfkey,name")
    assert "'=HYPERLINK" in written.decode()
    assert ",'@SUM(A1)," in written.decode()
    assert len(COLUMNS) == written.decode().splitlines()[0].count(",") + 1
