"""The samples are a witness: their truth must stand without the parser."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from html import unescape
from html.parser import HTMLParser
from itertools import combinations, pairwise
from unicodedata import normalize

import pytest

from gxcrawl.samples import LAYOUTS, Sample, generate, word_page

SEEDS = range(60)
PEOPLE = ["natural_person", "company", "research", "nonprofit", "legal_service", "other_org"]
PARTS = ["upheld", "corrected", "other", "pending"]
GUESSED = {"text-tabs-lost-column", "text-glued"}  # layouts whose numbers are told by arithmetic only


class Cells(HTMLParser):
    """The texts of all <td> of a page, row by row. Good enough for a tidy page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag == "tr":
            self.rows.append([])
        elif tag == "td":
            self.rows[-1].append("")
            self.inside = True

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "td"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.rows[-1][-1] += data


def failing_sums(sample: Sample) -> set[tuple[str, frozenset[str]]]:
    """Which identities fail, summed here once more and in another way than the generator does."""
    cells, failing = sample.cells, set()
    rows = list(dict.fromkeys(name.rpartition(".")[0] for name in cells if name.startswith("t3.")))
    if "t3.other.total" in cells:  # the single row stands for the three
        rows = [row for row in rows if not row.startswith("t3.other.")]
    results = [
        row for row in rows if row.split(".")[1] not in {"received", "carried_in", "handled", "carried_out"}
    ]
    sums = [("T3-ROW", [f"{row}.{column}" for column in PEOPLE], [f"{row}.total"]) for row in rows]
    for column in [*PEOPLE, "total"]:
        first = [f"t3.received.{column}", f"t3.carried_in.{column}"]
        sums.append(("T3-BAL", first, [f"t3.handled.{column}", f"t3.carried_out.{column}"]))
        sums.append(("T3-COL", [f"{row}.{column}" for row in results], [f"t3.handled.{column}"]))
    sums.extend(
        ("T4-SUM", [f"t4.{case}.{part}" for part in PARTS], [f"t4.{case}.total"])
        for case in ("review", "suit_direct", "suit_after_review")
    )
    for check, left, right in sums:
        values = [cells[name] for name in left + right]
        if None not in values and sum(values[: len(left)]) != sum(values[len(left) :]):
            failing.add((check, frozenset(left + right)))
    return failing


def read_number(text: str) -> int | Decimal | None:
    """A printed number without dirt, else None."""
    text = text.strip("\u00a0\u3000\u200b ")
    return Decimal(text) if re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text, re.ASCII) else None


def table_three(rows: list[list[str]]) -> list[str]:
    """The numbers of table 3: only its rows, and one row of heads of table 4, have 8 to 10 cells."""
    body = [row for row in rows if len(row) in {8, 9, 10}][:-1]
    return [text for row in body if "其中：" not in row[0] for text in row[-7:]]


def printed_names(sample: Sample) -> list[str]:
    """The cells of table 3 as printed: the single row of 其他处理 in place of its three."""
    names = [name for name in sample.cells if name.startswith("t3.")]
    if sample.form == "2019" or "t3.other.total" not in sample.cells:
        return names
    single = [name for name in names if name.startswith("t3.other.") and name.count(".") == 2]
    rest = [name for name in names if not name.startswith("t3.other.")]
    place = rest.index("t3.handled.natural_person")
    return rest[:place] + single + rest[place:]


def agreements(sample: Sample, names: list[str], texts: list[str]) -> int:
    """How many printed numbers are the true ones; a number that is not fails the test."""
    agreed = 0
    assert len(names) == len(texts)
    for name, text in zip(names, texts, strict=True):
        if sample.states.get(name) == "blank":
            assert not text.strip()
        elif sample.states.get(name) == "placeholder":
            assert read_number(text) is None
        elif read_number(text) is not None and name not in sample.states:
            assert read_number(text) == sample.cells[name], name
            agreed += 1
    return agreed


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_is_generated_and_twice_the_same(layout: str) -> None:
    for seed in range(3):
        sample = generate(seed, layout=layout)
        assert sample == generate(seed, layout=layout)
        assert sample.layout == layout
        assert sample.name.endswith((".html", ".txt"))
        assert len(sample.data) > 2000


def test_free_choice_reaches_every_layout_both_forms_and_both_kinds() -> None:
    samples = [generate(seed) for seed in range(300)]
    assert {sample.layout for sample in samples} == set(LAYOUTS)
    assert {sample.form for sample in samples} == {"2021", "2019"}
    assert {sample.clean for sample in samples} == {True, False}


