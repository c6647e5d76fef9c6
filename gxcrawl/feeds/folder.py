"""A folder with a feed for every area and organ, to be put on any web server."""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from pathlib import Path

from lxml import etree
from lxml.html import builder

from gxcrawl.alerts.listing import Filter, Listed
from gxcrawl.alerts.model import digest
from gxcrawl.feeds.alerts import all_feed, area_feed, area_names, latest_first, organ_feed
from gxcrawl.feeds.atom import TYPE, Feed, written
from gxcrawl.registry.areas import areas_above

INDEX = "index.html"


def write_feeds(connection: sqlite3.Connection, folder: Path) -> int:
    """How many feeds were written. Each file is there whole, the old one or the new one."""
    folder.mkdir(parents=True, exist_ok=True)
    alerts = latest_first(connection, Filter(stream="organ"))
    by_area: defaultdict[str, list[Listed]] = defaultdict(list)
    by_organ: defaultdict[str, list[Listed]] = defaultdict(list)
    for alert in alerts:
        for code in areas_above(alert.area) if alert.area else ():
            by_area[code].append(alert)
        if alert.organ:
            by_organ[alert.organ].append(alert)
    names = area_names(connection)
    links = [_put(folder, all_feed(alerts, "all.atom"))]
    for code, own in sorted(by_area.items()):
        links.append(_put(folder, area_feed(code, names.get(code, ""), own, file_name("area", code))))
    for key, own in sorted(by_organ.items()):
        links.append(_put(folder, organ_feed(key, own, file_name("organ", key))))
    _write(folder / INDEX, _index(links))
    return len(links)


def file_name(kind: str, key: str) -> str:
    """No key can lead out of the folder or meet another one's file."""
    return f"{kind}-{key if re.fullmatch(r'[0-9]{1,12}', key, re.A) else digest((key,))}.atom"


def _put(folder: Path, feed: Feed) -> tuple[str, str]:
    _write(folder / feed.file, written(feed))
    return feed.file, feed.title


def _write(path: Path, data: bytes) -> None:
    unready = path.with_name(f"{path.name}.part")
    unready.write_bytes(data)
    unready.replace(path)


def _index(links: list[tuple[str, str]]) -> bytes:
    items = [builder.LI(builder.A(_plain(title), href=file, type=TYPE)) for file, title in links]
    page = builder.HTML(
        builder.HEAD(builder.META(charset="utf-8"), builder.TITLE("政府信息公开年报告警")),
        builder.BODY(builder.H1("政府信息公开年报告警"), builder.UL(*items)),
        lang="zh",
    )
    return etree.tostring(page, method="html", encoding="utf-8", doctype="<!DOCTYPE html>", pretty_print=True)


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable())
