"""When a page is missed, when it is gone, and when it is our own failure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_bundles import Run, Said, make_bundle

from gxcrawl.store import Store, brief, open_store, take_in

LIST, OTHER = "http://shili.example/list", "http://shili.example/other"
Archive = Callable[[Run], Path]

GONE = Said(status=404, failure="not-found", task="failed")


def fate(store: Store, key: str = "a") -> tuple[int, str]:
    return next((page.misses, page.status) for page in brief(store, "shili") if page.key == key)


def begin(store: Store, archive: Archive) -> None:
    take_in(
        store, archive(Run("2026-01-01", lists={LIST: ["a", "b"]}, pages={"a": Said("甲"), "b": Said("乙")}))
    )


def test_a_page_that_nobody_asked_is_never_gone(store: Store, archive: Archive) -> None:
    begin(store, archive)
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        assert take_in(store, archive(Run(day, lists={LIST: ["b"]}))).gone == 0
    assert fate(store) == (1, "online")


def test_a_page_is_gone_after_two_healthy_runs_without_it(store: Store, archive: Archive) -> None:
    begin(store, archive)
    assert take_in(store, archive(Run("2026-01-02", lists={LIST: ["b"]}))).missed == 1
    assert fate(store) == (1, "online")
    assert take_in(store, archive(Run("2026-01-03", lists={LIST: ["b"]}, pages={"a": GONE}))).gone == 1
    assert fate(store) == (2, "gone")
    assert fate(store, "b") == (0, "online")
    assert store.connection.execute("SELECT status FROM reports").fetchall() == [("gone",), ("online",)]
    assert take_in(store, archive(Run("2026-01-04", lists={LIST: ["b"]}))).gone == 0, "told once"
    back = take_in(store, archive(Run("2026-01-05", lists={LIST: ["a", "b"]})))
    assert back.back == 1
    assert fate(store) == (0, "online")
    assert store.connection.execute("SELECT count(*) FROM reports WHERE status = 'gone'").fetchone() == (0,)


@pytest.mark.parametrize(
    "run",
    [
        Run("2026-01-02", verdict="degraded", lists={LIST: ["b"]}),
        Run("2026-01-02", verdict="blocked", lists={LIST: []}),
        Run("2026-01-02", verdict="failed", pages={"a": GONE}),
        Run("2026-01-02", lists={LIST: ["b"]}, broken=(LIST,)),
        Run("2026-01-02", lists={OTHER: ["b"]}),
        Run(
            "2026-01-02",
            lists={LIST: ["b"]},
            pages={"a": Said(status=500, failure="http-error", task="failed")},
        ),
        Run(
            "2026-01-02",
            lists={LIST: ["b"]},
            pages={"a": Said(status=403, failure="blocked:403", task="failed")},
        ),
        Run("2026-01-02", lists={LIST: ["b"]}, pages={"a": Said("甲", revisit=1, unmodified=True)}),
        Run("2026-01-02"),
    ],
    ids=[
        "degraded run",
        "blocked run",
        "404 in a failed run",
        "list not read to its end",
        "its list was not asked for",
        "server error",
        "blocked page",
        "not listed but there",
        "nothing asked",
    ],
)
def test_our_failure_is_never_a_miss(store: Store, archive: Archive, run: Run) -> None:
    begin(store, archive)
    for day in ("2026-01-02", "2026-01-03", "2026-01-04"):
        run.id = day
        taken = take_in(store, archive(run))
        assert (taken.missed, taken.gone) == (0, 0)
    assert fate(store) == (0, "online")


@pytest.mark.parametrize(
    "answer",
    [GONE, Said(status=410, task="failed"), Said("没有", failure="soft-404", task="failed")],
    ids=["404", "410", "soft 404"],
)
def test_a_page_that_says_it_is_not_there_is_missed_though_listed(
    store: Store, archive: Archive, answer: Said
) -> None:
    begin(store, archive)
    for day in ("2026-01-02", "2026-01-03"):
        take_in(store, archive(Run(day, lists={LIST: ["a", "b"]}, pages={"a": answer})))
    assert fate(store) == (2, "gone")


def test_an_attachment_shares_the_fate_of_its_article(store: Store, archive: Archive) -> None:
    file = Said("附件", parent="a", unmodified=True)
    take_in(store, archive(Run("2026-01-01", lists={LIST: ["a"]}, pages={"a": Said("甲"), "a.docx": file})))
    for day in ("2026-01-02", "2026-01-03"):
        assert fate(store, "a.docx")[1] == "online"
        take_in(store, archive(Run(day, lists={LIST: []}, pages={"a": GONE})))
    assert fate(store, "a") == fate(store, "a.docx") == (2, "gone")


def test_a_late_bundle_counts_no_miss(store: Store, archive: Archive) -> None:
    begin(store, archive)
    for day in ("2025-12-01", "2025-12-02"):
        assert take_in(store, archive(Run(day, lists={LIST: ["b"]}))).missed == 0
    assert fate(store) == (0, "online")


def test_decoys_become_no_pages(store: Store, archive: Archive) -> None:
    take_in(store, archive(Run("2026-01-01", lists={LIST: ["a", "notice"]}, decoys=("notice",))))
    assert [page.key for page in brief(store, "shili")] == ["a"]


# --- any history, against a model small enough to be believed ------------------------------------

KEYS = ("a", "b", "c")
STEP = st.fixed_dictionaries(
    {
        "healthy": st.booleans(),
        "complete": st.booleans(),
        "listed": st.sets(st.sampled_from(KEYS)),
        "answers": st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["甲", "乙", "404", "500"])),
    }
)


@dataclass
class Model:
    """What the database should say of one address."""

    known: bool = False
    misses: int = 0
    listed_before: bool = False
    texts: list[str] = field(default_factory=list)

    def take(self, *, healthy: bool, complete: bool, listed: bool, answer: str | None) -> None:
        self.known |= listed or answer is not None
        self.listed_before |= listed
        if answer in ("甲", "乙"):
            self.misses = 0
            self.texts += [answer] if self.texts[-1:] != [answer] else []
        elif answer == "404":
            self.misses += healthy
        elif listed:
            self.misses = 0
        elif answer is None and healthy and complete and self.listed_before:
            self.misses += 1


def said_of(answer: str) -> Said:
    if answer in ("404", "500"):
        return Said(status=int(answer), failure="http-error", task="failed")
    return Said(answer)


@settings(max_examples=25)
@given(st.lists(STEP, min_size=1, max_size=6))
def test_any_history_ends_as_the_rules_say(steps: list[dict[str, object]]) -> None:
    models = {key: Model() for key in KEYS}
    with TemporaryDirectory() as folder, open_store(Path(folder) / "gxcrawl.db") as store:
        for number, step in enumerate(steps):
            day = (date(2026, 1, 1) + timedelta(number)).isoformat()
            answers, listed = step["answers"], step["listed"]
            assert isinstance(answers, dict)
            assert isinstance(listed, set)
            run = Run(day, verdict="healthy" if step["healthy"] else "degraded", lists={LIST: sorted(listed)})
            run.broken = () if step["complete"] else (LIST,)
            run.pages = {key: said_of(answer) for key, answer in answers.items()}
            take_in(store, make_bundle(Path(folder) / "archive", run))
            for key, model in models.items():
                model.take(
                    healthy=bool(step["healthy"]),
                    complete=bool(step["complete"]),
                    listed=key in listed,
                    answer=answers.get(key),
                )
        pages = {page.key: page for page in brief(store, "shili") if page.kind != "body"}
        assert set(pages) == {key for key, model in models.items() if model.known}
        for key, page in pages.items():
            assert (min(page.misses, 2), page.status == "gone") == (
                min(models[key].misses, 2),
                models[key].misses >= 2,
            )
            texts = store.connection.execute(
                "SELECT text, current FROM sections JOIN reports ON reports.id = report"
                " WHERE page = (SELECT id FROM pages WHERE key = ?) ORDER BY version",
                (key,),
            ).fetchall()
            assert [text for text, _ in texts] == models[key].texts
            assert [current for _, current in texts] == [0] * (len(texts) - 1) + [1] * bool(texts)
        assert store.connection.execute("PRAGMA foreign_key_check").fetchall() == []
