"""The main database: whole runs only, every version of every report, every number with its place."""

from gxcrawl.store.asking import Run, brief, last_good_run, last_runs
from gxcrawl.store.errors import StoreError
from gxcrawl.store.opening import Store, open_store
from gxcrawl.store.taking import TakenIn, take_in

__all__ = [
    "Run",
    "Store",
    "StoreError",
    "TakenIn",
    "brief",
    "last_good_run",
    "last_runs",
    "open_store",
    "take_in",
]
