"""The store through its own door: what is written stays, the first answer stands."""

import asyncio
import datetime as dt
from collections.abc import Callable

import pytest

from panel.domain.run import Run
from panel.domain.value import canonical_json, digest_of
from panel.errors import StoreError, TamperError
from panel.store.store import Store
from tests.store import values as v


def test_an_event_is_appended_for_each_state(store: Store, url: str) -> None:
    run = v.stored_run(store)
    store.note_run(run.id, "stopped", "the key was refused")
    store.note_run(run.id, "running")
    store.note_run(run.id, "finished")
    found = v.rows(url, "SELECT seq, state, note FROM run_events ORDER BY seq")
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
    "card": lambda store, run: store.keep_scorecard(v.card(run)),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_rows_of_an_unknown_run_are_refused(store: Store, action: str) -> None:
    with pytest.raises(StoreError, match="not stored"):
        ACTIONS[action](store, v.run())


def test_documents_may_be_added_twice(store: Store, url: str) -> None:
    one, two = v.document("one"), v.document("two")
    store.add_documents([one, two, one])
    store.add_documents([two])
    assert v.rows(url, "SELECT count(*) FROM documents") == [(2,)]
    assert store.document(one.digest) == one


def test_a_document_under_a_wrong_name_is_refused(store: Store) -> None:
    wrong = v.document("one").model_copy(update={"body": "something else"})
    with pytest.raises(TamperError, match=wrong.digest):
        store.add_documents([wrong])
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
    assert v.rows(url, "SELECT nth, kind, text FROM flags ORDER BY nth") == [
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
    store.keep_scorecard(card)
    assert v.rows(url, "SELECT digest, body FROM reviews") == [
        (review.digest, canonical_json(review))
    ]
    assert v.rows(url, "SELECT digest FROM scorecards") == [(card.digest,)]
    assert v.rows(url, "SELECT digest FROM runs") == [(digest_of("run", run),)]


def test_the_first_scorecard_stands(store: Store) -> None:
    run = v.stored_run(store)
    first, second = v.card(run), v.card(run, warnings=3)
    assert store.keep_scorecard(first) == first
    assert store.keep_scorecard(second) == first
    assert store.scorecards(run.id) == (first,)


def test_an_attempt_is_answered_once(store: Store) -> None:
    run = v.stored_run(store)
    reply = v.exchange()
    attempt = v.call(store, run, reply)
    with pytest.raises(StoreError, match="stored already"):
        v.waiting(lambda: store.end_attempt(run.id, attempt, reply))


def test_an_answer_needs_its_attempt(store: Store) -> None:
    run = v.stored_run(store)
    with pytest.raises(StoreError, match="not stored"):
        v.waiting(lambda: store.end_attempt(run.id, "never-begun", v.exchange()))


def test_an_answer_is_stored_though_its_caller_was_cancelled(store: Store) -> None:
    run = v.stored_run(store)
    reply = v.exchange()

    async def cancelled() -> None:
        attempt = await v.begin(store, run, reply)
        task = asyncio.create_task(store.end_attempt(run.id, attempt, reply))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    store.note_run(run.id, "stopped")  # waits its turn behind the answer
    assert store.answered(run.id, reply.key) == reply


def test_a_time_without_zone_is_refused(store: Store) -> None:
    run = v.stored_run(store)
    naive = dt.datetime(2026, 11, 21, 12, 0)  # noqa: DTZ001
    with pytest.raises(StoreError, match="time zone"):
        v.waiting(lambda: store.keep_review(run.id, v.review(), started=naive, seconds=1))
    assert store.reviews(run.id) == ()


def test_a_closed_store_refuses_writes(url: str) -> None:
    store = Store.open(url, write=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.add_documents([v.document("late")])


def test_a_store_opened_for_reading_refuses_writes(store: Store, url: str) -> None:
    run = v.stored_run(store)
    with Store.open(url, write=False) as reading:
        assert reading.run(run.id) == run
        for write in (
            lambda: reading.add_documents([]),
            lambda: reading.note_run(run.id, "finished"),
            lambda: reading.claim_run(run.id),
        ):
            with pytest.raises(StoreError, match="opened for reading"):
                write()


def test_readers_see_what_was_written_at_once(store: Store, url: str) -> None:
    run = v.stored_run(store)
    with Store.open(url, write=False) as reading:
        for sample in (1, 2):
            v.keep(store, run, v.review(sample=sample))
            assert len(reading.reviews(run.id)) == sample


@pytest.mark.parametrize("text", ["", "nul \x00 inside", "half \ud800 a pair", "escape \x10 0000"])
def test_any_answer_can_be_stored(store: Store, text: str) -> None:
    run = v.stored_run(store)
    reply = v.exchange(response=text, content_type=text)
    v.call(store, run, reply)
    assert store.answered(run.id, reply.key) == reply


def test_health_of_a_new_database(store: Store) -> None:
    found = {check.name: check for check in store.health()}
    assert found["migrations"].standing == "ok"
    assert not [check for check in found.values() if check.standing == "error"]
