"""From Scrapy's answer to the page that every reader gets."""

from __future__ import annotations

from scrapy.http import Response

from gxcrawl.pages.model import Page


def page_of(response: Response) -> Page:
    headers = {
        name.decode("latin-1").lower(): b", ".join(values).decode("latin-1")
        for name, values in response.headers.items()
    }
    return Page(response.url, response.body, response.status, headers)
