"""The server in this process, until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from contextlib import suppress
from typing import Any

import uvicorn
from datasette.app import Datasette

from gxcrawl.console import Console

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
FAREWELL = 3  # seconds for answers that are under way
HTTP_ONLY = b"; HttpOnly"
LONGEST_BODY = 1_000_000  # bytes; no form of ours is nearly as long


def run(datasette: Datasette, listening: socket.socket, console: Console, host: str) -> None:
    """Prints the address, and comes back after Ctrl-C."""
    config = uvicorn.Config(
        with_small_bodies(with_closed_cookies(with_sign_in_by_form_only(datasette.app()))),
        log_level="info" if console.verbose else "warning",
        access_log=console.verbose,
        timeout_graceful_shutdown=FAREWELL,
    )
    console.result(f"{address_of(host, listening)} (Ctrl-C ends it)")
    with suppress(KeyboardInterrupt):
        uvicorn.Server(config).run(sockets=[listening])


def with_sign_in_by_form_only(app: App) -> App:
    """The plugin also takes a password in the head of any request: each try would cost as much as a sign-in,
    and one that cannot be read is an error of the server."""

    async def without(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            heads = [head for head in scope["headers"] if not _is_password(*head)]
            scope = {**scope, "headers": heads}
        await app(scope, receive, send)

    return without


def with_closed_cookies(app: App) -> App:
    """Datasette lets scripts read its cookies, the one of whoever is signed in, too; none of them has to."""

    async def closed(scope: Scope, receive: Any, send: Any) -> None:
        async def send_closed(message: Scope) -> None:
            heads = message.get("headers", ())
            closing = [(name, value + HTTP_ONLY * (name.lower() == b"set-cookie")) for name, value in heads]
            await send({**message, "headers": closing} if heads else message)

        await app(scope, receive, send_closed)

    return closed


def with_small_bodies(app: App) -> App:
    """Datasette reads any body to its end, and asks who sent it afterwards: a large one stops the server."""

    async def within(scope: Scope, receive: Any, send: Any) -> None:
        status = _refusal(dict(scope["headers"])) if scope["type"] == "http" else 0
        if not status:
            await app(scope, receive, send)
            return
        heads = [(b"content-length", b"0"), (b"connection", b"close")]
        await send({"type": "http.response.start", "status": status, "headers": heads})
        await send({"type": "http.response.body", "body": b""})

    return within


def _refusal(heads: Mapping[bytes, bytes]) -> int:
    """411 where nobody says how long the body is, 413 where it is too long, else 0."""
    if b"transfer-encoding" in heads:
        return 411
    length = heads.get(b"content-length", b"0")
    is_short = length.isdigit() and len(length) < 10 and int(length) <= LONGEST_BODY
    return 0 if is_short else 413


def _is_password(name: bytes, value: bytes) -> bool:
    return name.lower() == b"authorization" and value.lower().startswith(b"basic")


def address_of(host: str, listening: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}/"
