"""The page of one organ and year."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from datasette import Request, Response

from gxcrawl.checks.severities import severity_words
from gxcrawl.duties.deadlines import DeadlinesError, Rule, local_rules, shipped_rules
from gxcrawl.duties.words import status_words
from gxcrawl.evidence.chain import chain_of
from gxcrawl.evidence.looks import look_of
from gxcrawl.evidence.model import Chain
from gxcrawl.evidence.records import Archive
from gxcrawl.evidence.reports import report_of
from gxcrawl.evidence.searches import ON_LISTS
from gxcrawl.evidence.telling import moment, word
from gxcrawl.exports.text import is_web_address
from gxcrawl.health.words import class_in_chinese
from gxcrawl.show.chinese import basis_in_chinese
from gxcrawl.site.answers import WrongError, page
from gxcrawl.site.duty.asking import SHOWN, Told, organ_of, told_of
from gxcrawl.site.evidence import from_archive, told
from gxcrawl.site.site import Site

FILE = Path(__file__).with_name("words.toml")


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


async def duty(site: Site, request: Request) -> Response:
    key, year = unquote(request.url_vars["key"]), int(request.url_vars["year"])
    organ = await site.ask(lambda connection: organ_of(connection, key))
    if organ is None:
        raise WrongError(f"没有这个机关：{key[:100]}。")
    found = await site.ask(lambda connection: told_of(connection, organ, year))
    if found is None:
        raise WrongError(f"{organ.name}没有{year}年度的报告义务记录。")
    chain = await from_archive(site, lambda archive: _evidence(archive, found))
    context = {
        "told": found,
        "duty": found.duty,
        "rule": _rule(site, found.duty.rule),
        "lines": told(chain),
        "looks": chain.looks,
        "words": words(),
        "statuses": status_words(),
        "severities": severity_words(),
        "word": word,
        "moment": moment,
        "basis": basis_in_chinese,
        "failure": class_in_chinese,
        "is_web": is_web_address,
    }
    return await page(site, request, "duty", context)


def _evidence(archive: Archive, found: Told) -> Chain:
    """The looks behind what lists show; where nothing was found of it, the look that lacked the report."""
    chains = [
        chain_of(archive, f"F{finding.id}")
        for finding in found.findings
        if finding.check.startswith(ON_LISTS)
    ][:SHOWN]
    looks = {look.run: look for chain in chains for look in chain.looks}
    lacking = found.duty.lacking
    if lacking and lacking not in looks and (look := look_of(archive, lacking)):
        looks[lacking] = look
    reports = {report.id: report for chain in chains for report in chain.reports}
    number = found.duty.report
    if number and number not in reports and (report := report_of(archive, number)):
        reports[number] = report
    findings = tuple(finding for chain in chains for finding in chain.findings)
    return Chain(findings=findings, reports=tuple(reports.values()), looks=tuple(looks.values()))


def _rule(site: Site, name: str) -> Rule | None:
    """The entry that set the day, of ours or of the user's own; nothing where it is gone by now."""
    try:
        local = local_rules(site.file)
    except DeadlinesError:
        local = ()
    return next((rule for rule in (*local, *shipped_rules()) if rule.id == name), None)
