"""Terms: every word of the pages is explained, and every check can be linked to."""

from __future__ import annotations

import re
from collections import Counter

from gxcrawl.checks.catalogue import load_checks
from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.words import status_words
from gxcrawl.problems import problem_entries
from gxcrawl.site.terms.glossary import groups, left_out, parts
from tests.site.conftest import Get


def test_every_check_is_told_once_with_its_meaning() -> None:
    told = [check for group in groups() for check in group.checks] + left_out()
    assert Counter(check.code for check in told) == Counter(list(load_checks()))
    assert all(group.checks for group in groups())


def test_each_check_problem_status_and_term_has_its_place_on_the_page(get: Get) -> None:
    answer = get("/terms")
    assert answer.status == 200
    ids = re.findall(r'id="([^"]+)"', answer.text)
    assert len(ids) == len(set(ids))
    terms = [term for part in parts() for term in part.terms]
    wanted = {*load_checks(), *problem_entries(), *terms, *(f"status-{status}" for status in status_words())}
    assert wanted <= set(ids)
    for word in status_words().values():
        assert word.meaning in answer.text
    assert all(word in answer.text for word in severity_words().values())


def test_a_link_to_a_check_leads_to_its_sentence(get: Get) -> None:
    page = get("/terms").text
    entry = page[page.index('id="T3-BAL"') :]
    assert "本年新收" in entry[: entry.index("</div>")]
    for inside in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{inside}"' in page


def test_terms_are_short() -> None:
    for part in parts():
        assert all(len(meaning) <= 100 and meaning.endswith("。") for meaning in part.terms.values())