def test_every_cell_of_the_form_has_a_truth() -> None:
    for seed in SEEDS:
        sample = generate(seed)
        own = [name for name in sample.cells if name.count(".") == 3 or not name.startswith("t3.other.")]
        assert len(own if sample.form == "2021" else sample.cells) == {"2021": 200, "2019": 198}[sample.form]
        assert sample.unknowable <= set(sample.cells)
        empty = {name for name, value in sample.cells.items() if value is None}
        assert empty == set(sample.states)


def test_clean_reports_add_up_and_tell_all_that_must_be_told() -> None:
    for seed in SEEDS:
        sample = generate(seed, layout="html-plain", clean=True)
        assert failing_sums(sample) == set() == set(sample.planted)
        text = sample.data.decode()
        for word in ("统计期限", "考核", "社会评议", "追究", "改进", "信息处理费", "依申请公开"):
            assert word in text, (seed, word)
        assert re.findall(r"<h2>(.)、", text) == list("一二三四五六")


def test_planted_errors_are_all_the_errors_there_are() -> None:
    spoiled = 0
    for seed in SEEDS:
        sample = generate(seed, clean=False)
        assert failing_sums(sample) == {tuple(planted) for planted in sample.planted}
        assert not (sample.planted and sample.layout in GUESSED)
        spoiled += bool(sample.planted)
    assert spoiled > len(SEEDS) // 5


def test_plain_html_prints_the_truth() -> None:
    agreed = 0
    for seed in range(25):
        sample = generate(seed, layout="html-plain")
        rows = [row for row in Cells(sample.data.decode()).rows if row]
        agreed += agreements(sample, printed_names(sample), table_three(rows))
        agreed += agreements(sample, [name for name in sample.cells if name.startswith("t4.")], rows[-1])
    assert agreed > 1500


def test_blank_and_placeholder_cells_are_printed_so() -> None:
    empty = 0
    for seed in range(40):
        sample = generate(seed, layout="html-plain", clean=True)
        agreements(sample, printed_names(sample), table_three(Cells(sample.data.decode()).rows))
        empty += sum(state in {"blank", "placeholder"} for state in sample.states.values())
    assert empty > 50


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - GUESSED))
def test_every_layout_prints_every_large_number(layout: str) -> None:
    seen = 0
    for seed in range(12):
        sample = generate(seed, layout=layout)
        encoding = "gbk" if layout in {"html-gbk", "html-gbk-says-utf8"} else "utf-8"
        text = sample.data.decode(encoding).replace("\\u003c", "<").replace("\\u003e", ">")
        text = re.sub(r"\\u([0-9a-f]{4})", lambda match: chr(int(match[1], 16)), text)
        text = re.sub("<t[dr][^>]*>", "|", unescape(unescape(text)))
        text = re.sub("<[^>]*>", "", text)
        digits = normalize("NFKC", text).replace(",", "")
        for name, value in sample.cells.items():
            if isinstance(value, int) and value >= 1000:
                assert re.search(rf"(?<![0-9]){value}(?![0-9])", digits), (seed, name)
                seen += 1
    assert seen > 20


def test_moved_columns_are_named_by_their_heads() -> None:
    checked = 0
    heads = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "总计"]
    names = dict(zip(heads, [*PEOPLE[:5], "total"], strict=True))
    for seed in range(20):
        sample = generate(seed, layout="html-reordered", clean=True)
        rows = Cells(sample.data.decode()).rows
        start = next((index for index, row in enumerate(rows) if len(row) == 3 and "自然人" in row), None)
        if start is None:  # the head is printed with a blank in it
            continue
        upper, legal, received = rows[start], rows[start + 1], rows[start + 2][-7:]
        place = upper.index(max(upper, key=len))
        printed = [*upper[:place], *legal, *upper[place + 1 :]]
        for head, text in zip(printed, received, strict=True):
            if head in names and read_number(text):
                assert read_number(text) == sample.cells[f"t3.received.{names[head]}"]
                checked += 1
    assert checked > 20


def test_tabbed_text_prints_the_truth() -> None:
    agreed = 0
    for seed in range(40):
        sample = generate(seed, layout="text-tabs", clean=True)
        rows = [line.split("\t") for line in sample.data.decode().split("\n") if "\t" in line]
        body = [row for row in rows if len(row) == 10][3:]
        if len(body) * 7 == len(printed_names(sample)):  # every field stands under its head
            agreed += agreements(sample, printed_names(sample), [text for row in body for text in row[-7:]])
    assert agreed > 800


