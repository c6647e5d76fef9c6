"""Text that only a script would show is read where a page has none of its own."""

from __future__ import annotations

from gxcrawl.documents import read_document

HEAD = "<h1>示例县教育局年度报告</h1>"
CARD = "<table><tr><td>索引号</td><td>1</td></tr></table>"


def escaped(*paragraphs: str) -> str:
    markup = "".join(rf"\u003Cp\u003E{paragraph}\u003C/p\u003E" for paragraph in paragraphs)
    return f'<script>window.DETAIL = {{"content": "{markup}"}};</script>'


def test_an_article_without_tables_that_a_script_would_show_is_read() -> None:
    article = [f"第{number}段：我局认真开展政府信息公开工作。" for number in range(20)]
    document = read_document(f"{HEAD}{CARD}{escaped(*article)}".encode())
    assert [paragraph.text for paragraph in document.paragraphs] == ["示例县教育局年度报告", *article]
    assert [problem.code for problem in document.problems] == ["D-EMBEDDED"]


def test_a_page_with_its_own_text_keeps_to_that() -> None:
    own = "我局认真开展政府信息公开工作，" * 10
    document = read_document(f"{HEAD}<p>{own}</p>{escaped(*['别处的文字'] * 40)}".encode())
    assert [paragraph.text for paragraph in document.paragraphs] == ["示例县教育局年度报告", own]
