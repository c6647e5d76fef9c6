"""The one way in which reading a carrier can fail as a whole."""

from __future__ import annotations

from typing import Literal


class UnreadableError(Exception):
    """Nothing can be read from these bytes. The message is a Chinese sentence for whoever sent them."""

    def __init__(self, code: Literal["empty", "unreadable"], message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
