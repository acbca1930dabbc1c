"""Sessions, one-time links and tokens, by the digests of their secrets; and who failed to sign in.

A key is ended once and by one, so that a link that two follow at once lets one of them in.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, func, insert, select

from panel.domain.editing.people import Event, Key, KeyKind
from panel.store.desk_events import add_events
from panel.store.desk_tables import key_ends, keys, sign_in_tries
from panel.store.insertion import insert_if_free, insert_or_keep, is_again
from panel.store.keeper import Keeper, now
from panel.store.rows import Row


@dataclass(frozen=True)
class NewKey:
    """A key that holds from now on."""

    key: Key
    event: Event | None


@dataclass(frozen=True)
class KeyEnd:
    """A key that holds no more."""

    row: Row
    event: Event | None


class Keys(Keeper):
    """Writes and reads of keys and of tries to sign in."""

    def add_key(self, key: Key, event: Event | None = None) -> None:
        """Store a key.

        Args:
            key: The key; its login has an account.
            event: The line of the log that goes with it.

        Raises:
            StoreError: When there is a key of that id or no such account, or the database refuses.
        """
        self._writer().submit(add_keys, NewKey(key, event)).result()

    def key(self, key_id: str) -> Key | None:
        """A key, ended or not; None when there is none.

        Args:
            key_id: Digest of its secret.

        Raises:
            StoreError: When the database cannot be read.
        """
        return next(iter(self._keys(keys.c.id == key_id)), None)

    def keys_of(self, login: str) -> tuple[Key, ...]:
        """All keys of somebody, ended or not, the newest first.

        Args:
            login: Whose.

        Raises:
            StoreError: When the database cannot be read.
        """
        return tuple(self._keys(keys.c.login == login))

    def end_key(self, key_id: str, by: str, event: Event | None = None) -> bool:
        """End a key.

        Args:
            key_id: Digest of its secret.
            by: Login of whoever ends it, or of whoever used up a link.
            event: The line of the log that goes with it.

        Returns:
            Whether it was this call that ended it; False when it had ended before.

        Raises:
            StoreError: When there is no such key, or the database refuses.
        """
        row = {"key_id": key_id, "at": event.at if event else now(), "by": by}
        return self._writer().submit(end_keys, KeyEnd(row, event)).result()

    def end_keys_of(
        self, login: str, kind: KeyKind | None, by: str, event: Event | None = None
    ) -> int:
        """End all keys of somebody that have not ended.

        Args:
            login: Whose.
            kind: Only keys of this kind; all unless given.
            by: Login of whoever ends them.
            event: The line of the log that goes with it, written once if there were any.

        Returns:
            How many this call ended.

        Raises:
            StoreError: When the database refuses.
        """
        held = [key for key in self.keys_of(login) if not key.ended and kind in (None, key.kind)]
        count = 0
        for key in held:
            count += self.end_key(key.id, by, event if not count else None)
        return count

    def note_try(self, who: str, ok: bool) -> None:
        """Note that somebody tried to sign in.

        Args:
            who: Digest of a login or an address.
            ok: Whether they were let in.

        Raises:
            StoreError: When the database refuses.
        """
        row = {"id": uuid4().hex, "at": now(), "who": who, "succeeded": ok}
        self._writer().submit(note_tries, row).result()

    def failed_tries(self, who: str, since: dt.datetime) -> int:
        """How often somebody failed to sign in.

        Args:
            who: Digest of a login or an address.
            since: Only tries at or after this instant.

        Raises:
            StoreError: When the database cannot be read.
        """
        tries = sign_in_tries.c
        query = select(func.count()).where(
            tries.who == who, tries.at >= since, tries.succeeded.is_(False)
        )
        row = self._first(query)
        return row[0] if row else 0

    def _keys(self, *where: ColumnElement[bool]) -> list[Key]:
        query = (
            select(*keys.c, key_ends.c.at.label("ended"))
            .join(key_ends, key_ends.c.key_id == keys.c.id, isouter=True)
            .where(*where)
            .order_by(keys.c.created.desc(), keys.c.id)
        )
        return [Key.model_validate(row) for row in self._records(query)]


def add_keys(connection: Connection, items: Sequence[NewKey]) -> list[None]:
    """Store keys."""
    rows = [item.key.model_dump(exclude={"ended"}) for item in items]
    if is_again(connection):
        insert_or_keep(connection, keys, rows)
    else:
        connection.execute(insert(keys), rows)
    return add_events(connection, [item.event for item in items])


def end_keys(connection: Connection, items: Sequence[KeyEnd]) -> list[bool]:
    """End keys; whether each had held until now."""
    return [_end(connection, item) for item in items]


def note_tries(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Note tries to sign in."""
    insert_or_keep(connection, sign_in_tries, items)
    return [None] * len(items)


def _end(connection: Connection, item: KeyEnd) -> bool:
    if insert_if_free(connection, key_ends, item.row):
        add_events(connection, [item.event])
        return True
    ours = select(key_ends.c.key_id).where(
        *(key_ends.c[name] == value for name, value in item.row.items())
    )
    return is_again(connection) and connection.execute(ours).first() is not None
