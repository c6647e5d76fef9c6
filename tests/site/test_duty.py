"""One organ and year: why its report is there, late, missing or unknown, and what shows it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from gxcrawl.duties.words import status_words
from gxcrawl.health.words import class_in_chinese
from tests.site.conftest import Get
from tests.site.markup import assert_nothing_runs, one, said, tree
from tests.site.world import HOSTILE, change, rows, spoiled

OF_STATUS = "SELECT organ, year, due, reason, since, report, lacking FROM duties WHERE status = ? LIMIT 1"


def address(organ: str, year: int) -> str:
    return f"/organ/{quote(organ, safe='')}/{year}"


def test_every_status_tells_what_it_means_and_why(get: Get, demo: Path) -> None:
    for (status,) in rows(demo, "SELECT DISTINCT status FROM duties"):
        [(organ, year, due, reason, since, *_)] = rows(demo, OF_STATUS, status)
        page = tree(get(address(organ, year)).text)
        told = said(one(page, "//main"))
        assert status_words()[status].meaning in told
        for part in (reason, due, since):
            assert part in told


def test_a_missing_report_is_shown_by_the_lists_that_were_read_to_their_end(get: Get, demo: Path) -> None:
    [(organ, year, *_, lacking)] = rows(demo, OF_STATUS, "missing")
    page = tree(get(address(organ, year)).text)
    chain = said(one(page, "//section[@aria-labelledby='chain']"))
    assert f"查看 {lacking}" in chain
    assert "读到末尾" in chain
    assert "摘要相符" in chain
    assert "没有见到该机关该年度的报告" in said(one(page, "//section[@aria-labelledby='seen']"))


def test_a_late_report_is_there_with_the_day_and_the_alert(get: Get, demo: Path) -> None:
    query = """SELECT duties.organ, duties.year, report, published, days, alerts.id FROM duties
      JOIN alerts ON alerts.organ = duties.organ AND alerts.year = duties.year
      WHERE alerts.kind = 'P-LATE' LIMIT 1"""
    [(organ, year, report, published, days, alert)] = rows(demo, query)
    page = tree(get(address(organ, year)).text)
    assert f"逾期{days}天" in said(page.xpath("//h1")[0])
    assert published in said(one(page, "//section[@aria-labelledby='rule']"))
    assert page.xpath(f"//section[@aria-labelledby='seen']//a[@href='/report/{report}']")
    assert page.xpath(f"//section[@aria-labelledby='alerts']//a[@href='/alert/{alert}']")


LATE = """
SELECT findings.id, report, findings.organ_key, findings.year, mark FROM findings
WHERE "check" = 'P-LATE' AND result = 'fail' AND report IS NOT NULL LIMIT 1
"""


def test_a_finding_that_somebody_dismissed_stands_apart(own_demo: Path) -> None:
    [(number, _, organ, year, mark)] = rows(own_demo, LATE)
    way = f".//a[@href='/finding/{number}']"
    section = "//section[@aria-labelledby='found']"
    found = one(tree(change(own_demo)(address(organ, year)).text), section)
    assert found.xpath(way)
    assert "经人工排除" not in said(found)
    decide = """INSERT INTO decisions (mark, "check", decision, comment, who, at)
      VALUES (?, 'P-LATE', 'dismissed', '', '王', '2026-02-11')"""
    found = one(tree(change(own_demo, (decide, (mark,)))(address(organ, year)).text), section)
    [link] = found.xpath(way)
    assert link.xpath("ancestor::ul/preceding-sibling::h3[.='经人工排除']")


@pytest.mark.parametrize(
    "query",
    ["UPDATE reports SET current = 0 WHERE id = ?", "UPDATE reports SET same_as = 1 WHERE id = ?"],
    ids=["old", "copy"],
)
def test_findings_on_what_does_not_count_are_left_out(own_demo: Path, query: str) -> None:
    [(number, report, organ, year, _)] = rows(own_demo, LATE)
    get = change(own_demo, (query, (report,)))
    assert f"/finding/{number}" not in get(address(organ, year)).text


def test_words_fit_a_report_that_is_there_with_a_day_and_one_that_is_gone(own_demo: Path) -> None:
    [(organ, year, _, _, _, report, _)] = rows(own_demo, OF_STATUS, "on_time")
    change_to = "UPDATE duties SET status = ? WHERE organ = ? AND year = ?"
    for status, never in (("date_unknown", "没有能够证明的"), ("unknown", "没有见到报告")):
        get = change(own_demo, (change_to, (status, organ, year)))
        page = tree(get(address(organ, year)).text)
        assert page.xpath(f"//section[@aria-labelledby='seen']//a[@href='/report/{report}']")
        said_of_status = [said(one(page, "//p[@class='notice']")), status_words()[status].meaning]
        assert not [words for words in said_of_status if never in words]


def test_where_no_law_sets_the_day_that_is_said(get: Get, demo: Path) -> None:
    said_of = {}
    for statutory in (0, 1):
        query = "SELECT organ, year FROM duties WHERE statutory = ? AND rule LIKE ? LIMIT 1"
        [(organ, year)] = rows(demo, query, statutory, "article-49-1" if statutory else "assumed")
        page = tree(get(address(organ, year)).text)
        said_of[statutory] = said(one(page, "//section[@aria-labelledby='rule']"))
    assert "无法定期限" in said_of[0]
    assert "，法定期限" in said_of[1]
    assert "《政府信息公开条例》第四十九条第一款" in said_of[1]


def test_a_rule_of_the_users_own_is_told_in_its_words(own_demo: Path) -> None:
    [(organ, year, *_)] = rows(own_demo, OF_STATUS, "missing")
    entry = '[[deadline]]\nid = "local-1"\ntext = "本市编制通知"\nfirst_year = 2019\ndue = "02-20"\n'
    (own_demo / "deadlines.toml").write_text(entry, encoding="utf-8")
    get = change(own_demo, ("UPDATE duties SET rule = 'local-1' WHERE organ = ? AND year = ?", (organ, year)))
    assert "本市编制通知" in get(address(organ, year)).text
    (own_demo / "deadlines.toml").write_text("[[deadline", encoding="utf-8")
    assert "local-1" in get(address(organ, year)).text


def test_what_is_unknown_is_not_called_missing_and_the_failed_runs_are_named(get: Get, demo: Path) -> None:
    query = """SELECT duties.organ, duties.year, runs.class FROM duties
      JOIN organs ON organs.key = duties.organ JOIN runs ON runs.portal = organs.portal
      WHERE duties.status = 'unknown' AND runs.class <> '' LIMIT 1"""
    [(organ, year, failure)] = rows(demo, query)
    page = tree(get(address(organ, year)).text)
    assert "请勿据此说该机关未发布" in said(one(page, "//main"))
    assert "未发布" not in said(page.xpath("//h1")[0])
    assert class_in_chinese(failure) in said(one(page, "//section[@aria-labelledby='portals']"))


def test_all_that_was_seen_of_the_year_is_listed_with_its_versions(get: Get, demo: Path) -> None:
    query = """SELECT organ_key, year, count(*) FROM reports WHERE organ_key IS NOT NULL
      GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 1"""
    [(organ, year, count)] = rows(demo, query)
    assert count > 1
    page = tree(get(address(organ, year)).text)
    assert len(page.xpath("//section[@aria-labelledby='seen']/ul/li")) == count


def test_a_key_may_hold_a_slash(own_demo: Path) -> None:
    [(organ, year, *_)] = rows(own_demo, OF_STATUS, "on_time")
    key = "990303:甲/乙 局?#%"
    get = change(
        own_demo,
        ("PRAGMA foreign_keys = OFF", ()),
        ("UPDATE organs SET key = ?, name = '甲乙局' WHERE key = ?", (key, organ)),
        ("UPDATE duties SET organ = ? WHERE organ = ?", (key, organ)),
        ("UPDATE reports SET organ_key = ? WHERE organ_key = ?", (key, organ)),
    )
    answer = get(address(key, year))
    assert answer.status == 200
    assert "甲乙局" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/organ/nobody/2024",
        "/organ/%3Cscript%3Ealert(1)%3C%2Fscript%3E/2024",
        "/organ/%00%FF/2024",
        "/organ/a/0000",
    ],
)
def test_an_organ_that_is_not_there_is_told_in_one_sentence(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.status == 404
    assert "没有这个机关" in answer.text
    assert_nothing_runs(answer.text)


def test_a_year_without_a_duty_is_told(get: Get, demo: Path) -> None:
    [(organ, *_)] = rows(demo, OF_STATUS, "missing")
    answer = get(address(organ, 2001))
    assert answer.status == 404
    assert "没有2001年度的报告义务记录" in answer.text


@pytest.mark.parametrize("status", ["missing", "late", "unknown", "unreadable"])
def test_nothing_that_a_portal_prints_can_run(own_demo: Path, status: str) -> None:
    [(organ, year, *_)] = rows(own_demo, OF_STATUS, status)
    answer = spoiled(own_demo)(address(organ, year))
    assert answer.status == 200
    assert_nothing_runs(answer.text)
    assert HOSTILE in said(tree(answer.text))
