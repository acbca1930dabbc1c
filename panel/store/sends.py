"""What was sent to whom: a digest goes to nobody twice, even if a sender dies in between.

A try is noted before the mail leaves, its end after. A try without an end may have arrived; nobody
tries that again.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, and_, func, select

from panel.domain.publication.mail import SendOutcome
from panel.store.insertion import insert_if_free, insert_or_keep
from panel.store.keeper import Keeper
from panel.store.public_tables import digest_send_ends, digest_sends, subscribers


@dataclass(frozen=True)
class Send:
    """One try to send a digest to somebody."""

    digest: str
    subscriber: str
    key: str
    at: dt.datetime


@dataclass(frozen=True)
class SendEnd:
    """How the last try to send a digest to somebody ended."""

    digest: str
    subscriber: str
    outcome: SendOutcome
    at: dt.datetime


class Sends(Keeper):
    """Writes and reads of sent digests."""

    def begin_send(self, send: Send) -> bool:
        """Note that a digest is about to be sent to somebody.

        Args:
            send: Which, to whom, and the digest of the secret of its link to unsubscribe.

        Returns:
            Whether to send it; False when it was sent before, or may have been, or the subscriber
            has left.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(begin_sends, send).result()

    def end_send(self, end: SendEnd) -> None:
        """Note how the last try to send a digest to somebody ended.

        Args:
            end: Which, to whom, and how.

        Raises:
            StoreError: When the database refuses.
        """
        self._writer().submit(end_sends, end).result()

    def sends(self, digest: str) -> Mapping[str, SendOutcome | None]:
        """How the last try of each sending of a digest ended, by subscriber.

        Args:
            digest: Name of the digest.

        Returns:
            None for a try of which nobody knows how it ended.

        Raises:
            StoreError: When the database cannot be read.
        """
        place = ("digest", "subscriber", "seq")
        same = and_(*(digest_sends.c[name] == digest_send_ends.c[name] for name in place))
        query = (
            select(digest_sends.c.subscriber, digest_send_ends.c.outcome)
            .select_from(digest_sends.join(digest_send_ends, same, isouter=True))
            .where(digest_sends.c.digest == digest)
            .order_by(digest_sends.c.subscriber, digest_sends.c.seq)
        )
        return {row.subscriber: row.outcome for row in self._all(query)}


def begin_sends(connection: Connection, items: Sequence[Send]) -> list[bool]:
    """Note tries to send; whether each may go ahead."""
    return [_begin(connection, item) for item in items]


def end_sends(connection: Connection, items: Sequence[SendEnd]) -> list[None]:
    """Note how tries to send ended."""
    rows = [
        {
            "digest": item.digest,
            "subscriber": item.subscriber,
            "seq": _tries(connection, item.digest, item.subscriber),
            "outcome": item.outcome,
            "at": item.at,
        }
        for item in items
    ]
    insert_or_keep(connection, digest_send_ends, rows)
    return [None] * len(items)


def _tries(connection: Connection, digest: str, subscriber: str) -> int:
    last = select(func.max(digest_sends.c.seq)).where(
        digest_sends.c.digest == digest, digest_sends.c.subscriber == subscriber
    )
    return connection.execute(last).scalar() or 0


def _begin(connection: Connection, item: Send) -> bool:
    still = select(subscribers.c.id).where(subscribers.c.id == item.subscriber)
    if connection.execute(still).first() is None:
        return False
    tries = _tries(connection, item.digest, item.subscriber)
    if tries:
        here = {"digest": item.digest, "subscriber": item.subscriber, "seq": tries}
        ended = select(digest_send_ends.c.outcome).where(
            *(digest_send_ends.c[name] == value for name, value in here.items())
        )
        if connection.execute(ended).scalar() != "failed":
            return False
    return insert_if_free(connection, digest_sends, {**vars(item), "seq": tries + 1})
