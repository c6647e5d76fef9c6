"""The organ that reports: as printed, in its longest form, from the title, then the body, never from 来源."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from re import Pattern

from gxcrawl.report.body import Body
from gxcrawl.report.lines import bare
from gxcrawl.report.names import NAME, is_name, is_organ, is_whole
from gxcrawl.report.numerals import DATE, YEAR
from gxcrawl.report.title import Title
from gxcrawl.report.words import organ_words

_REGIONS = re.compile(
    "(?:[\u4e00-\u9fff]{1,6}?(?:自治区|自治州|地区|新区|开发区|省|市|区|县|旗|盟|州|镇|乡)){1,3}"
)
_WORDS_BEFORE = re.compile("[\u4e00-\u9fff]+$")
_PREFIX_LENGTH = 20
_REACH = 6000  # so many characters of the report are searched for the name


def find_organ(titles: Sequence[Title], body: Body) -> tuple[str | None, tuple[str, ...]]:
    """The name, and every form of it that is printed, longest first."""
    text = bare(body.text[:_REACH])
    names = {title.organ for title in titles if title.organ}
    for name in tuple(names):
        names.update(_longer_forms(name, text))
    if not names:
        names.update(_names_in_body(text, body))
    ordered = sorted(names, key=lambda name: (-len(name), name))
    whole = [name for name in ordered if is_whole(name)]
    return next(iter(whole or ordered), None), tuple(ordered)


def _longer_forms(name: str, text: str) -> Iterator[str]:
    """The same name with its regions before it, or made whole behind it (王岗镇 -> 王岗镇人民政府)."""
    additions = [word for tail, words in organ_words().whole.items() if name.endswith(tail) for word in words]
    pattern = re.compile(f"{re.escape(name)}(?:{'|'.join(additions)})?" if additions else re.escape(name))
    for found in pattern.finditer(text):
        before = _WORDS_BEFORE.search(text, max(0, found.start() - _PREFIX_LENGTH), found.start())
        yield (_regions(before[0]) if before else "") + found[0]


def _regions(words: str) -> str:
    """哈尔滨市阿城区 of 请联系哈尔滨市阿城区; nothing when other words are among them."""
    names = re.split(organ_words().before, words)[-1]
    whole = len(names) < _PREFIX_LENGTH and _REGIONS.fullmatch(names) and is_name(names)
    return names if whole else ""


@cache
def _sentences() -> tuple[tuple[Pattern[str], ...], ...]:
    """The sentences that name the reporting organ, by how sure they are."""
    words = organ_words()
    name = f"(?P<organ>{NAME}{{2,30}}?)"
    whole = f"(?P<organ>{NAME}{{1,30}}(?:{words.suffixes}))"
    year = f"(?:的)?(?:{YEAR})年?度?"
    sure = (
        rf"现(?:将|就){name}{year}",
        rf"现(?:将|就){year}{whole}(?=的?(?:政府)?信息公开|政务公开)",
        rf"反映了?{name}{year}",
        rf"本(?:年度)?(?:年度)?报告(?:是|系|由){name}(?:根据|按照|依据|依照|编制|对|{year})",
        rf"由{name}(?:负责)?编制",
        rf"^{whole}(?:根据|按照|依据|依照)",
    )
    contact = (
        rf"(?:请|可|敬请)(?:直接)?(?:与|和|同|向|致电){name}(?:联系|反映|咨询|垂询)",
        rf"(?:请|可|敬请)(?:直接)?(?:联系|咨询|致电){name}(?=[，,。；;（(:：]|地址|电话)",
    )
    subject = (rf"(?:^|[\n。])(?:{YEAR})年度?(?:以来)?[，,]?{whole}(?={words.verbs}|[，,])",)
    return tuple(tuple(re.compile(pattern, re.M) for pattern in group) for group in (sure, contact, subject))


def _names_in_body(text: str, body: Body) -> list[str]:
    """Names from the surest kind of sentence that has any; two organs in it name nobody."""
    sure, contact, subject = _sentences()
    for names in (
        [*_found(sure, text), *_signed(body)],
        [_without_office(name) for name in _found(contact, text)],
        list(_found(subject, "\n".join(bare(line) for line in body.text[:_REACH].splitlines()))),
    ):
        valid = [name for name in names if is_organ(name)]
        if valid:
            longest = max(valid, key=len)
            return valid if all(_alike(name, longest) for name in valid) else []
    return []


def _found(patterns: Sequence[Pattern[str]], text: str) -> Iterator[str]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            yield found["organ"].strip("（）()")


def _signed(body: Body) -> Iterator[str]:
    """The name above or before the date at the end of the report."""
    for line in body.signature[:1]:
        found = DATE.search(line.text)
        yield bare(line.text[: found.start()] if found else line.text)


def _without_office(name: str) -> str:
    """南岗区王岗镇人民政府 of 南岗区王岗镇人民政府综合办公室: who answers the telephone is no organ."""
    found = organ_words().office.fullmatch(name)
    return found[1] if found else name


def _alike(name: str, longest: str) -> bool:
    return name in longest or longest.startswith(name) or longest.endswith(name[-4:])
