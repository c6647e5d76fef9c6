"""Arrows go down only: whoever reads a report needs no crawler, no database, no network and no terminal."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# What a layer of the library may take from the library. "" is gxcrawl/__init__.py, the one front door.
MAY_IMPORT = {
    "model": set(),
    "samples": set(),
    "problems": {"model"},
    "documents": {"model", "problems"},
    "forms": {"model", "problems"},
    "tables": {"model", "problems", "forms"},
    "report": {"model", "problems", "forms", "tables"},
    "checks": {"model", "problems", "forms", "duties"},
    "reader": {"model", "problems", "forms", "documents", "tables", "report", "checks"},
    "pages": {"model", "problems", "documents", "forms", "tables", "report"},
    "duties": set(),
    "health": set(),
    "registry": {"checks", "duties"},
    "": {"model", "reader"},
}

OUTSIDE_WORLD = (
    "aiohttp",
    "apprise",
    "click",
    "datasette",
    "ftplib",
    "http",
    "httpx",
    "multiprocessing",
    "pluggy",
    "requests",
    "scrapy",
    "smtplib",
    "socket",
    "spiders",
    "sqlite3",
    "sqlite_utils",
    "ssl",
    "subprocess",
    "twisted",
    "urllib.request",
    "urllib3",
    "warcio",
)


# The one place of a pure layer that must reach outside, and what for.
EXCEPT = {"gxcrawl.samples.portals.answers": {"socket"}}  # a connection that is reset, as some portals do


def layer_of(module: str) -> str:
    return module.removeprefix("gxcrawl").removeprefix(".").partition(".")[0]


def imported_modules(source: str, package: str) -> Iterator[str]:
    """Every module that a source text imports, at its top or inside a function, by its full name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            yield from (str(part.value) for part in node.args if isinstance(part, ast.Constant))


def arrows_up(source: str, module: str, *, is_package: bool = False) -> list[str]:
    """What this module imports and must not. Modules outside the table above are free, but for spiders."""
    package = module if is_package else module.rpartition(".")[0]
    layer = layer_of(module)
    wrong = []
    for name in imported_modules(source, package):
        if layer not in MAY_IMPORT:
            bad = name.partition(".")[0] == "spiders"
        elif name.partition(".")[0] == "gxcrawl":
            bad = layer_of(name) not in MAY_IMPORT[layer] | {layer, ""} or (name == "gxcrawl" and layer != "")
        else:
            bad = any(name == outside or name.startswith(outside + ".") for outside in OUTSIDE_WORLD)
        if bad and name not in EXCEPT.get(module, ()):
            wrong.append(name)
    return wrong


def library_modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted((ROOT / "gxcrawl").rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found.append((".".join(parts[:-1] if parts[-1] == "__init__" else parts), path))
    return found


@pytest.mark.parametrize(("module", "path"), library_modules(), ids=str)
def test_a_layer_takes_only_from_the_layers_below_it(module: str, path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert arrows_up(source, module, is_package=path.stem == "__init__") == []


@pytest.mark.parametrize("layer", sorted(layer for layer in MAY_IMPORT if layer))
def test_every_layer_of_the_table_exists(layer: str) -> None:
    assert any(layer_of(module) == layer for module, _ in library_modules())


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("gxcrawl.documents.html", "import scrapy", "scrapy"),
        ("gxcrawl.documents.html", "from gxcrawl.forms import load_form", "gxcrawl.forms"),
        ("gxcrawl.documents.html", "from ..tables import read_tables", "gxcrawl.tables"),
        ("gxcrawl.tables.place", "def f():\n    from gxcrawl import checks", "gxcrawl.checks"),
        ("gxcrawl.tables.place", "from urllib.request import urlopen", "urllib.request"),
        ("gxcrawl.report.dates", "from urllib import request", "urllib.request"),
        ("gxcrawl.report.dates", "from gxcrawl.checks.run import check_report", "gxcrawl.checks.run"),
        ("gxcrawl.checks.kinds.sums", "from ...cli import main", "gxcrawl.cli"),
        ("gxcrawl.checks.kinds.sums", "import importlib\nimportlib.import_module('sqlite3')", "sqlite3"),
        ("gxcrawl.samples.write", "from gxcrawl.model import Cell", "gxcrawl.model"),
        ("gxcrawl.model", "import gxcrawl", "gxcrawl"),
        ("gxcrawl.commands.parse", "from spiders import base", "spiders"),
    ],
)
def test_an_arrow_that_goes_up_is_seen(module: str, source: str, wrong: str) -> None:
    assert wrong in arrows_up(source, module)


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("gxcrawl.tables.place", "from gxcrawl.model import Grid\nfrom .columns import place_columns"),
        ("gxcrawl.documents.html", "from urllib.parse import urljoin\nimport lxml.html"),
        ("gxcrawl.commands.parse", "import click\nfrom gxcrawl.reader import read_report"),
    ],
)
def test_an_arrow_that_goes_down_is_no_fault(module: str, source: str) -> None:
    assert arrows_up(source, module) == []


def test_the_library_is_read_without_loading_the_outside_world() -> None:
    heavy = ("scrapy", "twisted", "sqlite3", "datasette", "click", "requests")
    code = f"import sys, gxcrawl.reader; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
