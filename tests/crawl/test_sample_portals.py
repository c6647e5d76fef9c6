"""Against replicas of every family, whose truth is known: all reports are found, nothing else is, and no
portal that did not show everything is called healthy."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

import pytest

from gxcrawl.samples.portals.collect import fault_replicas, replicas
from gxcrawl.samples.portals.model import Published, Replica
from gxcrawl.samples.portals.server import serve

DAY = date(2026, 5, 1)
ROOT = Path(__file__).resolve().parents[2]
# Three hundred reports each; others of their families are asked in every test run, these in the long one.
LARGE = ("ucap", "ucap-alias", "trs")


class Crawled(NamedTuple):
    """What a crawl of some replicas left."""

    replicas: Mapping[str, Replica]
    database: Path
    archive: Path
    requests: Mapping[str, Sequence[str]]  # targets that each was asked for

    def rows(self, query: str, *values: object) -> list[sqlite3.Row]:
        with closing(sqlite3.connect(self.database)) as connection:
            connection.row_factory = sqlite3.Row
            return connection.execute(query, values).fetchall()


def crawl(folder: Path, chosen: Sequence[Replica]) -> Crawled:
    database = folder / "gxcrawl.db"
    with serve(chosen, today=DAY) as served:
        portals = served.portals_file(folder / "portals.toml")
        command = [sys.executable, "-m", "gxcrawl", "crawl", "--portals", portals, "--db", database]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=500, check=False)
        assert "Traceback" not in done.stderr, done.stderr
        requests = {one.id: [seen.target for seen in served.requests(one.id)] for one in chosen}
    return Crawled({one.id: one for one in chosen}, database, folder / "gxcrawl-archive", requests)


FAMILIES = tuple(one for one in replicas(day=DAY) if one.id not in LARGE)
FAULTS = fault_replicas(day=DAY)


@pytest.fixture(scope="module")
def families(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("families"), FAMILIES)


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    return crawl(tmp_path_factory.mktemp("faults"), FAULTS)


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return unquote(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def online(replica: Replica) -> dict[str, Published]:
    assert replica.address is not None
    return {unquote(replica.address(report)): report for report in replica.reports if report.at(DAY)}


def check_reports(crawled: Crawled, name: str) -> None:
    """Exactly the true reports, each with organ, year and numbers; null is allowed, a wrong number never."""
    truth = online(crawled.replicas[name])
    found = {path_of(row["url"]): row for row in crawled.rows("SELECT * FROM reports WHERE portal = ?", name)}
    assert found.keys() == truth.keys()
    for path, report in truth.items():
        row, version = found[path], report.at(DAY)
        assert version is not None
        assert row["year"] == report.year, path
        assert row["organ"] is None or row["organ"] in report.organ.name, path
        if report.carrier != "html":
            assert row["error"] == "carrier-not-read", path
        cells = crawled.rows("SELECT id, value FROM cells WHERE report = ?", row["id"])
        wrong = {
            cell["id"]: (cell["value"], version.cells[cell["id"]])
            for cell in cells
            if cell["value"] is not None and float(cell["value"]) != float(version.cells[cell["id"]] or 0)
        }
        assert wrong == {}, path


def check_lists(crawled: Crawled, name: str) -> None:
    query = "SELECT listings.* FROM listings JOIN runs ON runs.id = listings.run WHERE portal = ?"
    rows = crawled.rows(query, name)
    for path, truth in crawled.replicas[name].lists.items():
        meant = [row for row in rows if path_of(row["url"]).startswith(unquote(path))]
        assert meant, path
        for row in meant:
            assert row["stop_reason"] in truth.stop_reasons, (path, row["stop_reason"])
            assert bool(row["complete"]) == truth.complete, path


def verdict(crawled: Crawled, name: str) -> tuple[str, str]:
    [row] = crawled.rows("SELECT verdict, class FROM runs WHERE portal = ?", name)
    return row["verdict"], row["class"]


@pytest.mark.parametrize("name", [one.id for one in FAMILIES])
def test_every_report_is_found_and_no_decoy_is_counted(families: Crawled, name: str) -> None:
    check_reports(families, name)


@pytest.mark.parametrize("name", [one.id for one in FAMILIES])
def test_every_list_is_known_to_have_ended_and_why(families: Crawled, name: str) -> None:
    if name not in ("ucap-blind", "xxgk-annual"):  # lists without an address of their own
        check_lists(families, name)
    assert verdict(families, name) == ("healthy", "")


@pytest.mark.parametrize("name", [one.id for one in FAULTS if one.entry])
def test_every_fault_has_its_verdict_and_class(faults: Crawled, name: str) -> None:
    replica = faults.replicas[name]
    assert verdict(faults, name) == (replica.verdict, replica.failure)


@pytest.mark.parametrize("name", [one.id for one in FAULTS if one.entry and one.verdict == "healthy"])
def test_a_portal_with_troubles_still_gives_its_reports(faults: Crawled, name: str) -> None:
    check_reports(faults, name)


def test_nobody_else_is_ever_asked(faults: Crawled) -> None:
    assert faults.requests["trap-sink"] == []


def test_no_run_that_failed_makes_anything_missing(faults: Crawled) -> None:
    assert faults.rows("SELECT * FROM runs WHERE verdict != 'healthy' AND (missed > 0 OR gone > 0)") == []


def test_the_archive_of_every_run_is_whole(families: Crawled, faults: Crawled) -> None:
    for crawled in (families, faults):
        folders = sorted(crawled.archive.glob("*/*/"))
        assert len(folders) == len([one for one in crawled.replicas.values() if one.entry])
        kept = [folder for folder in folders if any(folder.glob("*.warc.gz"))]
        command = [sys.executable, "-m", "gxcrawl", "archive", "verify", *kept]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
        files = [path for folder in kept for path in sorted(folder.glob("*.warc.gz"))]
        code = "import sys; from warcio.cli import main; main(sys.argv[1:])"
        check = [sys.executable, "-c", code, "check", *files]
        assert subprocess.run(check, capture_output=True, text=True, check=False).returncode == 0


@pytest.mark.soak
@pytest.mark.parametrize("seed", [1, 2])
def test_the_large_portals_too_and_other_seeds(tmp_path: Path, seed: int) -> None:
    chosen = replicas(seed=seed, day=DAY)
    crawled = crawl(tmp_path, chosen)
    for one in chosen:
        if one.entry:
            check_reports(crawled, one.id)
            assert verdict(crawled, one.id) == ("healthy", ""), one.id
