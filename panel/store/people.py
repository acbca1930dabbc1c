"""Accounts of the desk: a login is given once; what is known of it is what was said last."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from panel.domain.editing.people import Event, User
from panel.errors import InputError
from panel.store.desk_events import add_events
from panel.store.desk_tables import user_changes, users
from panel.store.insertion import append, insert_if_free, is_again
from panel.store.keeper import Keeper
from panel.store.rows import Row


@dataclass(frozen=True)
class UserChange:
    """An account as it is from now on."""

    user: User
    event: Event


class People(Keeper):
    """Writes and reads of accounts."""

    def add_user(self, user: User, event: Event) -> None:
        """Store a new account.

        Args:
            user: The account.
            event: Who adds it, and when.

        Raises:
            InputError: When the login was given to somebody before.
            StoreError: When the database refuses.
        """
        if not self._writer().submit(add_users, UserChange(user, event)).result():
            raise InputError(
                f"there is an account {user.login} already",
                remedy="choose another login; one is never given twice",
            )

    def change_user(self, user: User, event: Event) -> None:
        """Store what an account is from now on.

        Args:
            user: All of it.
            event: Who changes it, and when.

        Raises:
            StoreError: When there is no such account, or the database refuses.
        """
        self._writer().submit(change_users, UserChange(user, event)).result()

    def user(self, login: str) -> User | None:
        """An account as it stands; None when there is none.

        Args:
            login: Its login.

        Raises:
            StoreError: When the database cannot be read.
        """
        return next(iter(self._users(user_changes.c.login == login)), None)

    def users(self) -> tuple[User, ...]:
        """All accounts as they stand, by login.

        Raises:
            StoreError: When the database cannot be read.
        """
        return tuple(self._users())

    def _users(self, *where: ColumnElement[bool]) -> Sequence[User]:
        columns = user_changes.c["login", "name", "role", "disabled", "password"]
        query = select(*columns).where(_STANDS, *where).order_by(user_changes.c.login)
        return [User.model_validate(row) for row in self._records(query)]


_NEWER = user_changes.alias("newer_change")
_STANDS = user_changes.c.seq == (
    select(func.max(_NEWER.c.seq)).where(_NEWER.c.login == user_changes.c.login).scalar_subquery()
)


def add_users(connection: Connection, items: Sequence[UserChange]) -> list[bool]:
    """Store accounts whose login is free; whether each was."""
    return [_add(connection, item) for item in items]


def change_users(connection: Connection, items: Sequence[UserChange]) -> list[None]:
    """Store what accounts are from now on."""
    for item in sorted(items, key=lambda item: item.user.login):
        append(connection, user_changes, {"login": item.user.login}, _change(item))
        add_events(connection, [item.event])
    return [None] * len(items)


def _add(connection: Connection, item: UserChange) -> bool:
    row = {"login": item.user.login, "created": item.event.at}
    if not insert_if_free(connection, users, row):
        ours = select(users.c.login).where(*(users.c[name] == row[name] for name in row))
        return is_again(connection) and connection.execute(ours).first() is not None
    change_users(connection, [item])
    return True


def _change(item: UserChange) -> Row:
    return {"at": item.event.at, "by": item.event.by, **item.user.model_dump(exclude={"login"})}
