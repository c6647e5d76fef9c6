"""A report that changed after it was published, and two different ones for the same year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gxcrawl.checks.across.model import Case, Changed, Publication, Remark
from gxcrawl.checks.across.published import NO_REPORT, called, remark, there
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import day, listed, plain, shown
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.form_facts import form_of
from gxcrawl.checks.prose import NUMERALS, normalise, quote
from gxcrawl.duties.model import Sight


def changed(check: Check, case: Case, publication: Publication) -> Verdict:
    """One finding for each later version, with every number before and after."""
    found = [_told(check, case, publication, change) for change in publication.changes if _differs(change)]
    if found or there(publication):
        return unless(found)
    return not_assessable(NO_REPORT)


def _differs(change: Changed) -> bool:
    return bool(change.sections) or any(before != now for _, before, now in change.cells)


def _told(check: Check, case: Case, publication: Publication, change: Changed) -> Remark:
    cells = [cell for cell in change.cells if cell[1] != cell[2]]
    filed = case.filed.get(case.year)
    label = form_of(filed.form).label if filed and filed.form else str
    numbers = listed(
        (f"{label(name)}由{shown(before)}改为{shown(now)}" for name, before, now in cells),
        most=check.parameters["most"],
    )
    finding = check.finding(
        _outcome(change),
        cells=tuple(name for name, _, _ in cells),
        expected=listed(shown(before) for _, before, _ in cells),
        printed=listed(shown(now) for _, _, now in cells),
        report=called(case),
        day=day(change.day),
        numbers=numbers,
        sections=_sections(change.sections),
    )
    listing = [[name, plain(before), plain(now)] for name, before, now in cells]
    return remark(
        finding,
        publication,
        change.report,
        change.before,
        day=change.day.isoformat(),
        cells=listing,
        sections=list(change.sections),
        announced=change.announced,
    )


def _outcome(change: Changed) -> str:
    """A number that is there only before or only after may be one that we could not read."""
    differing = [(before, now) for _, before, now in change.cells if before != now]
    if not differing:
        return "text"
    if change.announced:
        return "announced"
    return "unread" if all(None in pair for pair in differing) else "silent"


def _sections(numbers: Iterable[int]) -> str:
    names = [f"第{NUMERALS[number - 1]}部分" for number in numbers if 1 <= number <= len(NUMERALS)]
    return f"文字有改动：{'、'.join(names)}。" if names else ""


def several(check: Check, case: Case, publication: Publication) -> Verdict:
    """Two that can be read and say different things. The same one at two addresses is one report."""
    read = [sight for sight in there(publication) if _stands(sight)]
    if not read:
        return not_assessable(NO_REPORT)
    by_content: dict[str, Sight] = {}
    for sight in read:
        by_content.setdefault(sight.content, sight)
    different = list(by_content.values())
    if len(different) < 2:
        return PASS
    titles = [normalise(sight.title).replace(normalise(case.name), "") for sight in different]
    figures = {publication.figures.get(sight.report, str(sight.report)) for sight in different}
    outcome = "words" if len(figures) == 1 else "several"
    finding = check.finding(
        "doubtful" if _may_differ_rightly(check, case.year, titles) else outcome,
        printed=str(len(different)),
        report=called(case),
        count=len(different),
        titles=listed(_named(sight) for sight in different),
    )
    return unless([remark(finding, publication, different[0].report, different[1].report)])


def _stands(sight: Sight) -> bool:
    """It can be read, and the latest look did not miss it, as it does a page that its report has left."""
    return sight.online and sight.current and not sight.missed and bool(sight.content) and not sight.error


def _may_differ_rightly(check: Check, year: int, titles: Sequence[str]) -> bool:
    """By their titles: of the area and of the office alone, corrected, explained, or about another year."""
    years = (set(check.patterns["year"].findall(title)) for title in titles)
    return any(found and str(year) not in found for found in years) or any(
        check.patterns["other_kind"].search(title) for title in titles
    )


def _named(sight: Sight) -> str:
    return f"“{quote(sight.title, 40)}”（{quote(sight.url, 120)}）"
