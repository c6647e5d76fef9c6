"""Pagers that consist of numbers, boxes and buttons lead from page to page."""

from __future__ import annotations

import pytest

from gxcrawl.pages.model import Ask, Page
from gxcrawl.pages.numbers import next_button, next_number

URL = "http://www.shili.gov.cn/nb/list_1.htm"
FOLDER = "http://www.shili.gov.cn/nb/"


def page(markup: str, url: str = URL) -> Page:
    return Page(url, f"<html><body>{markup}</body></html>".encode())


def links(*numbers: int, form: str = "{}") -> str:
    return "".join(f'<a href="list_{number}.htm">{form.format(number)}</a>' for number in numbers)


@pytest.mark.parametrize(
    ("markup", "url", "number", "following"),
    [
        (f"<b>1</b>{links(2, 3)}", URL, 1, "list_2.htm"),
        (links(1, 3, form="[{}]"), f"{FOLDER}list_2.htm", 2, "list_3.htm"),
        (links(1, 2, 3, form="第{}页"), URL, 1, "list_2.htm"),
        (links(1, 2), f"{FOLDER}list_3.htm", 3, ""),
        (links(8, 9, 10, 11), f"{FOLDER}list_9.htm", 9, "list_10.htm"),
        (
            '<select onchange="location.href=this.value"><option value="list_2.htm">2</option></select>',
            URL,
            1,
            "list_2.htm",
        ),
        ('<select name="year"><option value="list_2.htm">2</option></select>', URL, 1, ""),
        ('<a href="/bmfw/2.htm">2</a>', URL, 1, ""),
        ('<a class="disabled" href="list_2.htm">2</a>', URL, 1, ""),
    ],
)
def test_the_number_after_this_page_is_followed(markup: str, url: str, number: int, following: str) -> None:
    ask = next_number(page(markup, url), Ask(url, state={"number": number}))
    assert (ask.url if ask else "") == (FOLDER + following if following else "")


def test_the_days_of_a_calendar_are_no_pages() -> None:
    assert next_number(page(links(*range(1, 32))), Ask(URL)) is None


def test_a_button_sends_its_form_with_its_own_name() -> None:
    form = (
        '<form method="post" action="List.aspx"><input type="hidden" name="__VIEWSTATE" value="a+b"/>'
        '<input type="submit" name="btnPrev" value="上一页" disabled/>'
        '<input type="submit" name="btnNext" value="下一页"{}/></form>'
    )
    ask = next_button(page(form.format("")))
    assert ask is not None
    assert (ask.url, ask.method, ask.body) == (
        f"{FOLDER}List.aspx",
        "POST",
        "__VIEWSTATE=a%2Bb&btnNext=%E4%B8%8B%E4%B8%80%E9%A1%B5",
    )
    assert next_button(page(form.format(" disabled"))) is None
    assert next_button(page(form.format(' onclick="return go()"'))) is None


def test_a_form_that_gets_puts_its_fields_into_the_address() -> None:
    form = '<form action="/nb/l"><input type=hidden name=page value=2><button>下一页</button></form>'
    ask = next_button(page(form))
    assert ask is not None
    assert ask.url == f"{FOLDER}l?page=2"
