"""The days on which reports were published, each a dot, against the days by which they were due. Pure."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gxcrawl.duties.words import status_words
from gxcrawl.site.charts.model import Chart

ROOM = 0.8  # of the height of a row that dots may take
STEP = 0.12  # between dots of one day, where there is room
AFTER = timedelta(180)  # days after the last due one that are drawn


class Dot(NamedTuple):
    row: str  # kind of the organ
    name: str
    due: str
    published: str
    status: str
    days: int | None  # late


def strip(caption: str, dots: Sequence[Dot], rows: Mapping[str, str]) -> Chart:
    """`rows`: kind -> its name, in the order in which they are drawn."""
    shown = [kind for kind in rows if any(dot.row == kind for dot in dots)]
    last = (max(date.fromisoformat(dot.due) for dot in dots) + AFTER).isoformat()
    drawn = [dot for dot in dots if dot.published <= last]
    drawing = {
        "kind": "strip",
        "rows": [rows[kind] for kind in shown],
        "due": [
            {"row": shown.index(kind), "day": due}
            for kind, due in sorted({(dot.row, dot.due) for dot in dots})
        ],
        "dots": _groups(drawn, shown),
    }
    heads = ["机关", "类别", "发布日期", "期限", "状态"]
    words = status_words()
    table = [
        [
            dot.name,
            rows[dot.row],
            dot.published,
            dot.due,
            words[dot.status].with_days(dot.days, dot.due, dot.published),
        ]
        for dot in dots
    ]
    late = len(dots) - len(drawn)
    notes = [f"{late} 份在 {last} 以后才发布，图中不画，见数据表。"] if late else []
    return Chart(caption, drawing, heads, table, notes)


def _groups(dots: Sequence[Dot], rows: Sequence[str]) -> list[dict[str, object]]:
    """The dots of each status, told apart by their shape."""
    groups: defaultdict[str, list[list[object]]] = defaultdict(list)
    crowd = Counter((dot.row, dot.published) for dot in dots)
    placed: Counter[tuple[str, str]] = Counter()
    for dot in dots:
        spot = dot.row, dot.published
        aside = _aside(placed[spot], crowd[spot])
        placed[spot] += 1
        groups[dot.status].append([dot.published, round(rows.index(dot.row) + aside, 3), dot.name])
    return [
        {"status": status, "name": word.word, "at": groups[status]}
        for status, word in status_words().items()
        if status in groups
    ]


def _aside(number: int, of: int) -> float:
    """Dots of one day stand above and below the middle of their row: 0, 1, -1, 2, -2 … steps."""
    step = min(STEP, ROOM / of)
    return step * ((number + 1) // 2) * (1 if number % 2 else -1)
