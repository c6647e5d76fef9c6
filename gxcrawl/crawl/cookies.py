"""Cookies as Scrapy keeps them, but without fetching a list of domains from afar."""

from __future__ import annotations

from scrapy.downloadermiddlewares import cookies
from tldextract import TLDExtract

# The list that comes with the library, and no cache to write.
cookies._split_domain = TLDExtract(include_psl_private_domains=True, suffix_list_urls=(), cache_dir=None)


class Cookies(cookies.CookiesMiddleware):
    """Downloader middleware in place of Scrapy's."""
