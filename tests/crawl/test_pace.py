"""How fast a lane may go: slower when asked to, never quicker than the entry says."""

from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.settings import Settings

from gxcrawl.crawl.pace import back_off, retry_after, slow_down

NOW = datetime(2026, 5, 1, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Fri, 01 May 2026 08:01:30 GMT", 90.0),
        ("Fri, 01 May 2026 16:01:30 +0800", 90.0),
        ("Fri, 01 May 2026 08:01:30 -0000", 90.0),
        ("Fri, 01 May 2026 07:00:00 GMT", 0.0),
        ("-1", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
        ("١٢", None),
        ("Fri, 99 May 2026 08:01:30 GMT", None),
    ],
)
def test_both_forms_of_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=60) | st.integers().map(str))
def test_whatever_a_server_says_is_no_negative_pause(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or seconds >= 0


def test_each_try_waits_longer_and_patient_portals_are_given_more_time() -> None:
    assert [back_off(tries, 2.0) for tries in range(4)] == [5.0, 30.0, 120.0, 120.0]
    assert [back_off(tries, 9.0) for tries in range(2)] == [5.0, 30.0]
    assert 0 < back_off(0, 0.0) < back_off(0, 0.5) < back_off(0, 2.0)


def crawler(delay: float, **slots: float) -> Any:
    """As much of a crawler as knows its slots."""
    made = {name: SimpleNamespace(delay=seconds) for name, seconds in slots.items()}
    downloader = SimpleNamespace(per_slot_settings={}, slots=made)
    engine = SimpleNamespace(downloader=downloader)
    return SimpleNamespace(engine=engine, settings=Settings({"DOWNLOAD_DELAY": delay}))


def test_a_lane_only_ever_slows_down() -> None:
    one = crawler(2.0, here=2.0, there=2.0)
    for asked, kept in ((5.0, 5.0), (1.0, 5.0), (7.0, 7.0)):
        slow_down(one, "here", asked)
        assert one.engine.downloader.slots["here"].delay == kept
        assert one.engine.downloader.per_slot_settings["here"]["delay"] == kept
    assert one.engine.downloader.slots["there"].delay == 2.0


def test_the_delay_of_the_entry_stands_when_robots_txt_wants_less() -> None:
    one = crawler(3.0)  # its slot is not open yet
    slow_down(one, "here", 0.5)
    assert one.engine.downloader.per_slot_settings["here"] == {"delay": 3.0}
