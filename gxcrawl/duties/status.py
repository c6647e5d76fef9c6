"""What became of a report that is owed. Pure; docs/how-the-watch-decides.md has the same rules in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from gxcrawl.duties.model import Cover, Duty, Known, Look, Sight, Status
from gxcrawl.duties.season import calendar, opening

NOT_READ_YET = "carrier-not-read"  # a file or a picture: published, whatever is in it
# Not printed by the publisher, or anew at each request (gxcrawl/store/versions.py knows the same ones).
PROVES_NOTHING = ("", "url", "url-month", "generated-date", "meta-created", "meta-maketime", "relative-date")
PROVES_LATE_ONLY = "signature"
NO_STATUTE = "无法定期限"


class Verdict(NamedTuple):
    status: Status
    reason: str
    days: int | None = None
    sight: Sight | None = None
    published: date | None = None
    basis: str = ""
    lacking: Look | None = None
    recheck: date | None = None


def decide(known: Known, today: date) -> Duty:
    """The status of one organ's report of one year."""
    verdict = _exempt(known) or _published(known) or _unreadable(known) or _absent(known, today)
    return Duty(
        known.organ,
        known.year,
        known.deadline.due,
        known.deadline.rule,
        known.deadline.statutory,
        known.basis,
        verdict.status,
        verdict.days,
        verdict.reason + _by_hand(verdict.sight),
        verdict.published,
        verdict.basis,
        verdict.sight.report if verdict.sight else None,
        verdict.lacking.run if verdict.lacking else None,
        verdict.recheck,
        known.deadline.source,
    )


def _by_hand(sight: Sight | None) -> str:
    return f"；报告为人工存入（{sight.by_hand}）" if sight and sight.by_hand else ""


def counts_as_published(sight: Sight) -> bool:
    return sight.error in ("", NOT_READ_YET)


def printed_day(sights: Iterable[Sight], year: int) -> tuple[date | None, str]:
    """The earliest day that the publisher printed; one from before the season is a slip, no proof."""
    found = [
        (sight.printed, sight.basis)
        for sight in sights
        if sight.printed and sight.basis not in PROVES_NOTHING and sight.printed >= opening(year)
    ]
    firm = [one for one in found if one[1] != PROVES_LATE_ONLY]
    return min(firm or found, default=(None, ""))


def backdated(sights: Sequence[Sight], year: int) -> Look | None:
    """A look that lacked the report although the date printed on it was over by then.

    When nobody looked for long after that date, the report may have stood there, gone and come again.
    """
    published = [sight for sight in sights if counts_as_published(sight)]
    first = min(published, key=lambda sight: sight.first_seen, default=None)
    day, basis = printed_day(published, year)
    if first is None or first.lacking is None or day is None or basis == PROVES_LATE_ONLY:
        return None
    day = max(day, first.stated or day)  # a day that was put right accuses nobody
    look, days = first.lacking, calendar()
    watched = look.since <= day + timedelta(days.blind_days)
    return look if watched and look.day > day + timedelta(days.printing_days) else None


def _exempt(known: Known) -> Verdict | None:
    if known.deadline.exempt:
        return Verdict("exempt", known.deadline.exempt)
    return None if known.exists else Verdict("exempt", f"{known.year}年底或期限之前，该机关不存在")


def _published(known: Known) -> Verdict | None:
    """The report is there, or was."""
    sights = [sight for sight in known.sights if counts_as_published(sight)]
    if not sights:
        return None
    due = known.deadline.due
    first = min(sights, key=lambda sight: (sight.first_seen, sight.report))
    day, basis = printed_day(sights, known.year)
    said = Verdict("on_time", "", None, first, day, basis, first.lacking)
    if not any(sight.online for sight in sights):
        return _withdrawn(known, said)
    if first.first_seen <= due:
        return said._replace(reason=f"{first.first_seen}已见到，期限为{due}")
    if day and day > due:
        return _by_its_day(known, said, day)
    if day and basis != PROVES_LATE_ONLY:
        look, why = backdated(sights, known.year), f"页面日期为{day}"
        said = said._replace(reason=f"发布日期为{day}，期限为{due}")
    else:
        look, why = first.lacking, "没有发布日期"
        unknown = f"没有能够证明的发布日期，首次见到是{first.first_seen}，期限为{due}"
        said = said._replace(status="date_unknown", reason=unknown)
    if look is None or look.day <= due:
        return said
    why = f"{why}，{look.day}的列表中尚无此报告"
    return _late(known, said, (look.day - due).days, why, at_least=True)


