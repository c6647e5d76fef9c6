"""Reads the form files that lie beside this module."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, get_args

from gxcrawl.forms.schema import (
    Block,
    Column,
    Form,
    Identity,
    Row,
    Table,
    TableKind,
    ValueType,
    join,
    slots_of,
)

SHEET_ROLES = ("indicator", "unit", "code", "value", "cumulative")


class FormError(ValueError):
    """Raised when a form file does not say what it must."""


@cache
def load_forms() -> tuple[Form, ...]:
    """All form versions, newest first."""
    sources = [entry for entry in files("gxcrawl.forms").iterdir() if entry.name.endswith(".toml")]
    forms = [parse_form(source.read_text(encoding="utf-8"), source.name) for source in sources]
    return tuple(sorted(forms, key=lambda form: form.first_year, reverse=True))


def load_form(form_id: str) -> Form:
    return next(form for form in load_forms() if form.id == form_id)


def parse_form(text: str, name: str) -> Form:
    """Turn the text of a form file into a Form, or say what is wrong with it."""
    try:
        data = tomllib.loads(text)
        tables = tuple(_table(item) for item in data["table"])
        form = Form(
            id=data["id"],
            title=data["title"],
            notice=data["notice"],
            first_year=data["first_year"],
            last_year=data.get("last_year"),
            marks=tuple(data["marks"]),
            tables=tables,
            identities=tuple(
                identity for item in data.get("identity", ()) for identity in _identities(item, tables)
            ),
        )
    except tomllib.TOMLDecodeError as error:
        raise FormError(f"{name}: this is no TOML: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise FormError(f"{name}: a key is missing or unknown: {error}") from error
    _check(form, name)
    return form


def _check(form: Form, name: str) -> None:
    """Say what a form file names that it must not."""
    for table in form.tables:
        if table.kind not in get_args(TableKind):
            raise FormError(
                f"{name}: table {table.id} is of kind {table.kind}; there is {get_args(TableKind)}"
            )
        for slot in slots_of(table):
            if slot.type not in get_args(ValueType):
                raise FormError(f"{name}: {slot.id} is of type {slot.type}; there is {get_args(ValueType)}")
    counts = Counter(slot.id for table in form.tables for slot in slots_of(table))
    twice = sorted(name for name, count in counts.items() if count > 1)
    if twice:
        raise FormError(f"{name}: these cells are there twice: {', '.join(twice)}")
    unknown = {
        term
        for identity in form.identities
        for term in (*identity.left, *identity.right)
        if term not in form.slots
    }
    if unknown:
        raise FormError(
            f"{name}: identities name cells that the form does not have: {', '.join(sorted(unknown))}"
        )


def _table(item: dict[str, Any]) -> Table:
    blocks: tuple[Block, ...]
    if item["kind"] == "strip":
        blocks = (_strip_block(item),)
    elif item["kind"] == "sheet":
        blocks = (_sheet_block(item),)
    else:
        blocks = tuple(
            Block(
                block.get("heading", ""),
                _rows(block["rows"]),
                tuple(_column(column) for column in block["columns"]),
            )
            for block in item["block"]
        )
    groups = tuple(
        row
        for block in item.get("block", ())
        for row in _rows([{"id": "", **group} for group in block.get("groups", ())])
    )
    heads = {role: tuple(item[role]) for role in SHEET_ROLES if role in item}
    return Table(
        item["id"], item["kind"], item["title"], blocks, groups, item.get("corner", ""), heads or None
    )


def _strip_block(item: dict[str, Any]) -> Block:
    """A strip has one row of numbers; each column is an outcome under the head of its kind of case."""
    columns = tuple(
        Column(
            id=join(strip["id"], outcome["id"]),
            label=outcome["label"],
            variants=tuple(outcome.get("variants", ())),
            group="/".join(strip["path"]),
            group_variants=tuple(strip.get("variants", ())),
        )
        for strip in item["strip"]
        for outcome in item["outcome"]
    )
    return Block("", (Row(id="", label=""),), columns)


def _sheet_block(item: dict[str, Any]) -> Block:
    columns = [Column(id="", label="")]
    if "cumulative" in item:
        columns.append(Column(id="cumulative", label="累计"))
    return Block("", _rows(item["rows"]), tuple(columns))


def _rows(items: list[dict[str, Any]]) -> tuple[Row, ...]:
    return tuple(Row(**_tuples(item)) for item in items)


def _column(item: dict[str, Any]) -> Column:
    return Column(**_tuples(item))


def _tuples(item: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in item.items()}


def _identities(item: dict[str, Any], tables: tuple[Table, ...]) -> Iterator[Identity]:
    relation, confirmed = item.get("relation", "equal"), item.get("confirmed", True)
    for key in _keys(item, tables):
        left, right = (tuple(term.format(key) for term in item[side]) for side in ("left", "right"))
        yield Identity(item["check"], key, left, right, relation, confirmed)


def _keys(item: dict[str, Any], tables: tuple[Table, ...]) -> list[str]:
    """What an identity is repeated for: the rows or columns of a table, a list of words, or just itself."""
    each = item.get("each", [item.get("key", "")])
    if isinstance(each, list):
        return each
    table_id, what = each.split(".")
    table = next((table for table in tables if table.id == table_id), None)
    if table is None:
        raise KeyError(f"each = {each} names a table that is not there")
    return [part.id for part in (table.rows if what == "rows" else table.columns)]
