"""Whatever stands in two reports: a number that is not there, or only inferred, never makes a fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gxcrawl.checks.across.model import Case, Event, Filed, Peers
from gxcrawl.checks.across.run import check_case
from gxcrawl.forms import load_form
from gxcrawl.model import Number
from tests.checks.across.cases import YEAR, case, filed

FORMS = ("2019", "2021")
WANTED = sorted(
    {
        name
        for form in FORMS
        for name in load_form(form).slots
        if name.startswith(("t2.", "t4.")) or ".carried" in name or name.endswith(".total")
    }
)
numbers = st.one_of(
    st.sampled_from([0, 1, 3, 12, 300]),
    st.integers(0, 10**18),
    st.decimals(min_value=0, max_value=10**6, places=4),
)
cells = st.dictionaries(st.sampled_from(WANTED), numbers, max_size=30)


@st.composite
def reports(draw: st.DrawFn, year: int) -> Filed:
    made = filed(year, draw(cells), form=draw(st.sampled_from(FORMS)))
    names = sorted(made.values)
    gone = draw(st.sets(st.sampled_from(names), max_size=40))
    inferred = draw(st.sets(st.sampled_from(names), max_size=10))
    values = {name: number for name, number in made.values.items() if name not in gone}
    corrected = draw(st.booleans())
    return replace(
        made,
        values=values,
        inferred=frozenset(inferred - gone),
        corrected=corrected,
        as_published=draw(cells) if corrected else {},
        texts={1: draw(st.sampled_from(["", "数据重新统计。", "清理文件。"]))},
    )


@st.composite
def cases(draw: st.DrawFn) -> Case:
    years = draw(st.sets(st.sampled_from([YEAR - 2, YEAR - 1, YEAR, YEAR + 1])))
    spread = draw(
        st.dictionaries(st.sampled_from(WANTED), st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), max_size=5)
    )
    return case(
        *(draw(reports(year)) for year in sorted(years)),
        events=tuple(
            draw(st.lists(st.builds(Event, st.just("merged"), st.dates(date(2015, 1, 1))), max_size=1))
        ),
        peers=draw(st.one_of(st.none(), st.builds(Peers, st.integers(0, 20), st.just(spread)))),
    )


@given(cases())
def test_a_fault_rests_on_printed_numbers_only(given_case: Case) -> None:
    across = check_case(given_case)
    for remark in across.remarks:
        if remark.finding.result != "fail":
            continue
        now = given_case.filed[given_case.year]
        assert set(remark.finding.cells) <= set(now.values) - now.inferred
        before: Mapping[str, object] = remark.evidence.get("cells_before", {})  # type: ignore[assignment]
        assert None not in before.values()


@given(cells, st.sampled_from(FORMS))
def test_a_report_that_is_taken_for_its_own_year_before_has_no_other_fault_than_sameness(
    values: Mapping[str, Number], form: str
) -> None:
    """Stock, carry-over and jumps of a year that repeats itself hold wherever they are made to fit."""
    fitting = dict(values)
    for column in (
        "natural_person",
        "company",
        "research",
        "nonprofit",
        "legal_service",
        "other_org",
        "total",
    ):
        fitting[f"t3.carried_in.{column}"] = fitting[f"t3.carried_out.{column}"] = 0
    for row in ("rules", "normative"):
        fitting |= {f"t2.{row}.issued": 0, f"t2.{row}.repealed": 0}
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        fitting[f"t2.{row}.items_change"] = 0
    for block in ("review", "suit_direct", "suit_after_review"):
        fitting[f"t4.{block}.pending"] = Decimal(0)
    known = {name: number for name, number in fitting.items() if name in load_form(form).slots}
    across = check_case(case(filed(YEAR - 1, known, form=form), filed(YEAR, known, form=form)))
    assert {remark.finding.check for remark in across.remarks} <= {"Y-SAME"}
