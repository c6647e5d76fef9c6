"""Tests that kill: twice in `make test`, twenty times in `make soak`."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

SOAK = bool(os.environ.get("GXCRAWL_SOAK"))


def many_kills(test: Callable[..., None]) -> Callable[..., None]:
    """The test gets the number of the kill."""
    numbered = pytest.mark.parametrize("kill", range(20 if SOAK else 2))(test)
    return pytest.mark.soak(numbered) if SOAK else numbered
