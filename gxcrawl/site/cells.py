"""What the saved queries name has a page: there its evidence is one click away."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from gxcrawl.site.links import Links
from gxcrawl.site.site import Site

if TYPE_CHECKING:
    from datasette.app import Datasette

REPORTS = ("报告 report", "以前的版本 before_report", "上一年度报告 report_before")
FINDING = "结果 finding"
ORGAN = "机关代号 organ_key"
YEAR = "年度 year"


def linked(
    datasette: Datasette, database: str, row: sqlite3.Row, column: str, value: object
) -> Markup | None:
    """The cell as a link; nothing for a column of anything else."""
    link = Links(Site(datasette, datasette.databases[database]))
    if column in REPORTS and isinstance(value, int):
        address = link.report(value)
    elif column == FINDING and isinstance(value, int):
        address = link.finding(value)
    elif column == ORGAN and isinstance(value, str) and YEAR in tuple(row.keys()):
        address = link.duty(value, row[YEAR])
    else:
        return None
    return Markup('<a href="{}">{}</a>').format(escape(address), value)
