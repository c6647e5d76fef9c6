"""A report saved by hand is kept with who, when and where from; it proves that it was there, nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gxcrawl.archive.read import read_at
from gxcrawl.archive.verify import verify
from gxcrawl.bundle.model import Known
from gxcrawl.intake.deposit import add
from gxcrawl.intake.given import File, Given, RefusedError
from gxcrawl.samples import Sample, generate
from gxcrawl.store import brief, last_good_run, last_runs
from tests.evidence.world import said
from tests.intake.conftest import SEEN, URL, Desk
from tests.store.made_bundles import Run, Said

HOST = "shili.example"  # of the portal that crawls know
LIST = f"http://{HOST}/list.html"
PAGE = f"{HOST}/2025.html"


def folder_of(desk: Desk, run: str) -> Path:
    return desk.archive / str(desk.one("SELECT folder FROM runs WHERE id = ?", run))


def test_the_archive_holds_the_bytes_and_says_where_they_are_from(desk: Desk, sample: Sample) -> None:
    taken = desk.add_sample(sample, who="张三\r\nseen: 1999-01-01", origin="邮件")
    folder = folder_of(desk, taken.run)
    [warc] = folder.glob("*.warc.gz")
    query = 'SELECT "offset" FROM responses'
    stored = read_at(warc, int(str(desk.one(query))))
    assert (stored.kind, stored.body, stored.url) == ("resource", sample.data, URL)
    result = verify(folder)
    assert (result.faults, result.records) == ((), 3)
    code = "import sys; from warcio.cli import main; main(sys.argv[1:])"
    subprocess.run([sys.executable, "-c", code, "check", str(warc)], check=True)
    from warcio.archiveiterator import ArchiveIterator

    with warc.open("rb") as file:
        [about] = [
            record.content_stream().read().decode()
            for record in ArchiveIterator(file)
            if record.rec_type == "metadata"
        ]
    assert "who: 张三 seen: 1999-01-01\r\n" in about
    assert "seen: 2026-02-03\r\n" in about


def test_the_report_is_seen_from_the_day_that_is_said(desk: Desk, sample: Sample) -> None:
    taken = desk.add_sample(sample, who="张三", origin="邮件")
    assert (taken.new, taken.again) == (1, False)
    [row] = desk.all("SELECT organ, year, url, first_seen, error, carrier, form, status FROM reports")
    assert row[:3] == (sample.organ, sample.year, URL)
    assert row[3:] == ("2026-02-02T16:00:00+00:00", "", "html", "2021", "online")
    assert desk.one("SELECT verdict FROM runs") == "by-hand"
    [deposit] = desk.all("SELECT run, file, url, seen, who, origin FROM deposits")
    assert deposit == (taken.run, "report.html", URL, "2026-02-03", "张三", "邮件")
    assert desk.one("SELECT count(*) FROM cells") == 200


def test_doing_it_twice_changes_nothing(desk: Desk, sample: Sample) -> None:
    first = desk.add_sample(sample)
    before = [desk.all(f"SELECT * FROM {table}") for table in ("runs", "reports", "pages", "responses")]  # noqa: S608
    again = desk.add_sample(sample, who="另一人")
    assert (again.run, again.again) == (first.run, True)
    after = [desk.all(f"SELECT * FROM {table}") for table in ("runs", "reports", "pages", "responses")]  # noqa: S608
    assert after == before


def test_what_was_interrupted_before_the_database_had_it_is_taken_up(desk: Desk, sample: Sample) -> None:
    run = desk.add_sample(sample).run
    with desk.store.writing() as connection:
        connection.execute("PRAGMA defer_foreign_keys = ON")
        for table in (
            "deposits",
            "findings",
            "problems",
            "sections",
            "cell_notes",
            "figures_2021",
            "readings",
        ):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
        connection.execute("UPDATE pages SET report = NULL, run = NULL")
        for table in ("reports", "pages", "responses", "runs"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608
    assert (desk.add_sample(sample).run, desk.one("SELECT count(*) FROM deposits")) == (run, 1)


def test_a_text_is_read_and_a_file_without_a_reader_is_kept(desk: Desk) -> None:
    text = generate(4, layout="text-tabs", form="2021", clean=True)
    desk.add_sample(text, url="http://www.shili.example/a.txt")
    desk.add(b"%PDF-1.7 \x00\x01", url="http://www.shili.example/b.pdf", name="报告.pdf")
    rows = desk.all("SELECT error, carrier, title, form FROM reports ORDER BY id")
    assert rows[0][:2] == ("", "text")
    assert rows[1] == ("carrier-not-read", "PDF 文件", "报告.pdf", None)


def test_further_files_are_kept_as_attachments(desk: Desk, sample: Sample) -> None:
    taken = desk.add(sample.data, b"%PDF-1.7 x", organ=sample.organ, year=sample.year)
    assert verify(folder_of(desk, taken.run)).faults == ()
    assert desk.all("SELECT kind, parent IS NOT NULL FROM pages ORDER BY id") == [
        ("detail", 0),
        ("attachment", 1),
    ]
    [attached] = json.loads(str(desk.one("SELECT attachments FROM reports")))
    assert attached["name"] == "附件1.pdf"


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"organ": "示例县审计局"}, "not of 示例县审计局; correct --organ"),
        ({"year": 2019}, "not of 2019; correct --year"),
        ({"seen": date(2026, 2, 11)}, "is still to come"),
        ({"url": "ftp://x/y"}, "is no address"),
        ({"url": "javascript:alert(1)"}, "is no address"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    desk: Desk, sample: Sample, changes: dict[str, object], sentence: str
) -> None:
    with pytest.raises(RefusedError, match=sentence):
        desk.add_sample(sample, **changes)
    assert desk.one("SELECT count(*) FROM runs") == 0
    assert not desk.archive.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "is empty"),
        (b" \n", "is empty"),
        ("<html><body><p>今日天气晴。</p></body></html>".encode(), "no report"),
        ("今日天气晴。".encode(), "add the file that holds the report itself"),
        ("<html><body><h1>404</h1>您访问的页面不存在</body></html>".encode(), "no report"),
    ],
)
def test_what_is_no_report_is_refused(desk: Desk, data: bytes, sentence: str) -> None:
    with pytest.raises(RefusedError, match=sentence):
        desk.add(data)


def test_a_short_name_and_one_with_its_region_are_the_same_organ(desk: Desk, sample: Sample) -> None:
    assert desk.add_sample(sample, organ=sample.organ.removeprefix("示例县")).new == 1


# --- where it belongs --------------------------------------------------------------------------------


def test_without_a_known_portal_the_area_has_to_be_said(desk: Desk, sample: Sample) -> None:
    with pytest.raises(RefusedError, match="not in the registry; add --code"):
        desk.add_sample(sample, code="")


def test_the_area_of_a_registered_organ_is_known(desk: Desk, sample: Sample) -> None:
    row = (
        "INSERT INTO organs VALUES (?, ?, '', '', NULL, ?, '', '', NULL, 'registered', NULL, NULL, 'x', 'x')"
    )
    with desk.store.writing() as connection:
        connection.execute(row, ("k1", sample.organ, "990102"))
    desk.add_sample(sample, code="")
    assert desk.one("SELECT id FROM portals") == "by-hand-990102"
    with desk.store.writing() as connection:
        connection.execute(row, ("k2", sample.organ, "990103"))
    with pytest.raises(RefusedError, match=r"several areas \(990102, 990103\)"):
        desk.add_sample(sample, code="", seen=date(2026, 2, 4))


def test_pages_of_two_unknown_hosts_stay_two(desk: Desk, sample: Sample) -> None:
    other = generate(5, layout="html-portal", form="2021", clean=True)
    desk.add_sample(sample, url="http://a.example/1.html")
    desk.add_sample(other, url="http://b.example/1.html")
    assert desk.one("SELECT count(*) FROM pages") == 2


def test_at_the_address_of_a_known_portal_it_is_the_page_that_crawls_find(desk: Desk, sample: Sample) -> None:
    desk.crawl(Run("2026-01-05", lists={LIST: []}))
    before = desk.all("SELECT * FROM portals")
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    assert desk.all("SELECT * FROM portals") == before
    assert desk.one("SELECT portal FROM reports") == "shili"
    with pytest.raises(RefusedError, match="leave --code 990199 out"):
        desk.add_sample(sample, url=f"http://{PAGE}", code="990199", seen=date(2026, 2, 4))


def test_when_the_crawl_comes_there_later_both_are_one_report(desk: Desk, sample: Sample) -> None:
    desk.crawl(Run("2026-01-05", lists={LIST: []}))
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    [key] = desk.all("SELECT key FROM pages WHERE kind = 'detail'")
    page = said(sample, sample.organ, sample.year)
    taken = desk.crawl(Run("2026-02-05", lists={LIST: [str(key[0])]}, pages={str(key[0]): page}))
    assert (taken.new, taken.changed, taken.unchanged) == (0, 0, 1)
    [row] = desk.all("SELECT version, first_seen, last_seen FROM reports")
    assert row[:2] == (1, "2026-02-02T16:00:00+00:00")
    assert str(row[2]).startswith("2026-02-05")


# --- what it does not prove --------------------------------------------------------------------------


def pages(desk: Desk) -> list[tuple[object, ...]]:
    return desk.all("SELECT key, misses, status, last_seen FROM pages WHERE kind = 'detail' ORDER BY key")


def test_it_makes_nothing_missing_and_nothing_there_again(desk: Desk, sample: Sample) -> None:
    old, gone = f"{HOST}/old", f"{HOST}/gone"
    desk.crawl(Run("2026-01-05", lists={LIST: [old, gone]}, pages={old: Said("甲"), gone: Said("乙")}))
    for day in ("2026-01-06", "2026-01-07"):
        away = Said(status=404, failure="not-found", task="failed")
        desk.crawl(Run(day, lists={LIST: [old]}, pages={old: Said("甲"), gone: away}))
    before = pages(desk)
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    assert [row for row in pages(desk) if row[0] in (old, gone)] == before
    assert ("gone",) in desk.all("SELECT status FROM pages")


def test_it_is_neither_a_good_run_nor_a_bad_one(desk: Desk, sample: Sample) -> None:
    desk.crawl(Run("2026-01-05", lists={LIST: []}))
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    good = last_good_run(desk.store, "shili")
    assert good is not None
    assert [run.id for run in last_runs(desk.store, "shili", 9)] == [good.id] == ["2026-01-05"]


def test_a_crawl_that_began_before_it_is_not_taken_for_an_old_one(desk: Desk, sample: Sample) -> None:
    page = f"{HOST}/old"
    for day in ("2026-01-31", "2026-02-01"):
        desk.crawl(Run(day, lists={LIST: [page]}, pages={page: Said("甲")}))
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    desk.crawl(Run("2026-02-02", lists={LIST: []}))  # it ran while the report was added
    assert desk.all("SELECT misses FROM pages WHERE key = ?", page) == [(1,)]


def test_an_older_copy_never_takes_the_place_of_what_a_later_crawl_read(desk: Desk, sample: Sample) -> None:
    desk.crawl(Run("2026-01-05", lists={LIST: []}))
    key = "/2025.html"
    later = said(generate(9, layout="html-portal", form="2021", clean=True), sample.organ, sample.year)
    desk.crawl(Run("2026-02-08", lists={LIST: [key]}, pages={key: later}))
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    assert desk.all("SELECT version, current FROM reports ORDER BY id") == [(1, 1), (2, 0)]


def test_the_next_crawl_asks_for_the_page_without_conditions(desk: Desk, sample: Sample) -> None:
    desk.crawl(Run("2026-01-05", lists={LIST: []}))
    desk.add_sample(sample, url=f"http://{PAGE}", code="")
    [known] = [page for page in brief(desk.store, "shili") if page.kind == "detail"]
    assert isinstance(known, Known)
    assert (known.etag, known.last_modified, known.last_asked) == ("", "", "")
    assert (desk.archive / "shili" / known.warc).is_file()


def test_hostile_names_stay_in_their_fields(desk: Desk, sample: Sample) -> None:
    given = Given(URL, SEEN, sample.organ, sample.year, "../../x\0", "<script>")
    taken = add(desk.store, desk.archive, [File("../../etc/passwd\n.html", sample.data)], given, "990101")
    assert verify(folder_of(desk, taken.run)).faults == ()
    assert desk.one("SELECT file FROM deposits") == "../../etc/passwd\n.html"
    assert {path.name for path in desk.archive.parent.iterdir()} >= {"gxcrawl-archive", "gxcrawl.db"}


def test_the_code_of_an_area_is_a_code(desk: Desk, sample: Sample) -> None:
    with pytest.raises(RefusedError, match="is no division code"):
        desk.add_sample(sample, code="../x")


def test_a_disk_that_is_full_leaves_nothing_half(
    desk: Desk, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    from gxcrawl.intake import bundling

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(bundling, "_report", full)
        with pytest.raises(OSError, match="No space"):
            desk.add_sample(sample)
    assert desk.one("SELECT count(*) FROM runs") == 0
    assert desk.add_sample(replace(sample)).new == 1
    assert [path.name for path in desk.archive.iterdir()] == ["by-hand-990101"]


@pytest.mark.parametrize("organ", ["", "  ", "甲" * 101])
def test_the_organ_has_a_name(desk: Desk, sample: Sample, organ: str) -> None:
    with pytest.raises(RefusedError, match="--organ must name"):
        desk.add_sample(sample, organ=organ)
