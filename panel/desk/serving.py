"""Starts a desk: refuses to be seen from outside without accounts and a secret, then serves."""

import getpass
import logging
import re
import signal
import socket
import threading
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urlsplit

import uvicorn
from fastapi import FastAPI

from panel.bootstrap.house import House
from panel.bootstrap.sockets import bound
from panel.desk.accounts import RESERVED_LOGINS, Accounts
from panel.desk.app import create_app
from panel.desk.context import (
    LOOPBACK,
    SECRET_LENGTH,
    SECRET_VARIABLE,
    Context,
    make_context,
    utc_now,
)
from panel.desk.proxies import PROXY_VARIABLE
from panel.errors import InputError, RefusedError
from panel.store.store import Store

_WILDCARDS = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 - named in order to be refused
_GRACE = 10
"""Seconds that requests get to finish when the desk stops."""


@dataclass(frozen=True)
class OpenDesk:
    """A desk that is about to serve.

    Attributes:
        context: Its parts.
        app: The application.
        door: The socket it listens on.
        link: Path of the local user's one-time link; None when the desk is seen from outside.
    """

    context: Context
    app: FastAPI
    door: socket.socket
    link: str | None

    @property
    def address(self) -> str:
        """Where people reach it."""
        return self.context.address

    @property
    def listens_on(self) -> tuple[str, int]:
        """Host and port of the socket."""
        name = self.door.getsockname()
        return str(name[0]), int(name[1])


@contextmanager
def opened(house: House, host: str, port: int, environ: Mapping[str, str]) -> Generator[OpenDesk]:
    """Make a desk ready to serve, as long as the context lasts.

    Args:
        house: The workspace with its settings.
        host: Host name or address to listen on.
        port: Port to listen on; 0 takes any that is free.
        environ: Where the secrets are read.

    Raises:
        InputError: It would be seen from outside without a secret or a name to answer to, or
            the secret of its proxy is too short.
        RefusedError: It would be seen from outside without an account that has a password.
        ShipskipError: The port cannot be had.
        StoreError: The database cannot be opened for writing.
    """
    is_public = host not in LOOPBACK or _is_elsewhere(house.settings.desk_url)
    by_proxy = bool(environ.get(PROXY_VARIABLE))
    if is_public:
        _check_secret(environ, SECRET_VARIABLE)
        _check_names(house, host)
    if by_proxy:
        _check_secret(environ, PROXY_VARIABLE)
    with house.store(write=True) as store, bound(host, port) as door:
        if is_public:
            _check_accounts(store, by_proxy=by_proxy)
        address = f"http://{_name(house, host)}:{door.getsockname()[1]}"
        context = make_context(house, store, address, environ=environ)
        link = None if is_public else _local_link(store)
        yield OpenDesk(context, create_app(context), door, link)


def serve(desk: OpenDesk) -> None:
    """Serve until somebody stops it by Ctrl-C or SIGTERM; requests in flight finish first.

    Args:
        desk: The desk.
    """
    Server(desk).run(sockets=[desk.door])


class Server(uvicorn.Server):
    """The web server, without a word of its own on the terminal.

    Args:
        desk: What it serves.
    """

    def __init__(self, desk: OpenDesk) -> None:
        _quiet("uvicorn", "uvicorn.error", "uvicorn.access")
        super().__init__(
            uvicorn.Config(
                desk.app,
                http="h11",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=bool(desk.context.house.settings.desk_url),
                forwarded_allow_ips="127.0.0.1,::1",
                timeout_graceful_shutdown=_GRACE,
            )
        )

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop at a signal, and leave as a command does that is done (see `uvicorn.Server`)."""
        if threading.current_thread() is not threading.main_thread():
            yield  # only the main thread hears signals
            return
        before = {number: signal.signal(number, self.handle_exit) for number in _SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def local_login(name: Callable[[], str] = getpass.getuser) -> str:
    """The login of whoever has this machine.

    Args:
        name: Gives the name the system knows them by.
    """
    try:
        found = name()
    except (KeyError, OSError, ImportError):
        found = ""
    login = re.sub(r"[^a-z0-9._@-]+", "-", found.lower()).strip("._@-")[:64]
    return "editor" if not login or login in RESERVED_LOGINS else login


def _local_link(store: Store) -> str:
    """A one-time link for whoever has this machine; their account is opened the first time."""
    accounts, login = Accounts(store, utc_now), local_login()
    user = store.user(login)
    if user is None:
        accounts.add(login, login, "admin")
    elif user.disabled:
        raise RefusedError(
            f"the account {login} is disabled",
            remedy=f"enable it with `shipskip desk user enable {login}`",
        )
    return accounts.link(login)


def _check_secret(environ: Mapping[str, str], name: str) -> None:
    if len(environ.get(name, "")) < SECRET_LENGTH:
        raise InputError(
            f"a desk that is seen from outside needs {name} in the environment, with at least"
            f" {SECRET_LENGTH} characters",
            remedy="make one with `openssl rand -hex 32` and keep it",
        )


def _check_names(house: House, host: str) -> None:
    settings = house.settings
    if host in _WILDCARDS and not (settings.desk_url or settings.desk_hosts):
        raise InputError(
            f"{host} is no name that people open a desk by",
            remedy="set desk_url to the address they use, e.g. https://desk.example.org",
        )


def _name(house: House, host: str) -> str:
    """What people call the host in an address."""
    if host in _WILDCARDS and house.settings.desk_hosts:
        return house.settings.desk_hosts[0]
    return f"[{host}]" if ":" in host else host


def _check_accounts(store: Store, *, by_proxy: bool) -> None:
    able = [user for user in store.users() if not user.disabled]
    if not any(by_proxy or user.password for user in able):
        raise RefusedError(
            "a desk that is seen from outside needs an account with a password",
            remedy="run `shipskip desk user add LOGIN --role admin`, then"
            " `shipskip desk user password LOGIN`",
        )


def _is_elsewhere(url: str | None) -> bool:
    return url is not None and urlsplit(url).hostname not in LOOPBACK


def _quiet(*names: str) -> None:
    """Keep a library's log off the terminal; failures are logged by the desk itself."""
    for name in names:
        logger = logging.getLogger(name)
        logger.addHandler(logging.NullHandler())
        logger.propagate = False
