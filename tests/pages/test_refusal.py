"""A wall, a challenge, a lost page is never taken for a real page, and a real page never for a wall."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.model import Page
from gxcrawl.pages.refusal import refusal, refused_file

URL = "http://www.shili.gov.cn/shili/c1/202201/c01_77.shtml"
MENU = "".join(f"<li><a href='/c{number}/list.shtml'>栏目名称{number}</a></li>" for number in range(60))
REPORT = "示例县民政局2021年政府信息公开工作年度报告"
LETTERS = "本机关认真落实政府信息公开条例，全年主动公开政府信息若干条，按时办结全部申请。" * 12


def page(body: str, status: int = 200, **headers: str) -> Page:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Page(URL, body.encode(), status, named)


@pytest.mark.parametrize(
    ("status", "body", "expected"),
    [
        (412, "", "blocked:瑞数"),
        (
            412,
            "<html><script>$_ts=window['$_ts'];if(!$_ts)$_ts={};$_ts.nsd=1;</script></html>",
            "blocked:瑞数",
        ),
        (202, "<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>", "blocked:瑞数"),
        (521, "<script>document.cookie=('_')+('_');location.href=location.pathname</script>", "blocked:jsl"),
        (200, "<script>document.cookie='__jsl_clearance_s=1';location.reload()</script>", "blocked:jsl"),
        (403, "<h1>Forbidden</h1>", "blocked:403"),
        (418, "", "blocked:403"),
        (429, "", "blocked:403"),
        (200, "<script>document.cookie='C3VK=1a2b; max-age=300';location.reload()</script>", "blocked:403"),
        (200, "<script>var arg1='0F1E2D3C4B5A69788796A5B4';function go(){}</script>", "blocked:403"),
        (200, "<script>document.cookie='k='+Math.random();location.reload()</script>", "blocked:403"),
        (
            200,
            "<title>网站防火墙</title><p>您的请求带有不合法参数，已被网站管理员设置拦截！</p>",
            "blocked:403",
        ),
        (200, "<p>您访问过于频繁，请稍后再试</p>", "blocked:403"),
        (405, "<h1>405</h1><p>您的访问请求可能对网站造成安全威胁，请求已被云WAF 阻断</p>", "blocked:403"),
        (503, "<p>reason: GeoBL</p>", "blocked:403"),
        (404, "<h1>Not Found</h1>", "not-found"),
        (410, "", "not-found"),
        (500, "<title>示例县人民政府</title>", "http-error"),
        (502, "", "http-error"),
        (400, "<h1>Bad Request</h1>", "http-error"),
        (200, "<title>页面不存在_示例县人民政府</title>" + MENU, "soft-404"),
        (200, "<title>404 Not Found</title>", "soft-404"),
        (
            200,
            f"<title>示例县人民政府</title>{MENU}<p>抱歉，您访问的页面不存在或已删除！</p>{MENU}",
            "soft-404",
        ),
        (200, "<p>对不起，找不到您要的内容</p>", "soft-404"),
        (200, '{"code":404,"message":"page not found"}', "soft-404"),
    ],
)
def test_what_is_no_page_is_told_by_its_class(status: int, body: str, expected: str) -> None:
    assert refusal(page(body, status)) == expected


@pytest.mark.parametrize(
    "body",
    [
        (
            f"<title>{REPORT}</title><h1>{REPORT}</h1><p>{LETTERS}部分群众反映页面不存在、无法找到信息，共404件，"
            "我局建设网站防火墙，访问过于频繁时请求被拦截，请输入验证码。</p>"
        ),
        f"<meta name='ArticleTitle' content='{REPORT}'><p>找不到的页面，请点击附件</p>",
        (
            f"<title>年报专栏</title>{MENU}<ul><li><a href='1.shtml'>{REPORT}</a>2022-01-20</li></ul>"
            "<p>找不到想要的信息？可依申请公开。</p>"
        ),
        "<title>关于部分网页无法找到问题的整改情况</title><p>" + LETTERS,
        f"<title>404号文件解读</title>{MENU}",
        '{"data":{"total":0,"results":[]}}',
        "<frameset><frame src='list.htm'></frameset>",
        f"<script>document.cookie='theme=red'</script>{MENU}",
        "",
    ],
)
def test_a_real_page_may_say_such_words(body: str) -> None:
    assert refusal(page(body)) == ""


@pytest.mark.parametrize("status", [204, 301, 302, 304])
def test_redirects_and_not_modified_are_the_callers_business(status: int) -> None:
    assert refusal(Page(URL, b"", status)) == ""


def test_words_in_gb18030_are_understood() -> None:
    assert refusal(Page(URL, "<title>找不到该页面</title><p>请返回首页".encode("gb18030"))) == "soft-404"


def test_a_pdf_that_holds_such_words_by_chance_is_a_file() -> None:
    body = b"%PDF-1.7\n\0\0 document.cookie= $_ts= page not found"
    assert refusal(Page(URL, body)) == ""
    assert refused_file(Page(URL, body), "report.pdf") == ""


@pytest.mark.parametrize(
    ("name", "status", "body", "expected"),
    [
        ("report.pdf", 200, "<html><form>请输入验证码<img src=captcha.jpg></form>", "blocked:403"),
        ("report.docx", 200, f"<html><title>示例县</title>{MENU}", "soft-404"),
        ("report.pdf", 200, "", "soft-404"),
        ("report.pdf", 200, '{"success":false}', "soft-404"),
        ("report.pdf", 403, "", "blocked:403"),
        ("report.pdf", 404, "<p>x", "not-found"),
        ("table.csv", 200, "年度,件数\n2021,4\n", ""),
        ("report.txt", 200, REPORT, ""),
        ("report.rtf", 200, "{\\rtf1 text}", ""),
        ("report.doc", 200, "<html xmlns:w='urn:schemas-microsoft-com:office:word'><p>报告", ""),
        ("report.pdf", 200, "<html xmlns:w='urn:schemas-microsoft-com:office:word'><p>报告", "soft-404"),
    ],
)
def test_a_web_page_instead_of_a_file_is_not_read_as_the_file(
    name: str, status: int, body: str, expected: str
) -> None:
    assert refused_file(page(body, status, content_type="text/html"), name) == expected


@given(st.binary(max_size=2_000), st.integers(100, 599), st.text(max_size=20))
def test_any_bytes_get_a_class_or_none(body: bytes, status: int, name: str) -> None:
    assert isinstance(refusal(Page(URL, body, status)), str)
    assert isinstance(refused_file(Page(URL, body, status), name), str)


@pytest.mark.parametrize("piece", ["<a>", "您访问的", "document.cookie", "<script>$_ts", "请完成", "{", "的"])
def test_three_hostile_megabytes_are_judged_in_bounded_time(piece: str) -> None:
    body = (piece * (3_000_000 // len(piece.encode())))[:3_000_000]
    start = time.perf_counter()
    refusal(page(body))
    assert time.perf_counter() - start < 8
