"""Writes what is made from data; with --check only compares and exits 1 when something is old.

That is the catalogue of checks and problems, the colours of the pages, what Datasette is told of the
database, and in the READMEs what `make demo` prints.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DEMO = re.compile(r"(?<=<!-- demo: `make generate` writes this -->\n).*?(?=<!-- end of demo -->)", re.S)


def catalogue() -> str:
    from gxcrawl.checks import document

    return document.render()


def statuses() -> str:
    from gxcrawl.site.colours import status_sheet

    return status_sheet()


def metadata() -> str:
    from gxcrawl.site.metadata.build import render

    return render()


@cache
def demo_output() -> str:
    command = [sys.executable, "-m", "gxcrawl", "demo", "--once"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"gxcrawl demo found a fault:\n{done.stdout}{done.stderr}")
    return done.stdout


def demo_excerpt(output: str) -> str:
    return f"```console\n$ make demo ARGS=--once\n{output.strip()}\n```\n"


def with_demo(name: str) -> str:
    page = (ROOT / name).read_text(encoding="utf-8")
    return DEMO.sub(lambda _: demo_excerpt(demo_output()), page, count=1)


GENERATED: Mapping[str, Callable[[], str]] = {
    "docs/checks.md": catalogue,
    "gxcrawl/site/static/statuses.css": statuses,
    "datasette-metadata.json": metadata,
    "README.md": partial(with_demo, "README.md"),
    "README.zh-CN.md": partial(with_demo, "README.zh-CN.md"),
}


def stale_pages() -> dict[Path, str]:
    """The pages that differ from what the data says today, with what they should hold."""
    pages = {ROOT / name: render() for name, render in GENERATED.items()}
    return {
        path: text
        for path, text in pages.items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python scripts/generate.py [--check]", file=sys.stderr)
        return 2
    stale = stale_pages()
    for path, text in stale.items():
        name = path.relative_to(ROOT)
        if arguments:
            print(f"{name} is not what its data says; run `make generate`", file=sys.stderr)
        else:
            path.write_text(text, encoding="utf-8", newline="\n")
            print(f"wrote {name}")
    return 1 if arguments and stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
