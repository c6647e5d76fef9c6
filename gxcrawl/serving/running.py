"""The server in this process, until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any

import uvicorn
from datasette.app import Datasette

from gxcrawl.console import Console

Scope = MutableMapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]
FAREWELL = 3  # seconds for answers that are under way


def run(datasette: Datasette, listening: socket.socket, console: Console, host: str) -> None:
    """Prints the address, and comes back after Ctrl-C."""
    config = uvicorn.Config(
        with_sign_in_by_form_only(datasette.app()),
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


def _is_password(name: bytes, value: bytes) -> bool:
    return name.lower() == b"authorization" and value.lower().startswith(b"basic")


def address_of(host: str, listening: socket.socket) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{listening.getsockname()[1]}/"