@pytest.mark.parametrize("layout", ["text-pdf", "text-single-blanks", "text-lines-bare"])
def test_seven_numbers_in_a_run_are_a_row(layout: str) -> None:
    rows_seen = 0
    for seed in range(25):
        sample = generate(seed, layout=layout, clean=True)
        names = printed_names(sample)
        if set(names) & set(sample.states):
            continue
        text = normalize("NFKC", sample.data.decode()).replace(",", "").replace("\u200b", "")
        if layout == "text-lines-bare":  # a line is a cell: runs of lines take the place of lines
            text = re.sub(r"\s*\n(?=\s*[0-9]+\s*$)", " ", text, flags=re.MULTILINE)
        tails = (re.search(r"(?:^|\s)((?:[0-9]+\s+)*[0-9]+)\s*$", line) for line in text.split("\n"))
        runs = ([int(number) for number in tail[1].split()] for tail in tails if tail)
        rows = [run for run in runs if len(run) == 7]
        assert rows == [[sample.cells[name] for name in names[i : i + 7]] for i in range(0, len(names), 7)]
        rows_seen += len(rows)
    assert rows_seen > 100


def test_lines_with_tabs_print_the_truth() -> None:
    agreed = 0
    for seed in range(12):
        sample = generate(seed, layout="text-lines-tab", clean=True)
        blocks = [block for block in sample.data.decode().split("\n\n") if block.startswith("\t")]
        rows = [[cell.replace("\n", "") for cell in re.split(r"(?:^|\n)\t", block)[1:]] for block in blocks]
        agreed += agreements(sample, [name for name in sample.cells if name.startswith("t4.")], rows[-1])
        numbers = [row[-7:] for row in rows if len(row) in {8, 9, 10}][-len(printed_names(sample)) // 7 :]
        if not any("自然" in "".join(row) for row in numbers):
            agreed += agreements(sample, printed_names(sample), [text for row in numbers for text in row])
    assert agreed > 1000


def test_a_row_of_glued_digits_is_knowable_exactly_when_it_parts_in_one_way() -> None:
    for seed in range(20):
        sample = generate(seed, layout="text-glued", form="2021")
        for row in ("received", "granted", "handled"):
            names = [f"t3.{row}.{column}" for column in [*PEOPLE, "total"]]
            digits = "".join(str(sample.cells[name]) for name in names)
            ways = [numbers for numbers in partings(digits, 7) if sum(numbers[:-1]) == numbers[-1]]
            assert [sample.cells[name] for name in names] in ways
            assert (len(ways) > 1) == (names[0] in sample.unknowable)


def partings(digits: str, count: int) -> list[list[int]]:
    """All ways to cut a string into numbers, by brute force over the places of the cuts."""
    found = []
    for cuts in combinations(range(1, len(digits)), count - 1):
        parts = [digits[a:b] for a, b in pairwise([0, *cuts, len(digits)])]
        if all(part == "0" or part[0] != "0" for part in parts):
            found.append([int(part) for part in parts])
    return found


def test_word_pages_have_the_wanted_size() -> None:
    for kilobytes in (145, 290):
        pages = [word_page(seed, kilobytes) for seed in range(3)]
        assert len({page.data for page in pages}) == 3
        for page in pages:
            assert abs(len(page.data) / 1024 - kilobytes) < 3
            assert (page.clean, page.form) == (True, "2021")
            for clutter in (b"rowspan", b"colspan", b"MsoNormal", b"<o:p>", b"<!--[if"):
                assert clutter in page.data


def test_wrong_charsets_are_really_wrong() -> None:
    said = generate(1, layout="html-gbk-says-utf8").data
    with pytest.raises(UnicodeDecodeError):
        said.decode("utf-8")
    assert "镕" in said.decode("gbk")
    assert b'charset="utf-8"' in said
    assert "㎡" in generate(1, layout="html-utf8-says-gb2312").data.decode("utf-8")


def test_the_generator_needs_nothing_but_python() -> None:
    code = (
        "import sys, gxcrawl.samples as s; s.generate(1); "
        "print([n for n in sys.modules if n.startswith('gxcrawl.') and not n.startswith('gxcrawl.samples')"
        " or n.split('.')[0] in {'lxml', 'bs4', 'hypothesis'}])"
    )
    shown = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert shown.stdout.strip() == "[]"
