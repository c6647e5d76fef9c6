"""The page of a report: files or pictures in place of words, where it stands, where its links lead."""

from __future__ import annotations

from collections.abc import Sequence

from gxcrawl.checks.across.model import Case, Publication
from gxcrawl.checks.across.published import NO_REPORT, called, remark, there
from gxcrawl.checks.across.verdict import PASS, Verdict, not_assessable, unless
from gxcrawl.checks.across.wording import listed
from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import quote

NOTHING = "页面没有可供判断的内容"
LONGEST = 120  # of an address in a message


def only_files(check: Check, case: Case, publication: Publication) -> Verdict:
    """A list that leads straight to a file, or a page with a file and no words of a report."""
    page = publication.page
    if page is None:
        return not_assessable(NO_REPORT)
    is_file = page.carrier not in check.parameters["pages"]
    if page.has_tables and not is_file:
        return PASS
    files = [file for file in page.files if not check.patterns["picture"].search(file)]
    if is_file and not check.patterns["picture"].search(page.carrier):
        outcome = "file"
    elif page.has_text:
        return PASS
    elif files and not is_file:
        outcome = "files"
    else:
        return not_assessable(NOTHING)
    carrier = check.parameters["unknown"].get(page.carrier, page.carrier)
    finding = check.finding(outcome, report=called(case), files=_addresses(files), carrier=carrier)
    return unless([remark(finding, publication, page.report, files=[_short(file) for file in page.files])])


def only_pictures(check: Check, case: Case, publication: Publication) -> Verdict:
    """No table that can be read, and nothing but pictures that could hold one."""
    page = publication.page
    if page is None:
        return not_assessable(NO_REPORT)
    if page.has_tables:
        return PASS
    picture = check.patterns["picture"]
    if not picture.search(page.carrier):
        if not all(map(picture.search, page.files)):
            return PASS
        if not page.files:
            return not_assessable(NOTHING)
    outcome = "tables" if page.has_text else "pictures"
    finding = check.finding(outcome, report=called(case), count=max(1, len(page.files)))
    return unless([remark(finding, publication, page.report, files=[_short(file) for file in page.files])])


def outside_column(check: Check, case: Case, publication: Publication) -> Verdict:
    sights = there(publication)
    if not sights:
        return not_assessable(NO_REPORT)
    if not publication.outside_column:
        return PASS
    finding = check.finding("outside", report=called(case), address=_short(sights[0].url))
    return unless([remark(finding, publication, sights[0].report)])


def dead_links(check: Check, case: Case, publication: Publication) -> Verdict:
    links = publication.dead_links
    if not links:
        return PASS if there(publication) else not_assessable(NO_REPORT)
    finding = check.finding("dead", report=called(case), links=_addresses(links), count=len(links))
    return unless([remark(finding, publication, links=[_short(link) for link in links])])


def _addresses(addresses: Sequence[str]) -> str:
    return listed(_short(address) for address in addresses)


def _short(text: str) -> str:
    return quote(text, LONGEST)
