"""Write samples into a folder, with the truth about them beside."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from . import LAYOUTS, Sample, generate


def truth_of(sample: Sample) -> str:
    """One line of JSON; decimals keep their digits as strings."""
    facts = {
        "name": sample.name,
        "layout": sample.layout,
        "form": sample.form,
        "organ": sample.organ,
        "year": sample.year,
        "title": sample.title,
        "published": sample.published.isoformat() if sample.published else None,
        "clean": sample.clean,
        "cells": sample.cells,
        "states": sample.states,
        "unknowable": sorted(sample.unknowable),
        "planted": [{"check": check, "cells": sorted(cells)} for check, cells in sample.planted],
    }
    return json.dumps(facts, ensure_ascii=False, default=str)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m gxcrawl.samples", description=__doc__)
    parser.add_argument("outdir", type=Path, help="folder to write to; it is made if it is not there")
    parser.add_argument("--count", type=int, default=20, help="how many samples (default 20)")
    parser.add_argument("--seed", type=int, default=0, help="seed of the first sample (default 0)")
    parser.add_argument("--layout", choices=LAYOUTS, help="one layout only")
    wanted = parser.parse_args()
    wanted.outdir.mkdir(parents=True, exist_ok=True)
    with (wanted.outdir / "truth.jsonl").open("w", encoding="utf-8") as truth:
        for seed in range(wanted.seed, wanted.seed + wanted.count):
            sample = generate(seed, layout=wanted.layout)
            (wanted.outdir / sample.name).write_bytes(sample.data)
            truth.write(truth_of(sample) + "\n")


if __name__ == "__main__":
    main()
