"""How fast a lane may go. Delays only grow within a run: no success makes us quicker than we were asked."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.crawler import Crawler

LONGEST_PAUSE = 600.0  # who wants us to stay away longer is left alone for this run
_BACK_OFF = (5.0, 30.0, 120.0)  # seconds before the second, third, fourth try


def slow_down(crawler: Crawler, lane: str, delay: float) -> None:
    """From now on at least this many seconds between two requests of the lane."""
    downloader = crawler.engine.downloader
    usual = crawler.settings.getfloat("DOWNLOAD_DELAY")
    settings = downloader.per_slot_settings.setdefault(lane, {"delay": usual})
    settings["delay"] = max(float(settings["delay"]), delay)
    if slot := downloader.slots.get(lane):
        slot.delay = max(slot.delay, delay)


def back_off(attempts: int, delay: float) -> float:
    """Seconds until a failed request is tried again; portals with a shorter delay are tried sooner."""
    longest = _BACK_OFF[min(attempts, len(_BACK_OFF) - 1)]
    return longest * min(1.0, max(delay, 0.05) / 2.0)


def retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After header asks for, in either of its forms."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        then = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - (now or datetime.now(UTC))).total_seconds())
