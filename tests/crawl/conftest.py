"""One crawl of many small portals, each with an oddity of its own; the tests look at what came of it."""

from __future__ import annotations

from collections.abc import Iterator
from subprocess import CompletedProcess
from typing import NamedTuple

import pytest

from gxcrawl.samples.portals import Replica, Reply, serve
from gxcrawl.samples.portals.files import TYPES, pdf
from gxcrawl.samples.portals.pages import data_reply, moved, not_found, page_reply
from tests.crawl.driving import Field
from tests.crawl.tiny import LAST_YEAR, LIST, Nb, article, entry, instead, robots, some, tiny

# The name server of this crawl says that a name of the internet lies on this very machine.
LYING_DNS = """
import socket
honest = socket.gethostbyname
socket.gethostbyname = lambda name: "127.0.0.1" if name == "inner.shili.gov.cn" else honest(name)
from gxcrawl.cli import main
main()
"""
TITLE = f"示例县{{}}{LAST_YEAR}年政府信息公开工作年度报告"
ASTRAY = (
    "http://{host:sink}/nb.html",
    "http://{host}@{host:sink}/nb.html",
    "//{host:sink}/nb2.html",
    "http://localhost/nb.html",
    "http://[::1]/nb.html",
    "http://0x7f000001/nb.html",
    "http://10.0.0.1/nb.html",
    "http://169.254.169.254/latest/meta-data/",
    "file:///etc/hostname",
    "ftp://{host:sink}/nb.pdf",
    "javascript:show(1)",
    "data:text/html,nb",
    "http://[broken/nb.html",
)
REDIRECTS = {
    "/to/sink.html": "http://{host:sink}/nb.html",
    "/to/private.html": "http://10.0.0.1/nb.html",
    "/to/file.html": "file:///etc/hostname",
    "/to/user.html": "http://{host}@{host:sink}/nb.html",
    "/to/itself.html": "/to/itself.html",
}
SHELL = '<html><head><title>年报</title></head><body><iframe src="{}"></iframe></body></html>'
WEATHER = "<html><head><title>天气</title></head><body><h1>天气</h1><p>今日天气晴，宜出行。</p></body></html>"


class Odd(NamedTuple):
    field: Field
    done: CompletedProcess[str]


def rows(*paths: str) -> tuple[tuple[str, str], ...]:
    return tuple((path, TITLE.format(f"第{place}局")) for place, path in enumerate(paths, 1))


def files_of(links: tuple[str, ...]) -> str:
    return "".join(f'<p>附件：<a href="{href}">{place}.pdf</a></p>' for place, href in enumerate(links))


def astray() -> Replica:
    """Rows, files and redirects that lead where nobody may go."""
    change = lambda request, usual: (  # noqa: E731
        moved(REDIRECTS[request.path], 302) if request.path in REDIRECTS else usual()
    )
    reports = (*some(2), Nb(3, "示例县水务局", seeds=((Nb(0, "").seeds[0][0], 3),), inside=files_of(ASTRAY)))
    return tiny("astray", change, reports=reports, rows=rows(*ASTRAY, *REDIRECTS))


def mixed() -> Replica:
    """Rows of every kind: reports, a file, shells, what cannot be had, what is no report, decoys."""
    answers = {
        "/file.pdf": data_reply(pdf("年度报告"), TYPES["pdf"]),
        "/shell.html": page_reply(SHELL.format("/inner.html")),
        "/inner.html": page_reply(article("示例县第二局", LAST_YEAR, 7)),
        "/shells.html": page_reply(SHELL.format("/shells2.html")),
        "/shells2.html": page_reply(SHELL.format("/shells3.html")),
        "/shellout.html": page_reply(SHELL.format("http://www.elsewhere.invalid/")),
        "/gone.html": not_found(),
        "/soft.html": not_found(soft=True),
        "/weather.html": page_reply(WEATHER),
        "/empty.html": page_reply("<html><body></body></html>"),
        "/attached.html": page_reply(
            f"<html><head><title>{TITLE.format('第八局')}</title></head><body><h1>{TITLE.format('第八局')}</h1>"
            '<p>附件：<a href="/file.pdf">年度报告.pdf</a></p></body></html>'
        ),
    }
    decoys = (("/decoy1.html", "示例县财政局2024年度部门决算公开报告"), ("/d2.html", "2024年政府工作报告"))
    wanted = [path for path in answers if path not in ("/inner.html", "/shells2.html")]
    change = lambda request, usual: answers.get(request.path) or usual()  # noqa: E731
    return tiny("mixed", change, rows=(*rows(*wanted), *decoys))


def replicas() -> tuple[Replica, ...]:
    broken = {name: instead(LIST, Reply(fault=name)) for name in ("reset", "cut", "stall")}  # type: ignore[arg-type]
    return (
        tiny("sink"),
        tiny("plain"),
        tiny("robots-forbid", robots(f"User-agent: *\nDisallow: {LIST}2.html\n")),
        tiny("robots-others", robots("User-agent: baiduspider\nDisallow: /\n")),
        tiny("robots-slow", robots("User-agent: *\nCrawl-delay: 0.4\n")),
        tiny("robots-page", instead("/robots.txt", page_reply("<html><body>Disallow: /</body></html>"))),
        tiny("robots-500", instead("/robots.txt", page_reply("<h1>500</h1>", status=500))),
        tiny("robots-away", instead("/robots.txt", moved("http://{host:sink}/robots.txt"))),
        tiny("robots-reset", instead("/robots.txt", Reply(b"User", fault="reset"))),
        tiny("fail-refused", host="127.0.0.1:1", url=f"http://127.0.0.1:1{LIST}"),
        tiny(
            "fail-dns", host="www.shili.invalid", url=f"http://www.shili.invalid{LIST}", suffixes=[".invalid"]
        ),
        tiny("fail-tls", url="https://{host}" + LIST, scheme="https"),
        tiny("fail-reset", broken["reset"]),
        tiny("fail-cut", broken["cut"]),
        tiny("fail-stall", broken["stall"], timeout=0.5),
        tiny("fail-budget", reports=some(6), budget=4),
        astray(),
        mixed(),
    )


@pytest.fixture(scope="session")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Odd]:
    with serve(replicas()) as served:
        names = [name for name in served.replicas if name != "sink"]
        field = Field(tmp_path_factory.mktemp("odd"), served, *names)
        port = served.host("sink").partition(":")[2]
        inner = f"inner.shili.gov.cn:{port}"
        with field.portals.open("a", encoding="utf-8") as file:
            file.write(entry("private", inner, f"http://{inner}{LIST}", {}))
        yield Odd(field, field.crawl(program=("-c", LYING_DNS)))
