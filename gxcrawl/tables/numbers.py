"""What stands in one cell: a number, nothing, a sign for nothing, or something else."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from gxcrawl.forms.schema import ValueType
from gxcrawl.model import Number, State
from gxcrawl.tables.writing import BRACKETS, INVISIBLE, QUOTES, fold, squeeze, writing


class Reading(NamedTuple):
    value: Number | None
    state: State
    note: str = ""
    unit: str = ""
    candidates: tuple[Number | None, ...] = ()


BLANK = Reading(None, "blank")
PLACEHOLDER = Reading(None, "placeholder")
INVALID = Reading(None, "invalid")

MAX_TEXT = 300  # a longer cell holds no number
MAX_DIGITS = 10  # no organ counts more; a longer run of digits is several numbers that lost their separators
_PLAIN = re.compile(r"(?P<sign>[+\-]?)(?P<digits>[0-9]+)(?P<fraction>\.[0-9]+)?")
_GROUPED = re.compile(r"(?P<sign>[+\-]?)(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+)(?P<fraction>\.[0-9]+)?")
_NOTE = re.compile(r"^(?P<number>[^()]{1,24})\((?P<note>[^()]{0,200})\)?$")
_BEFORE_NOTE = re.compile(r"[^(（]+")
_CURRENCY = re.compile("^(?:人民币|[¥￥]|RMB)")
_CUT_DECIMAL = re.compile(r"[0-9]{1,10}\.")  # the rest stands in the next line
_BROKEN = re.compile(r"[0-9](?:[^\S\r\n]*[\r\n]\s*|[^\S\r\n]+)[0-9]")
_DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "﹣": "-", "―": "-"})
_DIGITS = {char: index % 10 for index, char in enumerate("零一二三四五六七八九〇壹贰叁肆伍陆柒捌玖")} | {
    "两": 2
}
_DIGITS |= {char: index + 1 for index, char in enumerate("壹贰叁肆伍陆柒捌玖")}
_SCALES = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}


@cache
def _placeholders() -> frozenset[str]:
    return frozenset(fold(word) for word in writing()["placeholders"])


@cache
def _value_characters() -> frozenset[str]:
    """Everything that may stand in a cell without words, notes in brackets apart."""
    digits = (
        "0123456789０１２３４５６７８９+-.,＋－．，﹒−﹣"
        + "".join(_DIGITS)
        + "".join(_SCALES)
        + "万亿元整人民币增加减少"
    )
    words = (*writing()["placeholders"], *writing()["count_units"], *BRACKETS, INVISIBLE, QUOTES)
    return frozenset(digits + "".join(words))


@cache
def _count_unit() -> re.Pattern[str]:
    return re.compile("(?:" + "|".join(sorted(writing()["count_units"], key=len, reverse=True)) + ")$")


@cache
def _money_unit() -> re.Pattern[str]:
    return re.compile("(亿元|万元|元|万|亿)整?$")


def read_number(text: str, slot_type: ValueType = "count", head_unit: str = "") -> Reading:
    """Read one cell. head_unit: the unit its heading prints, where that is not the form's own."""
    if not text or text.isspace():
        return BLANK
    if slot_type == "count" and is_plain(text):
        return Reading(int(text), "ok")
    return _read_slowly(text, slot_type, head_unit)


def is_plain(text: str) -> bool:
    """Digits and nothing else, as most cells are."""
    return text.isdigit() and text.isascii() and (text[0] != "0" or text == "0") and len(text) <= MAX_DIGITS


def is_value(text: str) -> bool:
    """Whether a cell holds a number of any kind, nothing, or a sign for nothing: not a label."""
    if not text or (text.isascii() and text.isdigit()):
        return True
    words = _BEFORE_NOTE.match(text)
    if words is None or not _value_characters().issuperset(words.group()):
        return False
    if _CUT_DECIMAL.fullmatch(text.strip()):
        return True
    return len(text) <= 60 and any(
        _read_slowly(text, kind, "").state != "invalid" for kind in ("money", "signed")
    )


def _read_slowly(text: str, slot_type: ValueType, head_unit: str) -> Reading:
    if not squeeze(text[:MAX_TEXT]):
        return BLANK if len(text) <= MAX_TEXT else INVALID
    folded = fold(text[:MAX_TEXT])
    if folded in _placeholders() or squeeze(text[:MAX_TEXT]) in _placeholders():
        return PLACEHOLDER
    folded, note = _without_note(folded, slot_type)
    folded, unit = _without_unit(folded.translate(_DASHES).rstrip("。、;"), slot_type)
    number = _number(folded, slot_type) if len(text) <= MAX_TEXT else None
    if number is None:
        return INVALID
    reading = _allowed(number, slot_type, unit, head_unit)._replace(note=note, unit=unit)
    words = _BEFORE_NOTE.match(text.strip())
    if words is not None and _BROKEN.search(words.group()):
        # A line break or blank inside the digits: one number that was wrapped, or two that met?
        parts = [int(part) for part in words.group().split() if is_plain(part)]
        return reading._replace(value=None, state="ambiguous", candidates=(reading.value, *parts))
    return reading


