"""What every test stands on: no network beyond this machine, no settings from outside, one seed."""

import ipaddress
import os
import signal
import sys
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, settings

from panel.domain.dossier import Dossier
from panel.domain.persona import Persona
from panel.testing import FakeOpenAI, make_dossier, make_persona

pytest_plugins = ["tests.databases", "tests.desk.browser"]

settings.register_profile(
    "shipskip",
    database=None,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("shipskip")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # Background jobs start with Ctrl-C ignored, and so would every process that a test starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)


class NetworkUsedError(RuntimeError):
    """A test tried to leave this machine."""


def _is_local(host: object) -> bool:
    if host is None or isinstance(host, bytes):
        return True
    if host in {"", "localhost"}:
        return True
    try:
        return ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        return False


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    """An audit hook: it sees every socket of every library and thread, and cannot be undone."""
    host: object = None
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = arguments[1]
        host = cast("tuple[object, ...]", address)[0] if isinstance(address, tuple) else None
    elif event in {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}:
        host = arguments[0]
    if not _is_local(host):
        raise NetworkUsedError(f"{event} to {host}: tests run with the network off")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No key and no setting of the person who runs the tests reaches them."""
    for name in os.environ:
        if name.startswith("SHIPSKIP_") or name.endswith(("_API_KEY", "_BASE_URL")):
            monkeypatch.delenv(name)


@pytest.fixture
def dossier() -> Dossier:
    """The made dossier, without a conflict."""
    return make_dossier()


@pytest.fixture
def persona() -> Persona:
    """The made developer."""
    return make_persona()


@pytest.fixture
def fake() -> Iterator[FakeOpenAI]:
    """A well-behaved endpoint."""
    with FakeOpenAI() as server:
        yield server
