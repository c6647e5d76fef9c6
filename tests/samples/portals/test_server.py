"""What misbehaves does so on purpose, and whoever asks is written down."""

from __future__ import annotations

import http.client
import socket
import threading
import time
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from gxcrawl.samples.portals import Replica, Reply, Request, Served, serve
from gxcrawl.samples.portals.pages import moved, page_reply

PAGE = page_reply("<p>一页</p>" * 200, modified=date(2026, 1, 20))
FAULTS = ("reset", "stall", "cut", "endless", "drip")


def respond(request: Request, today: date) -> Reply:
    name = request.path.strip("/")
    if name in FAULTS:
        return PAGE._replace(fault=name)  # type: ignore[arg-type]
    if name == "day":
        return page_reply(f"{today} {{host}} {{host:other}}", tagged=False)
    if name == "away":
        return moved("http://{host:other}/there", 302)
    if name == "echo":
        return Reply(request.body)
    if name == "broken":
        raise ValueError("on purpose")
    return PAGE


ENTRY = '[[portal]]\nid = "one"\nhosts = ["{host}", "{host:other}"]\n'


@pytest.fixture
def small() -> Iterator[Served]:
    replicas = (Replica("one", "ucap", ENTRY, respond), Replica("other", "ucap", "", respond))
    with serve(replicas, today=date(2026, 2, 3)) as served:
        yield served


@pytest.fixture
def link(small: Served) -> Iterator[http.client.HTTPConnection]:
    connection = http.client.HTTPConnection(small.host("one"), timeout=1)
    yield connection
    connection.close()


def get(link: http.client.HTTPConnection, path: str, **headers: str) -> http.client.HTTPResponse:
    link.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    return link.getresponse()


def test_one_connection_serves_many_requests_fast(link: http.client.HTTPConnection) -> None:
    begin = time.monotonic()
    for _ in range(600):
        assert len(get(link, "/x").read()) == len(PAGE.body)
    assert time.monotonic() - begin < 3  # a loaded machine may take its time; alone it is a tenth of that


def test_requests_sent_in_one_go_are_answered_in_order(small: Served) -> None:
    host, _, port = small.host("one").partition(":")
    with socket.create_connection((host, int(port)), timeout=3) as wire:
        wire.sendall(
            b"GET /day HTTP/1.1\r\n\r\nPOST /echo HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /x HTTP/1.1"
        )
        wire.sendall(b"\r\nConnection: close\r\n\r\n")
        told = b"".join(iter(lambda: wire.recv(65536), b""))
    assert told.count(b"HTTP/1.1 200 OK") == 3
    assert told.index(b"2026-02-03") < told.index(b"\r\n\r\nabc") < told.index("一页".encode())


def test_a_page_depends_on_the_day_and_names_its_neighbours(
    small: Served, link: http.client.HTTPConnection
) -> None:
    assert get(link, "/day").read().decode() == f"2026-02-03 {small.host('one')} {small.host('other')}"
    small.today = date(2026, 2, 4)
    assert get(link, "/day").read().startswith(b"2026-02-04")
    away = get(link, "/away")
    away.read()
    assert (away.status, away.headers["Location"]) == (302, f"http://{small.host('other')}/there")


def test_who_knows_the_page_gets_304(link: http.client.HTTPConnection) -> None:
    first = get(link, "/x")
    first.read()
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    for known in ({"If_None_Match": tag}, {"If_None_Match": f'"y", W/{tag}'}, {"If_Modified_Since": day}):
        again = get(link, "/x", **known)
        assert (again.status, again.read(), again.headers["ETag"]) == (304, b"", tag)
    unknown = (
        {"If_None_Match": '"y"', "If_Modified_Since": day},
        {"If_Modified_Since": "Mon, 19 Jan 2026 00:00:00 GMT"},
        {"If_Modified_Since": "yesterday"},
    )
    for headers in unknown:
        again = get(link, "/x", **headers)
        assert (again.status, again.read()) == (200, PAGE.body)


def test_a_head_is_told_without_the_body(link: http.client.HTTPConnection) -> None:
    link.request("HEAD", "/x")
    answer = link.getresponse()
    assert (answer.status, answer.headers["Content-Length"], answer.read()) == (200, str(len(PAGE.body)), b"")


