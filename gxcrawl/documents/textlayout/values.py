"""What a number cell looks like in print, and how a printed line falls into chunks."""

from __future__ import annotations

import re

BLANKS = " \t\r\n\f\v\u00a0\u3000"
MAX_CELLS = 400_000  # of one document; far above any report, far below what hurts

DELIMITERS = ",;，；"

_PLACEHOLDERS = frozenset(("/", "／", "\\", "-", "--", "–", "—", "——", "－", "―", "−", "无", "零", "〇"))
_UNITS = "人次|万元|亿元|[元件条个项次篇份起宗人场期家部辆%％]"
_NUMBER = re.compile(
    r"[+\-−－＋﹣]?(?:\d+(?:[,，]\d{3,4})*(?:[.．]\d+)?|[.．]\d+)"  # 1,151  １２  +19  0.5
    rf"(?:{_UNITS})?(?:[（(\[【〔][^（()）]*[)）\]】〕])?"  # 22（其中修订16件）
)
_LONGEST = 400  # no printed number is longer, however many cells are glued together
_WORD = re.compile(r"\S+")
_CHUNK = re.compile(r"\S+(?:\s\S+)*")
_DIGITS = "0123456789０１２３４５６７８９"
_GLUED = _DIGITS + "+-－−.．/"  # what number cells are made of when nothing parts them
_YEAR = re.compile(r"(?:19|20)\d\d")

Span = tuple[int, int]


def is_value(text: str) -> bool:
    """Whether a whole cell reads as a number, or as the mark that stands for one."""
    if text in _PLACEHOLDERS:
        return True
    return len(text) <= _LONGEST and _NUMBER.fullmatch(text) is not None


def clean(text: str) -> str:
    return text.strip(BLANKS)


def chunks(text: str) -> list[Span]:
    """Where the columns of a line stand: two blanks part columns, one blank parts numbers too."""
    spans: list[Span] = []
    only_values_behind = True
    for match in reversed(list(_CHUNK.finditer(text))):
        words = [word.span() for word in _WORD.finditer(text, match.start(), match.end())]
        behind = _values_at_end(text, words) if len(words) > 1 else 0
        if behind == len(words):
            spans.extend(reversed(words))
            continue
        if behind and (not only_values_behind or text[words[-behind - 1][1] - 1] in "：:"):
            behind = 0
        cut = len(words) - behind
        spans.extend(reversed(words[cut:]))
        spans.append((words[0][0], words[cut - 1][1]))
        only_values_behind = only_values_behind and len(words) == 1 and is_value(match.group())
    spans.reverse()
    return spans


def _values_at_end(text: str, words: list[Span]) -> int:
    count = 0
    for start, end in reversed(words):
        if not is_value(text[start:end]):
            break
        count += 1
    return count


def glued_digits(text: str) -> int:
    """How much number sticks to the end of a label: （一）予以公开126036001296 has 12 digits."""
    head = text.rstrip(_GLUED)
    tail = text[len(head) :]
    if not head or not tail or tail[-1] not in _DIGITS or _YEAR.fullmatch(tail):
        return 0
    return len(tail) if "\u4e00" <= head[-1] <= "\u9fff" or head[-1] in "）)”》" else 0


def count_values(text: str) -> int:
    """How many chunks or fields of a line are numbers; glued digits of a whole row count as three."""
    for delimiter in DELIMITERS:
        if text.count(delimiter) >= 3:
            found = sum(is_value(clean(field)) for field in text.split(delimiter, MAX_CELLS))
            if found >= 4:
                return found
    if any(blank in text for blank in (" ", "\u00a0", "\u3000")):
        found = sum(is_value(text[start:end]) for start, end in chunks(text))
        if found:
            return found
    glued = glued_digits(text)
    return 3 if glued >= 7 and text[-glued:].isdigit() else min(glued, 1)
