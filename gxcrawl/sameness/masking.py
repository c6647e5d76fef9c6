"""A text without what differs anyway: names of the organ and its regions, self references, numbers. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import islice

from gxcrawl.checks.prose import UNIT, normalise

LONGEST = 60_000  # characters of a report that are compared; none has half as many
NAME, NUMBER = "某", "0"
_LONGEST_NAME, _MOST_NAMES = 40, 20
_SHORTEST_NAME = 3  # a shorter form is a word of its own: 前进 of 前进街道
_WITH_TABLES = frozenset({2, 3, 4})
_CHINESE = "[\u4e00-\u9fff]"
_REGION = re.compile(
    f"{_CHINESE}{{2,12}}?自治[区州县旗]|{_CHINESE}{{2,6}}?[省市区旗盟州]|{_CHINESE}{{1,6}}?县"
)
_OFFICE = re.compile("(?:人民)?政府(?:办公厅|办公室|办)?$|办事处$|管理委员会$|管委会$|办公厅$|办公室$")
_SELF = re.compile(
    "[我本全](?:街道|单位|机关|部门|地区|辖区|中心|省|市|区|县|旗|州|镇|乡|街|局|委|办|处|厅|院|所|站)"
)
_NAMES = re.compile(f"{NAME}{{2,}}")
_NUMBERS = re.compile(
    "[0-9]+(?:[.,，][0-9]+)*|百分之[零〇一二两三四五六七八九十百点]+"
    f"|[零〇一二两三四五六七八九十百千万亿]+(?=人次|人|年|月|日|万元|元|{UNIT})"
)
_NO_WORD = re.compile(r"[^\w\n]+|_+")
_ENDS = str.maketrans(dict.fromkeys("。；;！!？?", "\n"))


def narrative(sections: Mapping[int, str]) -> str:
    """What the sections say in words, without blanks, each sentence on a line of its own.

    Where the sections of the tables hold lines without a full stop, those are labels that lost their table.
    """
    parts = []
    for number, text in sorted(sections.items()):
        lines = text[:LONGEST].split("\n")
        kept = [line for line in lines if "。" in line] if number in _WITH_TABLES else lines
        parts.append("\n".join(kept))
    return normalise("\n".join(parts)[:LONGEST]).translate(_ENDS)


def forms_of(names: Iterable[str]) -> tuple[str, ...]:
    """Every form in which an organ and its regions may be printed, longest first.

    哈尔滨市阿城区交界街道办事处: with and without 哈尔滨市, 阿城区 and 办事处, and the regions alone.
    """
    forms: set[str] = set()
    for name in islice(names, _MOST_NAMES):
        if len(name) <= _LONGEST_NAME and "\n" not in name:
            forms.update(_forms(normalise(name)))
    return tuple(sorted((form for form in forms if len(form) >= _SHORTEST_NAME), key=_longest_first))


def _forms(name: str) -> Iterable[str]:
    regions, rest = _split(name)
    short = _OFFICE.sub("", rest)
    for place, region in enumerate(regions):
        before = "".join(regions[place:])
        yield from (before + rest, before + short, region)
    if short:  # 人民政府 alone is nobody's name
        yield from (rest, short)


def _split(name: str) -> tuple[list[str], str]:
    """The regions before a name, and the name itself."""
    regions, rest = [], name
    while found := _REGION.match(rest):
        regions.append(found[0])
        rest = rest[found.end() :]
    return regions, rest


def _longest_first(form: str) -> tuple[int, str]:
    return -len(form), form


def masked(text: str, forms: Iterable[str]) -> str:
    """Line for line the same text with one sign for every name and number, and without punctuation."""
    for form in forms:
        text = text.replace(form, NAME)
    text = _NAMES.sub(NAME, _SELF.sub(NAME, text))
    return _NO_WORD.sub("", _NUMBERS.sub(NUMBER, text))


def may_be_one(name: str, other: str) -> bool:
    """Names that may be those of one body: the same, one within the other, or a government and its office."""
    one, two = (_OFFICE.sub("", normalise(each)) for each in (name, other))
    return one.endswith(two) or two.endswith(one)
