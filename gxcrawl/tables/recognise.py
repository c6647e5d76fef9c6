"""Which form a document's tables have. The labels tell, never the year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxcrawl.forms import load_forms
from gxcrawl.model import Grid
from gxcrawl.tables.index import form_index
from gxcrawl.tables.writing import label_key, plain

MIN_ROWS = 5  # labels of rows that make a table of applications, where nothing tells the form


def score_forms(grids: Iterable[Grid]) -> dict[str, int]:
    """Form -> how many of the labels that only it has are printed."""
    text = "".join(_words(grids))
    scores = _marks_in(text)
    # Labels are seldom written so that they must be folded first.
    return scores if max(scores.values()) > 1 else _marks_in(plain(text))


def _marks_in(text: str) -> dict[str, int]:
    return {form.id: sum(1 for mark in form_index(form.id).marks if mark in text) for form in load_forms()}


def recognise(grids: Sequence[Grid]) -> tuple[str | None, list[str]]:
    """The form, and all forms of which something was found when that is not only one."""
    scores = {form: score for form, score in score_forms(grids).items() if score}
    if scores:
        ranked = sorted(scores, key=lambda form: -scores[form])
        return ranked[0], ranked if len(ranked) > 1 else []
    rows = {form.id: _rows_found(form.id, grids) for form in load_forms()}
    best = max(rows.values())
    if best < MIN_ROWS:
        return None, []
    fitting = [form for form, count in rows.items() if count == best]
    return fitting[0], fitting if len(fitting) > 1 else []


def _rows_found(form_id: str, grids: Iterable[Grid]) -> int:
    index = form_index(form_id).rows
    return len({found for word in _words(grids) if (found := index.exact(label_key(word)))})


def _words(grids: Iterable[Grid]) -> list[str]:
    """What is printed in the grids, but for plain numbers."""
    words: list[str] = []
    for grid in grids:
        for number, row in enumerate(grid.rows):
            for position, cell in enumerate(row):
                if cell is not None:
                    text = cell.text
                    if text and not text.isdigit() and cell.column == position and cell.row == number:
                        words.append(text)
    return words
