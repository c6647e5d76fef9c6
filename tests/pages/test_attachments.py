"""Every file of an article is found under the name that people see; files of the site itself are not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.pages.attachments import attachments_of
from gxcrawl.pages.filenames import safe_name
from gxcrawl.pages.model import Attachment, Marks, Page

URL = "http://www.shili.gov.cn/shili/c1/202201/c01_77.shtml"
HOST = "http://www.shili.gov.cn"
NAME = "示例县民政局2021年政府信息公开工作年度报告"


def found(body: str, marks: Marks = Marks(), url: str = URL) -> list[tuple[str, str]]:  # noqa: B008
    return [tuple(one) for one in attachments_of(Page(url, body.encode()), marks)]


def in_article(markup: str, below: str = "") -> str:
    menu = "<ul class=menu><li><a href=/x.pdf>指南</a></ul>"
    return f"<html><body>{menu}<div id=zoom>{markup}</div>{below}</body></html>"


@pytest.mark.parametrize(
    ("markup", "path", "name"),
    [
        (
            "<a href='files/a.docx'>附件：年度报告.docx</a>",
            "/shili/c1/202201/files/a.docx",
            "附件：年度报告.docx",
        ),
        ("<a href=' ./P0.pdf '>点击下载</a>", "/shili/c1/202201/P0.pdf", "P0.pdf"),
        (
            "<a href='77/files/《报告》.pdf '>报告</a>",
            "/shili/c1/202201/77/files/%E3%80%8A%E6%8A%A5%E5%91%8A%E3%80%8B.pdf",
            "报告",
        ),
        (
            "<a href='/module/download/downfile.jsp?classid=0&filename=0a1b.pdf'>年报.pdf</a>",
            "/module/download/downfile.jsp?classid=0&filename=0a1b.pdf",
            "年报.pdf",
        ),
        (
            "<a href='/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9'>年报.doc</a>",
            "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&wbfileid=9",
            "年报.doc",
        ),
        (
            (
                "<a download='' href='/api-gateway/jpaas-web-server/front/document/download"
                "?fileUrl=Ab%2F1&fileName=%E5%B9%B4%E6%8A%A5.wps'></a>"
            ),
            "/api-gateway/jpaas-web-server/front/document/download?fileUrl=Ab%2F1&fileName=%E5%B9%B4%E6%8A%A5.wps",
            "年报.wps",
        ),
        (
            "<a download='年报.ofd' href='/group1/M00/05/2B/wKg.ofd'>下载</a>",
            "/group1/M00/05/2B/wKg.ofd",
            "年报.ofd",
        ),
        (
            "<a href='/attachment/8/8018/10794083.xls'>附表</a>",
            "/attachment/8/8018/10794083.xls",
            "10794083.xls",
        ),
        (
            "<a href='virtual_attach_file.vsb?afc=1&oid=2'>年报.zip</a>",
            "/shili/c1/202201/virtual_attach_file.vsb?afc=1&oid=2",
            "年报.zip",
        ),
        ("<iframe src='/pdfjs/web/viewer.html?file=%2Ffiles%2Fnb.pdf'></iframe>", "/files/nb.pdf", "nb.pdf"),
        ("<embed src='nb.pdf' type='application/pdf'>", "/shili/c1/202201/nb.pdf", "nb.pdf"),
        ("<object data='nb.pdf'></object>", "/shili/c1/202201/nb.pdf", "nb.pdf"),
        (
            '<script>showVsbpdfIframe("/__local/1/A/nb.pdf","100%","900",\'x\')</script>',
            "/__local/1/A/nb.pdf",
            "nb.pdf",
        ),
        ("<script>var pdf='./P1.pdf';</script>", "/shili/c1/202201/P1.pdf", "P1.pdf"),
        (
            "<a href=\"javascript:downloadFj('年报(定稿).docx','./x.docx')\">下载</a>",
            "/shili/c1/202201/x.docx",
            "年报(定稿).docx",
        ),
        (
            "<a href='javascript:;' onclick=\"downloadFj('年报','./x.docx')\"></a>",
            "/shili/c1/202201/x.docx",
            "年报",
        ),
    ],
)
def test_a_file_of_the_article_is_found(markup: str, path: str, name: str) -> None:
    assert found(in_article(markup)) == [(HOST + path, name)]


@pytest.mark.parametrize(
    "body",
    [
        in_article(
            f"<p>{NAME}</p>", "<a href='/u/cms/report_tb_3609000004.pdf'>2021年政府网站工作年度报表</a>"
        ),
        in_article("<a href='/app/shili.apk'>客户端下载</a><a href='/list.html'>附件</a>"),
        in_article("<img src=icon.png>" + NAME * 5),
        in_article(f"<p>{NAME}", "<div class=footer><a href='/jubao.doc'>附件下载</a></div>"),
        in_article(f"<p>{NAME}", "<p>" + "长" * 300 + "<a href='/other/zhinan.pdf'>指南</a></p>"),
        "<html><body><!-- <a href='a.pdf'>附件</a> --></body></html>",
        "",
    ],
)
def test_what_belongs_to_the_site_is_no_attachment(body: str) -> None:
    assert found(body) == []


def test_files_listed_below_the_article_belong_to_it() -> None:
    below = "<p>附件【<a href='/system/_content/download.jsp?wbfileid=7'>年报.doc</a>】已下载 3 次</p>"
    beside = "<ul><li><a href='/shili/c1/202201/c01_77/files/b.pdf'>报告全文</a></li></ul>"
    labelled = "<div><h4>相关附件</h4><ul><li><a href='/up/c.xlsx'>统计表</a></li></ul></div>"
    names = [name for _, name in found(in_article("<p>见附件</p>", below + beside + labelled))]
    assert names == ["年报.doc", "报告全文", "统计表"]


def test_one_file_linked_twice_is_one_attachment() -> None:
    links = "<a href='a.pdf'>年报</a><a href='./a.pdf'>点击下载</a><iframe src='a.pdf'></iframe>"
    assert len(found(in_article(links))) == 1


def test_the_scans_of_a_report_are_its_files_but_not_the_pictures_of_a_text() -> None:
    scans = "<p><img src='s1.jpg'></p><p><img src='s2.jpg'></p>"
    assert [name for _, name in found(in_article(scans))] == ["s1.jpg", "s2.jpg"]
    assert found(in_article(scans + f"<p>{NAME * 3}</p>")) == []


def test_the_mark_of_a_family_says_where_the_article_is() -> None:
    body = (
        "<div class=left><a href='/zhinan.pdf'>指南</a></div><div class=own><a href='/nb.pdf'>年报</a></div>"
    )
    assert found(body, Marks(body=("div.own",))) == [(f"{HOST}/nb.pdf", "年报")]


def test_files_of_an_article_that_stands_in_a_script() -> None:
    script = (
        "window._CONFIG={SID:'755',TREE:[{name:'年报',url:'/nb.pdf'}],DETAIL:{id:7,"
        '"content":"\\u003Cp\\u003E见附件\\u003C\\/p\\u003E'
        '\\u003Ca href=\\"\\/attachment\\/1\\/2.doc\\"\\u003E报告\\u003C\\/a\\u003E",'
        '"attachment":[{"id":3,"name":"附表一.xls","url":"\\/attachment\\/1\\/3.xls"}]}}'
    )
    page = f"<html><body><div id=app></div><script>{script}</script></body></html>"
    assert found(page) == [
        (f"{HOST}/attachment/1/2.doc", "报告"),
        (f"{HOST}/attachment/1/3.xls", "附表一.xls"),
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\年报.doc", "年报.doc"),
        ("%2e%2e%2fa.pdf", "a.pdf"),
        ("年报\u202efdp.exe\x00", "年报fdp.exe"),
        ("..", "未命名文件"),
        ("", "未命名文件"),
        ("名" * 500, "名" * 120),
    ],
)
def test_a_name_from_the_network_is_only_fit_to_be_shown(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@given(st.text())
def test_no_name_has_a_folder_or_a_control_character(name: str) -> None:
    shown = safe_name(name)
    assert shown
    assert not set(shown) & set("/\\\0\n\r\u202e")


@given(st.binary(max_size=2_000))
def test_any_bytes_are_survived(body: bytes) -> None:
    assert all(isinstance(one, Attachment) for one in attachments_of(Page(URL, body), Marks()))


@pytest.mark.parametrize(
    "piece",
    ["<a href='x.pdf'>附件", "<div>", "<script>var pdf='a.pdf'", "downloadFj('a','", "<iframe src=a.pdf>"],
)
def test_three_hostile_megabytes_take_bounded_time(piece: str) -> None:
    body = piece * (3_000_000 // len(piece.encode()))
    start = time.perf_counter()
    attachments_of(Page(URL, body.encode()), Marks())
    assert time.perf_counter() - start < 10
