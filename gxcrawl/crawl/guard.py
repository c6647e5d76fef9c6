"""Whom we may ask: http and https, the entry's hosts and ports, nothing private but what the entry names."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from typing import ClassVar
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from gxcrawl.crawl.failures import Refused
from gxcrawl.pages.address import allowed, lane


class Guard:
    """Downloader middleware: the first one, so that redirects and robots.txt pass it too."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Guard:
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        hosts = self.crawler.spider.portal.hosts  # type: ignore[union-attr]
        if not allowed(request.url, hosts):
            raise Refused("foreign", f"{request.url}: not on a host of the entry ({', '.join(hosts)})")
        # Scrapy's own slots know no ports; ours are lanes.
        request.meta["download_slot"] = lane(request.url)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """A name without an address may be one whose address was refused."""
        name = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and (address := GuardedResolver.refused.get(name)):
            raise Refused("private-address", f"{name} leads to the private address {address}") from exception


class GuardedResolver(CachingThreadedResolver):
    """Refuses names that lead into this machine or its network: a public name may be made to point there."""

    named: frozenset[str] = frozenset()  # private hosts that an entry names itself
    refused: ClassVar[dict[str, str]] = {}  # name: the private address that it led to

    @classmethod
    def allow(cls, hosts: Iterable[str]) -> None:
        names = {host.rpartition(":")[0] or host for host in hosts}
        cls.named |= {name for name in names if name == "localhost" or is_private(name)}

    def getHostByName(self, name: str, timeout: tuple[int, ...] = ()) -> Deferred[str]:  # type: ignore[override]  # noqa: N802
        found: Deferred[str] = super().getHostByName(name, timeout)
        return found.addCallback(self._checked, name)

    def _checked(self, address: str, name: str) -> str:
        if is_private(address) and name not in self.named:
            self.refused[name] = address
            raise DNSLookupError(f"{name} leads to the private address {address}")  # no other is understood
        return address


def is_private(host: str) -> bool:
    """Whether a literal address lies outside the public internet."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return False
