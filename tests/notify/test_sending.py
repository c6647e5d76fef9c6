"""Who gets which alert, when, and what happens when it does not arrive."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from gxcrawl.alerts.people import dismiss
from gxcrawl.notify.letter import Letter, body_of
from gxcrawl.notify.receivers import Receiver
from gxcrawl.notify.rules import rules
from gxcrawl.notify.sending import BusyError, preview, send
from tests.alerts.world import World, noon
from tests.notify.servers import hook

READER = Receiver("reader", "json://reader", when="at-once")
OPERATOR = Receiver("operator", "json://operator", streams=("crawler",), when="at-once")


class Post:
    """Takes every message, or none from those that are down."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        self.sent: list[tuple[str, str]] = []

    def __call__(self, address: str, letter: Letter, _: float) -> str:
        if address in self.down:
            return "nobody answers"
        self.sent.append((address, body_of(letter, 10_000)))
        return ""

    def alerts(self) -> list[str]:
        """The lines of alerts that were sent since the last call."""
        lines = [line for _, body in self.sent for line in body.splitlines() if line.startswith("· ")]
        self.sent.clear()
        return lines


@pytest.fixture
def post() -> Post:
    return Post()


Sending = Callable[..., list[str]]


@pytest.fixture
def sending(world: World, post: Post) -> Sending:
    """Sends at noon of a day and gives the lines that arrived."""

    def at(day: str | datetime, *receivers: Receiver) -> list[str]:
        now = noon(day) if isinstance(day, str) else day
        send(world.store, receivers or (READER,), now, post)
        return post.alerts()

    return at


def delivered(world: World) -> list[tuple[str, int]]:
    return world.rows("SELECT state, attempts FROM deliveries ORDER BY id")


