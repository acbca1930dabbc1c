"""What every request of the desk stands on, put together once when it starts."""

import datetime as dt
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.requests import Request

from panel.bootstrap.house import House
from panel.desk.proxies import PROXY_VARIABLE
from panel.desk.today import Today
from panel.editing.drafts import Drafts
from panel.editing.editing import Editing
from panel.store.store import Store

SECRET_VARIABLE = "SHIPSKIP_DESK_SECRET"  # noqa: S105 - the name of the variable, not what it holds
"""Environment variable with the secret that signs forms."""

SECRET_LENGTH = 32
"""Least length of that secret, in characters."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
"""Names under which only this machine is reached."""

Clock = Callable[[], dt.datetime]


def utc_now() -> dt.datetime:
    """The time, with its zone."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True)
class Context:
    """The parts of a desk.

    Attributes:
        house: The workspace with its settings.
        store: Where records are kept.
        drafts: Reads drafts.
        editing: Changes drafts.
        address: Where people reach it, e.g. `https://desk.example.org`, without a slash.
        hosts: Names it answers to besides this machine's own.
        secret: Signs forms together with the session they belong to.
        proxy_secret: What a proxy signs with who tells us who somebody is; empty when none does.
        clock: Tells the time.
    """

    house: House
    store: Store
    drafts: Drafts
    editing: Editing
    address: str
    hosts: frozenset[str] = frozenset()
    secret: bytes = field(default=b"", repr=False)
    proxy_secret: bytes = field(default=b"", repr=False)
    clock: Clock = utc_now

    @property
    def four_eyes(self) -> bool:
        """Whether an approval needs somebody else than the last editor."""
        return self.house.settings.four_eyes

    @property
    def blind_first(self) -> bool:
        """Whether an editor calls ship or skip before the panel's call is shown."""
        return self.house.settings.blind_first

    @property
    def session_length(self) -> dt.timedelta:
        """How long somebody stays signed in."""
        return dt.timedelta(hours=self.house.settings.session_hours)

    @property
    def is_https(self) -> bool:
        """Whether people reach it over TLS."""
        return self.address.startswith("https:")

    @property
    def cookie(self) -> str:
        """Name of the session cookie; cookies know no ports, so that it names the port itself."""
        return "__Host-desk" if self.is_https else f"desk-{urlsplit(self.address).port or 80}"

    def answers_to(self, host: str) -> bool:
        """Whether a request for this host is meant for this desk.

        Args:
            host: Host name without its port, as the request names it.
        """
        return host in LOOPBACK or host in self.hosts


def make_context(
    house: House,
    store: Store,
    address: str,
    *,
    environ: Mapping[str, str] = os.environ,
    clock: Clock = utc_now,
) -> Context:
    """Put a desk's parts together.

    Args:
        house: The workspace with its settings.
        store: Its database, open for writing.
        address: Where people reach the desk, unless the setting `desk_url` says otherwise.
        environ: Where the secrets are read.
        clock: Tells the time.
    """
    settings = house.settings
    address = (settings.desk_url or address).rstrip("/")
    drafts = Drafts(store, Today(house.dossiers))
    return Context(
        house=house,
        store=store,
        drafts=drafts,
        editing=Editing(store, drafts, four_eyes=settings.four_eyes, clock=clock),
        address=address,
        hosts=frozenset({*settings.desk_hosts, urlsplit(address).hostname or ""} - {""}),
        secret=environ.get(SECRET_VARIABLE, "").encode(),
        proxy_secret=environ.get(PROXY_VARIABLE, "").encode(),
        clock=clock,
    )


def context_of(request: Request) -> Context:
    """The parts of the desk that answers a request.

    Args:
        request: The request.
    """
    found = request.app.state.context
    assert isinstance(found, Context)  # noqa: S101 - put there by create_app
    return found
