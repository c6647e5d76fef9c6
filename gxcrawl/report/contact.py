"""Whom to ask about the report, and how the organ calls itself."""

from __future__ import annotations

import re
from collections import Counter

from gxcrawl.report.words import self_references

_PATTERNS = {
    "organ": re.compile(
        r"(?:请|可|敬请)(?:直接)?(?:与|和|同|向|联系|咨询|致电)\s?([\u4e00-\u9fff（）()]{3,40}?)"
        r"(?=联系|反映|咨询|垂询|[，,。；;:：(（]|地\s?址|电\s?话)"
    ),
    "address": re.compile(r"地\s{0,3}址\s?[:：为是]\s?([^；;。，,\n）)]{2,60})"),
    "telephone": re.compile(
        r"(?:电\s{0,3}话|热线|联系方式|手机)(?:号码)?\s?(?:[:：为是]|（[^（）]{0,8}）[:：]?)?\s?"
        r"([（(+]?\d[\d（）()\s—－–\-+]{5,24}(?:转\s?\d{1,6})?)"
    ),
    "email": re.compile(r"(?<![\w.+-])([\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,30}){1,4})", re.ASCII),
}


def find_contact(text: str) -> dict[str, str]:
    """organ, address, telephone, email: those that are printed, the first of each."""
    contact = {}
    for name, pattern in _PATTERNS.items():
        if name == "email" and "@" not in text:
            continue
        if found := pattern.search(text):
            contact[name] = found[1].strip(" -—（(")
    return contact


def count_self_references(text: str) -> dict[str, int]:
    """我镇 -> how often, most frequent first."""
    return dict(Counter(self_references().findall(text)).most_common())
