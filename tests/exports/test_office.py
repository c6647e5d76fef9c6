"""What a clerk gets: spreadsheets and letters that say exactly what is known, and no more."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import openpyxl
import pytest
from made_season import FORMULA, HOSTILE_NAME, TOWN_NAME

from gxcrawl.duties.deadlines import Rule, shipped_rules
from gxcrawl.duties.model import Status
from gxcrawl.duties.words import status_words
from gxcrawl.exports import workbook
from gxcrawl.exports.issues import Issue, Part
from gxcrawl.exports.notices import basis, letters, template
from gxcrawl.exports.quoting import Quote
from gxcrawl.exports.workbook import Book, Link


def sheet(file: Path, title: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(file)[title].iter_rows(values_only=True))


def letter(house: Path, organ: str) -> list[str]:
    [file] = [file for file in (house / "notices").iterdir() if organ in file.name]
    return [paragraph.text for paragraph in docx.Document(str(file)).paragraphs]


def issue(**other: object) -> Issue:
    blank = dict.fromkeys(Issue._fields, "") | {
        "organ": "a",
        "name": "示例县财政局",
        "year": 2025,
        "confirmed": False,
        "registered": True,
        "quotes": (),
    }
    blank |= {"check": "T3-BAL", "result": "fail", "severity": "error", "message": "不平"}
    return Issue(**(blank | other))  # type: ignore[arg-type]


# --- the matrix -----------------------------------------------------------------------------------


def test_the_matrix_shows_every_duty_in_a_word_and_a_colour(house: Path) -> None:
    book = openpyxl.load_workbook(house / "matrix.xlsx")
    assert book.sheetnames == ["示例县990101", "状态明细", "图例"]
    page = book["示例县990101"]
    shown = {row[0].value: row[3] for row in page.iter_rows(min_row=2)}
    assert shown["示例县财政局"].value == "逾期12天"
    assert shown[TOWN_NAME].value == "未发布，逾期5天"
    fills = {cell.fill.fgColor.rgb for cell in shown.values()}
    assert len(fills) == 2
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == "A1:D3"


def test_the_details_give_the_reason_and_the_address(house: Path) -> None:
    head, town, finance = sheet(house / "matrix.xlsx", "状态明细")
    row = dict(zip(head, finance, strict=True))
    assert row["期限"] == "2026-01-31"
    assert row["法定期限"] == "是"
    assert row["说明"] == "发布日期为2026-02-12，法定期限为2026-01-31，逾期12天"
    assert row["链接"] == "http://shili.example/2025"
    assert dict(zip(head, town, strict=True))["法定期限"] == "否"


def test_every_status_has_a_word_a_letter_of_its_own_and_a_readable_colour() -> None:
    words = status_words()
    assert set(words) == set(Status.__args__)  # type: ignore[attr-defined]
    assert len({word.letter for word in words.values()}) == len(words)
    for word in words.values():
        assert len(word.letter) == 1
        assert _contrast(word.fill, word.ink) >= 4.5, word.word


def _contrast(fill: str, ink: str) -> float:
    light, dark = sorted((_brightness(fill), _brightness(ink)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _brightness(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


# --- the list of problems -------------------------------------------------------------------------


def test_certain_and_uncertain_problems_are_apart_and_dismissed_ones_gone(house: Path) -> None:
    head, *certain = sheet(house / "issues.xlsx", "问题清单（确定）")
    _, *uncertain = sheet(house / "issues.xlsx", "请核实")
    title, said, asked = head.index("问题"), head.index("人工认定"), head.index("请机关")
    assert [row[title] for row in certain] == ["未见发布", "不平", "逾期"]
    assert [row[said] for row in certain] == [None, None, "已确认：已电话核实"]
    assert [row[asked] for row in certain] == ["整改", "整改", "说明原因"]
    assert [row[title] for row in uncertain][1:] == ["缺数，无法核对"]
    assert [row[0] for row in certain] == [1, 2, 3]


@pytest.mark.parametrize(
    ("found", "part"),
    [
        ({}, "mend"),
        ({"severity": "info"}, "hint"),
        ({"result": "uncertain"}, "verify"),
        ({"check": "S-PEER", "severity": "warn"}, "verify"),
        ({"check": "P-LATE"}, "explain"),
        ({"registered": False}, "verify"),
        ({"registered": False, "severity": "info"}, "hint"),
        ({"result": "uncertain", "confirmed": True}, "mend"),
        ({"check": "S-PEER", "confirmed": True}, "mend"),
        ({"registered": False, "confirmed": True}, "verify"),
    ],
)
def test_the_list_and_the_letter_ask_the_same_of_an_organ(found: dict[str, object], part: Part) -> None:
    one = issue(**found)
    assert one.part == part
    [written] = letters([one], "", shipped_rules())
    assert f"一、{template()['parts'][part]['heading']}" in [line.text for line in written.lines]


def test_a_problem_quotes_its_cells_and_says_what_was_found_and_expected(house: Path) -> None:
    head, *rows = sheet(house / "issues.xlsx", "问题清单（确定）")
    [row] = [dict(zip(head, row, strict=True)) for row in rows if "不平" in row]
    assert "×“总计”：5；" in str(row["原文"])
    assert str(row["原文"]).endswith("×“总计”：-")
    assert (row["报告内容"], row["对照内容"], row["严重程度"]) == ("填报的数：4", "对照：5", "错误")
    assert row["单元格"] == "表三第4行第8列；表三第5行第8列"
    assert row["整改结果"] is None


def test_no_cell_of_a_spreadsheet_is_a_formula(house: Path) -> None:
    for file in house.glob("*.xlsx"):
        for page in openpyxl.load_workbook(file):
            types = {cell.data_type for row in page.iter_rows() for cell in row}
            assert types <= {"s", "n", "b", "inlineStr"}, file
    _, first, *_ = sheet(house / "issues.xlsx", "请核实")
    assert HOSTILE_NAME in first
    assert any(str(cell).startswith(f"{FORMULA}\ufffd长") for cell in first)
    assert max(len(str(cell)) for cell in first) == 32_767


def test_only_a_sound_web_address_becomes_a_link(tmp_path: Path) -> None:
    addresses = [
        "http://a.example/b?c=1#d",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://",
        "internal:A1",
    ]
    addresses += ["http://u:p@a.example", "http://a.example/ b", "https://a.example/" + "x" * 3000]
    with Book(tmp_path / "links.xlsx", "") as book:
        page = book.sheet("links", ["address"])
        for address in addresses:
            page.write([Link(address)])
        page.close()
    cells = [row[0] for row in openpyxl.load_workbook(tmp_path / "links.xlsx")["links"].iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == addresses
    assert [cell.hyperlink is not None for cell in cells] == [True] + [False] * 7


def test_a_sheet_that_is_full_goes_on_in_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "ROWS", 4)
    with Book(tmp_path / "full.xlsx", "") as book:
        page = book.sheet("a", ["n"])
        for number in range(7):
            page.write([number])
        page.close()
    full = openpyxl.load_workbook(tmp_path / "full.xlsx")
    assert [[row[0].value for row in page.iter_rows()] for page in full] == [
        ["n", 0, 1, 2],
        ["n", 3, 4, 5],
        ["n", 6],
    ]
    assert full.sheetnames == ["a", "a (2)", "a (3)"]


def test_titles_of_sheets_are_such_that_excel_opens_the_file(tmp_path: Path) -> None:
    wanted = ["a/b:c*?[x]\\", "'quoted'", "", "History", "x" * 40, "X" * 40, "\x01"]
    with Book(tmp_path / "titles.xlsx", "") as book:
        for title in wanted:
            book.sheet(title, ["n"]).close()
    titles = openpyxl.load_workbook(tmp_path / "titles.xlsx").sheetnames
    assert len({title.lower() for title in titles}) == len(wanted)
    assert max(map(len, titles)) <= 31


# --- the letters ----------------------------------------------------------------------------------


def test_a_letter_quotes_the_cell_the_formula_and_the_law(house: Path) -> None:
    lines = letter(house, "财政局")
    assert lines[0] == "政府信息公开工作年度报告整改通知"
    assert "示例县财政局：" in lines
    assert "依据：《政府信息公开条例》第四十九条第一款" in lines
    assert "对照：填报的数：4；对照：5" in lines
    assert not any("应为" in line or "最小改动" in line for line in lines)
    assert any(line.startswith("判断标准：表三每一列：一、本年新收") for line in lines)
    assert any(line.startswith("经核对截至2026年2月21日") for line in lines)


def test_what_is_uncertain_is_only_asked_about(house: Path) -> None:
    lines = letter(house, "财政局")
    told = [
        lines.index(f"{mark}")
        for mark in ("一、请整改的事项", "二、情况告知（请说明原因）", "三、请核实的事项")
    ]
    assert told[0] < lines.index("情况：不平") < told[1] < lines.index("情况：逾期") < told[2]
    assert told[2] < lines.index("情况：缺数，无法核对")
    [unsure] = letters(
        [issue(result="uncertain"), issue(severity="info")], "2026-02-20T00:00:00+00:00", shipped_rules()
    )
    texts = [line.text for line in unsure.lines]
    assert texts[0] == "政府信息公开工作年度报告核实函"
    assert "一、请核实的事项" in texts
    assert not any("请整改的事项" in text for text in texts)


def test_what_a_person_confirmed_is_certain() -> None:
    [sure] = letters([issue(result="uncertain", confirmed=True)], "", shipped_rules())
    assert "一、请整改的事项" in [line.text for line in sure.lines]


def test_a_name_that_nobody_confirmed_is_only_asked_about(house: Path) -> None:
    lines = letter(house, "HYPERLINK")
    assert lines[0] == "政府信息公开工作年度报告核实函"
    assert any(line.startswith("机关名称未经确认：") for line in lines)
    assert "一、请核实的事项" in lines
    assert [file.name[:3] for file in (house / "notices").iterdir() if "HYPER" in file.name] == ["核实函"]
    assert not any("未经确认" in line for line in letter(house, "财政局"))


def test_a_person_who_confirms_a_finding_confirms_no_name() -> None:
    [unsure] = letters([issue(registered=False, confirmed=True)], "", shipped_rules())
    assert "一、请核实的事项" in [line.text for line in unsure.lines]


def test_a_report_that_is_missing_is_shown_by_the_list_that_lacked_it(house: Path) -> None:
    head, *rows = sheet(house / "issues.xlsx", "问题清单（确定）")
    [row] = [dict(zip(head, row, strict=True)) for row in rows if "未见发布" in row]
    assert row["链接"] == "http://shili.example/"


def test_without_a_statutory_day_no_law_is_claimed(house: Path) -> None:
    lines = letter(house, "白河镇")
    assert "依据：无法定期限，按3月31日计" in lines
    assert not any("第四十九条" in line for line in lines)


@pytest.mark.parametrize(
    ("check", "year", "rule", "text"),
    [
        ("P-MISSING", 2025, "article-49-1", "《政府信息公开条例》第四十九条第一款"),
        ("P-LATE", 2015, "article-31-2007", "《政府信息公开条例》（国务院令第492号）第三十一条"),
        ("P-LATE-LOCAL", 2021, "huaihua-2021", "无法定期限；怀化市2021年度报告编制通知"),
        ("P-LATE-LOCAL", 2025, "of-my-own", "无法定期限"),
        ("SEC-IMPROVE", 2025, "", "《中华人民共和国政府信息公开条例》第五十条"),
        ("SEC-IMPROVE", 2015, "", ""),
        ("T3-BAL", 2020, "", "政府信息公开工作年度报告格式（试行）（国办公开办函〔2019〕60号）"),
        ("S-PEER", 2025, "", ""),
    ],
)
def test_each_finding_names_the_rule_that_held_in_its_year(
    check: str, year: int, rule: str, text: str
) -> None:
    assert basis(issue(check=check, year=year, rule=rule), shipped_rules()) == text


def test_a_deadline_of_the_users_own_is_named_in_its_words() -> None:
    mine = Rule("of-my-own", "示例县2025年度报告编制通知", 2025)
    late = issue(check="P-LATE-LOCAL", rule="of-my-own")
    assert basis(late, (mine, *shipped_rules())) == "无法定期限；示例县2025年度报告编制通知"


def test_a_letter_cannot_leave_its_folder_or_replace_another() -> None:
    names = ["../../etc/x", "a\\b", "NUL", "长" * 300, "长" * 300, "A", "a", "\u202egpj", ". ."]
    found = [issue(organ=str(number), name=name) for number, name in enumerate(names)]
    files = [one.file for one in letters(found, "", shipped_rules())]
    assert len({file.casefold() for file in files}) == len(names)
    for file in files:
        assert not set('/\\:*?"<>|\u202e') & set(file)
        assert len(file.encode()) < 200


def test_what_one_slip_explains_is_one_point_with_few_cells() -> None:
    slip = "可能的笔误（仅供参考，以实际办理情况为准）：甲填1，如为0，各项关系均成立。"
    cells = [Quote(f"t3.{name}", f"格{name}：{name % 3}", "表三", name % 3 == 0) for name in range(22)]
    column = issue(check="T3-COL", message="列不平", slip=slip, quotes=tuple(cells))
    row = issue(check="T3-ROW", message="行不平", slip=slip, quotes=tuple(cells[:2]))
    [merged] = letters([column, row, issue(message="另一处")], "", shipped_rules())
    texts = [line.text for line in merged.lines]
    assert "1. 2025年度：表三办理结果总计、表三总计列" in texts
    assert "2. 2025年度：表三收支平衡" in texts
    assert texts.index("情况：列不平") + 1 == texts.index("情况：行不平")
    assert texts.count(slip) == 1
    [quoted] = [text for text in texts if text.startswith("原文：")]
    assert quoted == "原文：格1：1；格2：2；格4：1；格5：2；格21：0……共22格"


def test_a_report_that_a_person_saved_is_not_said_to_be_read_on_the_web() -> None:
    source = "人工存入（张三，来自邮件，2026-02-03取得）"
    [by_hand] = letters([issue(source=source)], "", shipped_rules())
    texts = [line.text for line in by_hand.lines]
    assert f"来源：{source}，未经公开的网页核对" in texts
    assert not any("公开的网页，" in text for text in texts if text.startswith("经核对"))
    [both] = letters([issue(source=source), issue()], "", shipped_rules())
    assert any("公开的网页和人工存入的报告文件" in line.text for line in both.lines)


def test_an_organ_that_nobody_knows_gets_no_letter() -> None:
    assert list(letters([issue(organ=None)], "", shipped_rules())) == []


def test_text_of_the_crawl_is_text_in_a_letter(house: Path) -> None:
    lines = letter(house, "HYPERLINK")
    assert f"{HOSTILE_NAME}：" in lines
    assert max(map(len, lines)) == 2_000


# --- other programs -------------------------------------------------------------------------------


def test_every_part_of_every_office_file_is_sound_xml(house: Path) -> None:
    files = [*house.glob("*.xlsx"), *(house / "notices").iterdir()]
    assert len(files) == 6
    for file in files:
        with zipfile.ZipFile(file) as parts:
            for name in parts.namelist():
                if name.endswith((".xml", ".rels")):
                    ElementTree.fromstring(parts.read(name))  # noqa: S314


def test_libreoffice_opens_the_spreadsheets_and_letters(house: Path, tmp_path: Path, soffice: str) -> None:
    for file in [house / "matrix.xlsx", house / "issues.xlsx", *(house / "notices").iterdir()]:
        shutil.copy(file, tmp_path / f"{len(list(tmp_path.iterdir()))}{file.suffix}")
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = sorted(map(str, tmp_path.glob("*.*")))
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path / "pdf"),
        *files,
    ]
    subprocess.run(command, capture_output=True, timeout=240, check=True)
    made = sorted(file.stem for file in (tmp_path / "pdf").glob("*.pdf"))
    assert made == sorted(Path(file).stem for file in files)
