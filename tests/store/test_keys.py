"""Keys hold until they are ended, once and by one; failed tries are counted."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import rows
from tests.store import desk_values as d
from tests.store import values as v


@pytest.fixture
def desk(store: Store) -> Store:
    """A store with two accounts."""
    d.user(store)
    d.user(store, "bo")
    return store


def test_a_key_is_found_by_the_digest_of_its_secret(desk: Store) -> None:
    session, token = d.key(), d.key("t", kind="token", name="cms", created=d.at(1))
    desk.add_key(session, d.event("sign-in"))
    desk.add_key(token)
    desk.add_key(d.key("of bo", login="bo"))
    assert desk.key(session.id) == session
    assert desk.key(v.digest("unknown")) is None
    assert desk.keys_of("ana") == (token, session)
    assert [event.act for event in desk.events()].count("sign-in") == 1


def test_a_key_belongs_to_an_account_and_has_a_name_of_its_own(desk: Store) -> None:
    with pytest.raises(StoreError, match="not stored"):
        desk.add_key(d.key(login="nobody"))
    desk.add_key(d.key())
    with pytest.raises(StoreError, match="stored already"):
        desk.add_key(d.key(name="again"))


def test_an_ended_key_stays_to_be_seen(desk: Store, url: str) -> None:
    desk.add_key(d.key())
    end = d.event("sign-out", at=d.at(5))
    assert desk.end_key(d.key().id, "ana", end)
    assert not desk.end_key(d.key().id, "bo", end)
    assert desk.key(d.key().id) == d.key(ended=d.at(5))
    assert rows(url, "SELECT by FROM key_ends") == [("ana",)]
    assert [event.act for event in desk.events()].count("sign-out") == 1
    with pytest.raises(StoreError, match="not stored"):
        desk.end_key(v.digest("unknown"), "ana")


def test_a_link_lets_one_of_many_in(desk: Store) -> None:
    link = d.key("link", kind="link")
    desk.add_key(link)
    with ThreadPoolExecutor(8) as pool:
        ends = [pool.submit(desk.end_key, link.id, f"browser {n}") for n in range(40)]
    assert sum(end.result() for end in ends) == 1


def test_a_link_lets_one_of_two_desks_in(postgres_url: str) -> None:
    with (
        Store.open(postgres_url, write=True) as one,
        Store.open(postgres_url, write=True) as other,
    ):
        d.user(one)
        for name in map(str, range(20)):
            one.add_key(d.key(name))
            tries: list[Callable[[str, str], bool]] = [one.end_key, other.end_key]
            with ThreadPoolExecutor(2) as pool:
                ends = [pool.submit(end, v.digest(name), "ana") for end in tries]
            assert sorted(end.result() for end in ends) == [False, True]


def test_all_keys_of_somebody_end_together(desk: Store) -> None:
    for name in ("one", "two"):
        desk.add_key(d.key(name))
    desk.add_key(d.key("token", kind="token"))
    desk.add_key(d.key("of bo", login="bo"))
    assert desk.end_keys_of("ana", "session", "root", d.event("sign-out")) == 2
    assert [key.kind for key in desk.keys_of("ana") if not key.ended] == ["token"]
    assert desk.end_keys_of("ana", None, "root", d.event("disable")) == 1
    assert desk.end_keys_of("ana", None, "root", d.event("disable")) == 0
    assert [key.ended for key in desk.keys_of("bo")] == [None]
    told = [event.act for event in desk.events()]
    assert (told.count("sign-out"), told.count("disable")) == (1, 1)


def test_failed_tries_are_counted_by_who_and_since_when(store: Store) -> None:
    ana, bo = v.digest("ana"), v.digest("bo")
    begun = dt.datetime.now(dt.UTC)
    for who, ok in ((ana, False), (ana, True), (ana, False), (bo, False)):
        store.note_try(who, ok)
    assert store.failed_tries(ana, begun) == 2
    assert store.failed_tries(bo, begun) == 1
    assert store.failed_tries(ana, begun + dt.timedelta(hours=1)) == 0
    assert store.failed_tries(v.digest("nobody"), begun) == 0
