"""Replicas on 127.0.0.1, each on its own port, all in one thread; what was asked is written down."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from threading import Thread

from .answers import Answering
from .model import Replica, Reply, Request
from .wire import unless_known

DEFAULT_DAY = date(2026, 5, 1)  # the season of the reports of 2025 is over
HOST = re.compile(rb"\{host(?::([a-z0-9-]+))?\}")


@dataclass(slots=True)
class Seen:
    """One request as it came, and how it was answered."""

    time: float  # time.monotonic() when it was complete
    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""
    status: int = 0  # 304 where the client knew the page already; 0 while unanswered
    ended: float = 0.0  # when the last byte was handed over or the connection was gone; 0 while it lasts


class Served:
    """The replicas while they answer. Setting `today` is the only thing to change."""

    def __init__(self, replicas: Iterable[Replica], today: date) -> None:
        self.replicas = {replica.id: replica for replica in replicas}
        self.today = today
        self.errors: list[str] = []
        self._seen: dict[str, list[Seen]] = {name: [] for name in self.replicas}
        self._hosts: dict[str, str] = {}
        self._links: set[Answering] = set()

    def host(self, name: str) -> str:
        """127.0.0.1:port of a replica."""
        return self._hosts[name]

    def url(self, name: str, path: str = "/") -> str:
        return f"http://{self._hosts[name]}{path}"

    def requests(self, name: str) -> list[Seen]:
        """What a replica was asked so far, in order."""
        return list(self._seen[name])

    def forget(self) -> None:
        """Begin counting anew."""
        for seen in self._seen.values():
            seen.clear()

    def entries(self, *names: str) -> str:
        """The TOML of these portals, or of all, with the real ports in it."""
        chosen = [self.replicas[name] for name in names] or list(self.replicas.values())
        return "\n".join(self.fill(replica, replica.entry) for replica in chosen if replica.entry)

    def portals_file(self, path: Path, *names: str) -> Path:
        path.write_text(self.entries(*names), encoding="utf-8")
        return path

    def fill(self, replica: Replica, text: str) -> str:
        """{host} is the replica's own host and port, {host:id} that of another one."""
        return self._fill(replica, text.encode()).decode()

    def answer(self, replica: Replica, request: Request) -> tuple[Reply, Seen]:
        seen = Seen(time.monotonic(), request.method, request.target, request.headers, request.body)
        self._seen[replica.id].append(seen)
        try:
            reply = self._with_hosts(replica, replica.respond(request, self.today))
        except Exception as error:  # a broken replica must fail the test and not pass for a portal's fault
            self.errors.append(f"{replica.id} {request.target}: {error!r}")
            reply = Reply(b"the replica is broken", 500)
        reply = unless_known(request, reply)
        seen.status = reply.status
        return reply, seen

    def _fill(self, replica: Replica, text: bytes) -> bytes:
        def host(found: re.Match[bytes]) -> bytes:
            name = (found[1] or replica.id.encode()).decode()
            if name not in self._hosts:
                raise LookupError(f"{replica.id} speaks of {name}: serve that one, too")
            return self._hosts[name].encode()

        return HOST.sub(host, text) if b"{host" in text else text

    def _with_hosts(self, replica: Replica, reply: Reply) -> Reply:
        headers = tuple((name, self.fill(replica, value)) for name, value in reply.headers)
        return reply._replace(body=self._fill(replica, reply.body), headers=headers)

    async def _listen(self) -> list[asyncio.Server]:
        loop = asyncio.get_running_loop()
        servers = []
        for replica in self.replicas.values():
            connection = partial(Answering, partial(self.answer, replica), self._links)
            server = await loop.create_server(connection, "127.0.0.1", 0)
            self._hosts[replica.id] = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
            servers.append(server)
        return servers

    async def _close(self, servers: list[asyncio.Server]) -> None:
        while arriving := self._arriving():
            await asyncio.wait(arriving)
        for server in servers:  # nobody is on the way in: a connection that meets a closed server is lost
            server.close()
        for link in tuple(self._links):
            link.transport.abort()
        while self._links:  # connection_lost comes as a callback
            await asyncio.sleep(0)
        if faults := asyncio.all_tasks() - {asyncio.current_task()}:
            await asyncio.wait(faults)  # cancelled by connection_lost

    def _arriving(self) -> set[asyncio.Task[None]]:
        """Connections that are accepted and have no protocol yet."""
        faults = {link.task for link in self._links}
        return asyncio.all_tasks() - faults - {asyncio.current_task()}


@contextmanager
def serve(replicas: Iterable[Replica], today: date = DEFAULT_DAY) -> Iterator[Served]:
    """Serve until the block ends; then no socket and no thread is left."""
    served = Served(replicas, today)
    loop = asyncio.new_event_loop()
    servers = loop.run_until_complete(served._listen())
    thread = Thread(target=loop.run_forever, name="replicas", daemon=True)
    thread.start()
    try:
        yield served
    finally:
        asyncio.run_coroutine_threadsafe(served._close(servers), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
    if served.errors:
        raise RuntimeError(f"a replica could not answer: {'; '.join(served.errors[:3])}")
