"""Nobody gets mail who did not confirm it, and nobody is kept who does not want it."""

import datetime as dt

from panel.domain.publication.mail import ASK_PAUSE, CONFIRM_LENGTH
from panel.store.sends import Send
from panel.store.store import Store
from panel.store.subscribers import Asked, Followed, Removed
from tests.databases import rows

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)
ANA = "ana@example.org"


def ask(
    store: Store, address: str = ANA, key: str = "k1", after: dt.timedelta | None = None
) -> bool:
    """Somebody asks for the digest."""
    return store.ask_subscription(Asked(address, key, NOON + (after or dt.timedelta())))


def confirm(store: Store, key: str = "k1", after: dt.timedelta | None = None) -> bool:
    """Somebody follows the link in a confirmation."""
    return store.confirm_subscription(Followed(key, NOON + (after or dt.timedelta())))


def test_a_subscriber_confirms_once(store: Store, url: str) -> None:
    assert ask(store)
    (asked,) = store.subscribers()
    assert (asked.address, asked.asked, asked.confirmed) == (ANA, NOON, None)
    assert confirm(store)
    assert confirm(store, after=dt.timedelta(hours=1))
    (confirmed,) = store.subscribers()
    assert confirmed.confirmed == NOON
    assert rows(url, "SELECT act FROM subscriber_events ORDER BY seq") == [("ask",), ("confirm",)]


def test_a_link_that_nobody_was_sent_confirms_nothing(store: Store) -> None:
    ask(store)
    assert not confirm(store, "another")
    assert not confirm(store, "")
    assert not confirm(store, after=CONFIRM_LENGTH + dt.timedelta(seconds=1))
    assert [one.confirmed for one in store.subscribers()] == [None]


def test_an_address_is_not_flooded_with_confirmations(store: Store) -> None:
    assert ask(store)
    assert not ask(store, key="k2")
    assert not confirm(store, "k2")
    assert ask(store, key="k3", after=ASK_PAUSE)
    assert confirm(store, "k3", after=ASK_PAUSE)
    assert not ask(store, key="k4", after=dt.timedelta(days=1))
    assert len(store.subscribers()) == 1


def test_an_address_that_nobody_confirmed_is_forgotten(store: Store, url: str) -> None:
    ask(store)
    ask(store, "bo@example.org", "k2")
    confirm(store, "k2")
    late = CONFIRM_LENGTH + dt.timedelta(seconds=1)
    assert ask(store, "cy@example.org", "k3", after=late)
    assert [one.address for one in store.subscribers()] == ["bo@example.org", "cy@example.org"]
    assert ANA not in str(rows(url, "SELECT * FROM subscribers, subscriber_events"))


def test_whoever_unsubscribes_is_forgotten(store: Store, url: str) -> None:
    ask(store)
    confirm(store)
    (ana,) = store.subscribers()
    store.begin_send(Send("2026-w20", ana.id, "s1", NOON))
    assert not store.unsubscribe(Followed("s2", NOON))
    assert store.unsubscribe(Followed("s1", NOON))
    assert store.unsubscribe(Followed("s1", NOON)), "a second click is told the same"
    assert store.subscribers() == ()
    acts = rows(url, "SELECT act FROM subscriber_events ORDER BY seq")
    assert acts == [("ask",), ("confirm",), ("unsubscribe",)]
    assert not confirm(store)
    assert ask(store, key="k2")
    assert confirm(store, "k2")
    assert store.unsubscribe(Followed("s1", NOON))
    assert len(store.subscribers()) == 1, "an old link is not about a new subscription"


def test_a_confirmation_can_be_refused_by_its_own_link(store: Store) -> None:
    ask(store)
    assert store.unsubscribe(Followed("k1", NOON))
    assert store.subscribers() == ()


def test_an_editor_can_remove_somebody(store: Store, url: str) -> None:
    ask(store)
    (ana,) = store.subscribers()
    removed = Removed(ana.id, "ana", "asked by letter", NOON)
    assert store.remove_subscriber(removed)
    assert not store.remove_subscriber(removed)
    assert store.subscribers() == ()
    found = rows(url, "SELECT act, by, reason FROM subscriber_events ORDER BY seq DESC LIMIT 1")
    assert found == [("remove", "ana", "asked by letter")]
