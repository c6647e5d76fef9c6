"""What the documents show is true: commands run, results are what is printed, links lead somewhere."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from gxcrawl import portals, samples
from gxcrawl.alerts.model import STATES
from gxcrawl.checks.catalogue import Check
from gxcrawl.cli import main
from gxcrawl.crawl.loader import families
from gxcrawl.duties.deadlines import Rule
from gxcrawl.duties.words import status_words
from gxcrawl.forms import Column, Row, load_forms
from gxcrawl.forms.load import SHEET_ROLES, parse_form
from gxcrawl.model import Cell, Finding, Problem
from gxcrawl.reader import read_report
from gxcrawl.samples.portals import replicas, serve
from gxcrawl.show.jsonl import json_line
from gxcrawl.tables.writing import label_key

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted([*ROOT.glob("README*.md"), ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")])
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.M | re.S)
GENERATED = re.compile(r"<!-- demo: .*?<!-- end of demo -->", re.S)  # `make check` holds it against the demo
FILE = re.compile(r"# ([\w-]+\.toml)\n")  # the first line of a block that the reader writes into that file
LEFT_OUT = "…"
PORTAL = ("add-a-portal.md", "www.example.gov.cn", "jpage-page")  # a page, its portal, and what stands for it


class Step(NamedTuple):
    """A command as a document shows it, with the lines it is said to print."""

    command: str
    printed: tuple[str, ...] = ()


def shown(path: Path) -> str:
    return str(path.relative_to(ROOT))


def steps_of(text: str) -> list[Step]:
    """The commands of a document, in order: sh blocks hold commands, console blocks also what is printed.

    A block that begins with the name of a file is what the reader puts into it.
    """
    steps: list[Step] = []
    for language, body in FENCE.findall(GENERATED.sub("", text)):
        lines = body.replace("\\\n", "").splitlines()
        if language in {"sh", "bash", "shell"}:
            steps += [Step(line) for line in lines if line.strip() and not line.startswith("#")]
        elif language == "console":
            for line in lines:
                if line.startswith("$ "):
                    steps.append(Step(line.removeprefix("$ ")))
                elif line.strip():
                    steps[-1] = steps[-1]._replace(printed=(*steps[-1].printed, line))
        elif language == "python":
            steps.append(Step("python -c " + shlex.quote(body)))
        elif language == "toml" and (named := FILE.match(body)):
            steps.append(Step(f"echo {shlex.quote(body)} > {named[1]}"))
    return [Step(_without_comment(command), printed) for command, printed in steps]


def _without_comment(command: str) -> str:
    return command if "\n" in command else command.partition("  #")[0].strip()


def runnable(command: str) -> tuple[str, bool]:
    """The command that proves this one, and whether it runs in the checkout or in the reader's folder.

    A make target that would run for minutes, or run these tests again, is only asked for its steps.
    """
    words = shlex.split(command)
    if words[0] == "make":
        return f"{command} --dry-run -o .venv/installed", True
    if words[0] in {"gxcrawl", "python", "ls", "cat", "echo"}:
        return command, False
    if words[0] in {".venv/bin/gxcrawl", ".venv/bin/python"}:
        return command.removeprefix(".venv/bin/"), False
    raise AssertionError(f"no test knows how to run: {command}")


def run(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "COLUMNS": "100"}
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def missing_lines(printed: tuple[str, ...], output: str) -> list[str]:
    """The shown lines that the command does not print, in that order; … stands for anything."""
    rest = iter(output.splitlines())
    missing = []
    for line in printed:
        pattern = ".*".join(map(re.escape, line.rstrip().split(LEFT_OUT)))
        if line.strip() != LEFT_OUT and not any(re.fullmatch(pattern, got.rstrip()) for got in rest):
            missing.append(line)
    return missing


@pytest.fixture(scope="module")
def portal() -> Iterator[str]:
    """The host of a sample portal that takes the place of the one in a document."""
    with serve([replica for replica in replicas() if replica.id == PORTAL[2]]) as served:
        yield served.host(PORTAL[2])


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_every_command_of_a_document_runs_as_shown(path: Path, tmp_path: Path, portal: str) -> None:
    """One folder for one document: its commands build on each other, as they do for the reader."""
    text = path.read_text(encoding="utf-8")
    if path.name == PORTAL[0]:
        text = text.replace(PORTAL[1], portal).replace("\nverified = ", "\ndelay = 0\nverified = ")
    for step in steps_of(text):
        command, in_checkout = runnable(step.command)
        done = run(command, ROOT if in_checkout else tmp_path)
        assert done.returncode == 0, f"{step.command}\n{done.stdout}{done.stderr}"
        assert missing_lines(step.printed, done.stdout + done.stderr) == [], step.command


def test_a_command_nobody_can_run_and_a_line_nobody_prints_are_seen() -> None:
    steps = steps_of("```console\n$ gxcrawl --version  # which one\ngxcrawl 99\n$ reboot\n```\n")
    assert steps == [Step("gxcrawl --version", ("gxcrawl 99",)), Step("reboot")]
    assert missing_lines(("gxcrawl 99",), "gxcrawl 1\n") == ["gxcrawl 99"]
    assert missing_lines(("gx…l 1", "…", "end"), "gxcrawl 1\nmiddle\nend\n") == []
    with pytest.raises(AssertionError, match="no test knows how to run: reboot"):
        runnable("reboot")
    [step] = steps_of("```toml\n# mine.toml\nid = 'a'  # short\n```\n```toml\nid = 'no file'\n```\n")
    assert step.command == "echo " + shlex.quote("# mine.toml\nid = 'a'  # short\n") + " > mine.toml"


# A command inside a sentence, or in a crontab.
SPOKEN_OF = re.compile(r"(?:`|\.venv/bin/)gxcrawl ([^`\n>]*)")


@pytest.mark.parametrize("path", DOCUMENTS, ids=shown)
def test_a_command_that_is_only_spoken_of_has_these_options(path: Path) -> None:
    for words in SPOKEN_OF.findall(path.read_text(encoding="utf-8")):
        assert unknown_word(words) == "", f"{shown(path)}: gxcrawl {words}"


def unknown_word(words: str) -> str:
    """The first word of a command that is neither a verb nor an option of the verbs before it."""
    verb: click.Command = main
    options: set[str] = set()
    for word in words.split():
        options |= {name for parameter in verb.params for name in parameter.opts}
        if word.startswith("-"):
            if word.partition("=")[0] not in {*options, "--help", "--version"}:
                return word
        elif isinstance(verb, click.Group):
            if word not in verb.commands:
                return word
            verb = verb.commands[word]
    return ""


def test_a_verb_and_an_option_that_are_not_there_are_seen() -> None:
    assert unknown_word("-q archive verify gxcrawl-archive") == ""
    assert unknown_word("crawl acheng --quickly") == "--quickly"
    assert unknown_word("archive burn") == "burn"


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        [step.command for step in steps_of((ROOT / name).read_text(encoding="utf-8"))]
        for name in ("README.md", "README.zh-CN.md")
    )
    assert english == chinese
    assert english[:2] == ["make demo", "make test"]


# --- links ----------------------------------------------------------------------------------------


def anchors(path: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", re.sub(FENCE, "", path.read_text(encoding="utf-8")), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("path", [*DOCUMENTS, ROOT / "CHANGELOG.md"], ids=shown)
def test_every_link_leads_somewhere(path: Path) -> None:
    text = re.sub(FENCE, "", path.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("https://", "http://", "mailto:")):
            continue
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), f"{shown(path)}: {link} leads nowhere"
        assert not anchor or anchor in anchors(target), f"{shown(path)}: {link} has no such heading"


def test_every_page_of_docs_can_be_reached_from_the_readme() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        readme = (ROOT / name).read_text(encoding="utf-8")
        pages = [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in readme]
        assert pages == [], name


# --- tables that must be complete -----------------------------------------------------------------


def test_the_glossary_translates_every_part_of_every_cell_name() -> None:
    glossary = set(re.findall(r"`([^`]+)`", (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")))
    names = {
        name
        for form in load_forms()
        for table in form.tables
        for part in (table.id, *(row.id for row in table.rows), *(column.id for column in table.columns))
        for name in (part.split(".") if table.kind == "strip" else [part])
        if name
    }
    assert sorted(names - glossary) == []


def test_the_glossary_translates_what_can_become_of_a_duty_and_of_an_alert() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for status, word in status_words().items():
        assert f"| `{status}` | {word.word} |" in glossary
    for state in STATES:
        assert f"`{state}`" in glossary


def explained_on(page: str) -> set[str]:
    """The words in backticks in the first column of a page's tables."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?`) \|", text, re.M)
    return {word for row in rows for word in re.findall(r"`([^`]+)`", row)}


