"""A client for the replicas that knows nothing but HTTP."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest

from gxcrawl.samples.portals import Served, replicas, serve


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """Never by what the page says of itself."""
        try:
            return self.body.decode()
        except UnicodeDecodeError:
            return self.body.decode("gb18030")


Ask = Callable[..., Answer]


def ask_host(
    host: str, path: str = "/", method: str = "GET", body: bytes | None = None, **headers: str
) -> Answer:
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
    finally:
        connection.close()


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve(replicas()) as everything:
        yield everything


@pytest.fixture(scope="module")
def ask(served: Served) -> Ask:
    def to(name: str, path: str = "/", **more: object) -> Answer:
        return ask_host(served.host(name), path, **more)  # type: ignore[arg-type]

    return to
