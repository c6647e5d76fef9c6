"""Addresses and names of files: which address is a file, which one a viewer, what a file is called."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from re import Pattern
from urllib.parse import parse_qsl, unquote, urlsplit

from gxcrawl.report.lines import fold

_LONGEST = 4_000  # of an address
_SHOWN = 120
_NO_NAME = "未命名文件"
# Words of a link that name no file.
_GENERIC = re.compile(
    r"(?:true|download|附\s?[件表]\d{0,2}[:：]?|(?:点击|请点击)?(?:此处|这里)?(?:下载|查看|预览|打开|浏览)(?:附件|文件|原文|全文|此文件)?"
    r"|原文|全文|详[情见]|PDF|WORD|DOCX?|here)?",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Words:
    file: Pattern[str]
    picture: Pattern[str]
    download: Pattern[str]
    viewer: Pattern[str]
    never_address: Pattern[str]
    never_name: Pattern[str]
    label: Pattern[str]
    holder: Pattern[str]
    call: str
    variable: str
    viewer_parameters: tuple[str, ...]
    name_parameters: tuple[str, ...]


@cache
def words() -> Words:
    text = resources.files(__package__).joinpath("attachments.toml").read_text(encoding="utf-8")
    facts = tomllib.loads(text)
    patterns = ("file", "picture", "download", "viewer", "never_address", "never_name", "label", "holder")
    return Words(
        **{key: re.compile(facts[key], re.I) for key in patterns},
        call=facts["call"],
        variable=facts["variable"],
        viewer_parameters=tuple(facts["viewer_parameters"]),
        name_parameters=tuple(facts["name_parameters"]),
    )


def is_file(address: str) -> bool:
    """Does the path end like a file, or the whole look like the address of a download?"""
    if len(address) > _LONGEST:
        return False
    return _ends_like_file(address) or bool(words().download.search(address))


def _ends_like_file(address: str) -> bool:
    parts = _split(address)
    path = unquote(parts[0]).rstrip()
    return bool(re.search(f"(?:{words().file.pattern})$", path, re.I)) or (
        any(words().file.search(value[-8:]) for key, value in parts[1] if key in words().name_parameters)
    )


def viewed_file(address: str) -> str:
    """The address of the file that a viewer shows: viewer.html?file=%2Fa.pdf; '' when it is no viewer."""
    if len(address) > _LONGEST or not words().viewer.search(address):
        return ""
    query = dict(reversed(_split(address)[1]))
    for key in words().viewer_parameters:
        value = query.get(key, "").strip()
        if value and is_file(value):
            return value
    return ""


def file_name(address: str, *said: str) -> str:
    """What a file is called: what the page says, else a parameter of its address, else its path's end."""
    for text in said:
        name = fold(text[:500])
        if name and not _GENERIC.fullmatch(name):
            return safe_name(name)
    path, query = _split(address)
    values = [value for key, value in query if key in words().name_parameters]
    return safe_name(next((value for value in values if value.strip()), path))


def safe_name(name: str) -> str:
    """A name from the network, fit to be shown. It is never used as a path."""
    plain = "".join(character for character in unquote(name[:2_000]) if _is_shown(character))
    last = re.split(r"[/\\]", plain.rstrip("/\\"))[-1]
    return fold(last).strip(". ")[:_SHOWN] or _NO_NAME


def _is_shown(character: str) -> bool:
    """No control characters, and none that turn the direction of writing."""
    return unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _split(address: str) -> tuple[str, list[tuple[str, str]]]:
    """The path, and the parameters with their names in small letters."""
    try:
        parts = urlsplit(address.strip())
        query = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return "", []
    return parts.path, [(key.lower(), value) for key, value in query]
