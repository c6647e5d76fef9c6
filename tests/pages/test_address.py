"""Addresses as browsers go to them, and as a portal's frontier tells them apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.address import absolute, allowed, key, lane

BASE = "http://www.shili.gov.cn/zwgk/nb/index.html"


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("./202201/t1.html", "http://www.shili.gov.cn/zwgk/nb/202201/t1.html"),
        ("  ../a b.pdf \n", "http://www.shili.gov.cn/zwgk/a%20b.pdf"),
        ("//xxgk.shili.gov.cn/1.html", "http://xxgk.shili.gov.cn/1.html"),
        ("/files/《年报》.docx", "http://www.shili.gov.cn/files/%E3%80%8A%E5%B9%B4%E6%8A%A5%E3%80%8B.docx"),
        ("/a\n\tb.html", "http://www.shili.gov.cn/ab.html"),
        ("\\a\\b.html", "http://www.shili.gov.cn/a/b.html"),
        ("\\\\xxgk.shili.gov.cn\\b.html", "http://xxgk.shili.gov.cn/b.html"),
        ("/a/./b/../../../c.html#top", "http://www.shili.gov.cn/c.html"),
        ("HTTP://WWW.Shili.GOV.cn:80/A.html", "http://www.shili.gov.cn/A.html"),
        ("https://www.shili.gov.cn:8443/", "https://www.shili.gov.cn:8443/"),
        ("/a%20b%zz.html", "http://www.shili.gov.cn/a%20b%zz.html"),
        ("?page=2", "http://www.shili.gov.cn/zwgk/nb/index.html?page=2"),
        ("/s?q=年报 2021", "http://www.shili.gov.cn/s?q=%E5%B9%B4%E6%8A%A5%202021"),
        ("/a?u=http:\\x", "http://www.shili.gov.cn/a?u=http:\\x"),
        ("http://[::1]:8701/a", "http://[::1]:8701/a"),
        ("https:///xxgk.shili.gov.cn/1", "https://xxgk.shili.gov.cn/1"),
    ],
)
def test_links_lead_where_browsers_go(href: str, url: str) -> None:
    assert absolute(BASE, href) == url


@pytest.mark.parametrize(
    "href",
    [
        "",
        "#",
        " #top",
        "javascript:void(0)",
        " java\nscript:alert(1)",
        "mailto:a@b.cn",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://a.gov.cn/",
        "http://",
        "http://[::1",
        "http://a:99999/",
        "http://a b/",
        "x" * 100_000,
    ],
)
def test_what_no_browser_would_fetch_is_no_address(href: str) -> None:
    assert absolute(BASE, href) == ""


@given(st.text(max_size=60), st.sampled_from([BASE, "", "x", "http://[", "https://a.gov.cn/?a=b"]))
def test_an_absolute_address_stays_as_it_is(href: str, base: str) -> None:
    url = absolute(base, href)
    assert url == "" or url.startswith(("http://", "https://"))
    assert absolute(BASE, url) == url


@given(st.text(alphabet=r"htps:/\.%2eE5?#&=a[]@;年 ", max_size=40))
def test_strange_addresses_are_read_without_harm(text: str) -> None:
    url = absolute(BASE, text)
    assert absolute(BASE, url) == url
    assert key(url) == key(key(url))
    assert isinstance(lane(text), str)
    assert allowed(text, ["a", "[::1]"]) in (True, False)


SAME = [
    "http://www.shili.gov.cn/nb/a_1.html?b=2&a=1",
    "https://shili.gov.cn/nb/a_1.html?a=1&b=2",
    " http://www.shili.gov.cn:80/nb/a_1.html?a=1&b=2#top ",
    "http://www.shili.gov.cn/nb//a_1.html?a=1&b=2&_t=1700000000",
    "http://www.shili.gov.cn/nb/a_1.html;jsessionid=0F?a=1&b=2&utm_source=x",
    "http://www.shili.gov.cn/nb/%61%5F1.html?a=%31&b=2&v=20220101",
]


@pytest.mark.parametrize("url", SAME)
def test_one_page_has_one_key(url: str) -> None:
    assert key(url) == "/nb/a_1.html?a=1&b=2"


def test_the_index_of_a_folder_is_the_folder() -> None:
    assert key("http://a.gov.cn/nb/index.html") == key("http://b.gov.cn/nb/") == "/nb/"
    assert key("http://a.gov.cn") == key("http://a.gov.cn/index.shtml") == "/"
    assert key("http://a.gov.cn/nb/index_2.html") == "/nb/index_2.html"


def test_chinese_names_have_one_key() -> None:
    assert key("http://a.gov.cn/年报.pdf") == key("http://a.gov.cn/%e5%b9%b4%E6%8a%a5.pdf")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/show.jsp?id=1", "/show.jsp?id=2"),
        ("/show?v=12", "/show?v=13"),  # here the version is the article
        ("/show?t=1", "/show?t=2"),
        ("/A.html", "/a.html"),
        ("/a%2Fb", "/a/b"),
        ("/list?page=1", "/list?page=2"),
    ],
)
def test_different_pages_have_different_keys(one: str, other: str) -> None:
    assert key(f"http://a.gov.cn{one}") != key(f"http://a.gov.cn{other}")


@given(st.text(alphabet="ab年/.-_ 1", max_size=20), st.integers(0, 10**12))
def test_noise_and_alias_hosts_do_not_change_a_key(path: str, clock: int) -> None:
    url = f"http://www.shili.gov.cn/{path.strip()}x.html"
    assert key(f"https://alias.gov.cn/{path.strip()}x.html?_={clock}&utm_medium=a") == key(url)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://WWW.Shili.gov.cn/a", "www.shili.gov.cn"),
        ("https://www.shili.gov.cn:443/a", "www.shili.gov.cn"),
        ("http://127.0.0.1:8701/", "127.0.0.1:8701"),
        ("http://[0:0::1]:8701/", "[::1]:8701"),
        ("http://示例.政务/", "xn--fsq092h.xn--zfr164b"),
        ("http://shili.gov.cn./", "shili.gov.cn"),
        ("http://a:b/", ""),
    ],
)
def test_a_lane_is_a_host_and_its_port(url: str, expected: str) -> None:
    assert lane(url) == expected


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.shili.gov.cn/", True),
        ("https://WWW.SHILI.GOV.CN:443/", True),
        ("http://www.shili.gov.cn:8080/", False),
        ("http://127.0.0.1:8701/a", True),
        ("http://127.0.0.1:8702/a", False),
        ("http://127.0.0.1/a", False),
        ("http://[::1]:8701/", True),
        ("http://www.shili.gov.cn@evil.cn/", False),
        ("http://user@www.shili.gov.cn/", False),
        ("http://evil.cn\\.shili.gov.cn/", False),
        ("http://www.shili.gov.cn.evil.cn/", False),
        ("http://2130706433:8701/", False),
        ("ftp://www.shili.gov.cn/", False),
        ("//www.shili.gov.cn/", False),
    ],
)
def test_only_the_portals_own_hosts_and_ports_are_allowed(url: str, expected: bool) -> None:
    assert allowed(url, ["www.shili.gov.cn", "127.0.0.1:8701", "[::1]:8701"]) is expected
