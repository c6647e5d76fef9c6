"""The daily message: one, in Chinese, counted, short enough, and harmless whatever a page has put into it."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.notify.letter import body_of, letter_of
from gxcrawl.notify.waiting import Waiting

TODAY = date(2026, 2, 1)


def event(alert: int = 1, **changes: Any) -> Waiting:
    usual = Waiting(
        delivery=alert,
        attempts=0,
        not_before="",
        alert=alert,
        what="opened",
        severity="error",
        message="已逾期1天。",
        at="2026-02-01T00:00:00+00:00",
        stream="organ",
        area="990101",
        area_name="示例县",
        name="示例县财政局",
        year=2025,
    )
    return usual._replace(**changes)


def test_alerts_are_grouped_by_area_and_severity_with_their_counts() -> None:
    letter = letter_of(
        [
            event(1, severity="warn", message="发布后有变动。"),
            event(2, area="990102", area_name="样例县", name="样例县审计局"),
            event(3, what="closed"),
            event(4, what="reopened"),
            event(5, stream="crawler", name="示例县门户", year=None, message="抓取不正常。"),
        ],
        TODAY,
    )
    assert letter.title == "政府信息公开年报告警：错误3条、提醒1条、已消除1条（2026-02-01）"
    assert body_of(letter, 10_000).splitlines() == [
        "新增或加重3条，再次出现1条，已结束1条。",
        "",
        "【示例县 990101】错误1条、提醒1条、已消除1条",
        "· 错误　示例县财政局2025年度：再次出现：已逾期1天。（告警4）",
        "· 提醒　示例县财政局2025年度：发布后有变动。（告警1）",
        "· 已消除　示例县财政局2025年度：已逾期1天。（告警3）",
        "",
        "【样例县 990102】错误1条",
        "· 错误　样例县审计局2025年度：已逾期1天。（告警2）",
        "",
        "【本程序的运行】错误1条",
        "· 错误　示例县门户：抓取不正常。（告警5）",
    ]


def test_of_several_events_of_an_alert_only_the_last_is_told() -> None:
    letter = letter_of([event(1), event(1, what="closed"), event(1, what="reopened")], TODAY)
    assert [line.text for line in letter.lines if line.alerts] == [
        "· 错误　示例县财政局2025年度：再次出现：已逾期1天。（告警1）"
    ]


def test_what_does_not_fit_is_counted() -> None:
    letter = letter_of([event(number) for number in range(1000)], TODAY)
    body = body_of(letter, 2000)
    assert len(body.encode()) <= 2000
    shown = body.count("· 错误")
    assert body.endswith(f"\n另有{1000 - shown}条，请用 gxcrawl alerts 查看。")
    assert shown > 10


def test_markup_mentions_and_line_breaks_of_a_page_are_only_text() -> None:
    hostile = (
        "<script>x</script>\r\nBcc: a@b.example\n\n【示例】<!channel> @all"
        " [点此](http://x.example) `rm`\x1b[2J\u202e"
    )
    letter = letter_of([event(message=hostile, name=hostile, area_name=hostile)], TODAY)
    assert letter.title.isprintable()
    for line in letter.lines:
        assert not set("<>[]@`\r\x1b\u202e") & set(line.text)
        assert "\n" not in line.text.strip("\n")


def test_a_name_of_a_megabyte_is_cut() -> None:
    letter = letter_of([event(name="长" * 1_000_000)], TODAY)
    assert max(len(line.text) for line in letter.lines) < 500


@given(
    st.lists(st.tuples(st.text(), st.text(), st.sampled_from(["", "990101", "990102"])), max_size=30),
    st.integers(0, 3000),
)
def test_a_body_never_has_more_bytes_than_there_is_room_but_for_its_last_line(
    texts: list[tuple[str, str, str]], room: int
) -> None:
    events = [event(number, message=m, name=n, area=a) for number, (m, n, a) in enumerate(texts)]
    body = body_of(letter_of(events, TODAY), room)
    assert len(body.encode("utf-8", "replace")) <= max(room, 100)
