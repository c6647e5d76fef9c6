"""Every kind of check. A kind is one function; the catalogue says what it looks for and what it says."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.kinds import (
    applications,
    arithmetic,
    basis,
    cells,
    contents,
    cross_table,
    disputes,
    fees,
    form,
    government,
    identity,
    prose,
    rows,
    sections,
    titles,
)
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import Verdict

Kind = Callable[[Check, Subject], Verdict]

KINDS: Mapping[str, Kind] = {
    "identity": arithmetic.identity,
    "rows": rows.rows,
    "blank": cells.blank,
    "numbers": cells.numbers,
    "all_blank": cells.all_blank,
    "all_zero": cells.all_zero,
    "fee_amount": cells.fee_amount,
    "form_due": form.form_due,
    "labels": form.labels,
    "fee_without_cases": cross_table.fee_without_cases,
    "disputes_exceed": cross_table.disputes_exceed,
    "sections_present": sections.present,
    "sections_order": sections.order,
    "sections_numbering": sections.numbering,
    "sections_repeated": sections.repeated,
    "sections_wording": sections.wording,
    "sections_announced": sections.announced,
    "sections_empty": contents.empty,
    "topics": contents.topics,
    "improvement": contents.improvement,
    "broken_off": contents.broken_off,
    "government_results": government.results,
    "title": titles.title,
    "organ_name": titles.organ_name,
    "year": identity.year,
    "period": identity.period,
    "contact": identity.contact,
    "self_reference": identity.self_reference,
    "basis": basis.basis,
    "stale_plan": basis.stale_plan,
    "applications_received": applications.received,
    "applications_carried": applications.carried,
    "applications_handled": applications.handled,
    "applications_unit": applications.unit,
    "applications_unmentioned": applications.unmentioned,
    "disputes_counted": disputes.counted,
    "disputes_unmentioned": disputes.unmentioned,
    "fee_statement": fees.statement,
    "fee_unstated": fees.unstated,
    "fee_unpaid": fees.unpaid,
    "normative_counted": prose.normative,
    "parts_of_sum": prose.parts_of_sum,
    "foreign_task": prose.foreign_task,
}
