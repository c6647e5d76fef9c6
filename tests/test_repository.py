"""The ground: what a newcomer, the gate and an installed wheel rely on."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CODE = sorted(
    path for name in ("gxcrawl", "spiders", "scripts", "bench") for path in (ROOT / name).rglob("*.py")
)


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def run(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    full = {**os.environ, **environment}
    return subprocess.run(command, cwd=ROOT, env=full, capture_output=True, text=True, check=False)


# --- the habits -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", CODE, ids=shown)
def test_a_file_holds_one_idea_and_a_function_does_one_thing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 320
    long = [
        f"{node.name} has {(node.end_lineno or 0) - node.lineno + 1} lines"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno + 1 > 55
    ]
    assert long == []


def test_no_test_is_switched_off() -> None:
    switch = re.compile(r"mark\.(skip|skipif|xfail)\b|\bimportorskip\(|\bpytest\.(skip|xfail)\(")
    off = [
        shown(path) for path in (ROOT / "tests").rglob("test_*.py") if switch.search(path.read_text("utf-8"))
    ]
    assert off == [], "only tests/conftest.py skips, and only where what a test needs is not there"


def test_no_lock_file_records_where_something_was_downloaded() -> None:
    locks = ("*.lock", "pylock*.toml", "requirements*.txt")
    assert [shown(path) for pattern in locks for path in ROOT.glob(pattern)] == []


def test_every_dependency_has_a_lower_bound_and_an_upper_major() -> None:
    extras = PROJECT["optional-dependencies"].values()
    for requirement in [*PROJECT["dependencies"], *(entry for extra in extras for entry in extra)]:
        name, _, bounds = requirement.partition(">=")
        if name in {"tzdata", "pyarrow"}:  # their major is a year or a train, not a promise
            continue
        assert re.fullmatch(r"[\d.]+,<\d+", bounds), f"{requirement}: give a lower bound and an upper major"


def test_the_licence_is_apache_and_said_in_both_places() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "END OF TERMS AND CONDITIONS" in text
    assert PROJECT["license"] == "Apache-2.0"


# --- the commands ---------------------------------------------------------------------------------


def test_make_alone_lists_every_command() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    declared = set(re.search(r"^\.PHONY: (.*)$", makefile, re.M)[1].split())  # type: ignore[index]
    listed = {line.split("\t")[0] for line in run("make", "--no-print-directory").stdout.splitlines()}
    assert listed == declared


def test_the_gate_is_make_test_and_allows_no_skip() -> None:
    gate = ROOT / ".ci" / "run"
    assert os.access(gate, os.X_OK)
    lines = gate.read_text(encoding="utf-8").splitlines()
    assert lines[-1] == "exec make test"
    assert any(line.startswith("export GXCRAWL_NO_SKIP=1") for line in lines)


def test_make_test_checks_before_it_tests() -> None:
    steps = run("make", "-n", "-o", ".venv/installed", "test").stdout
    assert steps.index("scripts/check.sh") < steps.index("-m pytest")
    script = (ROOT / "scripts" / "check.sh").read_text(encoding="utf-8")
    for part in ("ruff format --check", "ruff check", "mypy", "scripts/generate.py --check"):
        assert part in script


def test_check_names_every_broken_part_and_still_runs_the_others(tmp_path: Path) -> None:
    bench = tmp_path / "a clone"
    (bench / "scripts").mkdir(parents=True)
    (bench / ".venv" / "bin").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "check.sh", bench / "scripts")
    for name, status in {"ruff": 0, "mypy": 1, "python": 1}.items():
        tool = bench / ".venv" / "bin" / name
        tool.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
        tool.chmod(0o755)
    done = run("sh", str(bench / "scripts" / "check.sh"))
    assert done.returncode == 1
    assert "check failed: types, generated files." in done.stderr


@pytest.mark.parametrize(
    ("pythons", "manager", "line"),
    [
        ({}, "apt-get", "apt-get install -y python3 python3-venv"),
        ({}, "dnf", "dnf install -y python3"),
        ({}, "", "brew install python@3.12"),
        ({"python3": "3.9"}, "apt-get", "apt-get install -y python3.11 python3.11-venv"),
        (
            {"python3": "3.9", "python3.12": "3.12 without venv"},
            "apt-get",
            "apt-get install -y python3.12-venv",
        ),
    ],
)
def test_where_the_system_lacks_something_the_line_that_installs_it_is_printed(
    tmp_path: Path, pythons: dict[str, str], manager: str, line: str
) -> None:
    clone, tools = tmp_path / "a clone", tmp_path / "tools"
    (clone / "scripts").mkdir(parents=True)
    tools.mkdir()
    shutil.copy(ROOT / "scripts" / "install.sh", clone / "scripts")
    for name in ("dirname", "id"):
        (tools / name).symlink_to(shutil.which(name) or "")
    for name, version in pythons.items():
        stub = tools / name
        new = "case $2 in *ensurepip*) exit 1;; *print*) echo 3.12;; esac" if "venv" in version else "exit 1"
        stub.write_text(f"#!/bin/sh\n{new}\n", encoding="utf-8")
        stub.chmod(0o755)
    if manager:
        (tools / manager).write_text("#!/bin/sh\n", encoding="utf-8")
        (tools / manager).chmod(0o755)
    done = run(shutil.which("sh") or "sh", str(clone / "scripts" / "install.sh"), PATH=str(tools))
    assert done.returncode == 1
    assert line in done.stderr
    assert not (clone / ".venv").exists()


# --- generated pages ------------------------------------------------------------------------------


def test_a_generated_page_that_was_edited_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from scripts import generate

    monkeypatch.setattr(generate, "ROOT", tmp_path)
    monkeypatch.setattr(generate, "GENERATED", {"page.md": lambda: "what the data says\n"})
    assert generate.main(["--check"]) == 1
    assert generate.main([]) == 0
    assert generate.main(["--check"]) == 0
    (tmp_path / "page.md").write_text("what somebody typed\n", encoding="utf-8")
    assert generate.main(["--check"]) == 1


def test_a_readme_shows_what_the_demo_prints() -> None:
    from scripts.generate import demo_excerpt

    assert demo_excerpt("PORTAL  VERDICT\n\nsums\n").splitlines() == [
        "```console",
        "$ make demo ARGS=--once",
        "PORTAL  VERDICT",
        "",
        "sums",
        "```",
    ]


# --- the tests' own ground --------------------------------------------------------------------------


@pytest.mark.parametrize(("switch", "outcome"), [("", {"skipped": 1}), ("1", {"errors": 1})])
def test_the_gate_turns_a_skipped_test_into_a_failed_one(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, switch: str, outcome: dict[str, int]
) -> None:
    monkeypatch.setenv("GXCRAWL_NO_SKIP", switch)
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile("def test_the_real_reports(seeds): pass")
    pytester.runpytest_subprocess("-p", "no:xdist").assert_outcomes(**outcome)


def test_a_test_that_uses_the_network_fails(pytester: pytest.Pytester) -> None:
    pytester.makeconftest((ROOT / "tests" / "conftest.py").read_text(encoding="utf-8"))
    pytester.makepyfile(
        """
        import socket

        def test_leaves():
            with socket.socket() as outside:
                outside.settimeout(1)
                outside.connect(("192.0.2.1", 80))

        def test_stays():
            with socket.create_server(("127.0.0.1", 0)) as server:
                socket.create_connection(server.getsockname()).close()
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:xdist")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*tests must not use the network*192.0.2.1*"])


