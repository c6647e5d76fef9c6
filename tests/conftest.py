"""What every test stands on: repeatable random input, no network, and no skip where none is allowed."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

SOAK = bool(os.environ.get("GXCRAWL_SOAK"))
SEEDS = Path(__file__).resolve().parents[2] / "shared" / "seeds"
LOOPBACK = ("127.", "::1", "localhost")

settings.register_profile(
    "default",
    derandomize=True,
    max_examples=60,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "soak",
    derandomize=False,
    max_examples=1_000,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("soak" if SOAK else "default")


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five real reports. They are not ours to publish, so they live beside the repository."""
    if not (SEEDS / "truth.json").is_file():
        pytest.skip(f"the real reports are not there: {SEEDS} has no truth.json")
    return SEEDS


@pytest.fixture(scope="session")
def soffice() -> str:
    """LibreOffice, which must open what we write for Office. The gate installs it."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        pytest.skip("LibreOffice is not there: install libreoffice-calc and libreoffice-writer")
    return found


@pytest.fixture(scope="session")
def systemd_analyze() -> str:
    """Systemd's own checker of units. The gate installs it."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("systemd-analyze is not there: install systemd")
    return found


@pytest.fixture(autouse=True, scope="session")
def no_network() -> Iterator[None]:
    """A test that leaves this machine fails, so no test depends on a portal being up."""
    connect, connect_ex = socket.socket.connect, socket.socket.connect_ex

    def allow(address: object) -> None:
        host = address[0] if isinstance(address, tuple) else ""
        if isinstance(host, str) and host and not host.startswith(LOOPBACK):
            raise RuntimeError(f"tests must not use the network, but one tried to reach {host}")

    def guarded_connect(self: socket.socket, address: object) -> None:
        allow(address)
        connect(self, address)  # type: ignore[arg-type]

    def guarded_connect_ex(self: socket.socket, address: object) -> int:
        allow(address)
        return connect_ex(self, address)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded_connect)
        patch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
        yield


def _refuse_skip(report: pytest.TestReport | pytest.CollectReport) -> None:
    """With GXCRAWL_NO_SKIP a skipped test is a failed one: the gate must not pass by looking away."""
    if os.environ.get("GXCRAWL_NO_SKIP") and report.skipped:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        report.outcome = "failed"
        report.longrepr = f"skipped although GXCRAWL_NO_SKIP is set. {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report: pytest.TestReport = yield  # type: ignore[misc]
    _refuse_skip(report)
    return report  # type: ignore[return-value]


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    report: pytest.CollectReport = yield  # type: ignore[misc]
    _refuse_skip(report)
    return report  # type: ignore[return-value]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In the long run every test with random input is one of the long ones."""
    if SOAK:
        for item in items:
            if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
                item.add_marker(pytest.mark.soak)
