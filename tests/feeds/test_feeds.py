"""Feeds that any reader takes, whatever stands in a page or a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import feedparser
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.feeds.alerts import feed_of_all, feed_of_area, feed_of_organ
from gxcrawl.feeds.atom import Entry, Feed, tag, written
from gxcrawl.feeds.folder import file_name, write_feeds
from tests.alerts.world import World

HOSTILE = '<b>示例</b> & "县" ]]> <!-- \x00\x1b\ufffe'


def read(data: bytes) -> Any:
    found = feedparser.parse(data)
    assert not found.bozo, found.bozo_exception
    return found


def test_a_reader_sees_what_is_wrong_with_whom_and_since_when(world: World) -> None:
    found = read(written(feed_of_area(world.connection, "990100")))
    assert found.feed.title == "政府信息公开年报告警：990100"
    assert {entry.title for entry in found.entries} == {
        "错误：示例县财政局2025年度未发布",
        "提示：shili门户",
    }
    [missing] = [entry for entry in found.entries if "财政局" in entry.title]
    assert missing.content[0].value.startswith("法定期限为2026-01-31")
    assert missing.published == "2026-02-01T04:00:00+00:00"
    assert missing.tags[0].term == "P-MISSING"


def test_when_an_alert_ends_the_same_entry_says_so(world: World) -> None:
    [before] = read(written(feed_of_organ(world.connection, "财政局"))).entries
    world.settled("财政局", "on_time")
    world.refresh("2026-02-03")
    [after] = read(written(feed_of_organ(world.connection, "财政局"))).entries
    assert after.id == before.id
    assert after.title == "已消除：示例县财政局2025年度未发布"
    assert (before.updated[:10], after.updated[:10]) == ("2026-02-01", "2026-02-03")


def test_alerts_about_ourselves_are_no_news_for_readers(world: World) -> None:
    world.refresh("2026-03-01")
    assert world.states("portal-stale")
    assert len(feed_of_all(world.connection).entries) == 2


def test_the_page_of_a_report_is_linked_only_where_it_is_one(world: World) -> None:
    report = world.report("财政局", 2025, "shili-2026-02-01")
    world.finding("财政局", 2025, "T3-BAL", report=report)
    world.refresh("2026-02-02")
    links = {entry.category: entry.link for entry in feed_of_all(world.connection).entries}
    assert links["T3-BAL"].startswith("http://shili.example/")
    entry = Entry("a", "b", "c", "d", "2026-02-01T00:00:00Z", "2026-02-01T00:00:00Z", "javascript:alert(1)")
    assert b"javascript" not in written(Feed("a", "b", [entry]))


def test_an_empty_feed_is_a_feed(world: World) -> None:
    assert read(written(feed_of_organ(world.connection, "nobody"))).entries == []


def test_markup_and_control_characters_are_text_or_nothing() -> None:
    time = "2026-02-01T00:00:00+00:00"
    entry = Entry(
        tag("a"), HOSTILE, HOSTILE + "长" * 1_000_000, HOSTILE, time, time, f"http://x.example/{HOSTILE}"
    )
    [found] = read(written(Feed(tag("f"), HOSTILE, [entry], HOSTILE))).entries
    assert "示例" in found.title
    assert len(found.content[0].value) > 1_000_000


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_makes_a_valid_feed(text: str) -> None:
    time = "2026-02-01T00:00:00+00:00"
    data = written(Feed(tag(text), text, [Entry(tag(text, "1"), text, text, text, time, time, text)], text))
    assert len(read(data).entries) == 1


def test_a_folder_has_a_feed_for_every_area_above_and_every_organ(world: World, tmp_path: Path) -> None:
    world.organ("../../x")
    world.missing("../../x")
    world.refresh("2026-02-02")
    folder = tmp_path / "feeds"
    world.organ("镇", code="990101001")
    world.missing("镇")
    world.refresh("2026-02-02")
    assert write_feeds(world.connection, folder) == 8
    names = {path.name for path in folder.iterdir()}
    assert {
        "area-990101001.atom",
        "all.atom",
        "area-990000.atom",
        "area-990100.atom",
        "area-990101.atom",
        "index.html",
    } <= names
    assert len(names) == 9
    town = read(folder.joinpath("area-990101.atom").read_bytes())
    assert any("镇" in entry.title for entry in town.entries), "a county has the alerts of its townships"
    assert sorted(path.name for path in tmp_path.iterdir() if path.suffix == ".atom") == []
    page = lxml.html.fromstring(folder.joinpath("index.html").read_bytes())
    assert {link.get("href") for link in page.iter("a")} == names - {"index.html"}
    for path in folder.glob("*.atom"):
        assert read(path.read_bytes()).feed.links[0].href == path.name


@pytest.mark.parametrize("key", ["../x", "a/b", "C:\\x", "", ".", "长" * 500, "٣٣", "990101/../../x"])
def test_no_key_leads_out_of_the_folder(key: str) -> None:
    name = file_name("organ", key)
    assert name == Path(name).name
    assert len(name) < 40
    assert name.isascii()
