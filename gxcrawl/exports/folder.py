"""The folder of an export: there is all of it or nothing, and nothing in it is ever overwritten."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from gxcrawl.exports.selection import ExportError


@contextmanager
def new_folder(target: Path) -> Iterator[Path]:
    """A folder to write into, which becomes `target` when all went well."""
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExportError(f"{target}: there is something already; name a new folder with --out")
    unready = target.with_name(f"{target.name}.part")
    try:
        unready.mkdir(parents=True)
    except FileExistsError:
        why = "another export is writing it, or one was interrupted"
        raise ExportError(f"{unready}: {why}; remove it, or name another folder with --out") from None
    try:
        yield unready
        if target.exists():
            target.rmdir()
        unready.rename(target)
    except BaseException:
        shutil.rmtree(unready, ignore_errors=True)
        raise
