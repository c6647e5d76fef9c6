"""Whatever file an article names, in whatever way its CMS does so, can be had."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any
from urllib.parse import quote, unquote, urljoin

import pytest

from gxcrawl.samples.portals import DEFAULT_DAY, Served, replicas

NAMES = [one.id for one in replicas() if not one.id.startswith(("ucap", "jpa"))]  # which have such tests
FILES = re.compile(r"\.(?:docx|pdf|png)$|download\.jsp")


def named_in(text: str) -> list[str]:
    """Links, images, files for a viewer or for a script."""
    for escaped, sign in (("\\u003C", "<"), ("\\u003E", ">"), ("\\u0026", "&"), ('\\"', '"')):
        text = text.replace(escaped, sign)
    found = re.findall(r'(?:href="|<img src="|file=|pdfIframe\(")([^"]+)"', text)
    links = (unquote(link) if link.startswith("%2F") else unescape(link) for link in found)
    return [link for link in links if FILES.search(link) and "report_tb" not in link]


@pytest.mark.parametrize("name", NAMES)
def test_files_named_in_articles_are_there(name: str, served: Served, ask: Callable[..., Any]) -> None:
    replica = served.replicas[name]
    assert replica.address
    carriers = set()
    for report in replica.reports:
        if report.carrier in {"html", "row"} or not report.at(DEFAULT_DAY):
            continue
        page = replica.address(report)
        answer = ask(name, page)
        named = named_in(answer.body.decode("gb18030" if b"gb2312" in answer.body else "utf-8"))
        assert named
        for link in named:
            got = ask(name, quote(urljoin(page, link), safe="/?&=%"), Referer=served.url(name, page))
            assert got.body[:2] in {b"PK", b"%P", b"\x89P"}
        carriers.add(report.carrier)
    assert "attachment" in carriers


def test_vsb_gives_files_only_to_who_comes_from_a_page(served: Served, ask: Callable[..., Any]) -> None:
    replica = served.replicas["vsb"]
    assert replica.address
    report = next(r for r in replica.reports if r.carrier == "attachment" and r.at(DEFAULT_DAY))
    page = replica.address(report)
    (link,) = named_in(ask("vsb", page).text)
    assert "验证码" in ask("vsb", link).text
    assert "验证码" in ask("vsb", link, Referer="http://elsewhere.invalid/").text
    got = ask("vsb", link, Referer=served.url("vsb", page))
    assert got.body[:2] in {b"PK", b"%P"}
    assert "filename*=UTF-8''" in got.headers["content-disposition"]
    viewed = next(r for r in replica.reports if r.carrier == "viewer" and r.at(DEFAULT_DAY))
    assert 'showVsbpdfIframe("/__local/' in ask("vsb", replica.address(viewed)).text
