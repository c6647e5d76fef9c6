"""`gxcrawl serve`: a real process on a real port, asked as a browser asks it."""

from __future__ import annotations

import gzip
import json
import re
import socket
import sqlite3
from base64 import b64encode
from collections.abc import Callable
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from click.testing import CliRunner
from datasette_auth_passwords.utils import hash_password

from gxcrawl.cli import main
from gxcrawl.serving.setting import NAME, SettingError, datasette_over, metadata_file
from gxcrawl.store import open_store
from tests.commands.conftest import ROOT, Run
from tests.commands.serving import Serve

OLD = ROOT / "tests" / "store" / "cases" / "0004.db.gz"
PASSWORD = "opens the door"  # noqa: S105
Refused = Callable[..., tuple[int, str]]
HASH = hash_password(PASSWORD, iterations=1000)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "gxcrawl.db"
    with open_store(path) as store, store.writing() as connection:
        connection.execute(
            "INSERT INTO portals VALUES ('p', 'P县', '990101', 'trs', '[]', '{}', 0, '2026-01-01')"
        )
        connection.execute(
            "INSERT INTO alerts (id, stream, kind, subject, portal, area, severity, state, message, evidence,"
            " facts, opened_at, seen_at) VALUES (7, 'crawler', 'portal-stale', 'p', 'p', '990101', 'warn',"
            " 'open', '久未抓取', '{}', '', '2026-01-01T00:00:00+00:00', '2026-01-01T00:00:00+00:00')"
        )
    return path


def page(address: str, path: str = "") -> tuple[int, str]:
    with closing(build_opener().open(f"{address}{path}", timeout=30)) as answer:
        return answer.status, answer.read().decode()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Refused:
    """What is said of a command that must not come to serving, and its exit code. In this process."""

    def no_server(*_: object) -> None:
        raise AssertionError("it is served")

    def command(*words: str) -> tuple[int, str]:
        done = CliRunner().invoke(main, ["serve", *words])
        assert done.stdout == ""
        return done.exit_code, done.stderr

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("gxcrawl.serving.running.run", no_server)
    return command


def test_the_pages_are_served_until_ctrl_c(serve: Serve, database: Path) -> None:
    with serve("serve", "--db", str(database), "--port", "0", "--today", "2026-01-21") as served:
        status, home = page(served.address)
        assert status == 200
        assert "2026年1月21日" in home
        assert "久未抓取" in page(served.address, "alert/7")[1]
        settings = json.loads(page(served.address, "-/settings.json")[1])
        assert (settings["sql_time_limit_ms"], settings["max_returned_rows"]) == (1000, 1000)
        served.interrupt()
    assert (served.exit_code, served.errors) == (0, "")
    assert served.printed == f"{served.address} (Ctrl-C ends it)\n"


def test_the_file_may_have_any_name_and_the_archive_lie_anywhere(serve: Serve, database: Path) -> None:
    other = database.rename(database.with_name("某县.db"))
    with serve("serve", "--db", str(other), "--port", "0", "--archive", "elsewhere") as served:
        metadata = json.loads(page(served.address, "-/metadata.json")[1])
        assert metadata["plugins"]["gxcrawl"]["archive"] == "elsewhere"
        assert list(metadata["databases"]) == ["某县"]
        assert "久未抓取" in page(served.address, "alert/7")[1]


def test_who_knows_the_password_decides_and_the_hash_is_nowhere_to_be_read(
    serve: Serve, database: Path
) -> None:
    account = {"GXCRAWL_PASSWORD_HASH": HASH, "GXCRAWL_USER": "zhang"}
    with serve("serve", "--db", str(database), "--port", "0", **account) as served:
        browser = build_opener(HTTPCookieProcessor(CookieJar()))

        def sent(path: str, **fields: str) -> str:
            form = browser.open(f"{served.address}{path}", timeout=30).read().decode()
            token = re.search(r'name="csrftoken" value="(.*?)"', form)
            assert token is not None, form
            body = urlencode({**fields, "csrftoken": token[1]}).encode()
            to = path if path == "-/login" else f"{path}/decide"
            told: str = browser.open(f"{served.address}{to}", body, timeout=30).read().decode()
            return told

        assert "登录</a>后可以处理告警" in page(served.address, "alert/7")[1]
        assert "Invalid username or password" in sent("-/login", username="zhang", password=PASSWORD[1:])
        assert "已登录：zhang" in sent("-/login", username="zhang", password=PASSWORD)
        assert "告警 7 已记为知悉。" in sent("alert/7", act="acknowledge")
        for given in (b"zhang:" + PASSWORD.encode(), b"\xff:\xff"):
            password = {"Authorization": f"Basic {b64encode(given).decode()}"}
            request = Request(f"{served.address}alert/7", headers=password)  # noqa: S310
            with closing(build_opener().open(request)) as answer:
                assert "登录</a>后可以处理告警" in answer.read().decode()
        for path in ("-/metadata.json", "-/plugins.json", "-/settings.json", "gxcrawl.json"):
            assert HASH.rpartition("$")[2] not in page(served.address, path)[1]
        served.interrupt()
    assert (served.exit_code, served.errors) == (0, "")
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT what, who FROM alert_events").fetchall() == [
            ("acknowledged", "zhang")
        ]
        assert not any(HASH in line for line in connection.iterdump())


