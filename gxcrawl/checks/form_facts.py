"""What the checks ask of a form, worked out once for each form and not for each report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from gxcrawl.forms import Form, Identity, load_form

Line = tuple[str, str]  # a row or a column: its table and its label


class Identities(NamedTuple):
    """The identities of a form that are confirmed, also by check."""

    confirmed: tuple[Identity, ...] = ()
    by_check: Mapping[str, tuple[Identity, ...]] = MappingProxyType({})
    unconfirmed: frozenset[str] = frozenset()  # checks with identities that are not


@cache
def form_of(form_id: str) -> Form:
    return load_form(form_id)


def identities_of(form_id: str, printed: Mapping[str, object]) -> Identities:
    """The identities as they stand for the cells that are printed."""
    if _plain_cells(form_id).issuperset(printed):
        return _plain_identities(form_id)
    return _sorted(form_of(form_id).identities_for(printed))


@cache
def _plain_cells(form_id: str) -> frozenset[str]:
    """All cells but those of single rows, which change the identities of the form."""
    form = form_of(form_id)
    return frozenset(cell for cell in form.slots if cell.rpartition(".")[0] not in form.single_rows)


@cache
def _plain_identities(form_id: str) -> Identities:
    return _sorted(form_of(form_id).identities_for(()))


def _sorted(identities: Sequence[Identity]) -> Identities:
    confirmed = tuple(item for item in identities if item.confirmed)
    by_check: dict[str, tuple[Identity, ...]] = {}
    for item in confirmed:
        by_check[item.check] = (*by_check.get(item.check, ()), item)
    return Identities(confirmed, by_check, frozenset(item.check for item in identities if not item.confirmed))


@cache
def lines_of(form_id: str) -> Mapping[str, tuple[Line, Line]]:
    """The row and the column of each cell that has both."""
    form = form_of(form_id)
    lines = {}
    for cell in form.slots:
        table, label = cell.partition(".")[0], form.label(cell).split("×")
        if len(label) == 2:
            lines[cell] = ((table, label[0]), (table, label[1]))
    return lines
