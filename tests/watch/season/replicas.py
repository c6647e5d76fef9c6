"""The slow way through the season: the portals of the story as replicas that the real command crawls."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from itertools import count
from zlib import crc32

from gxcrawl.samples import generate
from gxcrawl.samples.portals import Replica, Reply, Request
from gxcrawl.samples.portals.files import TYPES, pdf
from gxcrawl.samples.portals.pages import data_reply, not_found, page_reply
from tests.crawl.tiny import LIST, entry
from tests.watch.season.made import listed
from tests.watch.season.story import CORRECTION, Failure, Portal, Text, portals, shown, texts

NOBODY = "本机关"
NAMES = re.compile("(?:示例市)?示例县[\u4e00-\u9fff]{0,12}?(?:人民政府办公室|人民政府|办事处|局|委员会)")
FIRST_ROW = "一、本年新收政府信息公开申请数量"
BEGINNING, SECOND = "<h2>一、", "<h2>二、"
DATED = re.compile(r"<p[^>]*>[^<]*\d{4}年\d{1,2}月\d{1,2}日\s*</p>")
NUMBER = re.compile(r">(\d+)<")
CARDS = "".join(f'<div><a href="/portal/{place}/">服务中心{place}</a></div>' for place in range(40))
NEW_LOOK = (
    f"<html><head><title>新版门户</title></head><body>{CARDS}<div v-for='row in rows'></div></body></html>"
)
FIREWALL = "<html><head><title>网站防火墙</title></head><body>访问过于频繁，请稍后再试。</body></html>"

# What the whole portal answers while it fails; of an empty or a cut list only the list is another one.
ANSWERS: Mapping[str, Callable[[], Reply]] = {
    "down": lambda: page_reply("<h1>500</h1>", status=500),
    "blocked": lambda: page_reply(FIREWALL, status=403),
    "redesigned": lambda: page_reply(NEW_LOOK),
}


def replicas(failures: Iterable[Failure]) -> list[Replica]:
    given = tuple(failures)
    return [_replica(portal, given) for portal in portals().values()]


def _replica(portal: Portal, failures: tuple[Failure, ...]) -> Replica:
    def respond(request: Request, today: date) -> Reply:
        failing = (one.kind for one in failures if one.portal == portal.id and one.on(today))
        return _answer(portal.id, request.path, today, next(failing, ""))

    settings = {"name": portal.name, "code": portal.code}
    text = entry(portal.id, "{host}", "http://{host}" + LIST, settings)
    return Replica(portal.id, "generic", text, respond)


def _answer(portal: str, path: str, day: date, failure: str) -> Reply:
    if failure in ANSWERS:
        return ANSWERS[failure]()
    if path == LIST:
        return _list(listed(portal, day, failure))
    for text in shown(portal, day):
        if path == text.path:
            return page_reply("<h1>500</h1>", status=500) if text.kind == "error" else page_reply(page(text))
        if path == _file(text) and text.kind == "file":
            return data_reply(pdf(f"<p>{text.title}</p>"), TYPES["pdf"])
    return not_found()


def _list(texts: Iterable[Text]) -> Reply:
    rows = "".join(
        f'<li><a href="{text.path}" title="{text.title}">{text.title}</a><i>{text.printed or ""}</i></li>'
        for text in texts
    )
    head = "<html><head><title>政府信息公开年报</title></head>"
    return page_reply(f"{head}<body><ul>{rows}</ul></body></html>", tagged=False)


def page(text: Text) -> str:
    """A page around a report, with its date below its title where it prints one."""
    head = f'<meta name="ArticleTitle" content="{text.title}"><title>{text.title}</title>'
    printed = f"<p>发布日期：{text.printed}</p>" if text.printed else ""
    link = f'<p>附件：<a href="{_file(text)}">{text.title}.pdf</a></p>'
    body = f"<h1>{text.title}</h1>{printed}<div>{link if text.kind == 'file' else _report(text)}</div>"
    return f'<html><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def _file(text: Text) -> str:
    return f"{LIST}{text.page}.pdf"


def _report(text: Text) -> str:
    """The report itself. Its title may be wrong; its own words name nobody, and the year that it is about."""
    about = max(other.year for other in texts() if other.contents == text.contents)
    report = _words(crc32(f"{text.contents} {text.cases}".encode()), about)
    if text.kind == "correction":
        report = report.replace(SECOND, f"<p>{CORRECTION}</p>{SECOND}", 1)
    return _with_a_wrong_sum(report) if text.kind == "broken" else report


@cache
def _words(seed: int, year: int) -> str:
    """A clean report without its head, its signature and its names."""
    made = (generate(seed + more, layout="html-plain", form="2021", clean=True) for more in count())
    sample = next(
        one for one in made if not one.planted and not one.states and FIRST_ROW in one.data.decode()
    )
    text = NAMES.sub(NOBODY, sample.data.decode().partition("</body>")[0])
    text = BEGINNING + text.partition(BEGINNING)[2].replace(str(sample.year), str(year))
    return DATED.sub("", text)


def _with_a_wrong_sum(report: str) -> str:
    """One more in the first number of table 3."""
    start = report.index(FIRST_ROW)
    wrong = NUMBER.sub(lambda cell: f">{int(cell[1]) + 1}<", report[start:], count=1)
    return report[:start] + wrong
