"""Runs and results: what is written stays, the last try stands."""

import asyncio
import datetime as dt
from collections.abc import Callable

import pytest

from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.domain.value import canonical_json, digest_of
from panel.errors import StoreError, TamperError
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v


def test_an_event_is_appended_for_each_state(store: Store, url: str) -> None:
    run = v.stored_run(store)
    store.note_run(run.id, "stopped", "the key was refused")
    store.note_run(run.id, "running")
    store.note_run(run.id, "finished")
    found = rows(url, "SELECT seq, state, note FROM run_events ORDER BY seq")
    assert found == [
        (1, "running", ""),
        (2, "stopped", "the key was refused"),
        (3, "running", ""),
        (4, "finished", ""),
    ]
    assert store.run(run.id).state == "finished"


def test_a_run_id_is_used_once(store: Store) -> None:
    run = v.stored_run(store)
    with pytest.raises(StoreError, match="stored already"):
        store.create_run(run, [])
    assert store.run(run.id) == run


ACTIONS: dict[str, Callable[[Store, Run], object]] = {
    "note": lambda store, run: store.note_run(run.id, "finished"),
    "review": lambda store, run: v.keep(store, run, v.review()),
    "attempt": lambda store, run: v.waiting(lambda: v.begin(store, run, v.exchange())),
    "card": lambda store, run: v.keep_card(store, v.card(run)),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_rows_of_an_unknown_run_are_refused(store: Store, action: str) -> None:
    with pytest.raises(StoreError, match="not stored"):
        ACTIONS[action](store, v.run())


def test_documents_may_be_added_twice(store: Store, url: str) -> None:
    one, two = v.document("one"), v.document("two")
    store.add_documents([one, two, one])
    store.add_documents([two])
    asyncio.run(store.keep_documents([one, two]))
    assert rows(url, "SELECT count(*) FROM documents") == [(2,)]
    assert store.document(one.digest) == one


def test_a_document_under_a_wrong_name_is_refused(store: Store) -> None:
    wrong = v.document("one").model_copy(update={"body": "something else"})
    with pytest.raises(TamperError, match=wrong.digest):
        store.add_documents([wrong])
    with pytest.raises(TamperError, match=wrong.digest):
        asyncio.run(store.keep_documents([wrong]))
    with pytest.raises(TamperError):
        store.create_run(v.run(), [wrong])


def test_the_first_review_stands(store: Store, url: str) -> None:
    run = v.stored_run(store)
    first = v.review(flags=(v.LENGTHY, v.WHOLE))
    second = v.review(verdict=v.verdict("Another answer to the same question."), flags=(v.WHOLE,))
    assert v.keep(store, run, first) == [first]
    assert v.keep(store, run, second) == [first]
    assert v.keep(store, run, first) == [first]
    assert store.reviews(run.id) == (first,)
    assert rows(url, "SELECT nth, kind, text FROM flags ORDER BY nth") == [
        (0, "length", "Four"),
        (1, "one-sided", None),
    ]


def test_two_reviews_of_one_key_in_one_batch(store: Store) -> None:
    run = v.stored_run(store)
    rivals = [v.review(verdict=v.verdict(f"Answer {at} to the question.")) for at in range(20)]
    standing = v.keep(store, run, *rivals)
    assert len(set(standing)) == 1
    assert store.reviews(run.id) == (standing[0],)


def test_equal_reviews_of_two_runs_do_not_touch_each_other(store: Store) -> None:
    one, two = v.stored_run(store, 1), v.stored_run(store, 2)
    first, second = v.review(), v.review(verdict=v.verdict("Said in the other run."))
    assert v.keep(store, one, first) == [first]
    assert v.keep(store, two, second) == [second]
    assert store.reviews(one.id) == (first,)


def test_stored_digests_are_those_of_the_values(store: Store, url: str) -> None:
    run = v.stored_run(store)
    review, card = v.review(), v.card(run)
    v.keep(store, run, review)
    v.keep_card(store, card)
    assert rows(url, "SELECT digest, body FROM reviews") == [
        (review.digest, canonical_json(review))
    ]
    assert rows(url, "SELECT digest FROM scorecards") == [(card.digest,)]
    assert rows(url, "SELECT digest FROM runs") == [(digest_of("run", run),)]


def test_the_last_scorecard_stands_and_the_others_are_kept(store: Store, url: str) -> None:
    run = v.stored_run(store)
    first, second = v.card(run), v.card(run, warnings=3)
    for card in (first, first, second, second, first):
        assert v.keep_card(store, card) == card
        assert store.scorecards(run.id) == (card,)
    found = rows(url, "SELECT nth, digest FROM scorecards ORDER BY nth")
    assert found == [(1, first.digest), (2, second.digest), (3, first.digest)]


def test_scorecards_of_one_dossier_in_one_batch_are_kept_in_order(store: Store) -> None:
    run = v.stored_run(store)
    cards = [v.card(run, warnings=n) for n in range(5)]

    async def together() -> list[Scorecard]:
        return await asyncio.gather(*map(store.keep_scorecard, cards))

    assert asyncio.run(together()) == cards
    assert store.scorecard(run.id, "zeta") == cards[-1]


def test_a_failure_stands_until_it_is_asked_again(store: Store, url: str) -> None:
    run = v.stored_run(store)
    failed = v.review(failure=v.TIMEOUT)
    again = v.review(failure=v.TIMEOUT, nth=2)
    answered, late = v.review(nth=3, flags=(v.WHOLE,)), v.review(failure=v.TIMEOUT, nth=4)
    assert v.keep(store, run, failed) == [failed]
    assert v.keep(store, run, v.review(nth=3)) == [failed]
    assert v.keep(store, run, again) == [again]
    assert v.keep(store, run, failed) == [again]
    assert v.keep(store, run, answered) == [answered]
    assert v.keep(store, run, late) == [answered]
    assert store.reviews(run.id) == (answered,)
    found = rows(url, "SELECT nth, failure FROM reviews ORDER BY nth")
    assert found == [(1, "timeout"), (2, "timeout"), (3, None)]
    assert rows(url, "SELECT review_nth, kind FROM flags") == [(3, "one-sided")]


def test_several_tries_of_one_review_in_one_batch(store: Store) -> None:
    run = v.stored_run(store)
    tries = [v.review(failure=v.TIMEOUT), v.review(failure=v.TIMEOUT, nth=2), v.review(nth=3)]
    assert v.keep(store, run, *tries)[-1] == tries[2]
    assert store.reviews(run.id) == (tries[2],)


def test_a_review_never_asked_cannot_be_asked_again(store: Store) -> None:
    run = v.stored_run(store)
    with pytest.raises(StoreError, match="cannot be asked again"):
        v.keep(store, run, v.review(nth=2))


def test_a_time_without_zone_is_refused(store: Store) -> None:
    run = v.stored_run(store)
    naive = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001
    with pytest.raises(StoreError, match="time zone"):
        v.waiting(lambda: store.keep_review(run.id, v.review(), started=naive, seconds=1))
    assert store.reviews(run.id) == ()
