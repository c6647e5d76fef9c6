"""The five real reports: who, when, and the six sections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gxcrawl.documents import read_document
from gxcrawl.model import Narrative, Tables
from gxcrawl.report import read_narrative

NAMES = (
    "000_70fa07ff4f3c9aaf.txt",
    "001_d37008fbb3c2afee.txt",
    "002_1dfa6bf3088a5125.txt",
    "003_6fea46c080299f63.txt",
    "004_05907e7124f8974f.txt",
)


def read_seed(seeds: Path, name: str) -> Narrative:
    document = read_document((seeds / name).read_bytes())
    tables = Tables("2021", {}, (), frozenset(grid.number for grid in document.grids))
    found = read_narrative(document, tables)
    assert isinstance(found, Narrative)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_a_real_report_tells_its_organ_its_year_and_six_sections(seeds: Path, name: str) -> None:
    truth = json.loads((seeds / "truth.json").read_text(encoding="utf-8"))[name]
    found = read_seed(seeds, name)
    assert found.organ == truth["organ"]
    assert found.year == truth["year"]
    assert found.published is None
    assert [section.number for section in found.sections] == [1, 2, 3, 4, 5, 6]
    assert all(section.text for section in found.sections if section.number in {1, 5, 6})
    assert not any(section.text for section in found.sections if section.number in {2, 3, 4})


def test_real_titles_are_given_as_printed_even_when_split_or_double(seeds: Path) -> None:
    assert read_seed(seeds, NAMES[0]).title == "哈尔滨市阿城区交界街道办事处2021年政府信息公开工作年度报告"
    assert read_seed(seeds, NAMES[1]).title == "2021年度政府信息公开工作报告"
    assert read_seed(seeds, NAMES[2]).titles == (
        "三门峡市湖滨区前进街道办事处2021年政府信息公开工作年度报告",
        "前进街道2021年政府信息公开工作年度报告",
    )
    assert read_seed(seeds, NAMES[4]).title == "南岗区王岗镇 2021 年 政府信息公开工作年度报告"


def test_a_heading_printed_twice_keeps_the_one_with_the_text(seeds: Path) -> None:
    found = read_seed(seeds, NAMES[2])
    assert [heading.number for heading in found.headings] == [1, 1, 2, 3, 4, 5, 6]
    assert found.sections[0].text.startswith("2021年以来，前进街道紧紧围绕")
    assert found.opening.startswith("2021年，前进街道党工委、办事处")


def test_sentences_broken_by_a_page_end_are_whole_again(seeds: Path) -> None:
    text = read_seed(seeds, NAMES[4]).text
    assert "推动政务服务事项办理由实体政务大厅" in text
    assert "落实到人头”的工作机制" in text


def test_the_faults_that_checks_look_for_are_kept(seeds: Path) -> None:
    county = read_seed(seeds, NAMES[1])
    assert (county.sections[5].printed_number, county.sections[5].text) == ("6", "无")
    assert county.sections[4].heading == "五、政务公开工作存在的主要问题"
    town = read_seed(seeds, NAMES[4])
    assert dict(town.self_references) == {"我镇": 6, "我局": 1}
    assert town.contact["telephone"] == "0451—87542911"
    assert town.contact["organ"] == "南岗区王岗镇人民政府综合办公室"
    assert town.period is None
