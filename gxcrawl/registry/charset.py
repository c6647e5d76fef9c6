"""A table as Excel saves it in China: UTF-8, with or without its mark, or GB 18030."""

from __future__ import annotations

import codecs


class CharsetError(ValueError):
    """The lines that cannot be read, each with a sentence that says what to do."""

    def __init__(self, *faults: tuple[int, str]) -> None:
        super().__init__(*faults)
        self.faults = faults


def decoded(data: bytes) -> str:
    if data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise CharsetError((1, "this is a workbook; save it in Excel as CSV UTF-8 and give that file."))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise CharsetError((1, "this text is in UTF-16; save it in Excel as CSV UTF-8 and give that file."))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    odd = _not_utf8(data)
    if not _is_mostly_utf8(data, odd):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError as error:
            odd = [data.count(b"\n", 0, error.start) + 1]
    raise CharsetError(
        *((line, "this line is in no known character set; save the file as CSV UTF-8.") for line in odd)
    )


def _not_utf8(data: bytes) -> list[int]:
    return [line for line, text in enumerate(data.splitlines(), start=1) if not _is_utf8(text)]


def _is_mostly_utf8(data: bytes, odd: list[int]) -> bool:
    """One damaged byte must not turn every name into another one."""
    lines_with_more_than_ascii = sum(not text.isascii() for text in data.splitlines())
    return data.startswith(codecs.BOM_UTF8) or 2 * len(odd) < lines_with_more_than_ascii


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
