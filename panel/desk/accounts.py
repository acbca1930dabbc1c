"""Accounts and the keys to them: what the command line and the people page do alike."""

import datetime as dt
from collections.abc import Callable

from pwdlib import PasswordHash
from pydantic import TypeAdapter, ValidationError

from panel.desk.secrets import key_id, new_secret
from panel.domain.editing.people import Event, Key, User
from panel.domain.editing.states import ROLES, Role
from panel.domain.value import digest_of
from panel.errors import InputError, RefusedError
from panel.store.store import Store

LINK_LENGTH = dt.timedelta(hours=1)
"""How long a one-time link holds."""

PASSWORD_LENGTHS = (12, 256)
"""Least and most characters of a password."""

RESERVED_LOGINS = frozenset({"me", "none"})
"""What `assignee` may say besides a login."""

Clock = Callable[[], dt.datetime]

HASHES = PasswordHash.recommended()
"""argon2id, as the library recommends it."""

_ROLE: TypeAdapter[Role] = TypeAdapter(Role)


class Accounts:
    """The accounts of a desk, as somebody manages them.

    Args:
        store: Where they are kept.
        clock: Tells the time.
        by: Who manages them; None for whoever has the machine, e.g. on the command line.
    """

    def __init__(self, store: Store, clock: Clock, by: User | None = None) -> None:
        if by:
            by.must("people")
        self._store = store
        self._clock = clock
        self._by = by.login if by else "command-line"

    def add(self, login: str, name: str, role: str) -> User:
        """Open an account.

        Args:
            login: What they sign in by.
            name: Their name as published.
            role: Their role.

        Raises:
            InputError: The login is taken, or one of these is not allowed.
        """
        if login in RESERVED_LOGINS:
            raise InputError(
                f"{login} cannot be a login: the queue's filters read it as a word",
                remedy="choose another",
            )
        try:
            user = User(login=login, name=name, role=_role(role))
        except ValidationError as error:
            raise InputError(_words(error)) from None
        self._store.add_user(user, self._event("user.add", None, user))
        return user

    def set_role(self, login: str, role: str) -> User:
        """Give somebody another role.

        Args:
            login: Who.
            role: Their role from now on.

        Raises:
            InputError: There is no such account or role.
            RefusedError: Nobody would be left to manage accounts.
        """
        return self._change("user.role", login, role=_role(role))

    def disable(self, login: str) -> User:
        """Let somebody sign in no more, and end all their sessions, links and tokens.

        Args:
            login: Who.

        Raises:
            InputError: There is no such account.
            RefusedError: Nobody would be left to manage accounts.
        """
        user = self._change("user.disable", login, disabled=True)
        self._store.end_keys_of(login, None, self._by)
        return user

    def enable(self, login: str) -> User:
        """Let somebody sign in again.

        Args:
            login: Who.

        Raises:
            InputError: There is no such account.
        """
        return self._change("user.enable", login, disabled=False)

    def set_password(self, login: str, password: str) -> User:
        """Give somebody a password, and end their sessions and links.

        Args:
            login: Who.
            password: The password.

        Raises:
            InputError: There is no such account, or the password is too short or too long.
        """
        least, most = PASSWORD_LENGTHS
        if not least <= len(password) <= most:
            raise InputError(
                f"a password has {least} to {most} characters", remedy="choose another"
            )
        user = self._change("user.password", login, password=HASHES.hash(password))
        self._store.end_keys_of(login, "session", self._by)
        self._store.end_keys_of(login, "link", self._by)
        return user

    def link(self, login: str) -> str:
        """Make a one-time link by which somebody signs in without a password.

        Args:
            login: Who.

        Returns:
            The path to open at the desk.

        Raises:
            InputError: There is no such account, or it is disabled.
        """
        user = self.find(login)
        if user.disabled:
            raise InputError(f"{login} is disabled", remedy=f"enable {login} first")
        secret, now = new_secret(), self._clock()
        key = Key(
            id=key_id(secret), kind="link", login=login, created=now, expires=now + LINK_LENGTH
        )
        self._store.add_key(key, self._event("link.add", None, user))
        return f"/sign-in?link={secret}"

    def find(self, login: str) -> User:
        """An account.

        Args:
            login: Whose.

        Raises:
            InputError: There is none.
        """
        user = self._store.user(login)
        if user is None:
            raise InputError(f"there is no account {login}", remedy="see all with user list")
        return user

    def _change(self, act: str, login: str, **changes: object) -> User:
        before = self.find(login)
        after = before.model_copy(update=changes)
        was_admin, is_admin = _is_admin(before), _is_admin(after)
        others = (one for one in self._store.users() if one.login != login)
        if was_admin and not is_admin and not any(map(_is_admin, others)):
            raise RefusedError(
                f"{login} is the only admin left", remedy="make somebody else admin first"
            )
        if after != before:
            self._store.change_user(after, self._event(act, before, after))
        return after

    def _event(self, act: str, before: User | None, after: User) -> Event:
        return Event(
            at=self._clock(),
            by=self._by,
            act=act,
            subject=f"user/{after.login}",
            before=_digest(before) if before else "",
            after=_digest(after),
        )


def _is_admin(user: User) -> bool:
    return user.role == "admin" and not user.disabled


def _digest(user: User) -> str:
    """Names an account as it stands, its password left out."""
    return digest_of("user", user.model_dump(mode="json", exclude={"password"}))


def _role(role: str) -> Role:
    try:
        return _ROLE.validate_python(role)
    except ValidationError:
        roles = ", ".join(ROLES)
        raise InputError(f"{role} is no role", remedy=f"choose one of {roles}") from None


_MEANINGS = {
    "login": "a login is up to 64 small letters, digits and . _ @ -, and begins with one of the"
    " first two",
    "name": "a name is one visible line of up to 80 characters",
}


def _words(error: ValidationError) -> str:
    return "; ".join(
        _MEANINGS.get(str(one["loc"][0]), one["msg"]) for one in error.errors() if one["loc"]
    )
