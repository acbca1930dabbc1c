"""The log of everything done at the desk: a line is written with what it tells of, or not at all.

Lines are never changed; triggers in the database refuse it, too.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, insert, select

from panel.domain.editing.people import Event
from panel.store.desk_tables import events
from panel.store.insertion import is_again
from panel.store.keeper import Keeper
from panel.store.rows import Row

_PAGE = 500
"""Lines held in memory at once."""


class DeskEvents(Keeper):
    """Writes and reads of the log."""

    def add_event(self, event: Event) -> None:
        """Append a line about something that left no other record, e.g. an export.

        Args:
            event: The line.

        Raises:
            StoreError: When the database refuses.
        """
        self._writer().submit(add_events, event).result()

    def events(
        self, after_seq: int = 0, limit: int | None = None, *, subject: str = ""
    ) -> Iterator[Event]:
        """The lines of the log in order, read page by page.

        Args:
            after_seq: Only lines with a higher number.
            limit: Most lines; all unless given.
            subject: Only lines about this; about everything unless given.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(events).order_by(events.c.seq)
        if subject:
            query = query.where(events.c.subject == subject)
        left = limit
        while left is None or left > 0:
            size = _PAGE if left is None else min(left, _PAGE)
            page = self._records(query.where(events.c.seq > after_seq).limit(size))
            yield from (Event.model_validate(row) for row in page)
            if len(page) < size:
                return
            after_seq = page[-1]["seq"]
            left = None if left is None else left - size


def add_events(connection: Connection, items: Sequence[Event | None]) -> list[None]:
    """Append lines; a step of its own, and part of others in their transaction."""
    rows = [_row(item) for item in items if item is not None]
    if is_again(connection):
        rows = [row for row in rows if not _is_there(connection, row)]
    if rows:
        connection.execute(insert(events), rows)
    return [None] * len(items)


def _row(event: Event) -> Row:
    return event.model_dump(exclude={"seq"})


def _is_there(connection: Connection, row: Row) -> bool:
    same = [events.c[name] == value for name, value in row.items()]
    return connection.execute(select(events.c.seq).where(*same)).first() is not None
