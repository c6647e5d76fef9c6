"""`python -m bench.crawl_bare DELAY PAGES PORT...`: Scrapy alone. No robots, no archive, nothing is read."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response


class Bare(Spider):
    """Asks a fixed list of addresses, host after host in turn, and throws the answers away."""

    name = "bare"

    def __init__(self, pages: int, ports: list[str]) -> None:
        super().__init__()
        self.pages, self.ports = pages, ports

    async def start(self) -> AsyncIterator[Request]:
        for page in range(self.pages):
            for port in self.ports:
                # Scrapy's own slots know no ports.
                slot = {"download_slot": f"127.0.0.1:{port}"}
                yield Request(f"http://{slot['download_slot']}/page/{page}.html", meta=slot)

    def parse(self, response: Response) -> None:
        """Nothing."""


def main(delay: float, pages: int, ports: list[str]) -> None:
    process = CrawlerProcess(
        {
            "DOWNLOAD_DELAY": delay,
            "DOWNLOAD_DELAY_JITTER": 0.0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 1,
            "CONCURRENT_REQUESTS": 2 * len(ports),  # so that no host waits for another one
            "ROBOTSTXT_OBEY": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "LOG_LEVEL": "WARNING",
        }
    )
    process.crawl(Bare, pages=pages, ports=ports)
    process.start()


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
