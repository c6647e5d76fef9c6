"""Portals of a few pages, each made for one question."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache

from gxcrawl.samples import generate
from gxcrawl.samples.portals import Replica, Reply, Request
from gxcrawl.samples.portals.pages import data_reply, not_found, page_reply

LIST = "/nb/"
LAST_YEAR = datetime.now(UTC).year - 1  # of the newest reports there can be
ALWAYS = date(2000, 1, 1)

Usual = Callable[[], Reply]
Change = Callable[[Request, Usual], Reply]


@dataclass(frozen=True)
class Nb:
    """One report: what it says from which day on, and until when."""

    number: int
    organ: str
    year: int = LAST_YEAR
    seeds: tuple[tuple[date, int], ...] = ((ALWAYS, 1),)
    until: date = date(9000, 1, 1)
    inside: str = ""  # more markup in the page

    @property
    def path(self) -> str:
        return f"{LIST}{self.number}.html"

    @property
    def title(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"

    def seed(self, today: date) -> int | None:
        """What it says on a day; None when it is not there."""
        shown = [seed for since, seed in self.seeds if since <= today < self.until]
        return shown[-1] if shown else None


@cache
def article(organ: str, year: int, seed: int, inside: str = "") -> str:
    """A whole page around a generated report."""
    sample = generate(seed, layout="html-plain", form="2021", clean=True)
    text = sample.data.decode().replace(sample.organ, organ).replace(str(sample.year), str(year))
    title = f"{organ}{year}年政府信息公开工作年度报告"
    body = text.partition("<body>")[2].partition("</body>")[0] or text
    head = f'<meta charset="utf-8"><meta name="ArticleTitle" content="{title}"><title>{title}</title>'
    return f"<html><head>{head}</head><body><h1>{title}</h1><div>{body}</div>{inside}</body></html>"


def some(count: int = 3) -> tuple[Nb, ...]:
    organs = (
        "示例县人民政府",
        "示例县财政局",
        "示例县教育局",
        "示例县民政局",
        "示例县水务局",
        "示例县司法局",
    )
    return tuple(Nb(place + 1, organs[place], seeds=((ALWAYS, place + 1),)) for place in range(count))


def list_page(shown: Sequence[tuple[str, str]], more: str = "") -> Reply:
    rows = "".join(
        f'<li><a href="{href}" title="{title}">{title}</a><span>{LAST_YEAR + 1}-01-20</span></li>\n'
        for href, title in shown
    )
    text = f"<html><head><title>政府信息公开年报</title></head><body><ul>\n{rows}</ul>{more}</body></html>"
    return page_reply(text, tagged=False)


def tiny(
    name: str,
    change: Change | None = None,
    *,
    reports: Sequence[Nb] = some(),
    rows: Sequence[tuple[str, str]] = (),
    host: str = "{host}",
    url: str = "http://{host}" + LIST,
    **settings: object,
) -> Replica:
    """`rows` are more rows of its list; `change` may answer otherwise; `settings` go to the entry."""

    def usual(request: Request, today: date) -> Reply:
        online = {one.path: one for one in reports if one.seed(today) is not None}
        if request.path == LIST:
            return list_page([*((one.path, one.title) for one in online.values()), *rows])
        if one := online.get(request.path):
            return page_reply(article(one.organ, one.year, one.seed(today) or 0, one.inside))
        return not_found()

    def respond(request: Request, today: date) -> Reply:
        answer = lambda: usual(request, today)  # noqa: E731
        return change(request, answer) if change else answer()

    return Replica(name, "generic", entry(name, host, url, settings), respond)


def entry(name: str, host: str, url: str, settings: Mapping[str, object]) -> str:
    values = {
        "id": name,
        "name": "示例县人民政府",
        "code": "990000",
        "family": "generic",
        "hosts": [host],
        "delay": 0.0,
        "timeout": 5.0,
        **settings,
    }
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in values.items()]
    return "\n".join(["[[portal]]", *lines, "", "[[portal.columns]]", f'url = "{url}"', ""])


def robots(text: str) -> Change:
    return instead("/robots.txt", data_reply(text.encode(), "text/plain"))


def instead(path: str, reply: Reply) -> Change:
    """Another answer for one path; "" stands for all of them."""
    return lambda request, usual: reply if path in ("", request.path) else usual()
