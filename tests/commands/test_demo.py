"""`gxcrawl demo`: one run of it, and then whether it would notice what it must notice."""

from __future__ import annotations

import re
import socket
import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path
from urllib.request import urlopen

import pytest

from gxcrawl.commands.serve import HOST, PORT
from gxcrawl.demo.between import hold_links
from gxcrawl.demo.duties import hold_duties
from gxcrawl.demo.owed import owed_on
from gxcrawl.demo.portals import FAILING, HEALTHY, LATER, SEASON, chosen
from gxcrawl.demo.show import portals
from gxcrawl.demo.truth import hold
from gxcrawl.samples.portals import Replica
from scripts.generate import demo_excerpt
from tests.commands.conftest import ROOT, Run
from tests.commands.serving import Serve

ACCUSED = """
INSERT INTO findings (organ, organ_key, year, "check", result, severity, message, expected, printed, place,
  version, origin, evidence, mark)
SELECT name, key, 2020, 'S-SELF', 'fail', 'warn', '', '', '', '', 1, 'sameness', '', '' FROM organs
WHERE key = '991401:财政局'
"""
# What somebody did to the database, and what the demo must say of it.
SPOILED: Mapping[str, tuple[str, str]] = {
    "a report is lost": (
        "UPDATE reports SET current = 0 WHERE id = (SELECT min(id) FROM reports WHERE portal = 'jeecms')",
        r"jeecms: the report /\S+ was not found",
    ),
    "a page that is no report is stored": (
        "UPDATE pages SET key = '/decoy.html' WHERE report = (SELECT max(id) FROM reports)",
        r"\S+: .+ \(/decoy\.html\) is no report",
    ),
    "a number is another one": (
        "UPDATE readings SET vals = json_set(vals, '$[0]', 987654) WHERE form = '2021'",
        r"sanmenxia: .+: t2\.\S+ is \S+, not 987654",
    ),
    "a year is another one": (
        "UPDATE reports SET year = 2009 WHERE portal = 'jpaas'",
        r"jpaas: .+ is of 20\d\d, not of 2009",
    ),
    "an organ is another one": (
        "UPDATE reports SET organ = '别处财政局' WHERE portal = 'xxgk-annual'",
        r"xxgk-annual: .+ is of 示例市\S+, not of 别处财政局",
    ),
    "findings are gone": ("DELETE FROM findings", r"\S+: .+: T3-ROW was overlooked"),
    "a portal that failed is called healthy": (
        "UPDATE runs SET verdict = 'healthy', class = '' WHERE portal = 'fault-ruishu'",
        r"fault-ruishu: healthy , not blocked blocked:瑞数",
    ),
    "a change was not seen": (
        "UPDATE runs SET changed = 0 WHERE changed > 0",
        r"sanmenxia: News\(new=1, changed=0, .+ is told, News\(new=1, changed=3, .+ is true",
    ),
    "an organ that published is called missing": (
        "UPDATE duties SET status = 'missing', days = 90 WHERE year = 2025 AND organ = '990303:财政局'",
        r"ucap-blind: 示例市范例区财政局: missing 90 is told, \('on_time', None\) is true",
    ),
    "an organ of a portal that fails is called missing": (
        "UPDATE duties SET status = 'missing', days = 90 WHERE year = 2025 AND organ = '992001:财政局'",
        r"fault-page-404: 示例市故障县财政局: missing 90 is told, \('unknown', None\) is true",
    ),
    "an organ is said to be later than it was": (
        "UPDATE duties SET days = days + 1 WHERE year = 2025 AND organ = '990505:财政局'",
        r"jpage-page: 示例市假想县财政局: late 15 is told, \('late', 14\) is true",
    ),
    "nobody is told of a late report": (
        "UPDATE alerts SET state = 'closed' WHERE kind = 'P-LATE' AND portal = 'jeecms'",
        r"jeecms: 示例市假定县财政局 2025: P-LATE is not told",
    ),
    "the operator is not told": (
        "UPDATE alerts SET state = 'closed' WHERE kind = 'portal-unhealthy'",
        r"fault-ruishu: portal-unhealthy is not told",
    ),
    "a report is accused of words that it did not copy": (
        ACCUSED,
        r"jeecms: 示例市假定县财政局 2020: S-SELF without cause",
    ),
}


