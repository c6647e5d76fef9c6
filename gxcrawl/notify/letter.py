"""One message in Chinese out of many events: grouped, counted, harmless, never too long. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import NamedTuple

from gxcrawl.alerts.model import SEVERITIES
from gxcrawl.alerts.words import STATE_WORDS
from gxcrawl.checks.severities import severity_words
from gxcrawl.notify.rules import rules
from gxcrawl.notify.waiting import Waiting
from gxcrawl.show.wide import clean

ENDED = {"closed": STATE_WORDS["closed"], "dismissed": STATE_WORDS["dismissed"]}
AGAIN = {"reopened": "再次出现：", "changed": "加重：", "resumed": "加重："}
ABOUT_US = "本程序的运行"

# Signs by which services make links, mentions and markup become their wide twins, which are only signs.
_HARMLESS = str.maketrans("<>[]@`", "＜＞［］＠｀")
_REST = "另有{count}条，请用 gxcrawl alerts 查看。"


class Line(NamedTuple):
    text: str
    alerts: int  # 1 for an alert, 0 for a heading


class Letter(NamedTuple):
    title: str
    lines: tuple[Line, ...]


def letter_of(waiting: Sequence[Waiting], today: date) -> Letter:
    """Of several events of an alert only the last is told."""
    last = {one.alert: one for one in waiting}
    events = sorted(last.values(), key=_place)
    lines = [Line(_overview(events), 0)]
    for group, members in groupby(events, key=_group):
        own = list(members)
        lines.append(Line(f"\n【{group}】{_counts(own)}", 0))
        lines += [Line(_line(event), 1) for event in own]
    return Letter(f"政府信息公开年报告警：{_counts(events)}（{today}）", tuple(lines))


def _place(event: Waiting) -> tuple[object, ...]:
    """Organs before ourselves, by area; what has ended comes last."""
    ended = event.what in ENDED
    return (event.stream != "organ", event.area, ended, SEVERITIES.index(event.severity), event.alert)


def _group(event: Waiting) -> str:
    if event.stream == "crawler":
        return ABOUT_US
    return f"{_name(event.area_name)} {event.area}".strip() or "地区不明"


def _counts(events: Iterable[Waiting]) -> str:
    words = Counter(ENDED.get(event.what) or severity_words()[event.severity] for event in events)
    return "、".join(
        f"{word}{words[word]}条" for word in (*severity_words().values(), *ENDED.values()) if words[word]
    )


def _overview(events: Sequence[Waiting]) -> str:
    told = Counter(
        "已结束" if one.what in ENDED else "再次出现" if one.what == "reopened" else "新" for one in events
    )
    new, again, ended = (told[word] for word in ("新", "再次出现", "已结束"))
    return f"新增或加重{new}条，再次出现{again}条，已结束{ended}条。"


def _line(event: Waiting) -> str:
    about = _name(event.name) + (f"{event.year}年度" if event.year else "")
    label = ENDED.get(event.what) or severity_words()[event.severity]
    said = clean(event.message).translate(_HARMLESS)
    return f"· {label}　{about}：{AGAIN.get(event.what, '')}{said}（告警{event.alert}）"


def _name(text: str) -> str:
    """Names come from pages, so they may be anything."""
    most = rules().longest_name
    line = clean(text[: most * 4]).translate(_HARMLESS)
    return line if len(line) <= most else line[: most - 1] + "…"


def body_of(letter: Letter, room: int) -> str:
    """As many lines as fit into so many bytes, and how many alerts were left out."""
    fitting: list[str] = []
    left = sum(line.alerts for line in letter.lines)
    room -= _size(_REST.format(count=left)) + 1
    for line in letter.lines:
        room -= _size(line.text) + 1
        if room < 0:
            break
        fitting.append(line.text)
        left -= line.alerts
    return "\n".join(fitting + ([_REST.format(count=left)] if left else []))


def _size(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
