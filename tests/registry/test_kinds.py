"""The kind of an organ decides its dates, so a department is never taken for granted."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import gxcrawl.registry
from gxcrawl.duties.deadlines import KINDS
from gxcrawl.registry.areas import above, areas
from gxcrawl.registry.kinds import LEVELS, kind_of, level_of

SHIPPED = Path(__file__).resolve().parents[2] / "spiders" / "portals"


@pytest.mark.parametrize(
    ("core", "kind"),
    [
        ("人民政府", "government"),
        ("示例市人民政府", "government"),
        ("示例市", "government"),
        ("财政局", "department"),
        ("发展和改革委员会", "department"),
        ("人民政府办公室", "department"),
        ("教育厅", "department"),
        ("青石桥镇", "town"),
        ("白果坪乡", "township"),
        ("望湖亭街道", "subdistrict"),
        ("小岭街", "subdistrict"),
        ("经济开发区管理委员会", "area_committee"),
        ("税务局", "vertical"),
        ("国家税务总局示例县税务局", "vertical"),
        ("气象局", "vertical"),
        ("烟草专卖局", "vertical"),
        ("消防救援大队", "vertical"),
        ("公安局示例分局", "vertical"),
        ("国家统计局示例调查队", "vertical"),
        ("政务服务中心", "other"),
        ("自来水有限公司", "other"),
        ("青石桥镇党政办", "other"),
        ("青石桥镇人民政府办公室", "other"),
        ("县委办公室", "other"),
        ("某某村民委员会", "other"),
        ("", "other"),
    ],
)
def test_a_kind_is_told_from_the_name(core: str, kind: str) -> None:
    assert kind_of(core) == kind


def test_every_kind_of_the_table_is_one() -> None:
    table = tomllib.loads(
        (Path(gxcrawl.registry.__file__).with_name("kinds.toml")).read_text(encoding="utf-8")
    )
    assert {entry["kind"] for entry in table["ending"]} | set(table["types"].values()) <= set(KINDS)
    types = Path(gxcrawl.registry.__file__).parents[1] / "checks" / "organs.toml"
    assert set(table["types"]) == {
        entry["id"] for entry in tomllib.loads(types.read_text(encoding="utf-8"))["type"]
    }


@pytest.mark.parametrize(
    ("code", "kind", "level"),
    [
        ("230000", "department", "province"),
        ("230100", "department", "city"),
        ("230112", "department", "county"),
        ("230112000000", "government", "county"),
        ("230112012000", "other", "township"),
        ("230112", "town", "township"),
        ("230100", "subdistrict", "township"),
        ("shili", "department", ""),
        ("", "other", ""),
    ],
)
def test_a_level_is_told_from_the_code_and_the_kind(code: str, kind: str, level: str) -> None:
    assert level_of(code, kind) == level


def test_every_area_has_its_source_its_day_and_the_area_above_it() -> None:
    for area in areas().values():
        assert area.source
        assert area.as_of
        assert area.level in LEVELS
        assert area.level == level_of(area.code, "department")
        assert [one.code for one in above(area.code)][:1] == ([area.parent] if area.parent else [])


def test_the_areas_of_all_shipped_portals_are_listed() -> None:
    entries = [
        entry
        for path in SHIPPED.glob("*.toml")
        for entry in tomllib.loads(path.read_text(encoding="utf-8"))["portal"]
    ]
    assert {entry["code"] for entry in entries} <= set(areas())
    for entry in entries:
        assert entry["name"].endswith(areas()[entry["code"]].name)