def _number(folded: str, slot_type: ValueType) -> Decimal | None:
    if not folded:
        return None
    number = _arabic(folded) if folded[-1].isdigit() else _chinese(folded)
    return _worded_change(folded) if number is None and slot_type == "signed" else number


def _without_note(folded: str, slot_type: ValueType) -> tuple[str, str]:
    """The number and what stands in brackets behind it; a unit there, as in 12.5（元）, is no note."""
    noted = _NOTE.match(folded)
    if noted is None:
        return folded, ""
    number, note = noted.group("number"), noted.group("note")
    if slot_type in ("wan_yuan", "money") and note in writing()["money_units"]:
        return number + note, ""
    return number, note


def _without_unit(folded: str, slot_type: ValueType) -> tuple[str, str]:
    if slot_type in ("wan_yuan", "money"):
        folded = _CURRENCY.sub("", folded)
    pattern = _money_unit() if slot_type in ("wan_yuan", "money") else _count_unit()
    found = pattern.search(folded)
    if found is None and slot_type == "money":
        found = _count_unit().search(folded)
    if found is None or not found.start():
        return folded, ""
    unit = found.group(found.lastindex or 0)
    return folded[: found.start()], {"万": "万元", "亿": "亿元"}.get(unit, unit)


def _arabic(folded: str) -> Decimal | None:
    match = _PLAIN.fullmatch(folded) or _GROUPED.fullmatch(folded)
    if match is None:
        return None
    digits = match.group("digits").replace(",", "")
    if len(digits) > MAX_DIGITS or (len(digits) > 1 and digits[0] == "0" and digits.strip("0")):
        return None
    return Decimal(match.group("sign") + digits + (match.group("fraction") or ""))


def _chinese(folded: str) -> Decimal | None:
    """Chinese numerals up to 九千九百九十九万…; digits in a row (二三) are not read: they may be a list."""
    if not folded or len(folded) > 16:
        return None
    total = section = digit = after_wan = 0
    previous_scale = 10_000
    is_colloquial = False  # 一百二 means 120 to some and nothing to others
    for position, char in enumerate(folded):
        if char in _DIGITS:
            if digit and folded[position - 1] not in "零〇":
                return None
            digit = _DIGITS[char]
            is_colloquial = previous_scale in (100, 1000) and folded[position - 1] not in "零〇"
        elif char in _SCALES:
            scale, is_colloquial = _SCALES[char], False
            if scale >= previous_scale or (digit == 0 and not (scale == 10 and section == 0)):
                return None
            section += (digit or 1) * scale
            digit, previous_scale = 0, scale
        elif char == "万" and not total and (section or digit) and not is_colloquial:
            total, section, digit, previous_scale = (section + digit) * 10_000, 0, 0, 10_000
            after_wan = position + 1
        else:
            return None
    if after_wan and folded[after_wan:] in _DIGITS:
        return None
    return None if is_colloquial else Decimal(total + section + digit)


def _worded_change(folded: str) -> Decimal | None:
    for word, sign in (("增加", 1), ("减少", -1), ("增", 1), ("减", -1)):
        if folded.startswith(word):
            number = _arabic(folded.removeprefix(word))
            return None if number is None or number < 0 else sign * number
    return None


def _allowed(number: Decimal, slot_type: ValueType, unit: str, head_unit: str) -> Reading:
    """The number as the form wants it, or invalid where the form forbids it."""
    if slot_type in ("wan_yuan", "money") and number.is_signed():
        return INVALID
    if slot_type == "wan_yuan":
        return Reading(_in_wan_yuan(number, unit or head_unit), "ok")
    if slot_type == "money":
        return Reading(number, "ok")
    if number != number.to_integral_value() or (number.is_signed() and slot_type != "signed"):
        return INVALID
    return Reading(int(number), "ok")


def _in_wan_yuan(number: Decimal, unit: str) -> Decimal:
    worth = writing()["money_units"].get(unit, 10_000)
    shift = {1: -4, 10_000: 0, 100_000_000: 4}[worth]
    return number.scaleb(shift) if shift else number
