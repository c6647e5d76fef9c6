"""What a government must report beyond what a department must (Article 50)."""

from __future__ import annotations

from gxcrawl.checks.catalogue import Check
from gxcrawl.checks.prose import quote
from gxcrawl.checks.subject import Subject
from gxcrawl.checks.verdict import PASS, Verdict, not_assessable, unless


def results(check: Check, subject: Subject) -> Verdict:
    """Results of assessment, public appraisal and accountability; systems and plans alone are none."""
    level = check.parameters["organs"].get(subject.organ_type)
    if level is None:
        return not_assessable("只适用于各级人民政府" if subject.organ_type else "机关名称不明")
    if not subject.section_texts:
        return not_assessable("没有读到章节内容")
    patterns = check.patterns
    about = []
    for sentence in subject.sentences:
        if patterns["about"].search(sentence):
            if patterns["result"].search(sentence):
                return PASS
            about.append(sentence)
    if not about:
        return unless([check.finding(f"silent_{level}")])
    if all(patterns["plan"].search(sentence) for sentence in about):
        return unless([check.finding(f"plans_{level}", quoted=quote(about[0]))])
    doubtful = next(sentence for sentence in about if not patterns["plan"].search(sentence))
    return unless([check.finding("unclear", quoted=quote(doubtful))])
