"""A database of invented reports, duties and findings, as a season leaves it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from gxcrawl.store import Store, open_store, take_in

sys.path.insert(0, str(Path(__file__).parents[1] / "store"))
from made_bundles import Run, Said, make_bundle

AREA = "990101"
FINANCE = f"{AREA}:财政局"
TOWN = f"{AREA}:示例县白河镇人民政府"
HOSTILE_NAME = '../../=HYPERLINK("http://bad.example")<b>&'
HOSTILE = f"{AREA}:{HOSTILE_NAME}"
FORMULA = '=HYPERLINK("http://bad.example","click")'

FEE = "7.380250000000000001"  # more digits than a binary number holds
CELLS_2021: dict[str, tuple[float | None, str]] = {
    "t2.fees.amount": (float(FEE[:7]), "73802.50元"),
    "t2.licensing.decisions": (12, "12"),
    "t3.received.natural_person": (4, "4"),
    "t3.received.total": (5, "5"),
    "t3.carried_in.total": (None, "-"),
    "t3.other.uncorrected.total": (1, "1"),
    "t3.other.unpaid.total": (0, "0"),
    "t3.other.rest.total": (2, "2"),
    "t4.review.total": (-1, "-1"),
}


Cells = Mapping[str, tuple[float | None, str]]  # name -> number, text


def reading(
    organ: str, year: int, form: str, cells: Cells, findings: list[dict[str, object]]
) -> dict[str, object]:
    said: dict[str, object] = {
        "source": "",
        "organ": organ,
        "organ_names": [organ],
        "year": year,
        "form": form,
        "title": "年度报告",
    }
    said |= {"published": f"{year + 1}-01-20", "published_basis": "visible-date", "passed": 3, "error": None}
    said["cells"] = [
        {
            "id": name,
            "value": value,
            "raw": raw,
            "state": "placeholder" if value is None else "ok",
            "place": f"table 2 row {row} column 8",
        }
        for row, (name, (value, raw)) in enumerate(cells.items(), start=1)
    ]
    return said | {"sections": [], "problems": [], "findings": findings}


def finding(check: str, result: str, severity: str, message: str, *cells: str) -> dict[str, object]:
    said = {"check": check, "result": result, "severity": severity, "message": message, "version": 1}
    return said | {"cells": list(cells), "expected": "5", "printed": "4", "place": ""}


def fill(path: Path) -> Store:
    """Three organs: one with reports in two forms, a town without its report, one that is hostile."""

    def said(organ: str, year: int, form: str, cells: Cells, found: list[dict[str, object]]) -> Said:
        read = reading(organ, year, form, cells, found)
        return Said(f"{organ}{year}", organ=organ, year=year, reading=read)

    old = {"t3.received.total": (7, "7"), "t3.other.total": (3, "3")}
    long = "长" * 1_000_000
    broken = finding("T3-BAL", "fail", "error", "不平", "t3.received.total", "t3.carried_in.total")
    unsure = finding("T3-COL", "uncertain", "info", "缺数，无法核对", "t3.carried_in.total")
    pages = {
        "shili.example/2025": said("示例县财政局", 2025, "2021", CELLS_2021, [broken, unsure]),
        "shili.example/2020": said("示例县财政局", 2020, "2019", old, []),
        "shili.example/bad": said(
            HOSTILE_NAME,
            2025,
            "2021",
            {"t3.received.total": (None, FORMULA), "t3.granted.total": (None, long)},
            [
                finding(
                    "V-NUM", "fail", "warn", f"{FORMULA}\x0b{long}", "t3.received.total", "t3.granted.total"
                )
            ],
        ),
    }
    run = Run("2026-02-05", lists={"http://shili.example/": list(pages)}, pages=pages)
    bundle = make_bundle(path.parent / "archive", run)
    store = open_store(path)
    take_in(store, bundle)
    with store.writing() as db:
        db.execute("UPDATE readings SET vals = replace(vals, ?, ?)", (FEE[:7], FEE))
        _add_duties(db)
    return store


def _add_duties(db: object) -> None:
    execute = db.execute  # type: ignore[attr-defined]
    execute("INSERT INTO areas VALUES ('990101', '示例县', 'county', NULL, 'test', '2025-01-01')")
    execute(
        "INSERT INTO organs (key, name, kind, level, code, core, scope, portal, status, source, first_seen)"
        " VALUES (?, '示例县白河镇人民政府', 'town', 'township', '990101', '白河镇', '镇街', 'shili', 'registered',"
        " 'organs.csv', '2026-01-01T00:00:00+00:00')",
        (TOWN,),
    )
    duty = (
        "INSERT INTO duties (organ, year, due, rule, statutory, basis, status, days, reason, published,"
        " published_basis, report, since) VALUES (?, ?, ?, ?, ?, 'registered', ?, ?, ?, ?, ?, ?, '2026-02-05')"
    )
    [(report,)] = execute("SELECT id FROM reports WHERE organ_key = ? AND year = 2025", (FINANCE,)).fetchall()
    late = ("late", 12, "发布日期为2026-02-12", "2026-02-12", "visible-date", report)
    execute(duty, (FINANCE, 2025, "2026-01-31", "article-49-1", 1, *late))
    missing = ("missing", 5, "无法定期限，按2026-03-31计", None, "", None)
    execute(duty, (TOWN, 2025, "2026-03-31", "assumed", 0, *missing))
    found = (
        "INSERT INTO findings (report, organ, organ_key, year, 'check', result, severity, message, expected, printed,"
        " place, version, origin, evidence, mark)"
        " VALUES (?, ?, ?, 2025, ?, 'fail', ?, ?, '', '', '', 1, 'across', '', ?)"
    ).replace("'check'", '"check"')
    execute(found, (report, "示例县财政局", FINANCE, "P-LATE", "error", "逾期12天发布", "mark-late"))
    execute(
        found,
        (None, "示例县白河镇人民政府", TOWN, "P-MISSING-LOCAL", "warn", "未见发布，无法定期限", "mark-town"),
    )
    execute(found, (report, "示例县财政局", FINANCE, "Y-GAP", "warn", "已经排除的误报", "mark-gone"))
    decided = (
        'INSERT INTO decisions (mark, "check", decision, comment, who, at)'
        " VALUES (?, '', ?, ?, '张三', '2026-02-06T00:00:00+00:00')"
    )
    execute(decided, ("mark-gone", "dismissed", "误报"))
    execute(decided, ("mark-late", "confirmed", "已电话核实"))
