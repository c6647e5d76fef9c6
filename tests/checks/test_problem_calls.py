"""Every problem that the code reports is in the catalogue, and is given the values that its message needs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import gxcrawl
from gxcrawl.problems import problem_entries

PACKAGE = Path(gxcrawl.__file__).parent


def calls() -> Iterator[tuple[str, str, set[str]]]:
    """Where, code and names of values, for each literal call of problem()."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or getattr(node.func, "id", "") != "problem" or not node.args:
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and all(keyword.arg for keyword in node.keywords):
                names = {keyword.arg or "" for keyword in node.keywords} - {"place"}
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", str(code.value), names


def test_problems_are_reported_as_the_catalogue_words_them() -> None:
    entries = problem_entries()
    for where, code, names in calls():
        assert code in entries, f"{where}: {code} is not in the catalogue of problems"
        wanted = {name for _, name, _, _ in Formatter().parse(entries[code].message) if name}
        assert wanted <= names, f"{where}: {code} also needs {', '.join(sorted(wanted - names))}"
