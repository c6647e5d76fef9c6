"""Chinese prose as the narrative checks want it: plain digits, no blanks, short sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FULL_WIDTH = tuple(zip("０１２３４５６７８９％", "0123456789%", strict=True))
_BLANKS = (" ", "\u3000", "\xa0", "\t", "\u200b", "\ufeff", "\r")
_SENTENCE_ENDS = "。；;！!？?"
_YEARS = re.compile(r"(?<!\d)(20\d\d)年")
_INNER = str.maketrans("“”", "‘’")  # marks of a quotation inside another
NUMERALS = "一二三四五六"  # of the six sections
_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}

# A count in prose: Arabic digits, with thousands separators or without, or a Chinese numeral.
_ARABIC = "[0-9]{1,3}(?:[,，][0-9]{3}){1,4}|[0-9]{1,9}"
ARABIC = f"(?:{_ARABIC})(?![0-9.])"
NUMBER = f"(?:{_ARABIC}|[零〇一二两三四五六七八九十百千]{{1,9}})(?![0-9.])"
UNIT = r"(?:件次|件|条|宗|份|起|项|个|例|次)"


def normalise(text: str) -> str:
    """Without blanks and full-width digits; line ends stay, they end sentences."""
    for blank in _BLANKS:
        if blank in text:  # much cheaper than to replace nothing
            text = text.replace(blank, "")
    for wide, plain in _FULL_WIDTH:
        if wide in text:
            text = text.replace(wide, plain)
    return text


def sentences(text: str) -> list[str]:
    return [sentence for sentence in _with_one_end(text).split("\n") if sentence]


def sentences_around(found: Iterable[re.Match[str]], text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Each match with its sentence, for patterns that never match across the end of one."""
    plain = _with_one_end(text)
    start = end = 0
    for match in found:
        if match.start() >= end:
            start = plain.rfind("\n", 0, match.start()) + 1
            end = plain.find("\n", match.end())
            end = end if end >= 0 else len(plain)
        yield match, text[start:end]


def _with_one_end(text: str) -> str:
    """All signs that end a sentence as line ends."""
    for end in _SENTENCE_ENDS:
        text = text.replace(end, "\n")
    return text


def number(text: str) -> int:
    """The value of what NUMBER matched."""
    if text[0] in "0123456789":
        return int(text.replace(",", "").replace("，", ""))
    if not any(char in _TENS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    total, digit = 0, 0
    for char in text:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def of_this_year(sentence: str, year: int | None, other_times: re.Pattern[str]) -> bool:
    """Not about another year, a part of the year, or many years."""
    if other_times.search(sentence):
        return False
    if year is None or "20" not in sentence:
        return True
    return all(int(found) == year for found in _YEARS.findall(sentence))


def quote(sentence: str, length: int = 60) -> str:
    """A sentence short enough for a message, where it stands between “ and ”."""
    short = sentence if len(sentence) <= length else sentence[: length - 1] + "…"
    return short.translate(_INNER)


def around(text: str, start: int, end: int, width: int = 18) -> str:
    """The words around a position, for a message."""
    left, right = max(0, start - width), min(len(text), end + width)
    piece = text[left:right].replace("\n", "")
    piece = piece.translate(_INNER)
    return ("…" if left else "") + piece + ("…" if right < len(text) else "")
