"""How the database came to be what it is, step by step. A step that was published is never changed."""

from __future__ import annotations

from importlib.resources import files

from sqlite_utils import Database, Migrations

from gxcrawl.store.figures import add_figures

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


def known_steps() -> frozenset[str]:
    empty = Database(memory=True, execute_plugins=False)
    try:
        return frozenset(migration.name for migration in migrations.pending(empty))
    finally:
        empty.close()


def _run_script(db: Database, name: str) -> None:
    """Statement by statement: executescript would end the transaction of the migration."""
    script = (files("gxcrawl.store") / "schema" / name).read_text(encoding="utf-8")
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
