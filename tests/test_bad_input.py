"""Whatever comes in: one clear line, in 15 seconds and 1.5 GB, and the good file beside it is read."""

from __future__ import annotations

import json
import os
import random
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import pytest

from gxcrawl.samples import LAYOUTS, Sample, generate

SECONDS = 15
MEMORY = 1.5e9  # bytes
STOP = 4 * 10**9  # address space: a runaway must not take the machine along
MB = 10**6

RUN = f"""
import resource, sys
resource.setrlimit(resource.RLIMIT_AS, ({STOP}, {STOP}))
from gxcrawl.cli import main
main(sys.argv[1:], prog_name="gxcrawl")
"""


class Call(NamedTuple):
    code: int
    objects: list[dict[str, Any]]
    errors: list[str]
    seconds: float
    peak: int


def parse(folder: Path, *names: str) -> Call:
    """The real command in a process of its own, with its time and its greatest need of memory."""
    out, err = folder / "out", folder / "err"
    words = [sys.executable, "-c", RUN, "parse", "--jsonl", *names]
    started = perf_counter()
    pid = os.posix_spawn(
        sys.executable,
        words,
        {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        file_actions=[
            (os.POSIX_SPAWN_OPEN, fd, str(path), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            for fd, path in ((1, out), (2, err))
        ],
    )
    _, status, usage = os.wait4(pid, 0)
    seconds = perf_counter() - started
    lines = out.read_text(encoding="utf-8").splitlines()
    return Call(
        os.waitstatus_to_exitcode(status),
        [json.loads(line, parse_float=Decimal) for line in lines],
        err.read_text(encoding="utf-8").splitlines(),
        seconds,
        usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024),
    )


@pytest.fixture(scope="module")
def good() -> Sample:
    layout = next(name for name in LAYOUTS if "html" in name)
    return generate(7, layout=layout, form="2021", clean=True)


def read_beside_good(bad: bytes, good: Sample, folder: Path) -> dict[str, Any]:
    """What becomes of the bad file, after seeing that nothing else suffered."""
    folder.joinpath("bad.html").write_bytes(bad)
    folder.joinpath("good.html").write_bytes(good.data)
    return judged(parse(folder, str(folder / "bad.html"), str(folder / "good.html")), good)


def judged(call: Call, good: Sample) -> dict[str, Any]:
    bad, read = call.objects
    assert read["error"] is None
    assert values(read) == good.cells
    assert call.seconds < SECONDS
    assert call.peak < MEMORY
    assert bad["error"] or bad["problems"], "neither read nor said why"
    if bad["error"]:
        assert bad["error"]["code"] not in ("internal", "crashed")
        assert call.code == 1
        [line] = call.errors
        assert bad["error"]["message"] in line
    else:
        assert (call.code, call.errors) == (0, [])
    return bad


def values(read: dict[str, Any]) -> dict[str, object]:
    return {cell["id"]: cell["value"] for cell in read["cells"]}


def page(body: str) -> str:
    head = '<meta charset="utf-8"><title>公告</title>'
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def noise(size: int) -> bytes:
    return random.Random(1).randbytes(size)


ROW = "<tr><td>1</td><td>2</td></tr>"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 20))