def test_a_reset_comes_after_half_of_the_body(link: http.client.HTTPConnection) -> None:
    answer = get(link, "/reset")
    assert answer.status == 200
    with pytest.raises(ConnectionResetError):
        answer.read()


def test_a_cut_body_is_shorter_than_promised(link: http.client.HTTPConnection) -> None:
    answer = get(link, "/cut")
    with pytest.raises(http.client.IncompleteRead) as short:
        answer.read()
    assert len(short.value.partial) == len(PAGE.body) // 2


def test_a_stalled_answer_says_nothing(small: Served, link: http.client.HTTPConnection) -> None:
    link.timeout = 0.3
    with pytest.raises(TimeoutError):
        get(link, "/stall")
    (seen,) = small.requests("one")
    assert seen.ended == 0
    link.close()
    deadline = time.monotonic() + 2
    while not small.requests("one")[0].ended and time.monotonic() < deadline:
        time.sleep(0.01)
    assert small.requests("one")[0].ended > seen.time


def test_an_endless_body_goes_on_until_the_client_leaves(link: http.client.HTTPConnection) -> None:
    answer = get(link, "/endless")
    assert len(answer.read(20_000_000)) == 20_000_000
    answer.close()


def test_a_dripping_body_comes_byte_by_byte(link: http.client.HTTPConnection) -> None:
    link.timeout = 0.4
    answer = get(link, "/drip")
    begin = time.monotonic()
    with pytest.raises(TimeoutError):
        answer.read(10)  # the next byte is a second away, and so is the client's patience
    assert time.monotonic() - begin > 0.3
    answer.close()


def test_every_request_is_written_down(small: Served, link: http.client.HTTPConnection) -> None:
    get(link, "/a?x=1", User_Agent="gxcrawl test").read()
    time.sleep(0.05)
    get(link, "/b", If_None_Match=PAGE.headers[1][1]).read()
    first, second = small.requests("one")
    assert (first.method, first.target, first.status) == ("GET", "/a?x=1", 200)
    assert first.headers["user-agent"] == "gxcrawl test"
    assert (second.target, second.status) == ("/b", 304)
    assert second.time - first.ended >= 0.05
    assert small.requests("other") == []
    small.forget()
    assert small.requests("one") == []


def test_the_entries_name_the_real_ports(small: Served, tmp_path: Path) -> None:
    file = small.portals_file(tmp_path / "portals.toml")
    (portal,) = tomllib.loads(file.read_text(encoding="utf-8"))["portal"]
    assert portal["hosts"] == [small.host("one"), small.host("other")]


def test_a_line_that_is_no_http_is_refused(small: Served) -> None:
    host, _, port = small.host("one").partition(":")
    with socket.create_connection((host, int(port)), timeout=3) as wire:
        wire.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert b"".join(iter(lambda: wire.recv(65536), b"")).startswith(b"HTTP/1.1 400")


def test_nothing_is_left_when_it_ends() -> None:
    before = threading.active_count()
    with serve([Replica("one", "ucap", "", respond)]) as served:
        host, _, port = served.host("one").partition(":")
        links = [socket.create_connection((host, int(port))) for _ in range(5)]
        for wire, fault in zip(links, FAULTS, strict=True):
            wire.sendall(f"GET /{fault} HTTP/1.1\r\n\r\n".encode())
    assert threading.active_count() == before
    for wire in links:
        wire.close()
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, int(port)))


def test_a_replica_that_breaks_fails_the_test() -> None:
    def break_it() -> None:
        with serve([Replica("one", "ucap", "", respond)]) as served:
            connection = http.client.HTTPConnection(served.host("one"))
            assert get(connection, "/broken").status == 500
            connection.close()

    with pytest.raises(RuntimeError, match=r"one /broken.+on purpose"):
        break_it()


def test_a_replica_cannot_speak_of_one_that_is_not_served() -> None:
    with (
        serve([Replica("one", "ucap", ENTRY, respond)]) as served,
        pytest.raises(LookupError, match="one speaks of other: serve that one, too"),
    ):
        served.entries()
