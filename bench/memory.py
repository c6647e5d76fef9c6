"""`python -m bench.memory N`: streams N files as `gxcrawl parse` does, and prints by how many MB it grew."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
from pathlib import Path

from gxcrawl.batch.inputs import Inputs
from gxcrawl.batch.many import read_many
from gxcrawl.samples import LAYOUTS, generate
from gxcrawl.show.jsonl import json_line

DIFFERENT = 200  # files; named again and again


def growth(files: int) -> float:
    """From the first file on, with every library that a later one needs."""
    with tempfile.TemporaryDirectory(prefix="gxcrawl-bench-") as folder:
        paths = []
        for seed in range(min(files, DIFFERENT)):
            sample = generate(seed, layout=LAYOUTS[seed % len(LAYOUTS)])
            path = Path(folder, sample.name)
            path.write_bytes(sample.data)
            paths.append(str(path))
        outcomes = read_many(Inputs(paths[number % len(paths)] for number in range(files)), json_line)
        next(outcomes)
        before = resident()
        most = max((resident() for _ in outcomes), default=before)
    return (most - before) / 1e6


def resident(process: int | None = None) -> int:
    """Bytes of memory that a process uses now; of this one, where only the peak is known, the peak."""
    try:
        pages = int(Path(f"/proc/{process or 'self'}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        if process:
            return 0  # it has just ended, or this system does not tell
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # macOS counts bytes
    return pages * os.sysconf("SC_PAGE_SIZE")


if __name__ == "__main__":
    print(f"{growth(int(sys.argv[1])):.1f}")
