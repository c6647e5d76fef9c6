"""A 大汉 JPaaS portal: units fetched by script, a page number that counts only inside paramJson."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from urllib.parse import parse_qs, quote

from . import jpaas_pages
from .county import county, key_of, number_of
from .model import Published, Replica, Reply, Request
from .pages import (
    Entry,
    Site,
    article_body,
    common_reply,
    decoys,
    entry_toml,
    file_name,
    file_reply,
    json_reply,
    not_found,
    page_reply,
    shelf,
    truth_of,
)

PAGE = 1229565788  # the column of the reports
PATH = f"/col/col{PAGE}/index.html"
DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/download"
IMAGES = "/cms_files/picture/"
MOST = 50  # rows in one answer, whatever is asked for


class Jpaas:
    def __init__(self, site: Site) -> None:
        self.site = site
        self.pages = {self.page_of(report): report for report in site.county.reports}
        self.files = {key_of(report): report for report in site.county.reports}
        years = sorted({report.year for report in site.county.reports})
        every = decoys(site, years, self.decoy_address)
        self.decoys, self.recommended = every[::2], every[1::2]

    def page_of(self, report: Published) -> str:
        """What moved in from the system before keeps an address of its kind."""
        day = report.versions[0].since
        if number_of(report) % 3 == 0:
            return f"/art/{day.year}/{day.month}/{day.day}/art_{PAGE}_{number_of(report)}.html"
        return f"/col/col{PAGE}/art/{day.year}/art_{key_of(report)}.html"

    def decoy_address(self, key: str, day: date) -> str:
        return f"/col/col{PAGE}/art/{day.year}/art_{key}.html"

    def file_of(self, report: Published) -> str:
        """Nothing in the path tells what kind of file it is."""
        name = quote(file_name(report))
        return f"{DOWNLOAD}?fileUrl={key_of(report)}%2F%3D&fileName={name}"

    def address(self, report: Published) -> str:
        return self.file_of(report) if report.carrier == "row" else self.page_of(report)

    def rows(self, today: date) -> list[Entry]:
        return shelf(self.site.county.reports, self.decoys, self.address, today)

    def units(self, today: date) -> Mapping[str, list[Entry]]:
        """Beside the list there is a unit of recommendations on the same page."""
        beside = [entry for entry in self.recommended if entry.day <= today]
        return {jpaas_pages.LIST: self.rows(today), jpaas_pages.BESIDE: beside}

    def respond(self, request: Request, today: date) -> Reply:
        path, _, query = request.target.partition("?")
        asked = {name: values[-1] for name, values in parse_qs(query, keep_blank_values=True).items()}
        answers: dict[str, Callable[[], Reply]] = {
            "/": lambda: page_reply(jpaas_pages.home_page(self.site, PATH)),
            PATH: lambda: page_reply(jpaas_pages.list_page(self.site, PAGE), tagged=False),
            jpaas_pages.UNIT: lambda: self.unit(asked, today),
            DOWNLOAD: lambda: self.download(asked.get("fileUrl", ""), today),
        }
        if path in answers:
            return answers[path]()
        if path.startswith(IMAGES):
            return self.image(path, today)
        if path in self.pages:
            return self.article(self.pages[path], today)
        return common_reply(self.site, request, [*self.decoys, *self.recommended])

    def unit(self, asked: Mapping[str, str], today: date) -> Reply:
        """Only a query whose parts belong together is answered; a bare pageNo is not looked at."""
        rows = self.units(today).get(asked.get("tagId", ""))
        fitting = {"webId": jpaas_pages.WEB, "pageId": str(PAGE), "tplSetId": jpaas_pages.SET}
        if rows is None or any(asked.get(name) != value for name, value in fitting.items()):
            return json_reply(
                json.dumps({"success": False, "code": "500", "message": "解析失败", "data": None})
            )
        try:
            told = json.loads(asked.get("paramJson") or "{}")
            page, size = int(told.get("pageNo", 1)), min(int(told.get("pageSize", 15)), MOST)
        except (ValueError, AttributeError, TypeError):
            page, size = 1, 15
        page, size = max(1, page), max(1, size)
        shown = rows[(page - 1) * size : page * size]
        return json_reply(jpaas_pages.unit_answer(PAGE, asked["tagId"], shown, len(rows), page, size))

    def article(self, report: Published, today: date) -> Reply:
        version = report.at(today)
        if version is None or report.carrier == "row":
            return not_found()
        direct, file = IMAGES + key_of(report) + "/" + quote(file_name(report)), self.file_of(report)
        body = article_body(report, today, f"{IMAGES}{key_of(report)}/")
        body = body.replace(f'"{direct}"', f'"{file}"').replace(quote(direct, safe=""), quote(file, safe=""))
        rows = self.rows(today)
        entry = next(row for row in rows if row.report is report)
        text = jpaas_pages.article_page(self.site, PAGE, entry, body, rows)
        return page_reply(text, modified=version.since)

    def image(self, path: str, today: date) -> Reply:
        key, _, name = path.removeprefix(IMAGES).partition("/")
        report = self.files.get(key)
        found = file_reply(report, today, name) if report and report.carrier == "tables-as-images" else None
        return found or not_found()

    def download(self, name: str, today: date) -> Reply:
        report = self.files.get(name.partition("/")[0])
        found = file_reply(report, today, quote(file_name(report))) if report else None
        if report is None or found is None:
            return not_found()
        shown = f"attachment;filename={quote(file_name(report))}"
        kind = ("Content-Type", "application/octet-stream")
        return found._replace(headers=(kind, ("Content-Disposition", shown), *found.headers[1:]))


def make(seed: int, day: date) -> tuple[Replica, ...]:
    years = (2018, 2020, 2022, 2024, 2025)
    site = Site("试验县人民政府", "9906060006", county("试验县", seed=seed, organs=12, years=years))
    portal = Jpaas(site)
    replica = Replica(
        id="jpaas",
        family="jpaas",
        entry=entry_toml("jpaas", site, "jpaas", [{"url": f"http://{{host}}{PATH}"}]),
        respond=portal.respond,
        reports=site.county.reports,
        decoys=tuple(row.title for row in [*portal.decoys, *portal.recommended]),
        address=portal.address,
        lists={PATH: truth_of(portal.rows(day), "declared-total", "last-page")},
    )
    return (replica,)
