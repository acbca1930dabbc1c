"""A desk with a draft, and programs that hold a token."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import httpx2
import pytest

from panel.desk.context import utc_now
from panel.desk.secrets import key_id, new_secret
from panel.domain.editing.people import Key
from panel.domain.editing.states import Role
from panel.editing.adoption import adopt
from panel.editing.drafts import Ref
from tests.desk.living import LiveDesk
from tests.domain.editing.papers import make_papers
from tests.editing.desk import keep_papers


@dataclass
class Program:
    """A program with somebody's token."""

    client: httpx2.Client
    path: str

    def get(self, path: str = "", **given: Any) -> httpx2.Response:
        """Read something; about the draft unless the path is whole."""
        return self.client.get(self._whole(path), **given)

    def send(
        self, method: str, path: str, body: Any = None, version: int | str | None = None
    ) -> httpx2.Response:
        """Change something, on a version if one is given."""
        tag = f'"{version}"' if isinstance(version, int) else version
        headers = {} if tag is None else {"if-match": tag}
        return self.client.request(method, self._whole(path), json=body, headers=headers)

    def _whole(self, path: str) -> str:
        return path if path.startswith("/api/") else f"{self.path}{path}"


@dataclass
class Api:
    """A desk that programs talk to, with one draft."""

    desk: LiveDesk
    ref: Ref

    def token(self, role: Role) -> str:
        """A new token of somebody with that role."""
        secret, now = new_secret(), utc_now()
        key = Key(
            id=key_id(secret),
            kind="token",
            login=self.desk.user(role).login,
            name="cms",
            created=now,
            expires=now + dt.timedelta(days=1),
        )
        self.desk.context.store.add_key(key)
        return secret

    @cached_property
    def bearer(self) -> str:
        """The header of an admin's program."""
        return f"Bearer {self.token('admin')}"

    def program(self, role: Role = "editor") -> Program:
        """A program with such a token."""
        headers = {"authorization": f"Bearer {self.token(role)}"}
        client = httpx2.Client(base_url=self.desk.address, headers=headers, timeout=20)
        self.desk.clients.append(client)
        return Program(client, f"/api/drafts/{self.ref}")


@pytest.fixture
def api(desk: LiveDesk) -> Api:
    """The desk with a draft that nobody has touched; one seat failed, and two sources disagree."""
    ref = keep_papers(desk.context.store, make_papers())
    adopt(desk.context.store, desk.context.drafts)
    return Api(desk, ref)
