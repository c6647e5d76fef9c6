"""Hands one message to one service, in a process of its own that is ended when it takes too long.

Only that process loads apprise, and whatever it prints or logs stays there: it may hold secrets.
"""

from __future__ import annotations

import io
import logging
import multiprocessing
import re
import sys
from multiprocessing.connection import Connection
from urllib.parse import unquote

from gxcrawl.notify.letter import Letter, body_of
from gxcrawl.notify.rules import rules
from gxcrawl.show.wide import clean

LONGEST_REASON = 200


def post(address: str, letter: Letter, seconds: float) -> str:
    """Why it was not delivered; "" when it was. No secret is in it."""
    context = multiprocessing.get_context("spawn")  # a fork would copy locks that nobody opens any more
    answer, own_end = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(own_end, address, letter), daemon=True)
    process.start()
    own_end.close()
    try:
        if not answer.poll(seconds):
            return f"no answer within {seconds:g} seconds"
        reason: str = answer.recv()
        return reason
    except EOFError:
        return "the process that was to deliver it died"
    finally:
        process.kill()
        process.join()
        answer.close()


def _work(answer: Connection, address: str, letter: Letter) -> None:
    sys.stdout = sys.stderr = io.StringIO()
    try:
        reason = _handed_over(address, letter)
    except Exception as error:  # whatever a service does, it is one delivery that failed
        reason = f"the service failed with {type(error).__name__}"
    answer.send(reason)


def _handed_over(address: str, letter: Letter) -> str:
    import apprise

    said = _Ear()
    logger = logging.getLogger("apprise")
    logger.addHandler(said)
    logger.propagate = False
    service = apprise.Apprise.instantiate(address)
    if service is None:
        return "the address is none that apprise knows; see docs/alerts.md"
    title_room = len(letter.title.encode()) + 2  # some services put the title into the body
    body = body_of(letter, min(rules().longest_body, service.body_maxlen) - title_room)
    box = apprise.Apprise()
    box.add(service)
    if box.notify(body=body, title=letter.title, body_format=apprise.NotifyFormat.TEXT):
        return ""
    return masked(said.last or "the service did not take it", address)


class _Ear(logging.Handler):
    """The last thing that apprise complained about."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.last = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.last = record.getMessage()


def masked(text: str, address: str) -> str:
    """The text without any part of the address: tokens, passwords and names of accounts stand there."""
    parts = re.split(r"[/:@?&=,;+#]+", address.partition("://")[2])
    secrets = {secret for part in parts for secret in (part, unquote(part)) if len(secret) > 3}
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, "****")
    return clean(text)[:LONGEST_REASON]
