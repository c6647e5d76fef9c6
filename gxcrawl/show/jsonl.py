"""A report as one line of JSON. Scripts rely on its keys: some may be added, none renamed or taken away."""

from __future__ import annotations

import json
from decimal import Decimal
from json.encoder import encode_basestring as quoted

from gxcrawl.model import Cell, Finding, Report

UNFAVOURABLE = ("fail", "uncertain")  # results that are listed; passes are only counted


def json_line(report: Report) -> str:
    return encode(as_object(report))


def as_object(report: Report) -> dict[str, object]:
    narrative = report.narrative
    return {
        "source": report.source,
        "organ": report.organ,
        "organ_names": narrative.organ_names,
        "year": report.year,
        "form": report.form,
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "published_basis": narrative.published_basis,
        "sections": [
            {"number": section.number, "heading": section.heading, "text": section.text}
            for section in report.sections
        ],
        "cells": [_cell(cell) for cell in report.cells.values()],
        "problems": [problem._asdict() for problem in report.problems],
        "findings": [_finding(finding) for finding in report.findings if finding.result in UNFAVOURABLE],
        "passed": report.passed,
        "error": {"code": report.error.code, "message": report.error.message} if report.error else None,
    }


def _cell(cell: Cell) -> dict[str, object]:
    shown: dict[str, object] = {
        "id": cell.id,
        "value": cell.value,
        "raw": cell.raw,
        "state": cell.state,
        "place": cell.place,
    }
    extras = {"note": cell.note, "unit": cell.unit, "candidates": cell.candidates}
    return shown | {name: value for name, value in extras.items() if value}


def _finding(finding: Finding) -> dict[str, object]:
    return finding._asdict()


def encode(value: object) -> str:
    """JSON like json.dumps, but a Decimal keeps its printed digits: 1.1900 stays 1.1900."""
    match value:
        case str():
            return quoted(value)
        case int() if not isinstance(value, bool):
            return str(value)  # as json.dumps does, several times faster
        case Decimal():
            return format(value, "f")
        case dict():
            return "{" + ", ".join(f"{quoted(name)}: {encode(item)}" for name, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(encode, value)) + "]"
        case _:
            return json.dumps(value)
