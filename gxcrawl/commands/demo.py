"""`gxcrawl demo`: reads and checks reports whose numbers are known, and says how that went."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gxcrawl.commands.samples import write_samples, writing_to
from gxcrawl.console import Console

if TYPE_CHECKING:
    from gxcrawl.samples import Sample

SEED = 1  # that of `gxcrawl samples`, so that both show the same reports
ARITHMETIC = ("T3-BAL", "T3-COL", "T3-ROW", "T4-SUM")


@dataclass
class Tally:
    """What was found, held against what is truly in the reports."""

    right: int = 0
    open: int = 0  # not read, and said so
    wrong: int = 0
    planted: int = 0
    found: int = 0
    overlooked: int = 0  # though all of its numbers were read
    unfounded: int = 0  # arithmetic alarms although the numbers agree
    planted_in: list[str] = field(default_factory=list)  # one line for each report with planted errors


@click.command()
@click.option("--once", is_flag=True, help="Leave when the results are printed, and serve no pages.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the sample reports into this folder and leave them there.",
)
@click.pass_obj
def demo(console: Console, once: bool, keep: Path | None) -> None:
    """Reads and checks sample reports of an invented county, and prints what was found.

    The reports come in all the layouts that real ones come in, and some hold arithmetic errors
    planted on purpose. Exit code 1: a number was read wrongly,
    or an error in numbers that were read was overlooked.

    \b
    Example:
      gxcrawl demo --once --keep samples
    """
    tally = Tally()
    with ExitStack() as stack:
        folder = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="gxcrawl-demo-")))
        with writing_to(folder):
            samples = list(write_samples(folder, seed=SEED))
        console.note(f"gxcrawl: reading {len(samples)} sample reports in {folder}\n")
        for line in _lines(samples, folder, tally):
            console.result(line)
    for line in _summary(tally):
        console.result(line)
    if keep:
        console.result(f"\nLook at one of them: gxcrawl parse {folder / samples[0].name}")
    if not once:
        console.note("gxcrawl: this version has no pages to serve, so the demo ends here")
    if tally.wrong or tally.overlooked:
        raise SystemExit(1)


def _lines(samples: Sequence[Sample], folder: Path, tally: Tally) -> Iterator[str]:
    from gxcrawl.batch.inputs import Inputs
    from gxcrawl.batch.many import read_many
    from gxcrawl.show.jsonl import json_line
    from gxcrawl.show.wide import left, width

    name_width = max(width(sample.name) for sample in samples)
    organ_width = max(width(sample.organ) for sample in samples)
    widths = (name_width, organ_width, 4, 4, 7, 0)

    def columns(*texts: str) -> str:
        return "  ".join(left(text, space) for text, space in zip(texts, widths, strict=True)).rstrip()

    yield columns("FILE", "ORGAN", "YEAR", "FORM", "NUMBERS", "FINDINGS")
    inputs = Inputs([str(folder / sample.name) for sample in samples])
    for sample, outcome in zip(samples, read_many(inputs, json_line), strict=True):
        yield columns(sample.name, *_row(sample, _loaded(outcome.text), tally))


def _loaded(line: str) -> dict[str, Any]:
    """What any script gets from `gxcrawl parse --jsonl`, decimals kept exact."""
    import json
    from decimal import Decimal

    read: dict[str, Any] = json.loads(line, parse_float=Decimal)
    return read


def _row(sample: Sample, read: dict[str, Any], tally: Tally) -> tuple[str, ...]:
    right, left_open, wrong = _compare(sample, read)
    tally.right += right
    tally.open += left_open
    tally.wrong += wrong
    failed = [finding for finding in read["findings"] if finding["result"] == "fail"]
    _hold_against_planted(sample, read, tally)
    weights = Counter(finding["severity"] for finding in failed)
    found = ", ".join(
        f"{weights[weight]} {weight}" for weight in ("error", "warn", "info") if weights[weight]
    )
    reason = read["error"]["message"] if read["error"] else ""
    numbers = f"{right}/{len(sample.cells)}"
    return (
        read["organ"] or "?",
        str(read["year"] or "?"),
        read["form"] or "?",
        numbers,
        reason or found or "none",
    )


def _compare(sample: Sample, read: dict[str, Any]) -> tuple[int, int, int]:
    """How many cells are as in the report, were left open, and are wrong."""
    values = {cell["id"]: cell["value"] for cell in read["cells"]}
    pairs = [(values.get(name), truth) for name, truth in sample.cells.items()]
    right = sum(value == truth for value, truth in pairs)
    left_open = sum(value is None and truth is not None for value, truth in pairs)
    return right, left_open, len(pairs) - right - left_open


def _hold_against_planted(sample: Sample, read: dict[str, Any], tally: Tally) -> None:
    failed = [finding for finding in read["findings"] if finding["result"] == "fail"]
    alarms = {
        (item["check"], frozenset(item["cells"])): item for item in failed if item["check"] in ARITHMETIC
    }
    found = [alarms.pop(planted) for planted in sample.planted if planted in alarms]
    known = {cell["id"] for cell in read["cells"] if cell["value"] is not None}
    hidden = sum(not planted.cells <= known for planted in sample.planted)
    tally.planted += len(sample.planted)
    tally.found += len(found)
    tally.overlooked += max(len(sample.planted) - len(found) - hidden, 0)
    tally.unfounded += sum(all(sample.cells[cell] is not None for cell in cells) for _, cells in alarms)
    if sample.planted:
        example = f", such as {found[0]['check']}: {found[0]['message']}" if found else ""
        tally.planted_in.append(f"  {sample.name}: {len(found)} of {len(sample.planted)} found{example}")


def _summary(tally: Tally) -> Iterator[str]:
    total = tally.right + tally.open + tally.wrong
    yield ""
    yield f"Numbers:        {tally.right} of {total} right, {tally.open} left open, {tally.wrong} wrong"
    hidden = tally.planted - tally.found - tally.overlooked
    yield (
        f"Planted errors: {tally.found} of {tally.planted} found, {hidden} in numbers left open, "
        f"{tally.overlooked} overlooked, {tally.unfounded} alarms without cause"
    )
    yield from tally.planted_in
