"""Services on this machine that keep what they are sent: a webhook, and a mail server."""

from __future__ import annotations

import asyncio
import email
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs


@dataclass
class Hook:
    """A webhook. It can be broken, or slow."""

    port: int = 0
    status: int = 200
    seconds: float = 0
    bodies: list[bytes] = field(default_factory=list)

    @property
    def messages(self) -> list[dict[str, str]]:
        """Of json:// addresses."""
        return [json.loads(body) for body in self.bodies]

    @property
    def forms(self) -> list[dict[str, list[str]]]:
        return [parse_qs(body.decode()) for body in self.bodies]


@contextmanager
def hook(**how: float) -> Iterator[Hook]:
    service = Hook(**how)  # type: ignore[arg-type]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(service.seconds)
            if service.status == 200:
                service.bodies.append(body)
            self.send_response(service.status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@dataclass
class Mailbox:
    port: int = 0
    raw: list[bytes] = field(default_factory=list)

    @property
    def mails(self) -> list[Message]:
        return [email.message_from_bytes(raw) for raw in self.raw]


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Speaks as much SMTP as it takes to be given a mail."""
    mailbox, loop = Mailbox(), asyncio.new_event_loop()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            command = line.upper()
            if command.startswith(b"DATA"):
                writer.write(b"354 go on\r\n")
                mailbox.raw.append((await reader.readuntil(b"\r\n.\r\n"))[:-5])
            writer.write(b"221 bye\r\n" if command.startswith(b"QUIT") else b"250 well\r\n")
            if command.startswith(b"QUIT"):
                break
        writer.close()

    server = loop.run_until_complete(asyncio.start_server(talk, "127.0.0.1", 0))
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
