"""One connection to a replica: it reads requests, answers them in order and does what faults say."""

from __future__ import annotations

import asyncio
import socket
import struct
import time
from collections.abc import Callable, Coroutine, Mapping
from typing import TYPE_CHECKING, cast

from .model import Reply, Request
from .wire import NotHttpError, head_of, take_request

if TYPE_CHECKING:
    from .server import Seen

STALL, HALF_SENT, DRIP = 60.0, 0.05, 1.0  # seconds
ENDLESS = 200 * 1024 * 1024
CLOSE_AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER of no seconds: the end is an RST

Answer = Callable[[Request], "tuple[Reply, Seen]"]


class Answering(asyncio.Protocol):
    def __init__(self, answer: Answer, crowd: set[Answering]) -> None:
        self.answer, self.crowd = answer, crowd
        self.buffer = bytearray()
        self.seen: Seen | None = None  # the request that is being answered
        self.task: asyncio.Task[None] | None = None
        self.writable = asyncio.Event()
        self.writable.set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)
        self.crowd.add(self)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002
        self.crowd.discard(self)
        self.writable.set()
        self.finish()
        if self.task:
            self.task.cancel()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.go_on()

    def go_on(self) -> None:
        """Answer what is in the buffer; a fault keeps the connection to itself."""
        while self.task is None and not self.transport.is_closing():
            try:
                request = take_request(self.buffer)
            except NotHttpError as error:
                self.transport.write(head_of(Reply(status=400), length=len(str(error)), keep=False))
                self.transport.write(str(error).encode())
                self.transport.close()
                return
            if request is None:
                return
            reply, self.seen = self.answer(request)
            if reply.fault:
                self.task = asyncio.get_running_loop().create_task(FAULTS[reply.fault](self, reply))
            else:
                self.send(request, reply)

    def send(self, request: Request, reply: Reply) -> None:
        keep = request.headers.get("connection", "").lower() != "close"
        bare = request.method == "HEAD" or reply.status == 304
        head = head_of(reply, length=len(reply.body), keep=keep)
        self.transport.write(head if bare else head + reply.body)
        self.finish()
        if not keep:
            self.transport.close()

    def finish(self) -> None:
        if self.seen and not self.seen.ended:
            self.seen.ended = time.monotonic()

    async def write(self, data: bytes) -> None:
        await self.writable.wait()
        self.transport.write(data)


async def reset(link: Answering, reply: Reply) -> None:
    """Half of the body, then an RST."""
    link.transport.write(head_of(reply, length=max(2, len(reply.body)), keep=True))
    link.transport.write(reply.body[: len(reply.body) // 2])
    await asyncio.sleep(HALF_SENT)
    link.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, CLOSE_AT_ONCE)
    link.transport.abort()


async def stall(link: Answering, reply: Reply) -> None:  # noqa: ARG001
    await asyncio.sleep(STALL)
    link.transport.abort()


async def cut(link: Answering, reply: Reply) -> None:
    """Half of what Content-Length promises, then an orderly end."""
    link.transport.write(head_of(reply, length=max(2, len(reply.body)), keep=True))
    await link.write(reply.body[: len(reply.body) // 2])
    link.transport.close()


async def endless(link: Answering, reply: Reply) -> None:
    link.transport.write(head_of(reply, length=None, keep=False))
    piece = reply.body or b"<p>&nbsp;</p>\n"
    piece *= max(1, 65_536 // len(piece))
    for _ in range(ENDLESS // len(piece)):
        await link.write(piece)
        await asyncio.sleep(0)
    link.transport.close()


async def drip(link: Answering, reply: Reply) -> None:
    link.transport.write(head_of(reply, length=len(reply.body), keep=False))
    for place in range(len(reply.body)):
        await link.write(reply.body[place : place + 1])
        await asyncio.sleep(DRIP)
    link.transport.close()


FAULTS: Mapping[str, Callable[[Answering, Reply], Coroutine[None, None, None]]] = {
    "reset": reset,
    "stall": stall,
    "cut": cut,
    "endless": endless,
    "drip": drip,
}
