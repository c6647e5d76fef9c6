"""The provincial platform of 广东: a tree of categories in a script, rows by a JSON interface."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from html import escape
from typing import ClassVar
from urllib.parse import parse_qs

from .cms import Cms, Column
from .county import county, number_of
from .model import Published, Replica, Reply, Request
from .pages import Entry, Head, Site, document, file_name, foot, json_reply, metas, page_reply

SID = "990015"
REPORTS = 5188  # the category of the annual reports


class Gkmlpt(Cms):
    family = "gkmlpt"
    per_page: ClassVar[int] = 100
    stop_reasons = ("declared-total", "last-page", "no-new-url")

    def page_of(self, report: Published) -> str:
        number = number_of(report)
        organ = self.site.county.organs.index(report.organ)
        return f"/slx{organ:02}/gkmlpt/content/{number // 1_000_000}/{number // 1_000}/post_{number}.html"

    def decoy_path(self, column: Column, key: str, day: date) -> str:  # noqa: ARG002
        number = 10_000_000 + int(key[:5], 16)
        return f"/gkmlpt/content/{number // 1_000_000}/{number // 1_000}/post_{number}.html"

    def files_of(self, report: Published) -> str:
        number = number_of(report)
        return f"/attachment/{number // 1_000_000}/{number // 1_000}/{number}/"

    def file_of(self, report: Published) -> str:
        ending = file_name(report).rpartition(".")[2]
        return f"{self.files_of(report)}{number_of(report, 8)}.{ending}"

    def other(self, request: Request, today: date) -> Reply | None:
        if request.path in {"/gkmlpt/index", "/gkmlpt/index/"}:
            return page_reply(self.index(), tagged=False)
        if not request.path.startswith("/gkmlpt/api/all/"):
            return None
        query = parse_qs(request.target.partition("?")[2])
        category, page = request.path.rpartition("/")[2], query.get("page", ["1"])[0]
        if not category.isdigit() or not page.isdigit() or query.get("sid", [SID])[0] != SID:
            return json_reply('{"error": "bad request"}')._replace(status=400)
        return self.api(int(category), max(1, int(page)), today)

    def index(self) -> str:
        config = (
            f"window._CONFIG = {{\n  SID: '{SID}',\n  SERVICE_AREA_ID: 440,\n  ALL_DATA: false,\n"
            f"  TREE: {json.dumps(tree(), ensure_ascii=False)},\n  NAME: '{self.site.name}'\n}};"
        )
        head = metas(self.site, Head("政府信息公开目录"))
        body = f'<div id="app"></div>\n<script>{config}</script>\n<script src="/gkmlpt/js/app.js"></script>\n'
        return document(head, "政府信息公开平台", body + foot(self.site))

    def api(self, category: int, page: int, today: date) -> Reply:
        """Pages 0 and 1 are the same; category 0 is everything."""
        rows = self.rows(self.columns[0], today) if category in {0, REPORTS} else []
        first = (page - 1) * self.per_page
        told = {
            "classify": {"id": category, "name": "政府信息公开年报", "post_count": len(rows)},
            "total": len(rows),
            "articles": [self.told(row) for row in rows[first : first + self.per_page]],
        }
        return json_reply(json.dumps(told, ensure_ascii=False))

    def told(self, row: Entry) -> dict[str, object]:
        seconds = int(datetime(row.day.year, row.day.month, row.day.day, 2, tzinfo=UTC).timestamp())
        report = row.report
        address = f"http://{{host}}{row.path}"
        return {
            "id": int(row.path.rpartition("_")[2].removesuffix(".html")) if not report else number_of(report),
            "title": row.title,
            "publisher": report.organ.short if report else self.site.name,
            "date": f"{row.day} 10:00:00",
            "created_at": f"{row.day} 09:58:12",
            "display_publish_time": seconds,
            "first_publish_time": seconds,
            "url": address,
            "post_url": address,
            "attachment": self.attachments(report) if report and report.carrier == "attachment" else [],
        }

    def attachments(self, report: Published) -> list[dict[str, str]]:
        return [{"name": file_name(report), "url": f"http://{{host}}{self.file_of(report)}"}]

    def article(self, column: Column, report: Published, today: date) -> str:
        """Half of the bodies stand in the markup, half only in a script."""
        day = f"{report.printed_day} 10:00:00" if report.printed_day else ""
        inside = self.body(report, today)
        told = {"id": number_of(report), "title": report.title, "publisher": report.organ.short}
        told |= {"publish_time": day}
        shown = ""
        if number_of(report) % 2:
            shown = inside
        else:
            told["content"] = inside
        detail = json.dumps(told, ensure_ascii=False)
        for sign in "<>&":
            detail = detail.replace(sign, f"\\u{ord(sign):04X}")
        body = (
            f'<h1 class="title">{escape(report.title)}</h1>\n<div class="date-row">发布日期：{day}</div>\n'
            f"<table><tr><td>发布机构：</td><td><span>{report.organ.short}</span></td></tr></table>\n"
            f'<div class="article-content">{shown}</div>\n<script>window._CONFIG = {{\n'
            f"  SID: '{SID}',\n  DETAIL: {detail}\n}};</script>\n{foot(self.site)}"
        )
        head = metas(self.site, Head(column.name, report.title, report.printed_day, report.organ.short))
        return document(head, report.title, body)


def tree() -> list[dict[str, object]]:
    """Two nodes of annual reports only lead away."""

    def node(number: int, name: str, jump: str = "", *below: dict[str, object]) -> dict[str, object]:
        return {"id": number, "name": name, "jump_url": jump, "children": list(below)}

    return [
        node(5100, "政府信息公开指南", "http://{host}/zwgk/zn/"),
        node(
            5110,
            "法定主动公开内容",
            "",
            node(5111, "财政预决算"),
            node(5112, "企业年报", "http://nianbao.invalid/"),
        ),
        node(5120, "政府信息公开年报（2018年以前）", "http://old.gkmlpt.invalid/nb/"),
        node(5130, "政府信息公开", "", node(REPORTS, "政府信息公开年报")),
    ]


def make(seed: int, day: date) -> tuple[Replica, ...]:
    site = Site("构想县人民政府", "9915010001", county("构想县", seed=seed))
    column = Column("/gkmlpt/index", "政府信息公开年报", site.county.reports)
    return (Gkmlpt(site, [column]).replica("gkmlpt", day),)
