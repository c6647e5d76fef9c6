from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    """A folder as one run leaves it, beside those of other runs."""
    folder = tmp_path / "shili" / "run-1"
    folder.mkdir(parents=True)
    return folder