def test_every_key_of_the_output_is_explained() -> None:
    printed = json.loads(json_line(read_report(samples.generate(1).data)))
    parts = {*printed, *printed["sections"][0], *Cell._fields, *Problem._fields, *Finding._fields}
    assert explained_on("jsonl.md") == parts


def test_a_form_can_be_written_with_what_the_page_about_forms_explains() -> None:
    page = (ROOT / "docs" / "add-a-form.md").read_text(encoding="utf-8")
    [(language, example)] = [(found[1], found[2]) for found in FENCE.finditer(page) if found[1] == "toml"]
    form = parse_form(example, f"the {language} example")
    assert [(item.left, item.right) for item in form.identities] == [
        (("t2.rules.in_force",), ("t2.rules.issued",))
    ]
    for key in {*Row._fields, *Column._fields, *SHEET_ROLES} - {"group_variants"}:
        assert f"`{key}`" in page, f"docs/add-a-form.md does not explain {key}"


def test_every_key_of_a_check_is_explained() -> None:
    assert {field.name for field in fields(Check)} <= explained_on("add-a-check.md")


def test_every_key_of_an_entry_and_every_hook_of_a_family_is_explained() -> None:
    keys = {field.name for kind in (portals.Portal, portals.Column) for field in fields(kind)} - {"place"}
    base = next(iter(families().values())).__class__.__mro__[-2]
    hooks = {name for name in vars(base) if not name.startswith("_")}
    assert explained_on("add-a-portal.md") == keys | hooks | set(families())


def test_every_key_of_a_deadline_is_explained() -> None:
    assert explained_on("deadlines.md") == set(Rule._fields)


def test_every_option_of_a_family_is_explained_in_its_line() -> None:
    page = (ROOT / "docs" / "add-a-portal.md").read_text(encoding="utf-8")
    for name, family in families().items():
        [line] = re.findall(rf"^\| `{name}` \|.*$", page, re.M)
        assert set(re.findall(r"`(\w+)`:", line)) == set(family.options), name


def test_what_tells_a_form_is_a_label_of_no_other_form() -> None:
    for form in load_forms():
        others = {
            label_key(label)
            for other in load_forms()
            if other is not form
            for table in other.tables
            for part in (*table.rows, *table.columns)
            for label in (part.label, *part.variants)
        }
        assert sorted(mark for mark in form.marks if label_key(mark) in others) == [], form.id


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    explained = set(re.findall(r"^\| `([^`]+)`", page, re.M))
    extras = [entry for extra in project["optional-dependencies"].values() for entry in extra]
    declared = {re.split(r"[><=~;\[ ]", entry)[0] for entry in [*project["dependencies"], *extras]}
    assert explained == declared
