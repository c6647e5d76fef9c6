"""A database of before the registry: its organs become one each, and its reports stay theirs."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlite_utils import Database

from gxcrawl.registry.areas import areas
from gxcrawl.store import migrations, open_store
from tests.registry.filling import add, add_portal, lines, rows

MET = (  # portal, code, name as it was met
    ("shili", "990101", "示例县财政局"),
    ("shili", "990101", "示例市示例县财政局"),
    ("shili", "990101", "财政局"),
    ("shili", "990101", "示例县青石桥镇人民政府"),
    ("hegang", "230400", "鹤岗市工农区人民政府"),
    ("gongnong", "230403", "工农区人民政府"),
    ("nowhere", "", "财政局"),
)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "gxcrawl.db"
    database = Database(path)
    migrations.migrations.apply(database, stop_before="0005_organs")
    connection = database.conn
    add_portal(connection, "shili", "990101", "示例县人民政府")
    add_portal(connection, "hegang", "230400", "鹤岗市")
    add_portal(connection, "gongnong", "230403", "鹤岗市工农区")
    add_portal(connection, "nowhere", "", "政务公开网")
    for portal in ("shili", "hegang", "gongnong", "nowhere"):
        add(connection, "runs", id=portal, portal=portal)
    for number, (portal, code, name) in enumerate(MET, start=1):
        key, when = f"{code or portal}:{name}", f"2026-01-0{number}"
        facts = {"name": name, "code": code, "scope": "部门", "portal": portal, "status": "candidate"}
        add(connection, "organs", key=key, first_seen=when, **facts)
        add(connection, "pages", id=number, portal=portal, key=str(number), status="online")
        said = {
            "portal": portal,
            "page": number,
            "run": portal,
            "organ": name,
            "organ_key": key,
            "year": 2020 + number,
        }
        add(connection, "reports", id=number, version=1, current=1, status="online", days="{}", **said)
    connection.commit()
    database.close()
    return path


def test_names_of_one_organ_are_united_and_its_reports_follow(old: Path) -> None:
    with open_store(old) as store:
        connection = store.connection
        query = "SELECT key, name, kind, level, code, core, portal, first_seen FROM organs ORDER BY key"
        assert lines(connection, query) == [
            "230403:人民政府 鹤岗市工农区人民政府 government county 230403 人民政府 hegang 2026-01-05",
            "990101:财政局 示例市示例县财政局 department county 990101 财政局 shili 2026-01-01",
            "990101:青石桥镇 示例县青石桥镇人民政府 town township 990101 青石桥镇 shili 2026-01-04",
            "nowhere:财政局 财政局 department  nowhere 财政局 nowhere 2026-01-07",
        ]
        assert lines(connection, "SELECT DISTINCT status, source FROM organs") == ["candidate crawl"]
        assert rows(connection, "SELECT id, organ_key FROM reports ORDER BY id") == [
            (1, "990101:财政局"),
            (2, "990101:财政局"),
            (3, "990101:财政局"),
            (4, "990101:青石桥镇"),
            (5, "230403:人民政府"),
            (6, "230403:人民政府"),
            (7, "nowhere:财政局"),
        ]
        assert rows(connection, "SELECT code, core, organ, kind FROM organ_names ORDER BY organ") == [
            ("230403", "人民政府", "230403:人民政府", "met"),
            ("990101", "财政局", "990101:财政局", "met"),
            ("990101", "青石桥镇", "990101:青石桥镇", "met"),
            ("nowhere", "财政局", "nowhere:财政局", "met"),
        ]
        assert rows(connection, "PRAGMA foreign_key_check") == []


def test_the_listed_areas_are_in_every_database(old: Path) -> None:
    with open_store(old) as store:
        found = rows(store.connection, "SELECT code, name, coalesce(parent, '') FROM areas ORDER BY code")
    assert found == [(area.code, area.name, area.parent) for area in areas().values()]
