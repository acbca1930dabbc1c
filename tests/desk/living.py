"""A real desk on a real port, and people who are signed in there."""

import threading
import time
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx2
from fastapi import APIRouter

from panel.bootstrap.house import House
from panel.bootstrap.sockets import bound
from panel.desk.accounts import Accounts
from panel.desk.app import create_app
from panel.desk.context import Context, make_context, utc_now
from panel.desk.secrets import form_token
from panel.desk.serving import OpenDesk, Server
from panel.desk.signing import start_session
from panel.desk.views import ROUTERS
from panel.domain.editing.people import User
from panel.domain.editing.states import Role


@dataclass
class Person:
    """Somebody at a browser without scripts: sends forms as a page of the desk would.

    Attributes:
        client: Carries the cookies.
        csrf: The token of their forms.
        user: Who; None for somebody who is not signed in.
    """

    client: httpx2.Client
    csrf: str
    user: User | None = None

    def get(self, path: str, **given: Any) -> httpx2.Response:
        """Open a page."""
        return self.client.get(path, **given)

    def post(self, path: str, /, **fields: str) -> httpx2.Response:
        """Send a form."""
        return self.send(path, {"csrf": self.csrf, **fields})

    def send(
        self, path: str, fields: dict[str, str], method: str = "POST", **headers: str
    ) -> httpx2.Response:
        """Send fields just as they are, with other headers than a browser's where given."""
        told = {"origin": str(self.client.base_url).rstrip("/"), **headers}
        sent = {name.replace("_", "-"): value for name, value in told.items() if value}
        return self.client.request(method, path, data=fields, headers=sent)


@dataclass
class LiveDesk:
    """A desk that serves.

    Attributes:
        open_desk: Its parts.
        clients: What people opened, closed with the desk.
    """

    open_desk: OpenDesk
    clients: list[httpx2.Client] = field(default_factory=list[httpx2.Client])

    @property
    def context(self) -> Context:
        """Its parts."""
        return self.open_desk.context

    @property
    def address(self) -> str:
        """Where it is, whatever it tells people."""
        host, port = self.open_desk.listens_on
        return f"http://{host}:{port}"

    @property
    def accounts(self) -> Accounts:
        """Its accounts, as whoever has the machine manages them."""
        return Accounts(self.context.store, utc_now)

    def user(self, role: Role = "editor", login: str = "") -> User:
        """Somebody's account, opened if need be; named after the role unless told."""
        login = login or role
        return self.context.store.user(login) or self.accounts.add(login, login.title(), role)

    def session(self, role: Role = "editor", login: str = "") -> str:
        """The secret of a new session."""
        return start_session(self.context, self.user(role, login), "Firefox/1 (Linux)")

    def person(self, role: Role | None = "editor", login: str = "") -> Person:
        """Somebody signed in, or with None somebody who is not."""
        client = httpx2.Client(base_url=self.address, timeout=20)
        self.clients.append(client)
        name = self.context.cookie
        if role is None:
            client.cookies.set(f"{name}-visit", "visit", domain="127.0.0.1")
            return Person(client, form_token(self.context.secret, "visit"))
        secret = self.session(role, login)
        client.cookies.set(name, secret, domain="127.0.0.1")
        return Person(client, form_token(self.context.secret, secret), self.user(role, login))


@contextmanager
def living(
    house: House,
    routers: Sequence[APIRouter] = ROUTERS,
    *,
    clock: Any = utc_now,
    secret: str = "",
    environ: Mapping[str, str] | None = None,
) -> Generator[LiveDesk]:
    """A desk that serves as long as the context lasts.

    Args:
        house: Its workspace.
        routers: Its views.
        clock: Tells it the time.
        secret: Its secret.
        environ: Further secrets, as its environment has them.
    """
    with house.store(write=True) as store, bound("127.0.0.1", 0) as door:
        address = f"http://127.0.0.1:{door.getsockname()[1]}"
        secrets = {"SHIPSKIP_DESK_SECRET": secret, **(environ or {})}
        context = make_context(house, store, address, environ=secrets, clock=clock)
        desk = LiveDesk(OpenDesk(context, create_app(context, routers), door, None))
        server = Server(desk.open_desk)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [door]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the desk did not start"
                time.sleep(0.005)
            yield desk
        finally:
            for client in desk.clients:
                client.close()
            server.should_exit = True
            thread.join(timeout=30)
            assert not thread.is_alive(), "the desk does not stop"


class _Words(HTMLParser):
    """Gathers what a page says, and the values of its hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.fields: dict[str, str] = {}

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden":
            self.fields[found.get("name") or ""] = found.get("value") or ""


def _read(page: str) -> _Words:
    parser = _Words()
    parser.feed(page)
    return parser


def words_of(response: httpx2.Response) -> str:
    """What a page says, white space folded."""
    return " ".join(" ".join(_read(response.text).words).split())


def hidden_fields(response: httpx2.Response) -> dict[str, str]:
    """The hidden fields of a page by name."""
    return _read(response.text).fields


def make_house(folder: Path, **flags: object) -> House:
    """A workspace without dossiers."""
    (folder / "dossiers").mkdir(parents=True, exist_ok=True)
    return House.open(folder, flags)
