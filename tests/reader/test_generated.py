"""Two thousand generated reports in every layout (a tenth of them in the short run): no number is wrong."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from gxcrawl import read_report
from gxcrawl.samples import LAYOUTS, generate

sys.path.insert(0, str(Path(__file__).parent))
from score import Score, total

SOAK = bool(os.environ.get("GXCRAWL_SOAK"))
SEEDS = 63 if SOAK else 7
ENOUGH = 0.999

pytestmark = [pytest.mark.soak] if SOAK else []


def read_layout(layout: str) -> Score:
    score = Score()
    for seed in range(SEEDS):
        sample = generate(seed, layout=layout)
        score.add(sample, read_report(sample.data, source=sample.name))
    return score


@pytest.fixture(scope="module")
def scores() -> dict[str, Score]:
    return {layout: read_layout(layout) for layout in LAYOUTS}


def test_no_number_is_silently_wrong_no_error_overlooked_and_no_alarm_false(scores: dict[str, Score]) -> None:
    faults = [fault for score in scores.values() for fault in score.faults]
    assert faults == []


def test_nearly_every_number_is_read(scores: dict[str, Score]) -> None:
    for layout, score in scores.items():
        print(score.line(layout))
    everything = total(scores)
    print(everything.line("all"))
    assert everything.right >= ENOUGH * everything.cells
    assert everything.filled_right >= ENOUGH * everything.filled


def test_planted_arithmetic_errors_are_found(scores: dict[str, Score]) -> None:
    everything = total(scores)
    assert everything.planted > 10 * SEEDS
    assert everything.planted_found == everything.planted


def test_organ_year_form_and_date_are_those_of_the_report() -> None:
    for layout in LAYOUTS:
        sample = generate(0, layout=layout)
        report = read_report(sample.data)
        read = (report.organ, report.year, report.form)
        assert read == (sample.organ, sample.year, sample.form), layout
        assert sample.published is None or report.published == sample.published, layout
