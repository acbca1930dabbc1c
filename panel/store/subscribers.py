"""Who gets the digest: of the links in mails, only digests are kept.

What happened is appended; an address itself is deleted when its owner wants no more mail, or never
confirmed it, and what is left names nobody.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from sqlalchemy import Connection, delete, func, select

from panel.domain.publication.mail import (
    CONFIRM_LENGTH,
    Subscriber,
    may_ask_again,
    may_confirm,
)
from panel.store.insertion import append, insert_if_free
from panel.store.keeper import Keeper
from panel.store.public_tables import digest_sends, subscriber_events, subscribers


@dataclass(frozen=True)
class Asked:
    """Somebody asks for the digest; the key is the digest of the link's secret."""

    address: str
    key: str
    at: dt.datetime


@dataclass(frozen=True)
class Followed:
    """Somebody follows a link, by the digest of its secret."""

    key: str
    at: dt.datetime


@dataclass(frozen=True)
class Removed:
    """Somebody is taken off the list by a person."""

    subscriber: str
    by: str
    reason: str
    at: dt.datetime


class Subscribers(Keeper):
    """Writes and reads of subscribers."""

    def ask_subscription(self, asked: Asked) -> bool:
        """Note that somebody asks for the digest.

        Args:
            asked: Who asks, by which link it will be confirmed, and when.

        Returns:
            Whether a confirmation is to be sent: not to who gets the digest already, nor twice
            within minutes.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(ask_subscriptions, asked).result()

    def confirm_subscription(self, followed: Followed) -> bool:
        """Confirm an address; whether the link held.

        Args:
            followed: The link, and when it was followed.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(confirm_subscriptions, followed).result()

    def unsubscribe(self, followed: Followed) -> bool:
        """Forget an address by a link in a mail to it; whether there ever was such a link.

        Args:
            followed: The link, and when it was followed.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(unsubscribe, followed).result()

    def remove_subscriber(self, removed: Removed) -> bool:
        """Forget an address; whether it was there.

        Args:
            removed: Whose, by whom, why and when.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(remove_subscribers, removed).result()

    def subscribers(self) -> tuple[Subscriber, ...]:
        """Everybody who asked for the digest and is not forgotten, in that order.

        Raises:
            StoreError: When the database cannot be read.
        """
        confirmed = func.max(subscriber_events.c.at).filter(subscriber_events.c.act == "confirm")
        query = (
            select(
                *subscribers.c["id", "address"],
                subscribers.c.at.label("asked"),
                confirmed.label("confirmed"),
            )
            .join(subscriber_events, subscriber_events.c.subscriber == subscribers.c.id)
            .group_by(*subscribers.c)
            .order_by(subscribers.c.at, subscribers.c.id)
        )
        return tuple(Subscriber.model_validate(row) for row in self._records(query))


def ask_subscriptions(connection: Connection, items: Sequence[Asked]) -> list[bool]:
    """Note who asks for the digest; whether each is to be sent a confirmation."""
    _forget_unconfirmed(connection, max(item.at for item in items))
    return [_ask(connection, item) for item in items]


def confirm_subscriptions(connection: Connection, items: Sequence[Followed]) -> list[bool]:
    """Confirm addresses; whether each link held."""
    return [_confirm(connection, item) for item in items]


def unsubscribe(connection: Connection, items: Sequence[Followed]) -> list[bool]:
    """Forget addresses by links in mails to them; whether each link was known."""
    return [_unsubscribe(connection, item) for item in items]


def remove_subscribers(connection: Connection, items: Sequence[Removed]) -> list[bool]:
    """Forget addresses; whether each was there."""
    return [_forget(connection, item, "remove") for item in items]


def _ask(connection: Connection, item: Asked) -> bool:
    row = {"id": uuid4().hex, "address": item.address, "at": item.at}
    insert_if_free(connection, subscribers, row)
    same = select(subscribers.c.id).where(subscribers.c.address == item.address)
    found: str = connection.execute(same).scalar_one()
    last = (
        select(subscriber_events.c.act, subscriber_events.c.at)
        .where(subscriber_events.c.subscriber == found)
        .order_by(subscriber_events.c.seq.desc())
        .limit(1)
    )
    event = connection.execute(last).first()
    if event is not None and (event.act == "confirm" or not may_ask_again(event.at, item.at)):
        return False
    _note(connection, found, {"act": "ask", "key": item.key, "at": item.at})
    return True


def _confirm(connection: Connection, item: Followed) -> bool:
    asked = (
        select(subscriber_events.c.subscriber, subscriber_events.c.at)
        .join(subscribers, subscribers.c.id == subscriber_events.c.subscriber)
        .where(subscriber_events.c.key == item.key, subscriber_events.c.act == "ask")
    )
    found = connection.execute(asked).first()
    if found is None or not may_confirm(found.at, item.at):
        return False
    confirmed = select(subscriber_events.c.seq).where(
        subscriber_events.c.subscriber == found.subscriber, subscriber_events.c.act == "confirm"
    )
    if connection.execute(confirmed).first() is None:
        _note(connection, found.subscriber, {"act": "confirm", "key": item.key, "at": item.at})
    return True


def _unsubscribe(connection: Connection, item: Followed) -> bool:
    sent = select(digest_sends.c.subscriber).where(digest_sends.c.key == item.key)
    asked = select(subscriber_events.c.subscriber).where(subscriber_events.c.key == item.key)
    found = connection.execute(sent.union(asked)).scalar()
    if found is None:
        return False
    _forget(connection, Removed(found, "link", "", item.at), "unsubscribe")
    return True


def _forget(connection: Connection, item: Removed, act: str) -> bool:
    gone = delete(subscribers).where(subscribers.c.id == item.subscriber)
    if connection.execute(gone).rowcount != 1:
        return False
    row = {"act": act, "key": "", "at": item.at, "by": item.by, "reason": item.reason}
    _note(connection, item.subscriber, row)
    return True


def _forget_unconfirmed(connection: Connection, at: dt.datetime) -> None:
    """Forget addresses that nobody confirmed while their last link held."""
    known = select(subscriber_events.c.subscriber).where(
        (subscriber_events.c.act == "confirm") | (subscriber_events.c.at >= at - CONFIRM_LENGTH)
    )
    old = subscribers.c.at < at - CONFIRM_LENGTH
    connection.execute(delete(subscribers).where(old, subscribers.c.id.not_in(known)))


def _note(connection: Connection, subscriber: str, row: Mapping[str, object]) -> None:
    full = {"by": "link", "reason": "", **row}
    append(connection, subscriber_events, {"subscriber": subscriber}, full)
