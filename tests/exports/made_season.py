"""A database of invented reports, duties and findings, as a season leaves it."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Mapping
from pathlib import Path

from gxcrawl.store import Store, open_store, take_in
from gxcrawl.store.rows import insert

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from made_bundles import Run, Said, make_bundle

AREA = "990101"
FINANCE = f"{AREA}:财政局"
TOWN = f"{AREA}:白河镇人民政府"
TOWN_NAME = "示例县白河镇人民政府"
HOSTILE_NAME = '../../=HYPERLINK("http://bad.example")<b>&'
FORMULA = '=HYPERLINK("http://bad.example","click")'
LONG = "长" * 1_000_000

FEE = "7.380250000000000001"  # more digits than a binary number holds
Cells = Mapping[str, tuple[float | None, str]]  # name -> number, text
CELLS_2021: Cells = {
    "t2.fees.amount": (float(FEE[:7]), "73802.50元"),
    "t2.licensing.decisions": (12, "12"),
    "t3.received.natural_person": (4, "4"),
    "t3.received.total": (5, "5"),
    "t3.carried_in.total": (None, "-"),
    "t3.other.uncorrected.total": (1, "1"),
    "t3.other.unpaid.total": (0, "0"),
    "t3.other.rest.total": (2, "2"),
}
CELLS_2019: Cells = {"t3.received.total": (7, "7"), "t3.other.total": (3, "3")}
CELLS_HOSTILE: Cells = {"t3.received.total": (None, FORMULA), "t3.granted.total": (None, LONG)}

Found = tuple[str, str, str, str, tuple[str, ...]]  # check, result, severity, message, cells
BROKEN: Found = ("T3-BAL", "fail", "error", "不平", ("t3.received.total", "t3.carried_in.total"))
UNSURE: Found = ("T3-COL", "uncertain", "info", "缺数，无法核对", ("t3.carried_in.total",))
STRANGE: Found = ("V-NUM", "fail", "warn", f"{FORMULA}\x0b{LONG}", ("t3.received.total", "t3.granted.total"))


def said(organ: str, year: int, form: str, cells: Cells, *findings: Found) -> Said:
    """A page that holds a report."""
    reading: dict[str, object] = {"source": "", "organ": organ, "organ_names": [organ], "year": year}
    reading |= {"form": form, "title": "年度报告", "published": f"{year + 1}-02-12", "error": None}
    reading |= {"published_basis": "visible-date", "passed": 3, "sections": [], "problems": []}
    reading["cells"] = [
        {
            "id": name,
            "value": value,
            "raw": raw,
            "state": "placeholder" if value is None else "ok",
            "place": f"table 2 row {row} column 8",
        }
        for row, (name, (value, raw)) in enumerate(cells.items(), start=1)
    ]
    names = ("check", "result", "severity", "message", "cells")
    more = {"version": 1, "expected": "5", "printed": "4", "place": ""}
    reading["findings"] = [dict(zip(names, found, strict=True)) | more for found in findings]
    return Said(f"{organ}{year}", organ=organ, year=year, reading=reading)


def fill(path: Path) -> Store:
    """Three organs: one with reports in two forms, a town without its report, one that is hostile."""
    pages = {
        "shili.example/2025": said("示例县财政局", 2025, "2021", CELLS_2021, BROKEN, UNSURE),
        "shili.example/2020": said("示例县财政局", 2020, "2019", CELLS_2019),
        "shili.example/bad": said(HOSTILE_NAME, 2025, "2021", CELLS_HOSTILE, STRANGE),
    }
    run = Run("2026-02-20", lists={"http://shili.example/": list(pages)}, pages=pages)
    bundle = make_bundle(path.parent / "archive", run)
    store = open_store(path)
    take_in(store, bundle)
    with store.writing() as connection:
        connection.execute("UPDATE readings SET vals = replace(vals, ?, ?)", (FEE[:7], FEE))
        add(connection, "areas", code=AREA, name="示例县", level="county", source="test", as_of="2025-01-01")
        add(connection, "organs", key=TOWN, name=TOWN_NAME, kind="town", code=AREA, status="registered")
        connection.execute("UPDATE organs SET status = 'registered' WHERE key = ?", (FINANCE,))
        by_hand = {"name": "人工存入", "family": "by-hand", "hosts": "[]", "entry": "{}"}
        add(connection, "portals", id=f"by-hand-{AREA}", code=AREA, **by_hand)
        _judge(connection)
    return store


def add(connection: sqlite3.Connection, table: str, **row: object) -> None:
    """A row; what it does not say is empty."""
    needed = {
        name: 0 if kind == "INTEGER" else ""
        for _, name, kind, must, default, key in connection.execute(f"PRAGMA table_info({table})")
        if must and default is None and not key
    }
    insert(connection, table, [needed | row])


def _judge(connection: sqlite3.Connection) -> None:
    """What a check would say of them, and a person of that."""
    query = "SELECT id FROM reports WHERE organ_key = ? AND year = 2025"
    [(report,)] = connection.execute(query, (FINANCE,)).fetchall()
    duty = {"year": 2025, "basis": "registered", "since": "2026-02-20"}
    late = {"due": "2026-01-31", "rule": "article-49-1", "statutory": 1, "status": "late", "days": 12}
    late |= {"reason": "发布日期为2026-02-12，法定期限为2026-01-31，逾期12天", "report": report}
    published = {"published": "2026-02-12", "published_basis": "visible-date"}
    add(connection, "duties", organ=FINANCE, **duty, **late, **published)
    missing = {"due": "2026-03-31", "rule": "assumed", "status": "missing", "days": 5, "reason": "无法定期限"}
    missing |= {"lacking": connection.execute("SELECT id FROM runs").fetchone()[0]}
    add(connection, "duties", organ=TOWN, **duty, **missing)
    finding = {"year": 2025, "result": "fail", "origin": "across"}
    of_finance = {"organ": "示例县财政局", "organ_key": FINANCE, "report": report, **finding}
    add(connection, "findings", **of_finance, check="P-LATE", severity="error", message="逾期", mark="late")
    add(connection, "findings", **of_finance, check="Y-GAP", severity="warn", message="误报", mark="wrong")
    of_town = {"organ": TOWN_NAME, "organ_key": TOWN, **finding}
    add(connection, "findings", **of_town, check="P-MISSING-LOCAL", severity="warn", message="未见发布")
    add(connection, "check_reasons", id=1, reasons="{}")
    for origin, passed in (("across", 5), ("sameness", 1)):
        add(connection, "checked", organ=FINANCE, year=2025, origin=origin, passed=passed, reasons=1)
    add(connection, "decisions", mark="late", decision="confirmed", comment="已电话核实")
    add(connection, "decisions", mark="wrong", decision="dismissed", comment="误报")
