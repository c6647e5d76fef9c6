"""The port, taken before anything heavy is loaded."""

from __future__ import annotations

import errno
import os
import socket

IN_USE = {errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)}


class AddressError(ValueError):
    """It cannot be listened there; the sentence says what to do."""


class InUseError(AddressError):
    """Somebody else listens there."""


def listen(host: str, port: int) -> socket.socket:
    """Listening already: whoever comes early is answered later. Close it, or use it in a `with`."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, UnicodeError) as error:
        raise AddressError(
            f"{host}: there is no such address; name one of this machine with --host"
        ) from error
    try:
        if os.name == "posix":  # elsewhere it would let two processes have the same port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno in IN_USE:
            raise InUseError(f"port {port} of {host} is in use; choose another with --port") from error
        raise AddressError(f"port {port} of {host} cannot be used: {error.strerror or error}") from error
    return listening
