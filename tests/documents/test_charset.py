"""Text must come out whole whatever a page says about its encoding."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.documents.charset import decode

PLAIN = "示例县人民政府办公室2021年政府信息公开工作年度报告"
# No gb2312 characters: a decoder that believes the declaration loses them.
BEYOND_GB2312 = "朱镕㎡喆堃"
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff\ufffd"))


@pytest.mark.parametrize(
    "declared",
    ["utf-8", "gb2312", "iso-8859-1", "windows-1252", "utf-16", "big5", "no-such-charset", "rot13"],
)
@pytest.mark.parametrize("charset", ["utf-8", "gbk", "gb18030"])
def test_a_wrong_declaration_does_no_harm(charset: str, declared: str) -> None:
    page = f"<html><head><meta charset={declared}></head><p>{PLAIN}</p>"
    if declared == "big5" and charset != "utf-8":
        return  # bytes that are valid in a declared national encoding are believed
    decoded = decode(page.encode(charset), f"text/html; charset={declared}")
    assert decoded.text == page
    assert decoded.problems == ()


@pytest.mark.parametrize("place", ["header", "meta", "http-equiv", "xml"])
def test_characters_beyond_a_declared_gb2312_survive(place: str) -> None:
    head = {
        "header": "",
        "meta": '<meta charset="gb2312">',
        "http-equiv": '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        "xml": '<?xml version="1.0" encoding="gb2312"?>',
    }[place]
    page = f"{head}<p>{BEYOND_GB2312}</p>"
    assert decode(page.encode("gb18030"), "text/html; charset=gb2312" if not head else None).text == page


def test_a_declared_national_encoding_is_believed() -> None:
    page = '<meta charset="big5"><p>政府資訊公開工作年度報告</p>'
    assert decode(page.encode("big5")).text == page


@given(texts)
def test_any_utf8_text_comes_back(text: str) -> None:
    assert decode(text.encode()).text == text


@given(texts, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_a_byte_order_mark_decides(text: str, charset: str) -> None:
    mark = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}[
        charset
    ]
    assert decode(mark + text.encode(charset), "text/html; charset=gbk").text == text


@given(st.binary(), st.none() | st.text())
def test_any_bytes_become_text_without_nuls_and_surrogates(data: bytes, content_type: str | None) -> None:
    text = decode(data, content_type).text
    assert "\0" not in text
    assert text == text.encode("utf-8", "strict").decode()


def test_utf16_without_a_mark_is_recognised() -> None:
    page = f"<html><body><p class=MsoNormal>{PLAIN}</p></body></html>"
    assert decode(page.encode("utf-16-le")).text == page


def test_a_download_cut_inside_a_character_keeps_the_rest() -> None:
    decoded = decode((PLAIN * 3).encode()[:-1])
    assert decoded.text.startswith(PLAIN * 2)
    assert [problem.code for problem in decoded.problems] == ["D-BYTES"]


def test_one_damaged_byte_does_not_turn_a_utf8_page_into_gibberish() -> None:
    data = (PLAIN * 10).encode()
    decoded = decode(data[:100] + b"\xff" + data[100:], "text/html; charset=gbk")
    assert decoded.text.count("年度报告") == 10
    assert [problem.code for problem in decoded.problems] == ["D-BYTES"]


def test_one_damaged_byte_in_a_gb_page_is_told() -> None:
    data = (PLAIN * 10).encode("gbk") + b"\xff\xff"
    decoded = decode(data)
    assert decoded.text.startswith(PLAIN)
    assert [problem.code for problem in decoded.problems] == ["D-BYTES"]


def test_encoded_surrogates_and_nuls_are_removed() -> None:
    assert decode("年度".encode() + b"\xed\xa0\x80" + "报告\0".encode()).text == "年度报告"
