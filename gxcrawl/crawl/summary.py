"""What a finished run found, and the reason for everything it left out: lines for people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from gxcrawl.bundle.bundle import Bundle

MOST = 20  # items of one kind, unless all are asked for


def summary(bundle: Bundle, *, every_item: bool = False) -> Iterator[str]:
    run = bundle.run
    named = f" ({run['class']})" if run["class"] else ""
    yield f"{run['portal']}: {run['verdict'] or 'interrupted; the same command goes on with it'}{named}"
    yield from (f"  ! {reason}" for reason in json.loads(run["reasons"] or "[]"))
    yield from _lists(bundle, every_item)
    yield from _reports(bundle)
    yield from _left(bundle, "failed", every_item)
    yield from _left(bundle, "skipped", every_item)
    yield from _found_lists(bundle)


def _lists(bundle: Bundle, every_item: bool) -> Iterator[str]:
    rows = bundle.all("SELECT * FROM listings ORDER BY failure = '', id")
    yield f"  lists: {len(rows)}, read to their end: {sum(row['complete'] for row in rows)}"
    for row in rows if every_item else rows[:MOST]:
        counts = f"{row['rows']} rows, {row['wanted']} reports, {row['decoys']} decoys"
        yield f"    {row['stop_reason']}: {row['scope'] or '-'} {row['url']} ({row['pages']} pages, {counts})"
    yield from _more(len(rows), every_item)


def _reports(bundle: Bundle) -> Iterator[str]:
    rows = bundle.all("SELECT form, error FROM reports")
    unread = Counter(row["error"] for row in rows if row["error"])
    known = bundle.one("SELECT count(*) FROM frontier WHERE kind = 'detail' AND reason = 'unchanged'")[0]
    words = [f"{len(rows) - sum(unread.values())} read"]
    words += [f"{count} {name}" for name, count in unread.most_common()]
    yield f"  reports: {', '.join(words)}, {known} unchanged"


def _left(bundle: Bundle, status: str, every_item: bool) -> Iterator[str]:
    """Failed items one by one, skipped ones by reason: most of those are as it should be."""
    rows = bundle.all("SELECT reason, url, row FROM frontier WHERE status = ? ORDER BY reason, id", status)
    if not rows:
        return
    reasons = Counter(row["reason"].partition(": ")[0] for row in rows)
    words = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    yield f"  {status}: {words}"
    if status == "skipped" and not every_item:
        return
    for row in rows if every_item else rows[:MOST]:
        title = (json.loads(row["row"] or "null") or {}).get("title") or ""
        yield f"    {row['reason']}: {row['url']} {title}".rstrip()
    yield from _more(len(rows), every_item)


def _more(count: int, every_item: bool) -> Iterator[str]:
    if count > MOST and not every_item:
        yield f"    … and {count - MOST} more; -v shows all"


def _found_lists(bundle: Bundle) -> Iterator[str]:
    """What worked where the entry knew no address: lines to put into it."""
    rows = bundle.all(
        "SELECT url, scope FROM listings WHERE failure = '' AND pages > 0 AND (found_by = 'discovery'"
        " OR id IN (SELECT \"column\" FROM frontier WHERE json_extract(state, '$._search')))"
    )
    if rows:
        yield "  lists found on the way; put these lines into the entry:"
    for row in rows:
        scope = f"scope = {json.dumps(row['scope'], ensure_ascii=False)}\n    " if row["scope"] else ""
        yield f'    [[portal.columns]]\n    {scope}url = "{row["url"]}"'
