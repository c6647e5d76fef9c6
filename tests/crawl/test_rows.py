"""What becomes of the rows of a list: each one that is wanted is a report, or has a reason."""

from __future__ import annotations

from datetime import UTC, datetime

from gxcrawl.crawl.reading import Article, read_article
from gxcrawl.pages.model import Marks, Page, Row
from tests.crawl.conftest import Odd
from tests.crawl.driving import rows
from tests.crawl.tiny import LAST_YEAR, article

MIXED = {
    "/gone.html": "failed not-found",
    "/soft.html": "failed soft-404",
    "/empty.html": "failed",
    "/shells2.html": "failed layout-changed: a shell within a shell",
    "/shellout.html": "failed foreign: a shell around http://www.elsewhere.invalid/",
    "/decoy1.html": "skipped decoy:",
    "/d2.html": "skipped decoy:",
}


def paths(odd: Odd, query: str) -> dict[str, str]:
    return {"/" + row["url"].split("/", 3)[3]: row["what"] for row in odd.field.bundle("mixed", query)}


def test_no_wanted_row_of_any_portal_is_lost_in_silence(odd: Odd) -> None:
    for portal in odd.field.rows("SELECT id FROM portals"):
        for folder in odd.field.runs(portal["id"]):
            lost = rows(
                folder / "bundle.db",
                "SELECT url FROM listed WHERE judgement = 'wanted' AND key NOT IN (SELECT key FROM reports)"
                " AND key NOT IN (SELECT key FROM frontier WHERE reason LIKE 'shell around%'"
                " OR status IN ('failed', 'skipped') AND reason != '')",
            )
            assert lost == [], portal["id"]


def test_nothing_is_left_in_the_queue_of_a_finished_run(odd: Odd) -> None:
    for portal in odd.field.rows("SELECT id FROM portals"):
        query = "SELECT url FROM frontier WHERE status IN ('queued', 'fetched')"
        assert odd.field.bundle(portal["id"], query) == [], portal["id"]


def test_each_row_that_is_no_report_has_its_reason(odd: Odd) -> None:
    reasons = {"/" + url.split("/", 3)[3]: reason for url, reason in odd.field.reasons("mixed").items()}
    for path, reason in MIXED.items():
        assert reasons[path].startswith(reason), (path, reasons[path])


def test_a_file_and_a_page_with_nothing_but_a_file_are_reports_that_were_not_read(odd: Odd) -> None:
    unread = paths(odd, "SELECT url, error AS what FROM reports WHERE error != ''")
    assert unread["/file.pdf"] == unread["/attached.html"] == "carrier-not-read"
    years = odd.field.rows("SELECT organ, year FROM reports WHERE portal = 'mixed' AND error != ''")
    assert all(row["organ"] and row["year"] == LAST_YEAR for row in years)


def test_a_shell_is_followed_once(odd: Odd) -> None:
    found = paths(odd, "SELECT url, form AS what FROM reports")
    assert found["/inner.html"] == "2021"
    asked = {seen.target for seen in odd.field.served.requests("mixed")}
    assert "/shells2.html" in asked
    assert "/shells3.html" not in asked


def test_the_weather_is_no_report(odd: Odd) -> None:
    assert "/weather.html" not in paths(odd, "SELECT url, error AS what FROM reports WHERE error = ''")


def test_decoys_are_not_asked(odd: Odd) -> None:
    asked = {seen.target for seen in odd.field.served.requests("mixed")}
    assert not asked & {"/decoy1.html", "/d2.html"}


def test_content_is_the_same_wherever_and_under_whatever_address_it_stands() -> None:
    def read(url: str) -> str:
        title = f"示例县财政局{LAST_YEAR}年政府信息公开工作年度报告"
        body = article("示例县财政局", LAST_YEAR, 3).encode()
        page = Page(url, body, 200, {"content-type": "text/html"})
        return read_article(Article(page, Row(url, title), Marks(), datetime.now(UTC))).content_sha256

    first = read("http://www.shili.gov.cn/a.html")
    assert first == read("https://shili.gov.cn/new/b.html")
    assert len(first) == 64
