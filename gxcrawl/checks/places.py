"""Names many cells of a table in few words: whole rows and columns first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxcrawl.checks.subject import Subject

LISTED = 8


def describe(cells: Sequence[str], subject: Subject) -> str:
    """“（七）总计”整行、“科研机构”整列、…"""
    left = set(cells)
    names = []
    for (_, label), members in subject.rows.items():
        if len(members) > 1 and left.issuperset(members):
            names.append(f"{label}整行")
            left.difference_update(members)
    whole = set(cells)
    for (_, label), members in subject.columns.items():
        if len(members) > 1 and whole.issuperset(members) and not left.isdisjoint(members):
            names.append(f"{label}整列")
            left.difference_update(members)
    names += [subject.label(cell) for cell in cells if cell in left]
    if len(names) <= LISTED:
        return "、".join(names)
    return "、".join(names[:LISTED]) + f"等{len(names)}处"


def by_table(cells: Iterable[str]) -> dict[str, list[str]]:
    tables: dict[str, list[str]] = {}
    for cell in cells:
        tables.setdefault(cell.partition(".")[0], []).append(cell)
    return tables
