"""The tape: the first success stands, the last word is known, an unanswered call is visible."""

import asyncio

import pytest

from panel.domain.value import digest_of
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v


def test_a_call_never_made_has_no_answer(store: Store) -> None:
    run = v.stored_run(store)
    assert store.answered(run.id, v.digest("key")) is None
    assert store.recorded(run.id, v.digest("key")) is None


def test_the_first_success_stands_and_the_last_word_is_known(store: Store) -> None:
    run = v.stored_run(store)
    replies = [
        v.exchange(status=503, response="busy"),
        v.exchange(status=None, fault="timeout"),
        v.exchange(status=201, response="first", content_type="application/json"),
        v.exchange(status=200, response="second", tier="batch"),
        v.exchange(status=429, response="slow down"),
    ]
    for reply in replies:
        v.call(store, run, reply)
    assert store.answered(run.id, replies[0].key) == replies[2]
    assert store.recorded(run.id, replies[0].key) == replies[4]
    assert store.tries(run.id, replies[0].key) == tuple(replies)


@pytest.mark.parametrize("status", [None, 199, 300, 404, 500])
def test_only_a_success_answers(store: Store, status: int | None) -> None:
    run = v.stored_run(store)
    reply = v.exchange(status=status, fault=None if status else "dropped")
    v.call(store, run, reply)
    assert store.answered(run.id, reply.key) is None
    assert store.recorded(run.id, reply.key) == reply


def test_runs_do_not_share_answers(store: Store) -> None:
    one, two = v.stored_run(store, 1), v.stored_run(store, 2)
    reply = v.exchange()
    v.call(store, one, reply)
    assert store.answered(two.id, reply.key) is None


def test_a_request_is_stored_once(store: Store, url: str) -> None:
    run = v.stored_run(store)
    for _ in range(3):
        v.call(store, run, v.exchange())
    assert rows(url, "SELECT count(*) FROM requests") == [(1,)]
    assert rows(url, "SELECT count(*) FROM attempts") == [(3,)]


def test_unanswered_attempts_are_listed_oldest_first(store: Store) -> None:
    run = v.stored_run(store)
    v.call(store, run, v.exchange('{"n":1}'))
    v.call(store, run, v.exchange('{"n":2}', status=500))

    async def abandon() -> list[str | None]:
        calls = [v.exchange(f'{{"n":{n}}}') for n in (3, 4)]
        return [await v.begin(store, run, c, review=v.digest("review")) for c in calls]

    lost = asyncio.run(abandon())
    found = store.attempts(run.id)
    assert (found.begun, found.answered, found.succeeded) == (4, 2, 1)
    assert [attempt.id for attempt in found.unanswered] == lost
    assert found.unanswered[0].review_key == digest_of("test", "review")
    assert found.unanswered[0].path == "/v1/chat/completions"
    assert found.unanswered[0].begun.tzinfo is not None


def test_a_run_without_calls(store: Store) -> None:
    found = store.attempts(v.stored_run(store).id)
    assert (found.begun, found.answered, found.succeeded, found.unanswered) == (0, 0, 0, ())