def test_a_port_in_use_is_one_clear_line(run: Run, database: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = run("serve", "--db", str(database), "--port", port)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"Error: port {port} of 127.0.0.1 is in use; choose another with --port\n"


@pytest.mark.parametrize("immutable", [[], ["--immutable"]], ids=["", "immutable"])
def test_what_is_no_database_of_ours_is_refused_and_left_as_it_is(
    refused: Refused, tmp_path: Path, immutable: list[str]
) -> None:
    missing, foreign, newer, text = (
        tmp_path / f"{name}.db" for name in ("missing", "foreign", "newer", "text")
    )
    with closing(sqlite3.connect(foreign)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name)")
    open_store(newer).close()
    with closing(sqlite3.connect(newer)) as connection, connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at)"
            " VALUES ('gxcrawl', '9999_later', '')"
        )
    text.write_text("这不是数据库" * 100, encoding="utf-8")
    before = [path.read_bytes() for path in (foreign, newer, text)]
    for path, code, said in (
        (missing, 2, "there is no such database"),
        (foreign, 1, "another program's database"),
        (newer, 1, "made by a newer gxcrawl"),
        (text, 1, "no SQLite database"),
    ):
        exit_code, told = refused("--db", str(path), "--port", "0", *immutable)
        assert exit_code == code
        assert re.search(f"^Error: {re.escape(str(path))}: .*{said}.*\n\\Z", told, re.M), told
    assert [path.read_bytes() for path in (foreign, newer, text)] == before
    assert not missing.exists()


def test_an_older_database_is_brought_up_to_date_unless_it_must_not_change(
    serve: Serve, refused: Refused, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(gzip.decompress(OLD.read_bytes()))
    before = old.read_bytes()
    exit_code, told = refused("--db", "old.db", "--port", "0", "--immutable")
    assert exit_code == 1
    assert re.fullmatch(r"Error: old.db: made by an older gxcrawl .*`gxcrawl status --db old.db`.*\n", told)
    assert old.read_bytes() == before
    with serve("serve", "--db", "old.db", "--port", "0") as served:
        assert page(served.address)[0] == 200
    assert (tmp_path / "old.db.before-0005_organs").is_file()


def test_an_immutable_file_is_served_and_nothing_is_written_beside_it(
    serve: Serve, database: Path, refused: Refused
) -> None:
    before = database.read_bytes()
    with serve("serve", "--db", str(database), "--port", "0", "--immutable") as served:
        assert "只供查看" in page(served.address, "alert/7")[1]
    assert database.read_bytes() == before
    assert not list(database.parent.glob("*-wal"))

    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("UPDATE alerts SET message = '刚刚改过'")
        connection.commit()
        exit_code, told = refused("--db", str(database), "--port", "0", "--immutable")
    assert exit_code == 1
    assert "its last changes still lie in gxcrawl.db-wal" in told


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("no.such.host.invalid", "there is no such address"),
        ("203.0.113.1", "cannot be used"),
        ("a" * 300, ""),
    ],
)
def test_an_address_that_is_not_of_this_machine_is_one_clear_line(
    refused: Refused, database: Path, host: str, said: str
) -> None:
    exit_code, told = refused("--db", str(database), "--host", host)
    assert exit_code == 1
    assert told.startswith("Error: ")
    assert told.count("\n") == 1
    assert said in told


def test_a_password_in_place_of_its_hash_is_refused(
    refused: Refused, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GXCRAWL_PASSWORD_HASH", PASSWORD)
    exit_code, told = refused("--db", str(database), "--port", "0")
    assert exit_code == 1
    assert "`datasette hash-password` prints one" in told
    assert PASSWORD not in told


def test_without_the_plugin_a_password_is_not_silently_ignored(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gxcrawl.serving.setting.find_spec", lambda _: None)
    monkeypatch.setenv("GXCRAWL_PASSWORD_HASH", HASH)
    with pytest.raises(SettingError, match=re.escape("pip install 'gxcrawl[web]'")):
        datasette_over(database)


def test_sign_ins_outlive_a_restart_with_a_secret_of_ones_own(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert datasette_over(database).sign("a") != datasette_over(database).sign("a")
    monkeypatch.setenv("DATASETTE_SECRET", "long and random")
    assert datasette_over(database).sign("a") == datasette_over(database).sign("a")


def test_the_metadata_is_found_in_a_checkout_and_in_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert metadata_file() == ROOT / NAME
    room = tmp_path / "site-packages" / "gxcrawl"
    room.mkdir(parents=True)
    monkeypatch.setattr("gxcrawl.serving.setting.ROOM", room)
    with pytest.raises(SettingError, match="install gxcrawl again"):
        metadata_file()
    (room / NAME).write_text("{}", encoding="utf-8")
    assert metadata_file() == room / NAME
