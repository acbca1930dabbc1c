"""The tape keeps every call before anyone parses it, and plays it back with the network off."""

import asyncio
from typing import Any

import pytest

from panel.domain.review import Review
from panel.errors import TapeMissError
from panel.judging.tape import Mode
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from tests.judging.conftest import RUN, judge_at, question_for


def reviewed(store: Store, server: FakeOpenAI, mode: Mode, **options: Any) -> Review:
    async def work() -> Review:
        async with judge_at(store, mode=mode, **options) as (judge, _):
            return await judge.review(question_for(server))

    return asyncio.run(work())


FAULTS = [
    Reply(),
    Reply.no_usage(),
    Reply.refusal(),
    Reply.truncated(),
    Reply.text("Ship it!"),
    Reply.html(),
    Reply.broken_json(),
    Reply.empty_choices(),
    Reply.status(400),
    Reply.status(429, retry_after="0"),
    Reply.status(500),
    Reply.drop(),
    Reply.cut(),
]


@pytest.mark.parametrize("reply", FAULTS, ids=range(len(FAULTS)))
def test_a_replay_gives_the_same_review_without_a_call(store: Store, reply: Reply) -> None:
    with FakeOpenAI(reply) as server:
        first = reviewed(store, server, "record", max_retries=1)
        made = server.count
        again = reviewed(store, server, "replay")
        assert server.count == made
    assert again == first


def test_a_time_out_is_replayed_as_a_time_out(store: Store) -> None:
    with FakeOpenAI(Reply.slow(30)) as server:
        first = reviewed(store, server, "record", seconds=3)
        assert reviewed(store, server, "replay") == first
    assert first.failure is not None
    assert first.failure.kind == "timeout"


def test_a_time_out_between_two_tries_is_replayed_too(store: Store) -> None:
    with FakeOpenAI(Reply.status(500, retry_after="20")) as server:
        first = reviewed(store, server, "record", seconds=3, max_retries=2)
        assert reviewed(store, server, "replay") == first
        assert server.count == 1
    assert first.failure is not None
    assert first.failure.kind == "timeout"


def test_a_miss_in_a_replay_is_an_error_that_names_the_exchange(store: Store) -> None:
    with FakeOpenAI() as server, pytest.raises(TapeMissError, match=r"exchange [0-9a-f]{64}"):
        reviewed(store, server, "replay")
    assert server.count == 0


def test_a_resume_asks_only_what_has_no_answer(store: Store) -> None:
    with FakeOpenAI() as server:
        first = reviewed(store, server, "record")
        assert reviewed(store, server, "resume") == first
        assert server.count == 1


def test_a_resume_asks_again_after_a_failed_call(store: Store) -> None:
    with FakeOpenAI([Reply.status(500), Reply()]) as server:
        assert reviewed(store, server, "record").failure is not None
        assert reviewed(store, server, "resume").verdict is not None
        assert server.count == 2


def test_every_attempt_is_on_the_tape(store: Store) -> None:
    with FakeOpenAI([Reply.status(500), Reply.drop(), Reply()]) as server:
        review = reviewed(store, server, "record", max_retries=2)
    calls = store.attempts(RUN.id)
    assert calls.begun == 3
    assert not calls.unanswered
    exchange = store.answered(RUN.id, review.exchanges[0])
    assert exchange is not None
    assert exchange.status == 200
    assert exchange.seconds > 0
