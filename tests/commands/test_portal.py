"""`gxcrawl portal` as people and scripts see it."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gxcrawl.samples.portals import Served, replicas, serve
from gxcrawl.samples.portals.pages import document, page_reply
from tests.commands.conftest import Run
from tests.crawl.driving import Field, environment
from tests.crawl.tiny import LIST, instead, robots, some, tiny

# Replicas whose home page leads to their list, one of each family.
HOMES = ("ucap-search", "jpage-page", "jpaas", "generic-fine")
HOME = document("", "示例县人民政府", f'<ul><li><a href="{LIST}">政府信息公开<br>年报</a></li></ul>')


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    small = (
        tiny("plain", instead("/", page_reply(HOME)), reports=some(4)),
        tiny("closed", robots("User-agent: *\nDisallow: /\n")),
        tiny("nothing", reports=()),
    )
    with serve([*small, *replicas()]) as portals:
        yield portals


@pytest.fixture
def field(served: Served, tmp_path: Path) -> Field:
    served.forget()
    return Field(tmp_path, served, "plain", "closed", "nothing")


def test_the_list_has_a_line_for_each_portal(run: Run, field: Field) -> None:
    done = run("portal", "list", "--portals", str(field.portals))
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert {"acheng", "plain", "closed"} <= set(lines)
    assert field.served.host("plain") in lines["plain"]
    assert "unverified" in lines["plain"]


def test_scripts_get_one_json_object_for_each_portal(run: Run, field: Field) -> None:
    done = run("portal", "list", "--json", "--portals", str(field.portals))
    portals = {portal["id"]: portal for portal in map(json.loads, done.stdout.splitlines())}
    assert portals["plain"]["hosts"] == [field.served.host("plain")]
    assert portals["plain"]["columns"][0]["url"] == field.served.url("plain", LIST)


def test_a_home_page_leads_to_an_entry_that_works(run: Run, field: Field) -> None:
    """The label of its menu is broken in two by a <br>."""
    done = run("portal", "add", field.served.url("plain"))
    assert done.returncode == 0, done.stderr
    [entry] = tomllib.loads(done.stdout)["portal"]
    assert entry["columns"][0]["url"] == field.served.url("plain", LIST)
    assert len(field.served.requests("plain")) <= 31
    assert "annual reports" in done.stderr


def test_where_no_list_is_found_the_exit_code_says_so(run: Run, field: Field) -> None:
    done = run("portal", "add", field.served.url("nothing", LIST))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1].startswith("gxcrawl: no list of annual reports was found")


@pytest.mark.parametrize(
    ("url", "code", "sentence"),
    [
        ("ftp://www.shili.gov.cn/", 2, "is no http or https address"),
        ("http://127.0.0.1:1/", 1, "refused"),
    ],
)
def test_addresses_that_lead_nowhere_are_one_line(run: Run, url: str, code: int, sentence: str) -> None:
    done = run("portal", "add", url)
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_robots_txt_is_obeyed_by_every_verb(run: Run, field: Field) -> None:
    for words in (("add", field.served.url("closed")), ("test", "closed", "--portals", str(field.portals))):
        done = run("portal", *words)
        assert done.returncode == 1
        assert "robots" in done.stderr + done.stdout
    assert {seen.target for seen in field.served.requests("closed")} == {"/robots.txt"}


def test_a_trial_explains_what_it_sees(run: Run, field: Field) -> None:
    done = run("portal", "test", "plain", "--portals", str(field.portals))
    assert done.returncode == 0, done.stdout
    assert "  4 rows: 4 reports, 0 unclear, decoys: none" in done.stdout.splitlines()
    assert done.stdout.count("form 2021") == 3
    assert not list(field.folder.glob("*.db"))


def test_a_trial_of_an_entry_that_does_not_fit_says_where(run: Run, field: Field) -> None:
    text = field.portals.read_text(encoding="utf-8").replace(f'{LIST}"', '/elsewhere/"')
    field.portals.write_text(text, encoding="utf-8")
    done = run("portal", "test", "plain", "--portals", str(field.portals))
    assert done.returncode == 1
    assert "! " in done.stdout
    assert "not-found" in done.stdout


def added(field: Field, name: str) -> str:
    """The entry that is made of a home page, under the name of its portal."""
    done = subprocess.run(
        [sys.executable, "-m", "gxcrawl", "portal", "add", field.served.url(name)],
        cwd=field.folder,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, (name, done.stderr)
    [entry] = tomllib.loads(done.stdout)["portal"]
    named = done.stdout.replace(f'id = "{entry["id"]}"', f'id = "{name}"')
    named = re.sub(r"^delay = .*\n", "", named, flags=re.M)
    return re.sub(r"^(hosts = .*)$", r"\1\ndelay = 0.0", named, flags=re.M)


def test_entries_made_of_home_pages_crawl_healthy(field: Field) -> None:
    with ThreadPoolExecutor(2) as pool:
        entries = list(pool.map(lambda name: added(field, name), HOMES))
    field.portals.write_text("\n".join(entries), encoding="utf-8")
    done = field.crawl("--since", "2025")
    verdicts = {row["portal"]: (row["verdict"], row["class"]) for row in field.rows("SELECT * FROM runs")}
    assert verdicts == dict.fromkeys(HOMES, ("healthy", "")), done.stdout
