"""Numbers, days and the facts behind a remark, as people and as JSON want them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gxcrawl.duties.model import Look, Sight
from gxcrawl.model import Number

LISTED = 5  # so many things are named in a message


def day(when: date) -> str:
    return f"{when.year}年{when.month}月{when.day}日"


def shown(number: Number | None) -> str:
    """A number with its printed digits."""
    if number is None:
        return "没有数字"
    return f"{number:f}" if isinstance(number, Decimal) else str(number)


def listed(things: Iterable[str], mark: str = "、", most: int = LISTED) -> str:
    """The first few, and how many there are."""
    named = list(things)
    return mark.join(named[:most]) + (f"等{len(named)}处" if len(named) > most else "")


def plain(number: Number | None) -> object:
    """A number as JSON has it; decimals keep their digits as text."""
    return shown(number) if isinstance(number, Decimal) else number


def plain_look(look: Look | None) -> dict[str, object] | None:
    return {"run": look.run, "day": look.day.isoformat()} if look else None


def plain_sight(sight: Sight) -> dict[str, object]:
    return {
        "report": sight.report,
        "portal": sight.portal,
        "url": sight.url,
        "title": sight.title,
        "printed": sight.printed.isoformat() if sight.printed else None,
        "basis": sight.basis,
        "first_seen": sight.first_seen.isoformat(),
        "online": sight.online,
        "error": sight.error,
        "lacking": plain_look(sight.lacking),
    }
