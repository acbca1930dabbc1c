"""Who may sign in at the desk, and as whom something is done."""

from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from panel.domain.editing.revision import Login
from panel.domain.editing.states import Right, Role, least_role, may
from panel.domain.value import Digest, Line, Value
from panel.errors import RefusedError


class User(Value):
    """An account as it stands.

    Attributes:
        login: What they sign in by; never given to anybody else.
        name: Their name as published.
        role: Their role.
        disabled: Whether they may not sign in any more.
        password: Hash of their password; None when they have none. Never leaves the store's users.
    """

    login: Login
    name: Annotated[Line, Field(max_length=80)]
    role: Role
    disabled: bool = False
    password: Annotated[str | None, Field(repr=False)] = None

    def must(self, right: Right) -> None:
        """Refuse what they have no right to.

        Args:
            right: What they want to do.

        Raises:
            RefusedError: They may not; names the least role that may.
        """
        if self.disabled or not may(self.role, right):
            raise RefusedError(
                f"{self.login} ({self.role}) may not {_WORDS.get(right, right)}",
                remedy=f"ask somebody who is at least {least_role(right)}",
            )


_WORDS: dict[str, str] = {
    "hand": "write a verdict",
    "sample": "ask for another sample",
    "return": "send a draft back",
    "look": "mark a draft as looked at",
    "run": "start or stop runs",
    "settle": "settle a conflict",
    "people": "manage accounts",
}

KeyKind = Literal["session", "link", "token"]


class Key(Value):
    """A secret by which somebody is known: a session, a one-time link, or an API token.

    Attributes:
        id: Digest of the secret, which itself is kept nowhere.
        kind: What it is.
        login: Whose.
        name: What they call it, e.g. the browser or `cms`.
        created: Since when it holds.
        expires: Until when.
        ended: When it was revoked or used up; None while it holds.
    """

    id: Digest
    kind: KeyKind
    login: Login
    name: Annotated[str, Field(max_length=200)] = ""
    created: AwareDatetime
    expires: AwareDatetime
    ended: AwareDatetime | None = None


class Event(Value):
    """One line of the log of everything done at the desk.

    Attributes:
        seq: Its number; 0 until it is kept.
        at: When.
        by: Login of whoever did it.
        act: What was done, e.g. `edit`, `approve`, `user.role`.
        subject: What it was done to, e.g. `20261121-083000-5f2a9c/tern-2` or `user/ana`.
        before: Digest of what was there before; empty when there was nothing.
        after: Digest of what is there now, likewise.
        reason: Why.
    """

    seq: Annotated[int, Field(ge=0)] = 0
    at: AwareDatetime
    by: str
    act: Annotated[str, Field(max_length=40)]
    subject: str
    before: str = ""
    after: str = ""
    reason: str = ""
