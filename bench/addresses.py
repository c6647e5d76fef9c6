"""Addresses of every page and saved query over a large database, each time about something else."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from itertools import cycle, islice
from random import Random
from urllib.parse import quote, urlencode

from bench.patterns import YEARS
from gxcrawl.site.metadata.build import metadata
from gxcrawl.site.rankings.catalogue import rankings

TIMES = 40  # that each page is asked for
Addresses = Mapping[str, Sequence[str]]

# Usual ones, ones that every report has, ones of common signs that never stand together, a sentence.
WORDS = """依申请
公开
不予公开
行政复议
平台建设
低保
招商引资
政务新媒体
政府信息公开
的
全面 公开
政公
信公
公务开
平台 公开
坚持以公开为常态、不公开为例外
2024年""".splitlines()
TABLES = ("reports", "organs", "duties", "findings", "alerts", "pages", "figures_2021", "report_matrix",
          "applications_panel", "cells", "alerts_open")  # fmt: skip


def pages_of(connection: sqlite3.Connection) -> Addresses:
    codes = _some(connection, "SELECT DISTINCT code FROM organs")
    cities = [f"{code[:4]}00" for code in codes]
    organs = [quote(key, safe="") for key in _some(connection, "SELECT key FROM organs")]
    portals = _some(connection, "SELECT id FROM portals")
    years = list(islice(cycle(YEARS), TIMES))
    numbers = range(1, TIMES + 1)
    words = list(islice(cycle(WORDS), TIMES))
    return {
        "the first page": ["/"] * TIMES,
        "the matrix of an area": _with("matrix", area=codes),
        "the matrix of a city": _with("matrix", area=cities, page=numbers),
        "the matrix of everything": _with("matrix", page=numbers),
        "the matrix of who is late or missing": _with(
            "matrix", status=cycle(("late", "missing")), year=years
        ),
        "an organ": [f"/organ/{key}" for key in organs],
        "the feed of an organ": [f"/organ/{key}/feed.atom" for key in organs],
        "why a duty is what it is": [f"/organ/{key}/{year}" for key, year in zip(organs, years, strict=True)],
        "a report": [
            f"/report/{number}" for number in _some(connection, "SELECT id FROM reports WHERE current = 1")
        ],
        "a finding": [f"/finding/{number}" for number in _some(connection, "SELECT id FROM findings")],
        "alerts": _with("alerts", page=numbers),
        "alerts of an area": _with("alerts", area=codes),
        "alerts of a name": _with("alerts", name=cycle(("教育局", "街道", "镇人民政府")), page=numbers),
        "an alert": [f"/alert/{number}" for number in _some(connection, "SELECT id FROM alerts")],
        "the feed of an area": [f"/area/{code}/feed.atom" for code in codes],
        "rankings of an area": _with("rankings", area=codes, by=cycle(rankings()), year=years),
        "rankings of a city": _with("rankings", area=cities, by=cycle(rankings()), year=years),
        "rankings of everything": _with("rankings", by=cycle(rankings()), year=years),
        "the health of the portals": _with("health", page=cycle(range(1, 5))),
        "the health of a portal": [f"/health/{portal}" for portal in portals],
        "search": _with("search", q=words, page=cycle((1, 2, 3))),
        "search in an area": _with("search", q=words, area=codes),
        "search in a city and year": _with("search", q=words, area=cities, year=years),
        "the words that are explained": ["/terms"] * TIMES,
        "the tables of Datasette": ["/gxcrawl"] * TIMES,
        **{f"the table {name}": [f"/gxcrawl/{name}"] * TIMES for name in TABLES},
    }


def queries_of(connection: sqlite3.Connection) -> Addresses:
    """With all parameters empty, with a year alone, and with an area."""
    codes = _some(connection, "SELECT DISTINCT code FROM organs")
    asked = []
    for place, (code, year, word) in enumerate(zip(codes, cycle(YEARS), cycle(WORDS), strict=False)):
        given = {"area": code} if place % 2 else {"year": year} if place else {}
        asked.append(urlencode({**given, "word": word if place else ""}))
    names = metadata()["databases"]["gxcrawl"]["queries"]
    return {f"the saved query {name}": [f"/gxcrawl/{name}?{query}" for query in asked] for name in names}


def _with(path: str, **values: object) -> list[str]:
    """So many addresses, whose parameters are told one after the other."""
    columns = [iter(column) for column in values.values()]  # type: ignore[call-overload]
    rows = islice(zip(*columns, strict=False), TIMES)
    return [f"/{path}?{urlencode(dict(zip(values, row, strict=True)))}" for row in rows]


def _some(connection: sqlite3.Connection, query: str) -> list[str]:
    """Always the same ones of a database; in a small one they come again."""
    found = [str(row[0]) for row in connection.execute(query)]
    return list(islice(cycle(Random(5).sample(found, min(TIMES, len(found)))), TIMES))
