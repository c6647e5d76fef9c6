"""The feed of an area, of an organ, or of everything, out of the alerts about organs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from gxcrawl.alerts.listing import Filter, Listed, listed
from gxcrawl.alerts.words import STATE_WORDS
from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.feeds.atom import Entry, Feed, tag
from gxcrawl.registry.areas import prefix_of

LONGEST = 200  # entries of a feed, the latest


def feed_of_area(connection: sqlite3.Connection, code: str) -> Feed:
    alerts = latest_first(connection, Filter(stream="organ", area=code))
    return area_feed(code, area_names(connection).get(code, ""), alerts)


def feed_of_organ(connection: sqlite3.Connection, key: str) -> Feed:
    return organ_feed(key, latest_first(connection, Filter(stream="organ", organ=key)))


def feed_of_all(connection: sqlite3.Connection) -> Feed:
    return all_feed(latest_first(connection, Filter(stream="organ")))


def area_feed(code: str, name: str, alerts: Iterable[Listed], file: str = "") -> Feed:
    return _feed(("area", prefix_of(code)), f"{name} {code}".strip(), alerts, file)


def organ_feed(key: str, alerts: Sequence[Listed], file: str = "") -> Feed:
    return _feed(("organ", key), alerts[0].name if alerts else key, alerts, file)


def all_feed(alerts: Iterable[Listed], file: str = "") -> Feed:
    return _feed(("all",), "全部地区", alerts, file)


def latest_first(connection: sqlite3.Connection, wanted: Filter) -> list[Listed]:
    return sorted(listed(connection, wanted), key=lambda alert: (alert.changed_at, alert.id), reverse=True)


def area_names(connection: sqlite3.Connection) -> Mapping[str, str]:
    return dict(connection.execute("SELECT code, name FROM areas"))


def _feed(about: tuple[str, ...], name: str, alerts: Iterable[Listed], file: str) -> Feed:
    entries = [_entry(alert) for alert in islice(alerts, LONGEST)]
    return Feed(tag("feed", *about), f"政府信息公开年报告警：{name}", entries, file)


def _entry(alert: Listed) -> Entry:
    """One for each alert; when it ends, the same entry says so."""
    check = load_checks().get(alert.kind)
    label = STATE_WORDS.get(alert.state) or severity_words()[alert.severity]
    about = alert.name + (f"{alert.year}年度" if alert.year else "")
    title = f"{label}：{about}{check.title if check else ''}"
    link = str(json.loads(alert.evidence).get("url", ""))
    return Entry(
        tag("alert", alert.kind, alert.subject),
        title,
        alert.message,
        alert.kind,
        alert.opened_at,
        alert.changed_at,
        link,
    )
