"""One visitor is one vote; crowds are held back, and an editor's word about them is the last."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.domain.publication.votes import (
    BURST_VISITORS,
    HELD_BURST,
    HELD_NETWORK,
    NETWORK_VISITORS,
    RULES,
    Ruling,
    Tally,
    Vote,
)
from panel.domain.value import digest_of
from panel.domain.verdict import Call
from panel.errors import StoreError
from panel.store.store import Store
from panel.store.votes import VoteRuling
from tests.databases import rows
from tests.editing.full import FULL

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)
SLUG = "some-model"


def vote(
    visitor: object,
    call: Call = "ship",
    *,
    network: object = None,
    minutes: float = 0,
    slug: str = SLUG,
) -> Vote:
    """A vote; from a network of its own unless told."""
    return Vote(
        slug=slug,
        visitor=digest_of("visitor", str(visitor)),
        network=digest_of("network", str(network or visitor)),
        call=call,
        at=NOON + dt.timedelta(minutes=minutes),
    )


def public(store: Store, count: int = 40, ships: int = 30) -> Tally:
    """Votes of a calm day, an hour apart."""
    for number in range(count):
        call: Call = "ship" if number < ships else "skip"
        store.cast_vote(vote(f"calm {number}", call, minutes=60 * number))
    return store.tallies()[SLUG]


def rule(store: Store, visitor: object, act: Ruling, reason: str = "looked at it") -> None:
    """Rule on a vote, as an editor does."""
    store.rule_on_votes(
        [VoteRuling(slug=SLUG, visitor=vote(visitor).visitor, act=act, by="ana", reason=reason)]
    )


def test_two_hundred_votes_of_one_visitor_are_one_row(store: Store, url: str) -> None:
    with ThreadPoolExecutor(20) as threads:
        found = list(threads.map(store.cast_vote, [vote("ana")] * 200))
    assert sum(found) == 1
    assert len(rows(url, "SELECT * FROM votes")) == 1
    assert store.tallies() == {SLUG: Tally(ships=1, as_of=NOON)}


def test_visitors_may_change_their_mind(store: Store, url: str) -> None:
    assert store.cast_vote(vote("ana"))
    assert store.cast_vote(vote("ana", "skip", minutes=1))
    assert not store.cast_vote(vote("ana", "skip", minutes=2))
    assert store.cast_vote(vote("bo", minutes=3))
    later = NOON + dt.timedelta(minutes=3)
    assert store.tallies(SLUG)[SLUG] == Tally(ships=1, skips=1, as_of=later)
    assert store.tallies("another") == {}
    found = store.vote_of(SLUG, vote("ana").visitor)
    assert found
    assert (found.call, found.seq, found.state) == ("skip", 2, "counted")
    assert store.vote_of(SLUG, "0" * 64) is None
    assert [row[0] for row in rows(url, "SELECT seq FROM votes ORDER BY at")] == [1, 2, 1]


CROWD = 10_000 if FULL else 2_000


def test_thousands_of_votes_from_one_network_move_nothing(sqlite_url: str) -> None:
    with Store.open(sqlite_url, write=True) as store:
        before = public(store)
        crowd = [vote(f"bot {n}", "skip", network="farm", minutes=n / 100) for n in range(CROWD)]
        with ThreadPoolExecutor(64) as hands:
            assert all(hands.map(store.cast_vote, crowd))
        assert store.tallies()[SLUG] == before
        held = [one for one in store.votes() if one.state == "held"]
        assert len(held) == CROWD
        assert {(one.ruled_by, one.reason) for one in held} == {(RULES, HELD_NETWORK)}


def test_a_crowd_holds_back_those_who_came_before_it_was_one(store: Store) -> None:
    for number in range(NETWORK_VISITORS):
        store.cast_vote(vote(number, network="office"))
    assert store.tallies()[SLUG].ships == NETWORK_VISITORS
    store.cast_vote(vote("one more", network="office"))
    assert store.tallies() == {}
    store.cast_vote(vote("elsewhere", slug="another", network="office"))
    assert store.tallies()["another"].ships == 1


def test_many_newcomers_within_minutes_are_held_back(store: Store) -> None:
    before = public(store)
    start = 60 * 1000
    for number in range(BURST_VISITORS + 20):
        store.cast_vote(vote(f"bot {number}", "skip", minutes=start + number / 100))
    assert store.tallies()[SLUG] == before
    held = [one for one in store.votes() if one.state == "held"]
    assert {one.reason for one in held} == {HELD_BURST}
    store.cast_vote(vote("the day after", "skip", minutes=start + 60 * 24))
    assert store.tallies()[SLUG].skips == before.skips + 1


def test_a_flood_from_one_network_does_not_hold_others_back(store: Store) -> None:
    for number in range(BURST_VISITORS * 2):
        store.cast_vote(vote(f"bot {number}", network="farm", minutes=number / 100))
    store.cast_vote(vote("ana", minutes=1))
    assert store.tallies()[SLUG].n == 1


def test_what_an_editor_released_stays_released(store: Store) -> None:
    visitors = [*range(NETWORK_VISITORS), "sixth"]
    for visitor in visitors:
        store.cast_vote(vote(visitor, network="office"))
    for visitor in visitors:
        rule(store, visitor, "release", "a newsroom")
    assert store.tallies()[SLUG].ships == len(visitors)
    store.cast_vote(vote("seventh", network="office", minutes=1))
    assert store.tallies()[SLUG].ships == len(visitors)
    held = [one for one in store.votes(SLUG) if one.state == "held"]
    assert [one.visitor for one in held] == [vote("seventh").visitor]


def test_a_removed_vote_stays_removed_whatever_the_visitor_says_later(store: Store) -> None:
    store.cast_vote(vote("ana"))
    rule(store, "ana", "remove", "paid for")
    store.cast_vote(vote("ana", "skip", minutes=5))
    assert store.tallies() == {}
    (found,) = store.votes()
    assert (found.state, found.ruled_by, found.reason) == ("removed", "ana", "paid for")
    rule(store, "ana", "release", "was a mistake")
    assert store.tallies()[SLUG].skips == 1


def test_the_salt_of_a_day_is_gone_the_day_after(store: Store, url: str) -> None:
    day = NOON.date()
    salt = store.take_salt(day)
    assert store.take_salt(day) == salt
    assert len(salt) == 64
    tomorrow = store.take_salt(day + dt.timedelta(days=1))
    assert tomorrow != salt
    assert rows(url, "SELECT salt FROM salts") == [(tomorrow,)]


def test_a_secret_is_made_once(store: Store) -> None:
    secret = store.take_secret("cookies")
    assert store.take_secret("cookies") == secret
    assert store.take_secret("other") != secret


def test_a_store_for_reading_takes_no_vote(store: Store, url: str) -> None:
    with Store.open(url, write=False) as reader, pytest.raises(StoreError, match="for reading"):
        reader.cast_vote(vote("ana"))