HOPELESS: dict[str, Callable[[], bytes | str]] = {
    "empty": lambda: b"",
    "only blanks": lambda: b" \r\n\t" * 10,
    "binary": lambda: noise(300_000),
    "a picture": lambda: b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + noise(50_000),
    "a null byte in every second place": lambda: "没有报告".encode("utf-16-le") * 1000,
    "100,000 nested tags": lambda: page("<div>" * 100_000 + "1" + "</div>" * 100_000),
    "100,000 tags left open": lambda: page("<b><p>" * 50_000),
    "100,000 nested tables": lambda: page("<table><tr><td>" * 100_000),
    "a table inside a table, 50 deep": lambda: page("<table><tr><td>" * 50 + "1" + "</td></tr></table>" * 50),
    "colspan=999999999": lambda: page(f'<table><tr><td colspan="999999999">1</td></tr>{ROW}</table>'),
    "rowspan=999999999": lambda: page(f'<table><tr><td rowspan="999999999">1</td></tr>{ROW * 99}</table>'),
    "colspan and rowspan together": lambda: page(
        "<table>" + '<tr><td colspan="99999" rowspan="99999">1</td></tr>' * 999 + "</table>"
    ),
    "a million rows": lambda: page("<table>" + ROW * 1_000_000 + "</table>"),
    "entities that explode": lambda: (
        f'<!DOCTYPE html [<!ENTITY l0 "ha">{LAUGHS}]><html><body>&l19;</body></html>'
    ),
    "a million entities": lambda: page("&amp;&#20013;&nosuch;&#99999999999;" * 250_000),
    "lone surrogates": lambda: page("&#xD800;&#55357;<table><tr><td>&#xDFFF;</td></tr></table>"),
    "a surrogate in bytes": lambda: page("报告").encode() + b"\xed\xa0\x80",
    "a page of another language": lambda: page(
        "<h1>Annual report 2021</h1><table><tr><th>Year</th><th>Requests</th></tr>"
        "<tr><td>2020</td><td>12</td></tr><tr><td>2021</td><td>17</td></tr></table>"
    ),
    "3 MB of digits": lambda: b"1" * (3 * MB),
    "3 MB of digits and blanks": lambda: b"1 2 " * (3 * MB // 4),
    "3 MB of blanks": lambda: b" " * (3 * MB),
    "3 MB of blanks in a page": lambda: page("<p>" + "&nbsp; " * (3 * MB // 7) + "</p>"),
    "3 MB of numbering": lambda: "一、（一）1." * (3 * MB // 18),
    "3 MB of brackets": lambda: page("（" * MB + "<table><tr><td>" + "(" * MB),
    "3 MB of title": lambda: "政府信息公开工作年度报告" * (3 * MB // 36),
    "3 MB of pipes": lambda: b"|1" * (3 * MB // 2),
    "3 MB of tabs": lambda: b"1\t" * (3 * MB // 2),
    "3 MB of dates": lambda: "2021年1月20日" * (3 * MB // 16),
}


@pytest.mark.parametrize("name", HOPELESS)
def test_what_is_no_report_is_refused_in_words(name: str, good: Sample, tmp_path: Path) -> None:
    made = HOPELESS[name]()
    bad = read_beside_good(made.encode() if isinstance(made, str) else made, good, tmp_path)
    assert bad["form"] is None
    assert bad["cells"] == []


BURIED: dict[str, Callable[[bytes], bytes]] = {
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut in the middle of a character": lambda data: data[: data.rindex("公".encode()) + 1],
    "50 MB of HTML": lambda data: data.replace(b"</body>", b"<p>filler</p>" * (50 * MB // 13) + b"</body>"),
    "inside 100,000 tags": lambda data: data.replace(b"<body", b"<div>" * 100_000 + b"<body", 1),
    "with an absurd colspan": lambda data: data.replace(b"<td", b'<td colspan="999999999"', 1),
    "with 3 MB of digits in a cell": lambda data: data.replace(b"</td>", b"7" * (3 * MB) + b"</td>", 1),
    "with 3 MB of blanks in front": lambda data: b" " * (3 * MB) + data,
    "with null bytes": lambda data: data.replace("报告".encode(), "报\x00告".encode()),
}


@pytest.mark.parametrize("name", BURIED)
def test_a_damaged_report_is_never_read_wrongly(name: str, good: Sample, tmp_path: Path) -> None:
    tmp_path.joinpath("bad.html").write_bytes(BURIED[name](good.data))
    tmp_path.joinpath("good.html").write_bytes(good.data)
    call = parse(tmp_path, str(tmp_path / "bad.html"), str(tmp_path / "good.html"))
    bad, read = call.objects
    assert read["error"] is None
    assert (call.seconds < SECONDS, call.peak < MEMORY) == (True, True)
    assert bad["error"] is None or bad["error"]["code"] not in ("internal", "crashed")
    found = values(bad)
    wrong = {name for name, value in found.items() if value is not None and value != good.cells[name]}
    assert wrong == set()
    unread = [name for name, value in good.cells.items() if found.get(name) != value]
    assert not unread or bad["problems"] or bad["error"], "cells are lost and nothing is said"


@pytest.mark.parametrize(
    ("written", "declared"),
    [("utf-8", "gb2312"), ("gb18030", "utf-8"), ("gb18030", "iso-8859-1"), ("utf-8", "no-such-charset")],
)
def test_a_wrong_charset_costs_no_number(written: str, declared: str, good: Sample, tmp_path: Path) -> None:
    text = good.data.decode("utf-8").replace("utf-8", declared, 1)
    assert declared in text
    tmp_path.joinpath("bad.html").write_bytes(text.encode(written))
    [read] = parse(tmp_path, str(tmp_path / "bad.html")).objects
    assert read["error"] is None
    assert values(read) == good.cells
    assert read["organ"] == good.organ


def test_an_empty_folder_is_one_line(good: Sample, tmp_path: Path) -> None:
    tmp_path.joinpath("empty.html").mkdir()
    tmp_path.joinpath("good.html").write_bytes(good.data)
    bad = judged(parse(tmp_path, str(tmp_path / "empty.html"), str(tmp_path / "good.html")), good)
    assert bad["error"]["code"] == "unreadable"


def test_a_file_that_nobody_may_read_is_one_line(good: Sample, tmp_path: Path) -> None:
    tmp_path.joinpath("good.html").write_bytes(good.data)
    closed = tmp_path / "closed.html"
    if os.geteuid() == 0:  # nothing is closed to root, but a link to nowhere is
        closed.symlink_to("nowhere")
    else:
        closed.touch(mode=0o000)
    bad = judged(parse(tmp_path, str(closed), str(tmp_path / "good.html")), good)
    assert bad["error"]["code"] == "unreadable"


def test_a_file_larger_than_any_report_is_not_read(good: Sample, tmp_path: Path) -> None:
    with tmp_path.joinpath("large.html").open("wb") as file:
        file.truncate(70 * 2**20)
    tmp_path.joinpath("good.html").write_bytes(good.data)
    bad = judged(parse(tmp_path, str(tmp_path / "large.html"), str(tmp_path / "good.html")), good)
    assert bad["error"]["code"] == "too-large"
