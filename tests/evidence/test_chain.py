"""From an alert or a finding to the archived record: every link is there, and what is wrong is said."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from gxcrawl.evidence.chain import UnknownError
from gxcrawl.evidence.model import as_object
from gxcrawl.evidence.page import evidence_page
from gxcrawl.evidence.telling import SCREEN, tell
from gxcrawl.samples import Sample, generate
from gxcrawl.show.jsonl import encode
from tests.evidence.conftest import PAGE, World
from tests.evidence.world import LIST, said
from tests.store.made_bundles import Run, Said

ALERT = (
    "INSERT INTO alerts (stream, kind, subject, organ, year, portal, area, severity, state, message,"
    " evidence, facts, opened_at, seen_at)"
    " VALUES (?, ?, ?, ?, ?, 'shili', '990101', 'error', 'open', ?, ?, '', '2026-02-03T02:00:00+00:00',"
    " '2026-02-04T02:00:00+00:00')"
)
FINDING = (
    'INSERT INTO findings (organ, organ_key, year, "check", result, severity, message, expected, printed,'
    " place, version, origin, evidence, mark)"
    " VALUES ('示例县财政局', ?, ?, ?, 'fail', 'error', '未发布', '', '', '', 1, 'across', ?, 'mark')"
)


def organ_of(world: World) -> str:
    return str(world.store.connection.execute("SELECT organ_key FROM reports").fetchone()[0])


def alert(world: World, kind: str, year: int = 2024, evidence: str = "{}", stream: str = "organ") -> str:
    organ = organ_of(world) if stream == "organ" else None
    return str(world.execute(ALERT, stream, kind, f"{organ} {year}", organ, year, "数据不平", evidence))


def screen(world: World, subject: str, *cells: str) -> str:
    return "\n".join(line.text for line in tell(world.chain(subject, *cells), SCREEN))


def test_a_finding_leads_to_its_cells_its_report_and_the_proven_record(world: World, spoiled: Sample) -> None:
    chain = world.chain(world.finding("T3-COL"))
    [finding], [report] = chain.findings, chain.reports
    [planted] = [one for one in spoiled.planted if one.check == "T3-COL"]
    assert planted.cells <= {cell.id for cell in finding.cells}
    assert all(cell.place.startswith("table ") and cell.label != cell.id for cell in finding.cells)
    assert report.url == f"http://{PAGE}"
    assert report.record is not None
    assert (report.record.agreement, report.record.status) == ("match", 200)
    assert world.archive.body(report.record) == spoiled.data


def test_an_alert_has_the_findings_of_its_check_organ_and_year(world: World) -> None:
    chain = world.chain(alert(world, "T3-COL"))
    assert {finding.check for finding in chain.findings} == {"T3-COL"}
    assert chain.alert is not None
    assert (chain.alert.organ, chain.alert.title) == (
        "示例县财政局",
        chain.findings[0].title,
    )


def test_the_whole_chain_fits_on_one_screen(world: World) -> None:
    lines = screen(world, alert(world, "T3-COL")).splitlines()
    assert len(lines) <= 40
    assert any("摘要相符" in line for line in lines)
    assert any(line.startswith("告警 ") for line in lines)


def test_what_people_decided_is_told_with_name_and_reason(world: World) -> None:
    subject = world.finding("T3-COL")
    query = "SELECT mark FROM findings WHERE id = ?"
    mark = world.store.connection.execute(query, (subject[1:],)).fetchone()[0]
    world.execute(
        'INSERT INTO decisions (mark, "check", decision, comment, who, at)'
        " VALUES (?, 'T3-COL', 'confirmed', '电话核实', '李四', '2026-02-05T01:00:00+00:00')",
        mark,
    )
    assert "人工确认  李四  2026-02-05 09:00:00：电话核实" in screen(world, subject)


def test_a_missing_file_of_the_archive_is_said_and_the_rest_still_shown(world: World) -> None:
    for path in world.root.rglob("*.warc.gz"):
        path.unlink()
    told = screen(world, world.finding("T3-COL"))
    assert "无法核对：档案文件不在" in told
    assert "原文“" in told


@pytest.mark.parametrize("at", [300, -20])
def test_a_changed_byte_in_the_archive_is_never_called_a_match(world: World, at: int) -> None:
    [path] = world.root.glob("shili/2026-01-05/*.warc.gz")
    record = world.chain(world.finding("T3-COL")).reports[0].record
    assert record is not None
    data = bytearray(path.read_bytes())
    data[record.offset + at if at > 0 else len(data) + at] ^= 0xFF
    path.write_bytes(data)
    later = world.chain(world.finding("T3-COL")).reports[0].record
    assert later is not None
    assert later.agreement == ("damaged" if at > 0 else "match")


def test_another_body_under_the_same_record_does_not_agree(world: World) -> None:
    world.execute("UPDATE responses SET sha256 = 'ab' WHERE kind = 'detail'")
    assert "摘要不符" in screen(world, world.finding("T3-COL"))


def test_a_missing_report_leads_to_the_looks_and_every_page_of_their_lists(world: World) -> None:
    organ = organ_of(world)
    world.execute(FINDING, organ, 2025, "P-MISSING", json.dumps({"looks": ["2026-02-03"]}))
    [look] = world.chain(alert(world, "P-MISSING", 2025)).looks
    [read] = look.lists
    assert (look.run, look.verdict, read.url, read.complete) == ("2026-02-03", "healthy", LIST, True)
    [page] = read.pages
    assert (page.record.agreement, page.record.url) == ("match", LIST)
    told = screen(world, world.finding("P-MISSING"))
    assert f"列表 部门 {LIST}  1 条，读到末尾（没有下一页）" in told


def test_the_look_that_a_duty_rests_on_is_found_without_being_named(world: World) -> None:
    organ = organ_of(world)
    world.execute(
        "INSERT INTO duties (organ, year, due, rule, statutory, basis, status, reason, published_basis,"
        " lacking, since) VALUES (?, 2024, '2025-01-31', 'r', 1, 'published', 'late', '', '', '2026-01-05',"
        " '2026-02-03')",
        organ,
    )
    assert [look.run for look in world.chain(alert(world, "P-LATE")).looks] == ["2026-01-05"]


def test_a_look_whose_bundle_is_gone_still_tells_its_lists(world: World) -> None:
    (world.root / "shili" / "2026-02-03" / "bundle.db").unlink()
    subject = alert(world, "P-BACKDATED", evidence='{"duty": {"lacking": "2026-02-03"}}')
    [look] = world.chain(subject).looks
    assert look.lists
    assert "档案目录不在" in screen(world, subject)


def test_an_alert_about_us_shows_how_the_last_runs_went(world: World) -> None:
    world.take(replace(Run("2026-02-04", lists={LIST: []}), verdict="blocked"))
    runs = world.chain(alert(world, "portal-unhealthy", stream="crawler")).runs
    assert [(run.run, run.verdict) for run in runs] == [
        ("2026-02-04", "blocked"),
        ("2026-02-03", "healthy"),
        ("2026-01-05", "healthy"),
    ]


def test_other_versions_are_told_with_what_changed(world: World) -> None:
    other = generate(11, layout="html-portal", form="2021", clean=True)
    world.take(Run("2026-02-05", lists={LIST: [PAGE]}, pages={PAGE: said(other)}))
    [report] = world.chain(world.finding("T3-COL")).reports
    first, second = report.others
    assert (first.version, first.current, second.version, second.current) == (1, False, 2, True)
    assert any(change.fact.startswith("“") and change.before != change.now for change in second.changes)
    assert "第2版  2026-02-05" in screen(world, world.finding("T3-COL"))


def test_a_body_that_was_only_referred_to_is_read_where_it_lies(world: World) -> None:
    world.execute("UPDATE responses SET revisit = 1 WHERE run = '2026-02-03' AND kind = 'detail'")
    world.execute("UPDATE reports SET response = (SELECT max(id) FROM responses WHERE kind = 'detail')")
    record = world.chain(world.finding("T3-COL")).reports[0].record
    assert record is not None
    assert (record.file.split("/")[1], record.agreement) == ("2026-01-05", "match")


def test_a_report_and_a_cell_of_it_lead_to_the_proven_record(world: World, spoiled: Sample) -> None:
    chain = world.chain("R1")
    [report] = chain.reports
    assert report.record is not None
    assert world.archive.body(report.record) == spoiled.data
    told = screen(world, "R1", "t3.received.total")
    assert "摘要相符" in told
    assert "“一、本年新收政府信息公开申请数量”×“总计”" in told
    assert "报告 R1 表三第" in told
    assert 'id="cell-1-t3.received.total"' in evidence_page(
        world.chain("R1", "t3.received.total"), world.archive
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("R999",), "there is no report R999"),
        (("R1", "t3.nothing"), "the report R1 has no cell t3.nothing"),
        (("F1", "t3.received.total"), "cells are those of a report"),
    ],
)
def test_a_report_or_a_cell_that_is_not_there_is_one_sentence(
    world: World, words: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(UnknownError, match=sentence):
        world.chain(*words)


def test_a_report_that_is_gone_is_shown_by_the_looks_that_missed_it(world: World) -> None:
    for day in ("2026-03-01", "2026-03-02", "2026-03-03"):
        gone = Said(status=404, failure="not-found", task="failed", body=b"404")
        world.take(Run(day, lists={LIST: []}, pages={PAGE: gone}))
    organ = organ_of(world)
    world.execute(FINDING, organ, 2024, "P-GONE", "{}")
    looks = world.chain(world.finding("P-GONE")).looks
    assert [look.run for look in looks] == ["2026-03-01", "2026-03-02"]
    assert [[answer.status for answer in look.answers] for look in looks] == [[404], [404]]
    told = screen(world, world.finding("P-GONE"))
    assert told.count(f"网址 http://{PAGE}\n存档") == 2
    assert told.count("状态 404") == 2


def test_a_missing_report_is_shown_by_the_latest_look_at_every_portal(world: World) -> None:
    elsewhere = Run(
        "2026-02-07", portal="other", lists={LIST: ["other/2023.html"]}, pages={"other/2023.html": Said("x")}
    )
    world.take(elsewhere)
    world.take(replace(Run("2026-02-08", portal="other", lists={LIST: []}), verdict="failed"))
    organ = organ_of(world)
    world.execute("UPDATE reports SET organ_key = ?", organ)
    world.execute(FINDING, organ, 2025, "P-MISSING", "{}")
    assert [look.run for look in world.chain(alert(world, "P-MISSING", 2025)).looks] == [
        "2026-02-03",
        "2026-02-07",
    ]


@pytest.mark.parametrize("subject", ["99", "F99999", "x", "", "12; DROP TABLE alerts", "F" + "9" * 15])
def test_what_is_not_there_is_one_sentence(world: World, subject: str) -> None:
    with pytest.raises(UnknownError, match=r"there is no|is no number"):
        world.chain(subject)


def test_a_report_without_a_reading_and_an_alert_without_findings_are_no_trouble(world: World) -> None:
    page = "shili/pdf"
    world.take(Run("2026-02-06", lists={LIST: [page]}, pages={page: Said("x", error="carrier-not-read")}))
    number = world.store.connection.execute("SELECT max(id) FROM reports").fetchone()[0]
    chain = world.chain(alert(world, "P-MULTI", 1999, json.dumps({"report": number})))
    assert chain.findings == ()
    assert chain.reports[0].error == "carrier-not-read"


def test_scripts_get_every_link_by_name(world: World) -> None:
    told = json.loads(encode(as_object(world.chain(alert(world, "T3-COL")))))
    assert {"alert", "findings", "reports", "looks", "runs", "cells"} == set(told)
    assert told["findings"][0]["cells"][0]["place"].startswith("table ")
    assert told["reports"][0]["record"]["agreement"] == "match"


def test_nothing_of_a_page_can_steer_the_terminal(world: World) -> None:
    world.execute("UPDATE reports SET title = '\x1b[2J标题\u202e', url = 'http://x/\x1b]0;y\x07'")
    world.execute("UPDATE organs SET name = '机关\x1b[31m'")
    world.execute("UPDATE cell_notes SET raw = '\x1b[5m7'")
    told = screen(world, alert(world, "T3-COL"))
    assert not set(told) & set("\x1b\x07\u202e")
