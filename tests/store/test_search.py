"""Searching the texts: short words are found, nothing that people type does harm, nothing old is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_bundles import Run, Said, reading_of

from gxcrawl.store import Store, take_in
from gxcrawl.store.readings import Reading, Readings, Subject
from gxcrawl.store.search import INDEX, phrases, search, spaced

Archive = Callable[[Run], Path]
LIST = "http://shili.example/list"


def publish(store: Store, archive: Archive, day: str, **texts: str) -> None:
    """A healthy run that found these texts at these addresses."""
    pages = {key: Said(text) for key, text in texts.items()}
    take_in(store, archive(Run(day, lists={LIST: [*texts]}, pages=pages)))


def found(store: Store, query: str) -> list[str]:
    """The texts of what is found, the best first."""
    return [
        store.connection.execute("SELECT text FROM sections WHERE id = ?", (section,)).fetchone()[0]
        for section in search(store.connection, query)
    ]


@pytest.mark.parametrize(
    ("query", "finds"),
    [
        ("低保", True),
        ("保审", True),  # of two words: no dictionary decides what can be found
        ("低保审批结果", True),
        ("2023年", True),
        ("2023", True),
        ("２０２３", False),
        ("202", False),  # words in other letters are whole ones
        ("covid", True),
        ("低保 图书馆", True),
        ("图书馆　低保", True),
        ("低保 医保", False),
        ("保低", False),
        ("𠮷塘", True),
        ("〇", True),
    ],
)
def test_words_are_found_however_short_they_are(
    store: Store, archive: Archive, query: str, finds: bool
) -> None:
    text = "2023年在图书馆公布低保审批结果，COVID-19补助〇件。𠮷塘村除外。"
    publish(store, archive, "2026-01-05", one=text, other="没有什么可说的。")
    assert found(store, query) == ([text] if finds else [])


def test_the_section_that_says_it_most_comes_first(store: Store, archive: Archive) -> None:
    much, little = "低保，低保，低保。", "低保只是其中一项，另外还有很多别的事情，这里不再一一列举。"
    publish(store, archive, "2026-01-05", little=little, much=much)
    assert found(store, "低保") == [much, little]
    assert len(search(store.connection, "低保", limit=1)) == 1


def test_what_a_report_no_longer_says_is_not_found(store: Store, archive: Archive) -> None:
    publish(store, archive, "2026-01-05", one="旧的低保数字")
    publish(store, archive, "2026-01-06", one="新的低保数字")
    assert found(store, "低保") == ["新的低保数字"]
    assert found(store, "旧的") == []


def test_a_reading_that_took_the_place_of_another_is_found_and_the_other_is_not(
    store: Store, archive: Archive
) -> None:
    publish(store, archive, "2026-01-05", one="读错了的低保", other="另一篇低保")
    query = "SELECT id, organ, year, organ_key, page FROM reports ORDER BY id LIMIT 1"
    with store.writing() as connection:
        readings = Readings(connection)
        subject = Subject(*connection.execute(query).fetchone())
        readings.replace(subject, _reading("读对了的低保", "另一节"), "test")
        readings.flush()
    assert sorted(found(store, "低保")) == ["另一篇低保", "读对了的低保"]
    assert found(store, "另一节") == ["另一节"]
    assert found(store, "读错") == []
    assert _words(store.connection) == _as_if_indexed_now(store)


def _reading(*texts: str) -> Reading:
    sections = [{"number": 1, "heading": "一、总体情况", "text": text} for text in texts]
    return {**reading_of(Said()), "sections": sections}


def _as_if_indexed_now(store: Store) -> list[tuple[str, int, int]]:
    fresh = sqlite3.connect(":memory:")
    fresh.execute(
        "CREATE VIRTUAL TABLE section_search USING fts5 (text, content = '', tokenize = 'unicode61')"
    )
    for section, text in store.connection.execute("SELECT id, text FROM sections"):
        fresh.execute(INDEX, (section, spaced(text)))
    words = _words(fresh)
    fresh.close()
    return words


def _words(connection: sqlite3.Connection) -> list[tuple[str, int, int]]:
    """Every word of the index, in which section and where."""
    connection.execute(
        "CREATE VIRTUAL TABLE temp.words USING fts5vocab ('main', 'section_search', 'instance')"
    )
    return connection.execute('SELECT term, doc, "offset" FROM temp.words ORDER BY 1, 2, 3').fetchall()


HOSTILE = (
    "",
    " ",
    '"',
    '""',
    "*",
    "低*",
    "NEAR(",
    'NEAR("低" "保", 5)',
    "text:低保",
    "- 低保",
    "^低保",
    "低保 AND",
    "OR OR OR",
    "(",
    "\0",
    "低\0保",
    "\ud800",
    "{text}: 低",
    "'; DROP TABLE reports; --",
    "，。！",
    "低" * 1_000_000,
    "低 " * 500_000,
    '"' * 1_000_000,
)


@pytest.mark.parametrize("query", HOSTILE, ids=lambda query: repr(query[:12]))
def test_nothing_that_is_typed_does_harm(store: Store, archive: Archive, query: str) -> None:
    publish(store, archive, "2026-01-05", one="低保审批结果")
    assert search(store.connection, query) in ([], [1])


@given(st.text() | st.text(alphabet='"*():^-+{}低保 \0NEARANDOT'))
def test_every_text_makes_a_query(query: str) -> None:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text, content = '')")
    connection.execute("SELECT rowid FROM words WHERE words MATCH ?", (phrases(query),)).fetchall()
    connection.close()


@given(st.text())
def test_the_index_has_all_that_a_text_says(text: str) -> None:
    assert "".join(spaced(text).split()) == "".join(text.split())
