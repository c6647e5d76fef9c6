"""A report as one line of JSON. Scripts rely on its keys: some may be added, none renamed or taken away."""

from __future__ import annotations

import json
import re
from decimal import Decimal

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
    """JSON in which a Decimal keeps its printed digits: 1.1900 stays 1.1900."""
    return _MARKED.sub(r"\1", _encoder(value))


def _mark(value: object) -> str:
    """json writes no number as it was printed; so it gets a text, from which the marks are taken away."""
    if isinstance(value, Decimal):
        return f"{_MARK}{value:f}"
    raise TypeError(f"{type(value).__name__} has no form in JSON")


_MARK = "\U0010fffd decimal "  # a private character: no page prints it before a number
_MARKED = re.compile(f'"{_MARK}(-?[0-9.]+)"')
_encoder = json.JSONEncoder(ensure_ascii=False, default=_mark).encode