def _by_its_day(known: Known, said: Verdict, day: date) -> Verdict:
    """Printed after the due day. A list may show it on the day before, and who failed to look cannot know."""
    due, failed = known.deadline.due, said.sight.failed if said.sight else None
    days = (day - due).days
    if failed and failed <= due and days <= calendar().printing_days:
        why = f"发布日期为{day}，期限为{due}；门户自{failed}起抓取不正常，不能断定当时是否已经发布"
        return said._replace(status="date_unknown", reason=why)
    return _late(known, said, days, f"发布日期为{day}")


def _withdrawn(known: Known, said: Verdict) -> Verdict:
    """It may stand elsewhere, as long as there is a portal that cannot be looked at."""
    doubts = (
        tell(cover, known.deadline.due, date.max) for cover in known.covers for tell in (_never, _unhealthy)
    )
    if doubt := next(filter(None, doubts), ""):
        return said._replace(status="unknown", reason=f"原页面已无法打开，而{doubt}")
    return said._replace(status="withdrawn", reason="曾经发布，连续两次正常抓取均已无法打开")


def _late(known: Known, said: Verdict, days: int, why: str, *, at_least: bool = False) -> Verdict:
    length = f"{'至少' if at_least else ''}{days}天"
    return said._replace(status="late", days=days, reason=f"{why}，{_limit(known)}，逾期{length}")


def _limit(known: Known) -> str:
    due, deadline = known.deadline.due, known.deadline
    if deadline.statutory:
        return f"法定期限为{due}"
    if deadline.rule == "assumed":
        return f"{NO_STATUTE}，按{due}计"
    return f"{NO_STATUTE}，地方规定（{deadline.source}）为{due}"


def _unreadable(known: Known) -> Verdict | None:
    """Something of this organ and year is there, and we cannot say what."""
    if unread := [sight for sight in known.sights if sight.online]:
        return Verdict("unreadable", f"页面无法读取（{unread[0].error}）：{unread[0].url}", sight=unread[0])
    if known.listed:
        return Verdict("unreadable", f"列表中有此报告，页面尚未取得：{known.listed[0]}")
    return None


def _absent(known: Known, today: date) -> Verdict:
    due = known.deadline.due
    if today <= due:
        return Verdict("not_due", f"期限为{due}", recheck=due + timedelta(1))
    doubt = next(_doubts(known, today), None)
    looks = [cover.last for cover in known.covers if cover.last]
    if doubt or not looks:
        return Verdict("unknown", doubt or "没有门户覆盖该机关")
    look = min(looks, key=lambda look: look.day)
    days = (look.day - due).days
    reason = f"{_limit(known)}，{look.day}的列表完整而没有此报告，已逾期{days}天"
    recheck = look.day + timedelta(calendar().fresh_days + 1)
    return Verdict("missing", reason, days, lacking=look, recheck=recheck)


def _doubts(known: Known, today: date) -> Iterator[str]:
    """Why a report that was not found may be there all the same; what explains most comes first."""
    if not known.covers:
        yield "没有门户覆盖该机关"
    for tell in (_never, _unhealthy, _before_due, _old):
        for cover in known.covers:
            if reason := tell(cover, known.deadline.due, today):
                yield reason
    yield from known.doubts


Tell = Callable[[Cover, date, date], str]


def _never(cover: Cover, _due: date, _today: date) -> str:
    return "" if cover.last else f"门户“{cover.name}”从未正常抓取{_class(cover)}"


def _unhealthy(cover: Cover, _due: date, _today: date) -> str:
    return "" if cover.healthy else f"门户“{cover.name}”自{cover.since}起不正常{_class(cover)}"


def _before_due(cover: Cover, due: date, _today: date) -> str:
    late = cover.last and cover.last.day > due
    return "" if late else f"门户“{cover.name}”在期限{due}之后尚未抓取"


def _old(cover: Cover, _due: date, today: date) -> str:
    if cover.last is None or (today - cover.last.day).days <= calendar().fresh_days:
        return ""
    return f"门户“{cover.name}”最近一次正常抓取是{cover.last.day}"


def _class(cover: Cover) -> str:
    return f"（{cover.failure}）" if cover.failure else ""
