"""The search page."""

from __future__ import annotations

import sqlite3
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from datasette import Request, Response

from gxcrawl.exports.words import words as export_words
from gxcrawl.site import asked
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.areas import AreaChoice, area_choices, is_known, name_of
from gxcrawl.site.search.asking import MOST, PAGE, Found, Wanted, search_of
from gxcrawl.site.site import Site
from gxcrawl.store.search import MOST as LONGEST
from gxcrawl.store.search import words_of

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> Mapping[str, Any]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def wanted_of(request: Request) -> Wanted:
    return Wanted(
        asked.text(request, "q", LONGEST),
        asked.number(request, "year", asked.YEARS, 0),
        asked.text(request, "area", 20),
        asked.one_of(request, "kind", export_words()["kinds"]),
        asked.number(request, "section", range(1, len(words()["sections"]) + 1), 0),
        asked.number(request, "page", range(1, MOST // PAGE + 1), 1),
    )


async def search(site: Site, request: Request) -> Response:
    wanted = wanted_of(request)

    def query(connection: sqlite3.Connection) -> tuple[Found | None, list[AreaChoice]]:
        choices = area_choices(connection)
        if not is_known(wanted.area, choices):
            raise WrongError(f"没有机关在地区“{wanted.area}”。")
        return search_of(connection, wanted) if wanted.q else None, choices

    found, choices = await site.ask(query)
    sections = {int(number): heading for number, heading in words()["sections"].items()}
    context = {
        "wanted": wanted,
        "asked": {name: value for name, value in wanted._asdict().items() if value},
        "found": found,
        "choices": choices,
        "kinds": export_words()["kinds"],
        "sections": sections,
        "examples": words()["examples"],
        "scope": _scope(wanted, choices, sections),
        "several": len(words_of(wanted.q)) > 1,
        "cut": LONGEST if len(request.args.get("q") or "") > LONGEST else 0,
        "first": (wanted.page - 1) * PAGE + 1,
        "pages": -(-found.total // PAGE) if found else 0,
    }
    return await page(site, request, "search", context)


def _scope(wanted: Wanted, choices: list[AreaChoice], sections: Mapping[int, str]) -> str:
    """What was searched, in words."""
    where = name_of(wanted.area, choices) if wanted.area else "全部地区"
    when = f"{wanted.year}年度" if wanted.year else "全部年度"
    which = export_words()["kinds"][wanted.kind] if wanted.kind else "全部机关"
    part = f"“{sections[wanted.section]}”部分" if wanted.section else "各部分文字"
    return f"{where}、{when}、{which}的报告{part}中"