def test_an_alert_is_told_once_and_its_end_too(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    [line] = sending("2026-02-01")
    assert line.startswith("· 错误　示例县财政局2025年度：法定期限为2026-01-31")
    world.missing("财政局", days=2)
    world.refresh("2026-02-02")
    assert sending("2026-02-02") == []
    world.settled("财政局", "on_time")
    world.refresh("2026-02-03")
    [line] = sending("2026-02-03")
    assert line.startswith("· 已消除")
    assert delivered(world) == [("sent", 1), ("sent", 1)]


def test_holding_and_resuming_is_no_word_to_readers(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    sending("2026-02-01")
    world.settled("财政局", "unknown")
    world.refresh("2026-02-02")
    assert sending("2026-02-02") == []
    world.missing("财政局", days=3)
    world.refresh("2026-02-03")
    assert sending("2026-02-03") == []


def test_nothing_is_claimed_of_what_is_held_before_it_was_sent(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    world.settled("财政局", "unknown")
    world.refresh("2026-02-01")
    assert sending("2026-02-01") == []
    world.missing("财政局", days=3)
    world.refresh("2026-02-03")
    assert len(sending("2026-02-03")) == 1


def test_what_was_dismissed_before_it_was_sent_is_never_told(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    with world.store.writing() as connection:
        dismiss(connection, 1, "误判", "李某", noon("2026-02-01"))
    assert sending("2026-02-01") == []
    assert delivered(world) == [("void", 0), ("void", 0)]


def test_who_was_told_hears_of_the_dismissal(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    sending("2026-02-01")
    with world.store.writing() as connection:
        dismiss(connection, 1, "误判", "李某", noon("2026-02-01"))
    [line] = sending("2026-02-02")
    assert line.startswith("· 经核实排除")


def test_a_receiver_gets_what_it_asked_for(world: World, sending: Sending) -> None:
    world.finding("财政局", 2025, "S-SELF", severity="warn")
    world.run("2026-01-30", "dns")
    world.refresh("2026-02-20")  # the portal is stale
    everywhere = {"streams": ("organ", "crawler"), "when": "at-once"}
    for receiver, wanted in (
        (Receiver("errors", "json://a", severity="error", when="at-once"), 1),
        (Receiver("warnings", "json://a", when="at-once"), 2),
        (Receiver("all", "json://a", severity="info", **everywhere), 4),  # with the summary
        (Receiver("county", "json://a", severity="info", areas=("990100",), **everywhere), 4),
        (Receiver("elsewhere", "json://a", severity="info", areas=("2301",), **everywhere), 0),
        (Receiver("operator", "json://a", streams=("crawler",), when="at-once"), 1),
    ):
        assert len(sending("2026-02-20", receiver)) == wanted, receiver.name


def test_more_of_the_same_is_no_word_and_worse_is(world: World, sending: Sending) -> None:
    world.forget("财政局", 2025, "P-MISSING")
    world.finding("财政局", 2025, "S-PEER", severity="warn", mark="a", message="甲。")
    world.refresh("2026-02-01")
    sending("2026-02-01")
    world.finding("财政局", 2025, "S-PEER", severity="warn", mark="b", message="乙。")
    world.refresh("2026-02-02")
    assert sending("2026-02-02") == []
    world.finding("财政局", 2025, "S-PEER", severity="error", mark="c", message="丙。")
    world.refresh("2026-02-03")
    [line] = sending("2026-02-03")
    assert "加重：丙。" in line


def test_a_new_receiver_gets_today_and_no_history(world: World, sending: Sending) -> None:
    world.refresh("2026-02-01")
    late = Receiver("late", "json://late", when="at-once")
    world.organ("审计局")
    world.missing("审计局")
    world.refresh("2026-02-02")
    [line] = sending("2026-02-02", late)
    assert "审计局" in line
    world.settled("财政局", "on_time")
    world.refresh("2026-02-03")
    assert sending("2026-02-03", late) == []  # never heard that it was missing


def test_a_daily_message_goes_once_a_day_and_not_before_its_hour(world: World, sending: Sending) -> None:
    daily = Receiver("daily", "json://daily", hour=9)
    world.refresh("2026-02-01")
    morning = noon("2026-02-01") - timedelta(hours=4)  # eight o'clock in China
    assert sending(morning, daily) == []
    assert len(sending(morning + timedelta(hours=1), daily)) == 1
    world.organ("审计局")
    world.missing("审计局")
    world.refresh("2026-02-01")
    assert sending("2026-02-01", daily) == []
    assert len(sending("2026-02-02", daily)) == 1


def test_where_nothing_runs_after_the_hour_it_goes_a_day_later_all_the_same(
    world: World, sending: Sending
) -> None:
    daily = Receiver("daily", "json://daily", hour=20)
    world.refresh("2026-02-01")
    assert sending("2026-02-01", daily) == []
    assert len(sending("2026-02-02", daily)) == 1


def test_a_dead_receiver_is_tried_later_and_later_and_keeps_no_other_waiting(
    world: World, sending: Sending, post: Post
) -> None:
    dead = Receiver("dead", "json://dead", when="at-once")
    post.down = {"json://dead"}
    world.refresh("2026-02-01")
    start = noon("2026-02-01")
    assert len(sending(start, dead, READER)) == 1
    [(attempts, error)] = world.rows("SELECT attempts, error FROM deliveries WHERE receiver = 'dead'")
    assert (attempts, error) == (1, "nobody answers")
    sending(start + timedelta(minutes=4), dead)
    assert world.rows("SELECT attempts FROM deliveries WHERE receiver = 'dead'") == [(1,)]
    post.down = set()
    assert len(sending(start + timedelta(minutes=5), dead)) == 1
    assert sending(start + timedelta(minutes=6), dead) == []


def fail(sending: Sending, times: int, *receivers: Receiver) -> datetime:
    """So many failures from the first of February on, each when the next try is due."""
    now = noon("2026-02-01")
    for attempt in range(1, times + 1):
        assert sending(now, *receivers) == []
        now += rules().wait(attempt)
    return now


DEAD = Receiver("dead", "json://dead", streams=("organ", "crawler"), when="at-once")


def test_a_receiver_that_does_not_answer_is_soon_an_alert_to_the_others_until_it_does(
    world: World, sending: Sending, post: Post
) -> None:
    post.down = {"json://dead"}
    world.refresh("2026-02-01")
    now = fail(sending, rules().alarm - 1, DEAD, OPERATOR)
    assert world.states("receiver-failed") == {}
    sending(now, DEAD, OPERATOR)
    assert now < noon("2026-02-02"), "the operator learns of it on the same day"
    [line] = sending(now, OPERATOR)
    told = "接收方“dead”多次未能送达（nobody answers）：1条告警等待投递，0条因过期放弃。"
    assert line.startswith(f"· 错误　dead：{told}")
    post.down = set()
    now += timedelta(days=1)
    assert len(sending(now, DEAD)) == 1
    assert world.states("receiver-failed") == {"dead": "closed"}
    assert any(line.startswith("· 已消除") for line in sending(now, OPERATOR))


def test_what_a_receiver_missed_while_it_was_away_for_days_arrives_when_it_is_back(
    world: World, sending: Sending, post: Post
) -> None:
    world.organ("审计局")
    world.missing("审计局")
    post.down = {"json://dead"}
    world.refresh("2026-02-01")
    now = fail(sending, rules().together + 3, DEAD)
    post.down = set()
    world.finding("财政局", 2025, "T3-BAL")
    world.refresh("2026-02-08")
    arrived = sending(now, DEAD) + sending(now, DEAD)
    assert sorted(line.partition("：")[0] for line in arrived) == [
        "· 错误　示例县审计局2025年度",
        "· 错误　示例县财政局2025年度",
        "· 错误　示例县财政局2025年度",
    ]
    assert sending(now + timedelta(days=30), DEAD) == []


def test_what_ended_meanwhile_is_told_as_ended(world: World, sending: Sending, post: Post) -> None:
    post.down = {"json://dead"}
    world.refresh("2026-02-01")
    now = fail(sending, rules().together + 1, DEAD)
    post.down = set()
    world.settled("财政局", "on_time")
    world.refresh("2026-02-06")
    [line] = sending(now, DEAD)
    assert line.startswith("· 已消除")
    assert delivered(world) == [("sent", rules().together + 2), ("sent", 1)]


class Refusing(Post):
    """A service that takes no message with a certain word."""

    def __call__(self, address: str, letter: Letter, seconds: float) -> str:
        if "审计局" in body_of(letter, 10_000):
            return "not allowed"
        return super().__call__(address, letter, seconds)


def test_a_message_that_is_refused_keeps_no_others_back_and_costs_only_itself(world: World) -> None:
    for organ in ("审计局", "教育局", "民政局", "水务局"):
        world.organ(organ)
        world.missing(organ)
    world.refresh("2026-02-01")
    post, now = Refusing(), noon("2026-02-01")
    for day in range(rules().keep_days + 8):
        if day == 5:
            world.finding("财政局", 2025, "T3-BAL")
            world.refresh("2026-02-06")
        send(world.store, (READER,), now, post)
        now += timedelta(days=1)
        if day == 9:
            assert any("T3-BAL" in body for _, body in post.sent)
    assert len(post.alerts()) == 5, "four that are missing, and the sum"
    assert sorted(state for state, _ in delivered(world)) == ["given-up"] + ["sent"] * 5 + ["waiting"] * 0
    message = world.rows("SELECT message FROM alerts WHERE kind = 'receiver-failed'")
    assert message == [("接收方“reader”多次未能送达（not allowed）：0条告警等待投递，1条因过期放弃。",)]


def test_a_missing_variable_is_one_failed_delivery_and_no_end(world: World, post: Post) -> None:
    world.refresh("2026-02-01")
    unset = Receiver("unset", url_env="GXCRAWL_TEST_NOT_SET", when="at-once")
    results = send(world.store, (unset, READER), noon("2026-02-01"), post)
    assert [(one.receiver, one.alerts, bool(one.reason)) for one in results] == [
        ("unset", 1, True),
        ("reader", 1, False),
    ]


def test_a_crash_between_sending_and_noting_repeats_one_message_and_loses_none(
    world: World, post: Post
) -> None:
    world.refresh("2026-02-01")
    other = Receiver("other", "json://other", when="at-once")

    def crash(address: str, letter: Letter, seconds: float) -> str:
        post(address, letter, seconds)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send(world.store, (READER, other), noon("2026-02-01"), crash)
    send(world.store, (READER, other), noon("2026-02-01"), post)
    assert sorted(address for address, _ in post.sent) == ["json://other", "json://reader", "json://reader"]


def test_a_preview_changes_nothing(world: World) -> None:
    world.refresh("2026-02-01")
    [parcel] = preview(world.store, (READER,), noon("2026-02-01"))
    assert "示例县财政局" in body_of(parcel.letter, 10_000)
    assert world.rows("SELECT * FROM deliveries") == world.rows("SELECT * FROM receivers") == []


def test_only_one_process_sends_at_a_time(world: World, post: Post) -> None:
    world.refresh("2026-02-01")

    def meanwhile(*_: object) -> str:
        with pytest.raises(BusyError, match="another gxcrawl is delivering"):
            send(world.store, (READER,), noon("2026-02-01"), post)
        return ""

    assert len(send(world.store, (READER,), noon("2026-02-01"), meanwhile)) == 1
    assert post.sent == []


def test_no_address_is_in_the_database_when_it_could_not_be_reached(world: World) -> None:
    world.refresh("2026-02-01")
    with hook(status=403) as service:
        secret = Receiver("a", f"json://someone:hemlig-0815@127.0.0.1:{service.port}/tok3n", when="at-once")
        [result] = send(world.store, (secret,), noon("2026-02-01"))
    world.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stored = world.store.path.read_bytes()
    for part in ("hemlig", "someone", "tok3n"):
        assert part.encode() not in stored
        assert part not in result.reason
