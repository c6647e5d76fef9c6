"""Datasette over a database of ours: its metadata, its limits, and who may sign in."""

from __future__ import annotations

import json
import os
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from datasette.app import Datasette

NAME = "datasette-metadata.json"
ROOM = Path(__file__).resolve().parents[1]
# More than there are cores only make each other slow, until all of them meet their limit of time.
THREADS = min(4, max(2, os.cpu_count() or 2))
# Facets that nobody asked for take half a minute on large tables.
LIMITS = {
    "sql_time_limit_ms": 1000,
    "max_returned_rows": 1000,
    "num_sql_threads": THREADS,
    "suggest_facets": False,
}
DESCRIBED = "gxcrawl"  # the database of the metadata, whatever the file is called that is served
PAGES = "gxcrawl"  # our plugin, and that of sign-in, as their settings are called
SIGN_IN = "datasette-auth-passwords"
HASH, USER, SECRET = "GXCRAWL_PASSWORD_HASH", "GXCRAWL_USER", "DATASETTE_SECRET"
CLERK = "clerk"
_IS_HASH = re.compile(r"pbkdf2_sha256\$\d+\$[^$]+\$[^$]+", re.ASCII)


class SettingError(ValueError):
    """The pages cannot be set up; the sentence says what to do."""


def metadata_file() -> Path:
    """Titles and descriptions for Datasette: in the package, and in a checkout beside it."""
    for folder in (ROOM, ROOM.parent):
        if (folder / NAME).is_file():
            return folder / NAME
    raise SettingError(f"{NAME} is not where gxcrawl is installed; install gxcrawl again")


def datasette_over(database: Path, *, archive: Path | None = None, immutable: bool = False) -> Datasette:
    files = [str(database)]
    metadata: dict[str, Any] = json.loads(metadata_file().read_text(encoding="utf-8"))
    described = metadata.get("databases", {})
    metadata["databases"] = {database.stem: described.get(DESCRIBED, {})}
    plugins = metadata.setdefault("plugins", {})
    if archive:
        plugins.setdefault(PAGES, {})["archive"] = str(archive)
    if os.environ.get(HASH):
        plugins[SIGN_IN] = _account()
    return Datasette(
        [] if immutable else files,
        immutables=files if immutable else [],
        metadata=metadata,
        settings=LIMITS,
        secret=os.environ.get(SECRET) or None,
    )


def _account() -> dict[str, Any]:
    """One account. Its hash stays in the environment: Datasette shows its metadata to everybody."""
    if find_spec(SIGN_IN.replace("-", "_")) is None:
        raise SettingError(f"{HASH} is set, but {SIGN_IN} is not installed; pip install 'gxcrawl[web]'")
    if not _IS_HASH.fullmatch(os.environ[HASH].strip()):
        raise SettingError(f"{HASH} is no hash of a password; `datasette hash-password` prints one")
    return {f"{os.environ.get(USER) or CLERK}_password_hash": {"$env": HASH}}
