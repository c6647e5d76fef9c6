"""What a reader asked for, out of the address of a page: known words only, everything else is refused."""

from __future__ import annotations

from collections.abc import Collection

from datasette import Request

from gxcrawl.site.answers import WrongError

YEARS = range(2000, 2200)
LARGEST = 10**6  # page that anybody turns to


def text(request: Request, name: str, longest: int = 200) -> str:
    value: str = request.args.get(name) or ""
    return value.strip().replace("\0", "")[:longest]


def one_of(request: Request, name: str, known: Collection[str], default: str = "") -> str:
    value = text(request, name) or default
    if value and value not in known:
        raise WrongError(f"地址中的“{name}={value}”不是可选的值。", 400)
    return value


def number(request: Request, name: str, within: range, default: int) -> int:
    value = text(request, name)
    if not value:
        return default
    if not (value.isascii() and value.isdigit() and len(value) < 10 and int(value) in within):
        raise WrongError(f"地址中的“{name}={value}”不是可用的数字。", 400)
    return int(value)


def year(request: Request, default: int) -> int:
    return number(request, "year", YEARS, default)


def page_number(request: Request) -> int:
    return number(request, "page", range(1, LARGEST), 1)