@pytest.fixture(scope="module")
def replicas() -> Mapping[str, Replica]:
    return {replica.id: replica for replica in chosen()}


def faults(database: Path, replicas: Mapping[str, Replica]) -> list[str]:
    noted: list[str] = []
    with closing(sqlite3.connect(database)) as connection:
        list(portals(connection, list(replicas.values()), noted))
        told = hold_duties(connection, replicas.values(), (SEASON, LATER))
        tally = hold(connection, replicas, LATER)
        hold_links(connection, replicas.values(), LATER, tally)
        return noted + told.faults + tally.faults


def test_the_demo_finds_every_report_and_would_notice_if_it_did_not(
    serve: Serve, tmp_path: Path, replicas: Mapping[str, Replica]
) -> None:
    with socket.socket() as other:  # the usual port, if nobody else has it
        with suppress(OSError):
            other.bind((HOST, PORT))
            other.listen()
        with serve("demo", "--keep", "kept") as done:
            assert not done.address.endswith(f":{PORT}/")
            with closing(urlopen(done.address, timeout=30)) as home:  # noqa: S310
                shown = home.read().decode()
            done.interrupt()
    assert done.exit_code == 0, done.printed + done.errors
    assert "2026年5月1日" in shown
    assert "2025年度报告" in shown
    told, _, _ = done.printed.strip().rpartition("\n\n")
    for name in (*HEALTHY, "gkmlpt"):
        assert re.search(rf"^{name} .* healthy ", done.printed, re.M)
    for name in FAILING:
        assert re.search(rf"^{name} .* (degraded|blocked) ", done.printed, re.M)
    assert re.search(r"(\d+) of \1 found, 0 missed$", done.printed, re.M)
    assert re.search(r"0 of [1-9]\d* stored as reports$", done.printed, re.M)
    assert re.search(r"[1-9]\d* of \d+ right, \d+ left open, 0 wrong$", done.printed, re.M)
    assert re.search(r"^  of which [1-9]\d* right, \d+ left open .+, 0 wrong$", done.printed, re.M)
    for sort in ("missing", "late", "inconsistent", "to the operator"):
        assert re.search(rf"^  {sort}: .*[一-龥].*。$", done.printed, re.M)
    for readme in ("README.md", "README.zh-CN.md"):
        assert demo_excerpt(told) in (ROOT / readme).read_text(encoding="utf-8"), "run `make generate`"

    database = tmp_path / "kept" / "gxcrawl.db"
    assert any((tmp_path / "kept" / "gxcrawl-archive").rglob("*.warc.gz"))
    with closing(sqlite3.connect(database)) as connection, connection:
        for change, _ in SPOILED.values():
            connection.execute(change)
    said = faults(database, replicas)
    for what, (_, told) in SPOILED.items():
        assert any(re.fullmatch(told, fault) for fault in said), what


def test_the_demo_does_not_write_into_a_database_that_is_there(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "gxcrawl.db").write_bytes(b"")
    done = run("demo", "--keep", "kept")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "Error: kept/gxcrawl.db is there already; name another folder\n"


def test_the_portals_of_the_demo_are_of_every_family(replicas: Mapping[str, Replica]) -> None:
    from gxcrawl.crawl.loader import families

    assert {replica.family for replica in replicas.values()} == set(families())


def test_the_truth_about_duties_is_that_of_the_portals(replicas: Mapping[str, Replica]) -> None:
    """Looked up by hand: the bureau's report of 2025 came on 2 April 2026, that of the town never."""
    bureau, town = "示例市范例区教育局", "示例市试验县某某镇人民政府"
    assert owed_on(replicas["ucap-blind"], [SEASON])[bureau][1:3] == ("missing", 10)
    assert owed_on(replicas["ucap-blind"], [SEASON, LATER])[bureau][1:3] == ("late", 61)
    assert owed_on(replicas["jpaas"], [SEASON])[town][1:3] == ("not_due", None)
    assert owed_on(replicas["jpaas"], [SEASON, LATER])[town][1:3] == ("missing", 31)
    for name in FAILING:
        told = owed_on(replicas[name], [SEASON, LATER]).values()
        assert {owed.status for owed in told} <= {"unknown"}
