"""A digest goes to nobody twice, whatever happened to whoever sent it."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.domain.publication.mail import SendOutcome
from panel.store.sends import Send, SendEnd
from panel.store.store import Store
from tests.databases import rows, tamper


@pytest.fixture(autouse=True)
def ana(url: str, store: Store) -> None:
    """Two subscribers of known ids."""
    del store  # opened first, so that the tables are there
    for name in ("ana", "bo"):
        tamper(url, INSERT.format(name))


INSERT = "INSERT INTO subscribers VALUES ('{0}', '{0}@example.org', '2026-05-01T00:00:00.000000Z')"
NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)


def send(key: str = "k", digest: str = "2026-w20", subscriber: str = "ana") -> Send:
    """A try."""
    return Send(digest, subscriber, key, NOON)


@pytest.mark.parametrize(
    ("outcome", "again"), [("sent", False), ("refused", False), ("failed", True)]
)
def test_only_what_surely_did_not_arrive_is_tried_again(
    store: Store, outcome: SendOutcome, again: bool
) -> None:
    assert store.begin_send(send())
    store.end_send(SendEnd("2026-w20", "ana", outcome, NOON))
    assert store.begin_send(send("k2")) is again
    assert store.sends("2026-w20") == {"ana": None if again else outcome}


def test_a_try_without_an_end_is_not_repeated(store: Store) -> None:
    assert store.begin_send(send())
    assert not store.begin_send(send("k2"))
    assert store.sends("2026-w20") == {"ana": None}
    assert store.begin_send(send("k3", "2026-w21"))
    assert store.begin_send(send("k4", subscriber="bo"))
    assert store.sends("2026-w22") == {}


def test_of_many_senders_at_once_one_sends(store: Store, url: str) -> None:
    tries = [send(f"k{number}") for number in range(40)]
    with ThreadPoolExecutor(8) as threads:
        assert sum(threads.map(store.begin_send, tries)) == 1
    assert len(rows(url, "SELECT * FROM digest_sends")) == 1


def test_each_try_has_its_own_end(store: Store, url: str) -> None:
    store.begin_send(send())
    store.end_send(SendEnd("2026-w20", "ana", "failed", NOON))
    store.begin_send(send("k2"))
    store.end_send(SendEnd("2026-w20", "ana", "sent", NOON))
    store.end_send(SendEnd("2026-w20", "ana", "failed", NOON))
    found = rows(url, "SELECT seq, outcome FROM digest_send_ends ORDER BY seq")
    assert found == [(1, "failed"), (2, "sent")]


def test_nothing_is_sent_to_whoever_has_left(store: Store, url: str) -> None:
    assert not store.begin_send(send(subscriber="cy"))
    assert rows(url, "SELECT * FROM digest_sends") == []
