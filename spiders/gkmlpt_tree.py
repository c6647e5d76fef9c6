"""The settings in a page of gkmlpt: window._CONFIG, an object of JavaScript with a tree in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from gxcrawl.pages.titles import judge
from gxcrawl.report.lines import bare

_DEEPEST = 12
_MOST = 5_000  # nodes
_LONGEST = 2_000_000  # characters of a tree
_SID = re.compile(r"\bSID['\"]?\s{0,5}:\s{0,5}['\"]?(\d{1,12})\b")
_TREE = re.compile(r"\bTREE['\"]?\s{0,5}:\s{0,5}(?=\[)")
_PIECE = re.compile(
    r"(?P<plain>\"(?:[^\"\\\n]|\\.)*\"|[-+]?\d[\d.eE+-]*|\s+|[\[\]{}:])|(?P<quoted>'(?:[^'\\\n]|\\.)*')"
    r"|(?P<name>[A-Za-z_$][\w$]*)|(?P<comma>,(?=\s*[\]}]))|(?P<more>,)|(?P<end>.)",
    re.S,
)
_INSIDE = re.compile(r"\\.|\"", re.S)
_WORDS = {"true": "true", "false": "false", "null": "null", "undefined": "null"}
_NOWHERE = ("", "#", "null", "undefined", "none", "javascript:;", "javascript:void(0)")
_REPORTS = re.compile(r"年报|年度报告")


class Node(NamedTuple):
    id: str
    name: str


class Config(NamedTuple):
    sid: str
    tree: list[Any]


def read_config(text: str) -> Config | None:
    """The number of the site and its categories; None when the page has no tree."""
    found = _TREE.search(text) if "_CONFIG" in text else None
    if not found:
        return None
    tree = _array(text[found.end() : found.end() + _LONGEST])
    sid = _SID.search(text)
    return Config(sid[1] if sid else "", tree) if tree is not None else None


def report_nodes(tree: list[Any], category: str = "") -> list[Node]:
    """The category by its number; else every one named for annual reports, and all below it."""
    nodes = list(_walk(tree))
    if named := [node for node, _ in nodes if category and node.id == category]:
        return named[:1]
    return list(dict.fromkeys(node for node, is_report in nodes if is_report))


def _walk(tree: list[Any]) -> Iterator[tuple[Node, bool]]:
    """Every category in order, and whether it is for reports. What leads to another site ends there."""
    waiting = [(entry, 0, False) for entry in reversed(tree)]
    for _ in range(_MOST):
        if not waiting:
            return
        entry, depth, inside = waiting.pop()
        if not isinstance(entry, dict) or _leads_away(entry) or depth > _DEEPEST:
            continue
        name = bare(str(entry.get("name") or ""))[:100]
        is_report = inside or (bool(_REPORTS.search(name)) and not judge(name).startswith("decoy"))
        code = str(entry.get("id") or "")
        below = entry.get("children")
        below = below if isinstance(below, list) else []
        if re.fullmatch(r"[0-9]{1,12}", code) and not (below and _is_empty(entry)):
            yield Node(code, name), is_report
        waiting += [(one, depth + 1, is_report) for one in reversed(below)]


def _leads_away(entry: dict[str, Any]) -> bool:
    return str(entry.get("jump_url") or "").strip().lower() not in _NOWHERE


def _is_empty(entry: dict[str, Any]) -> bool:
    return str(entry.get("post_count", "")) == "0"


def _array(text: str) -> list[Any] | None:
    """The array at the start of a script's text, as JSON or as people write it in JavaScript."""
    found = _decoded(text)
    return _decoded(_as_json(text)) if found is None else found


def _decoded(text: str) -> list[Any] | None:
    try:
        found, _ = json.JSONDecoder(strict=False).raw_decode(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, list) else None


def _as_json(text: str) -> str:
    """Double quotes around strings and names, no comma before a bracket; up to what is no part of it."""
    parts: list[str] = []
    for found in _PIECE.finditer(text):
        piece, kind = found[0], found.lastgroup
        if kind == "end":
            break
        if kind == "quoted":
            piece = f'"{_INSIDE.sub(_turned, piece[1:-1])}"'
        elif kind == "name":
            piece = _WORDS.get(piece, f'"{piece}"')
        parts.append("" if kind == "comma" else piece)
    return "".join(parts)


def _turned(found: re.Match[str]) -> str:
    return {"\\'": "'", '"': '\\"'}.get(found[0], found[0])
