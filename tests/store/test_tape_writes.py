"""Calls: noted before they are made, answered once."""

import asyncio

import pytest

from panel.domain.exchange import Charge
from panel.errors import StoreError
from panel.store.store import Store
from tests.store import values as v


def test_the_first_answer_of_an_attempt_stands(store: Store) -> None:
    run = v.stored_run(store)
    reply = v.exchange()
    attempt = v.call(store, run, reply)
    v.end(store, run, attempt, v.exchange(status=500))
    assert store.tries(run.id, reply.key) == (reply,)


def test_an_answer_needs_its_attempt(store: Store) -> None:
    run = v.stored_run(store)
    with pytest.raises(StoreError, match="not stored"):
        v.end(store, run, "never-begun", v.exchange())


def test_an_answer_is_stored_though_its_caller_was_cancelled(store: Store) -> None:
    run = v.stored_run(store)
    reply = v.exchange()

    async def cancelled() -> None:
        attempt = await v.begin(store, run, reply)
        assert attempt is not None
        ending = store.end_attempt(run.id, attempt, reply, Charge())
        task = asyncio.create_task(ending)
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    store.note_run(run.id, "stopped")  # waits its turn behind the answer
    assert store.answered(run.id, reply.key) == reply


@pytest.mark.parametrize("text", ["", "nul \x00 inside", "half \ud800 a pair", "escape \x10 0000"])
def test_any_answer_can_be_stored(store: Store, text: str) -> None:
    run = v.stored_run(store)
    reply = v.exchange(response=text, content_type=text)
    v.call(store, run, reply)
    assert store.answered(run.id, reply.key) == reply
