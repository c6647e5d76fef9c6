"""How the database came to be what it is, step by step. A step that was published is never changed."""

from __future__ import annotations

import json
import sqlite3
from importlib.resources import files

from sqlite_utils import Database, Migrations

from gxcrawl.store.areas import write_areas
from gxcrawl.store.figures import add_figures
from gxcrawl.store.marks import mark_in_report
from gxcrawl.store.search import fill
from gxcrawl.store.uniting import unite_organs

# "gxcr": the mark that says whose file this is.
APPLICATION_ID = 0x67786372
SET = "gxcrawl"

migrations = Migrations(SET)


@migrations(name="0001_runs")
def runs(db: Database) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    _run_script(db, "0001_runs.sql")


@migrations(name="0002_reports")
def reports(db: Database) -> None:
    _run_script(db, "0002_reports.sql")


@migrations(name="0003_cells")
def cells(db: Database) -> None:
    _run_script(db, "0003_cells.sql")


@migrations(name="0004_figures")
def figures(db: Database) -> None:
    """One table for each form. A form that gains a cell needs one more step that does the same."""
    add_figures(db)


@migrations(name="0005_organs")
def organs(db: Database) -> None:
    _run_script(db, "0005_organs.sql")
    write_areas(db.conn)
    unite_organs(db.conn)


@migrations(name="0006_watch")
def watch(db: Database) -> None:
    _forget_decoys(db)
    _run_script(db, "0006_watch.sql")
    _mark_findings(db)


@migrations(name="0007_alerts")
def alerts(db: Database) -> None:
    _run_script(db, "0007_alerts.sql")


@migrations(name="0008_texts")
def texts(db: Database) -> None:
    _run_script(db, "0008_texts.sql")
    fill(db.conn)


@migrations(name="0009_deposits")
def deposits(db: Database) -> None:
    _run_script(db, "0009_deposits.sql")


@migrations(name="0010_missed")
def missed(db: Database) -> None:
    _run_script(db, "0010_missed.sql")


def known_steps() -> frozenset[str]:
    empty = Database(memory=True, execute_plugins=False)
    try:
        return frozenset(migration.name for migration in migrations.pending(empty))
    finally:
        empty.close()


def _forget_decoys(db: Database) -> None:
    """Rows of lists that were judged to be no report had become pages, which nobody ever asked for."""
    db.execute(
        """
        DELETE FROM pages WHERE kind = 'detail' AND report IS NULL AND sha256 = '' AND last_asked IS NULL
          AND title = '' AND first_listing IS NULL AND listing IS NULL
          AND id NOT IN (SELECT page FROM reports)
          AND id NOT IN (SELECT parent FROM pages WHERE parent IS NOT NULL)
        """
    )


def _mark_findings(db: Database) -> None:
    """As new ones are marked: the same finding in a later reading is to be known as the same."""

    def mark(page: int, check: str, cells: str, expected: str, printed: str) -> str:
        return mark_in_report(page, check, json.loads(cells), expected, printed)

    db.conn.create_function("mark_in_report", 5, mark)
    db.execute(
        """
        UPDATE findings SET mark = mark_in_report(
          (SELECT page FROM reports WHERE reports.id = report),
          "check",
          coalesce((SELECT cell_sets.cells FROM cell_sets WHERE cell_sets.id = findings.cells), '[]'),
          expected,
          printed
        )
        """
    )


def _run_script(db: Database, name: str) -> None:
    """Statement by statement: executescript would end the transaction of the migration."""
    script = (files("gxcrawl.store") / "schema" / name).read_text(encoding="utf-8")
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):  # a trigger has semicolons of its own
            db.execute(statement)
            statement = ""
