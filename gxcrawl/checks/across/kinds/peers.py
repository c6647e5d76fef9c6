"""Numbers far from those of organs of the same kind and area: a question, not an accusation."""

from __future__ import annotations

from typing import NamedTuple

from gxcrawl.checks.across.model import Case, Filed, Peers, Remark
from gxcrawl.checks.across.peers import comparable
from gxcrawl.checks.across.verdict import Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import listed, plain, shown
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.form_facts import form_of
from gxcrawl.model import Number


class Outlier(NamedTuple):
    cell: str
    number: Number
    middle: float
    deviation: float
    distance: float  # in deviations


def outlier(check: Check, case: Case) -> Verdict:
    """The numbers farthest from the middle, in one finding."""
    filed, peers = case.filed.get(case.year), case.peers
    if filed is None:
        return not_assessable(f"没有读到该机关{case.year}年度的报告")
    if peers is None or peers.count < check.parameters["peers"]:
        return not_assessable(f"同地区同类机关不足{check.parameters['peers']}个")
    compared = {cell: number for cell, number in comparable(filed.values).items() if cell in peers.spread}
    if not compared:
        return not_assessable("没有可以与同类机关比较的数")
    found = [one for cell, number in compared.items() if (one := _outlier(check, cell, number, peers))]
    found.sort(key=lambda one: (-one.distance, one.cell))
    certain = [one for one in found if one.cell not in filed.inferred]
    strongest = (certain or found)[: check.parameters["most"]]
    outcome = "far" if certain else "inferred"
    return unless([_told(check, case, filed, outcome, strongest)] if strongest else [])


def _outlier(check: Check, cell: str, number: Number, peers: Peers) -> Outlier | None:
    """Where most organs give the same number, their deviation is 0; a part of that number stands for it."""
    middle, deviation = peers.spread[cell]
    away = abs(float(number) - middle)
    parameters = check.parameters
    unit = max(parameters["scale"] * deviation, parameters["share"] * abs(middle), 1.0)
    if away < parameters["least_distance"] or away / unit < parameters["deviations"]:
        return None
    return Outlier(cell, number, middle, deviation, away / unit)


def _told(check: Check, case: Case, filed: Filed, outcome: str, found: list[Outlier]) -> Remark:
    """What was expected is left out: the middle moves with each new report, the fact does not."""
    label = form_of(filed.form).label if filed.form else str
    places = (f"{label(one.cell)}为{shown(one.number)}（中位数{_rounded(one.middle)}）" for one in found)
    count = case.peers.count if case.peers else 0
    finding = check.finding(
        outcome,
        cells=tuple(one.cell for one in found),
        printed=listed(shown(one.number) for one in found),
        year=case.year,
        count=count,
        places=listed(places),
    )
    spread = {
        one.cell: {"printed": plain(one.number), "median": one.middle, "deviation": one.deviation}
        for one in found
    }
    return Remark(finding, filed.report, None, {"peers": count, "cells": spread})


def _rounded(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
