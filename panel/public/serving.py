"""Starts the public server: seen from outside only when it knows its own address."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn
from starlette.applications import Starlette

from panel.bootstrap.house import House
from panel.bootstrap.mailing import Post, open_mailer
from panel.bootstrap.serving import PublicRecords, public_records, site_info, utc_now
from panel.bootstrap.sockets import bound
from panel.errors import InputError
from panel.public.app import create_app
from panel.public.context import LOOPBACK, Clock, Context, Salts
from panel.public.files import Files
from panel.publishing.site import paths
from panel.publishing.site.info import SiteInfo

SECRET_VARIABLE = "SHIPSKIP_PUBLIC_SECRET"  # noqa: S105 - the name of a variable
"""Environment variable that holds what cookies are signed with."""

SECRET_LENGTH = 32
"""Least characters of that."""

_GRACE = 10
"""Seconds that requests get to finish when the server stops."""

_KEPT_ALIVE = 15
_AT_ONCE = 1000
"""Requests at once; more are told to come back."""


@dataclass(frozen=True)
class OpenSite:
    """A public server that is about to serve.

    Attributes:
        context: Its parts.
        app: The application.
        door: The socket it listens on.
        behind_proxy: Whether a proxy on this machine tells where requests come from.
    """

    context: Context
    app: Starlette
    door: socket.socket
    behind_proxy: bool

    @property
    def address(self) -> str:
        """Where readers reach it."""
        return self.context.site.url

    @property
    def listens_on(self) -> tuple[str, int]:
        """Host and port of the socket."""
        name = self.door.getsockname()
        return str(name[0]), int(name[1])


@dataclass(frozen=True)
class Wanted:
    """How a site is to be served.

    Attributes:
        site: The published folder.
        host: Host name or address to listen on.
        port: Port to listen on; 0 takes any that is free.
    """

    site: Path
    host: str = "127.0.0.1"
    port: int = 8643


@contextmanager
def opened(
    house: House, wanted: Wanted, environ: Mapping[str, str] = os.environ, clock: Clock = utc_now
) -> Generator[OpenSite]:
    """Make a public server ready to serve, as long as the context lasts.

    Args:
        house: The workspace with its settings.
        wanted: What is served, and where.
        environ: Where secrets are read.
        clock: Tells the time.

    Raises:
        InputError: There is no site, or it would be seen from outside without an address.
        ShipskipError: The port cannot be had.
        StoreError: The database cannot be opened for writing.
    """
    url = house.settings.site_url
    if not Path(wanted.site, paths.INDEX).is_file():
        raise InputError(
            f"{wanted.site} holds no site", remedy=f"build it with `shipskip publish {wanted.site}`"
        )
    if wanted.host not in LOOPBACK and not url:
        raise InputError(
            f"a site that is seen from {wanted.host} needs to know its address",
            remedy="set site_url to what readers type, e.g. https://reviews.example.org",
        )
    with public_records(house) as records, bound(wanted.host, wanted.port) as door:
        name = f"[{wanted.host}]" if ":" in wanted.host else wanted.host
        address = (url or f"http://{name}:{door.getsockname()[1]}").rstrip("/") + "/"
        site = site_info(house, address)
        context = Context(
            site=site,
            files=Files(wanted.site),
            records=records,
            secret=_secret(environ, records),
            hosts=frozenset({urlsplit(address).hostname or ""}),
            post=_post(house, site, environ, clock),
            clock=clock,
            salts=Salts(records),
        )
        yield OpenSite(context, create_app(context), door, behind_proxy=url is not None)


def serve(site: OpenSite) -> None:
    """Serve until somebody stops it by Ctrl-C or SIGTERM; requests in flight finish first.

    Args:
        site: What is served.
    """
    Server(site).run(sockets=[site.door])


class Server(uvicorn.Server):
    """The web server, without a word of its own on the terminal or about any reader.

    Args:
        site: What it serves.
    """

    def __init__(self, site: OpenSite) -> None:
        for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
            logging.getLogger(name).addHandler(logging.NullHandler())
            logging.getLogger(name).propagate = False
        super().__init__(
            uvicorn.Config(
                site.app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                access_log=False,
                server_header=False,
                proxy_headers=site.behind_proxy,
                forwarded_allow_ips="127.0.0.1,::1",
                limit_concurrency=_AT_ONCE,
                timeout_keep_alive=_KEPT_ALIVE,
                timeout_graceful_shutdown=_GRACE,
            )
        )

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """Stop at a signal, and leave as a command does that is done (see `uvicorn.Server`)."""
        if threading.current_thread() is not threading.main_thread():
            yield  # only the main thread hears signals
            return
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self.handle_exit) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def _secret(environ: Mapping[str, str], records: PublicRecords) -> bytes:
    given = environ.get(SECRET_VARIABLE, "")
    if given and len(given) < SECRET_LENGTH:
        raise InputError(
            f"{SECRET_VARIABLE} needs at least {SECRET_LENGTH} characters",
            remedy="make one with `openssl rand -hex 32` and keep it, or leave it out",
        )
    with records.writing() as store:
        return (given or store.take_secret("cookies")).encode()


def _post(house: House, site: SiteInfo, environ: Mapping[str, str], clock: Clock) -> Post | None:
    if not house.settings.smtp_url:
        return None
    return Post(open_mailer(house, environ), site, clock)
