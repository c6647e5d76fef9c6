"""datapackage.json and codebook.md: what the files of an export hold, for programs and for people."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from gxcrawl.clock import day_of
from gxcrawl.exports.selection import Selection
from gxcrawl.exports.sinks import moment
from gxcrawl.exports.tables import Column, Table
from gxcrawl.exports.values import values_of
from gxcrawl.store.source import BY_HAND

FILE = Path(__file__).with_name("package.toml")


def write_package(
    folder: Path,
    connection: sqlite3.Connection,
    tables: Sequence[Table],
    selection: Selection,
    snapshot: str,
) -> None:
    """Describe the CSV files of these tables, as Frictionless wants it."""
    words = tomllib.loads(FILE.read_text(encoding="utf-8"))
    package: dict[str, Any] = {"profile": "tabular-data-package", "name": "gxcrawl-export"}
    package |= {"title": words["title"], "description": words["description"].strip()}
    if snapshot:
        package |= {"created": moment(snapshot), "version": day_of(snapshot).isoformat()}
    package |= {"licenses": words["licenses"], "sources": _sources(connection)}
    package["selection"] = {name: value for name, value in selection._asdict().items() if value}
    package["resources"] = [_resource(folder, table, {other.name for other in tables}) for table in tables]
    text = json.dumps(package, ensure_ascii=False, indent=2)
    (folder / "datapackage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _sources(connection: sqlite3.Connection) -> list[dict[str, str]]:
    """The sites that the data is from. What was put in by hand is marked in the table of reports."""
    sources, query = [], "SELECT name, hosts, entry FROM portals WHERE family <> ? ORDER BY id"
    for name, hosts, entry in connection.execute(query, (BY_HAND,)):
        scheme = json.loads(entry or "{}").get("scheme") or "http"
        host = next(iter(json.loads(hosts)), "")
        sources.append({"title": name} | ({"path": f"{scheme}://{host}/"} if host else {}))
    return sources


def _resource(folder: Path, table: Table, others: set[str]) -> Mapping[str, Any]:
    file = folder / f"{table.name}.csv"
    with file.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    told = {"name": table.name, "path": file.name, "profile": "tabular-data-resource"}
    told |= {"title": table.chinese, "description": table.english, "format": "csv", "mediatype": "text/csv"}
    told |= {"encoding": "utf-8", "hash": f"sha256:{digest}"}
    schema: dict[str, Any] = {"fields": [_field(column, table) for column in table.columns]}
    schema |= {"missingValues": [""], "primaryKey": list(table.key)}
    keys = [_foreign_key(*pair) for pair in table.references.items() if pair[1].partition(".")[0] in others]
    if keys:
        schema["foreignKeys"] = keys
    return {**told, "bytes": file.stat().st_size, "schema": schema}


def _field(column: Column, table: Table) -> Mapping[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type}
    field |= {"title": column.chinese, "description": column.english}
    more = {"unit": column.unit, "form": column.form, "cell": column.cell}
    field |= {name: value for name, value in more.items() if value}
    if column.name in table.key:
        field["constraints"] = {"required": True}
    return field


def _foreign_key(column: str, target: str) -> Mapping[str, Any]:
    table, _, other = target.partition(".")
    return {"fields": [column], "reference": {"resource": table, "fields": [other]}}


def write_codebook(folder: Path, tables: Sequence[Table]) -> None:
    """The codebook as a page for people. The table `codebook` holds the same."""
    lines = ["# 编码手册 Codebook", ""]
    for table in tables:
        lines += [f"## {table.name}", "", table.chinese, "", table.english, ""]
        lines += ["| column | type | unit | 中文 | English | cell |", "|---|---|---|---|---|---|"]
        for column in table.columns:
            shown = column.type, column.unit, column.chinese, column.english, column.cell
            lines.append(" | ".join([f"| `{column.name}`", *(_in_a_table(text) for text in shown)]) + " |")
        lines += ["", *_values(table)]
    text = "\n".join(lines)
    (folder / "codebook.md").write_text(text, encoding="utf-8", newline="\n")


def _values(table: Table) -> Iterator[str]:
    """What its coded columns may hold."""
    rows = list(values_of(table))
    if rows:
        yield from ("| column | value | 中文 | English |", "|---|---|---|---|")
        yield from (
            f"| `{column}` | `{value}` | {told} | {english} |" for _, column, value, told, english in rows
        )
        yield ""


def _in_a_table(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
