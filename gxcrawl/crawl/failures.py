"""Why there is no answer: every exception on the way to a page, as one of the classes that people know."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy import exceptions as of_scrapy
from scrapy.exceptions import IgnoreRequest
from twisted.internet import error as of_twisted
from twisted.python.failure import Failure


class Refused(IgnoreRequest):
    """We do not ask, or do not take the answer. Raised by the guard, robots and the recorder."""

    def __init__(self, failure: str, reason: str) -> None:
        super().__init__(reason)
        self.failure = failure
        self.reason = reason


# Worth another try later; the rest would say the same thing again.
PASSING = frozenset(("timeout", "refused", "http-error", "dns"))

_CLASSES: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    ((of_scrapy.CannotResolveHostError, of_twisted.DNSLookupError), "dns"),
    ((of_scrapy.DownloadTimeoutError, of_twisted.TimeoutError, TimeoutError), "timeout"),
    ((of_scrapy.DownloadConnectionRefusedError, of_twisted.ConnectError), "refused"),
    ((of_scrapy.DownloadCancelledError,), "too-large"),
    # reset, closed half-way, cut off: an exchange that broke
    ((of_scrapy.DownloadFailedError, of_scrapy.ResponseDataLossError), "http-error"),
    ((of_twisted.ConnectionClosed,), "http-error"),
)


def failure_of(error: BaseException) -> tuple[str, str]:
    """The class of an exception, and its words."""
    if isinstance(error, Refused):
        return error.failure, error.reason
    chain = list(_chain(error))
    words = " ".join(f"{type(chain[-1]).__name__}: {chain[-1]}".split())[:300]
    if refused := next((one for one in chain if isinstance(one, Refused)), None):
        return refused.failure, refused.reason
    if any(_is_tls(one) for one in chain):
        return "tls", words
    if isinstance(error, IgnoreRequest):  # of Scrapy's own middlewares: decompression, redirects
        return ("too-large", str(error)) if "exceeded" in str(error) else ("http-error", str(error))
    known = (name for kinds, name in _CLASSES for one in chain if isinstance(one, kinds))
    return next(known, "error"), words


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """The exception and all that caused it; Twisted hides causes in a list of reasons."""
    for _ in range(8):
        if error is None:
            return
        yield error
        reasons = getattr(error, "reasons", None)
        inner = reasons[0] if reasons else None
        if isinstance(inner, Failure):
            inner = inner.value
        error = inner if isinstance(inner, BaseException) else error.__cause__


def _is_tls(error: BaseException) -> bool:
    module = type(error).__module__
    return module.startswith(("OpenSSL", "service_identity", "ssl")) or "SSL" in type(error).__name__