# --- what is installed ----------------------------------------------------------------------------


def test_scrapy_finds_the_project_and_lists_its_portals() -> None:
    from gxcrawl.crawl.loader import all_portals

    done = run(sys.executable, "-m", "scrapy", "list")
    assert (done.returncode, done.stdout.split()) == (0, sorted(all_portals(()))), done.stderr


def test_the_wheel_carries_the_data_and_keeps_the_spiders_inside_the_package(tmp_path: Path) -> None:
    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert done.returncode == 0, done.stderr
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    data = {
        shown(path) for path in (ROOT / "gxcrawl").rglob("*") if path.suffix in {".toml", ".py", ".typed"}
    }
    assert data <= names
    assert {"gxcrawl/spiders/__init__.py", "gxcrawl/datasette-metadata.json"} <= names
    assert {name.partition("/")[0] for name in names if ".dist-info" not in name} == {"gxcrawl"}


def test_the_wheel_crawls_from_any_folder_whatever_else_is_called_spiders(tmp_path: Path) -> None:
    """The dependencies are those of the tests; gxcrawl itself comes from the unpacked wheel alone."""
    from gxcrawl.samples.portals.collect import replicas
    from gxcrawl.samples.portals.server import serve

    done = run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path))
    assert done.returncode == 0, done.stderr
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as archive:
        archive.extractall(site)
    (elsewhere / "spiders").mkdir(parents=True)
    (elsewhere / "spiders" / "__init__.py").write_text("raise RuntimeError('not these')", encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(site), "SCRAPY_SETTINGS_MODULE": "gxcrawl.settings"}

    def installed(*command: str) -> subprocess.CompletedProcess[str]:
        command = (sys.executable, "-m", *command)
        return subprocess.run(
            command, cwd=elsewhere, env=environment, capture_output=True, text=True, check=False, timeout=60
        )

    code = "import gxcrawl, gxcrawl.spiders; print(gxcrawl.__file__)"
    place = subprocess.run(
        [sys.executable, "-c", code],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert place.stdout.startswith(str(site))
    listed = installed("scrapy", "list")
    assert "acheng" in listed.stdout.split(), listed.stderr
    small = [one for one in replicas() if one.id == "trs-table"]
    with serve(small) as served:
        served.portals_file(elsewhere / "mine.toml")
        crawled = installed("gxcrawl", "crawl", "--portals", "mine.toml", "--db", "mine.db")
    assert (crawled.returncode, crawled.stdout.startswith("trs-table: healthy")) == (0, True), crawled.stderr


def test_datasette_knows_what_it_shows() -> None:
    metadata = json.loads((ROOT / "datasette-metadata.json").read_text(encoding="utf-8"))
    assert metadata["title"] == "gxcrawl"
    assert metadata["description"]
