"""`gxcrawl samples`: writes invented reports whose numbers are known."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.samples import Sample

TRUTH = "truth.jsonl"


@click.command()
@click.argument("out", type=click.Path(file_okay=False, path_type=Path))
@click.option("--count", type=click.IntRange(min=1), default=12, show_default=True, help="How many reports.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives other reports.")
@click.pass_obj
def samples(console: Console, out: Path, count: int, seed: int) -> None:
    """Writes sample reports of an invented county into the folder OUT.

    Every layout has its turn. What is truly in the reports stands beside them in truth.jsonl,
    one line for each.

    \b
    Example:
      gxcrawl samples samples/ --count 30
    """
    from gxcrawl.show.jsonl import encode

    with writing_to(out), out.joinpath(TRUTH).open("w", encoding="utf-8", newline="\n") as truth:
        for sample in write_samples(out, seed=seed, count=count):
            truth.write(encode(_truth(sample)) + "\n")
    console.note(f"gxcrawl: {count} sample reports and {TRUTH} written to {out}")


def write_samples(folder: Path, *, seed: int, count: int | None = None) -> Iterator[Sample]:
    """One report after the other, each in the layout whose turn it is; one of every layout if not told."""
    from gxcrawl.samples import LAYOUTS, generate

    for number in range(count or len(LAYOUTS)):
        sample = generate(seed + number, layout=LAYOUTS[number % len(LAYOUTS)])
        folder.joinpath(sample.name).write_bytes(sample.data)
        yield sample


@contextmanager
def writing_to(folder: Path) -> Iterator[None]:
    """Makes the folder; what cannot be written there is said in one line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise click.ClickException(f"{folder}: cannot be written: {error.strerror}") from error


def _truth(sample: Sample) -> dict[str, object]:
    return {
        "name": sample.name,
        "layout": sample.layout,
        "form": sample.form,
        "organ": sample.organ,
        "year": sample.year,
        "title": sample.title,
        "published": sample.published.isoformat() if sample.published else None,
        "cells": dict(sample.cells),
        "states": dict(sample.states),
        "unknowable": sorted(sample.unknowable),
        "planted": [{"check": item.check, "cells": sorted(item.cells)} for item in sample.planted],
    }
