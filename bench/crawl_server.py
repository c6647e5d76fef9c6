"""`python -m bench.crawl_server HOSTS PAGES KIND`: many cheap portals on 127.0.0.1.

Prints its ports, one line of JSON. Each line on stdin is answered with what was asked since the one before:
one line of JSON, a list of [port, kind, seconds] where kind is robots, list or page.
"""

from __future__ import annotations

import asyncio
import json
import sys
from functools import partial
from time import monotonic
from typing import NamedTuple, cast

from gxcrawl.samples import generate

PER_LIST = 50  # rows on one page of a list
ROBOTS = b"User-agent: *\nDisallow: /admin/\n"
HEAD = b"HTTP/1.1 %d OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n"
TITLE = "示例县第{0}局2024年政府信息公开工作年度报告"
ROW = f'<li><a href="/page/{{0}}.html" title="{TITLE}">{TITLE}</a><span>2025-01-20</span></li>'


class Body(NamedTuple):
    """A report in two halves: between them each page has a number of its own, so that no two are the same."""

    before: bytes
    after: bytes


def bodies(kind: str) -> list[Body]:
    """mixed: as portals have them, half of them exported by Word; 60 KB in the middle. small: 12 KB."""
    layouts = ("html-word", "html-portal") if kind == "mixed" else ("html-portal",)
    seeds = 12 if kind == "mixed" else 1
    pages = [generate(seed, layout=layout, clean=True).data for seed in range(seeds) for layout in layouts]
    cut = [page.rindex(b"</p>") for page in pages]
    return [Body(page[:place], page[place:]) for page, place in zip(pages, cut, strict=True)]


def list_page(number: int, pages: int) -> bytes:
    first, last = (number - 1) * PER_LIST, min(number * PER_LIST, pages)
    rows = "".join(ROW.format(page) for page in range(first, last))
    lists = -(-pages // PER_LIST)
    following = f'<a class="next" href="/list/{number + 1}.html">下一页</a>' if number < lists else ""
    text = f"<html><head><title>政府信息公开年报</title></head><body><ul>{rows}</ul>{following}</body></html>"
    return text.encode()


class Portal(asyncio.Protocol):
    """One connection. Requests have no body, and come one after the other."""

    def __init__(self, port: int, pages: int, texts: list[Body], seen: list[tuple[int, str, float]]) -> None:
        self.port, self.pages, self.texts, self.seen = port, pages, texts, seen
        self.waiting = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        *requests, self.waiting = (self.waiting + data).split(b"\r\n\r\n")
        for request in requests:
            kind, status, parts = self.answer(request.split(b" ", 2)[1].decode())
            self.transport.write(b"".join((HEAD % (status, sum(map(len, parts))), *parts)))
            self.seen.append((self.port, kind, monotonic()))

    def answer(self, path: str) -> tuple[str, int, tuple[bytes, ...]]:
        kind, _, name = path.removesuffix(".html").strip("/").partition("/")
        if kind == "page":
            before, after = self.texts[int(name) % len(self.texts)]
            return kind, 200, (before, b" %d-%d" % (self.port, int(name)), after)
        if kind == "list":
            return kind, 200, (list_page(int(name), self.pages),)
        return ("robots", 200, (ROBOTS,)) if kind == "robots.txt" else ("other", 404, (b"nothing here",))


async def serve(hosts: int, pages: int, kind: str) -> None:
    loop, texts = asyncio.get_running_loop(), bodies(kind)
    seen: list[tuple[int, str, float]] = []
    ports = []
    for _ in range(hosts):
        # The port is known only when the server is there.
        place = await loop.create_server(asyncio.Protocol, "127.0.0.1", 0)
        port = place.sockets[0].getsockname()[1]
        place.close()
        await place.wait_closed()
        await loop.create_server(partial(Portal, port, pages, texts, seen), "127.0.0.1", port)
        ports.append(port)
    print(json.dumps(ports), flush=True)
    asked = asyncio.StreamReader()
    await loop.connect_read_pipe(partial(asyncio.StreamReaderProtocol, asked), sys.stdin)
    while await asked.readline():
        print(json.dumps(seen), flush=True)
        seen.clear()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
