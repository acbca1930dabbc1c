"""What many calls share at an endpoint that refuses: exact tries, obeyed waits, and an end."""

import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest

from panel.domain.review import Review
from panel.errors import DrainError, EndpointError, ShipskipError
from panel.judging.judges import Limits
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply, Script, grounded_answer
from tests.judging.floor import Waiter, all_of, judging, questions_of, run_at

Ended = tuple[list[Review], ShipskipError | None]


def asked(
    store: Store,
    server: FakeOpenAI,
    count: int,
    limits: Limits | None = None,
    **changes: Any,
) -> Ended:
    """What so many questions come to, one after the other unless there are more workers."""
    workers = changes.pop("workers", 1)
    run = run_at(server, **changes)

    async def work() -> Ended:
        async with judging(store, run, limits=limits) as judge:
            return await all_of(judge, questions_of(run, count), workers)

    return asyncio.run(work())


def kinds(reviews: list[Review]) -> set[str | None]:
    return {review.failure and review.failure.kind for review in reviews}


@pytest.mark.parametrize("retries", [0, 1, 2])
@pytest.mark.parametrize("after", ["0.1", "0", None])
def test_always_429_is_tried_exactly_as_often_as_ordered(
    store: Store, retries: int, after: str | None
) -> None:
    with FakeOpenAI(Reply.status(429, retry_after=after)) as server:
        reviews, error = asked(store, server, 8, workers=8, max_retries=retries)
        assert server.count == 8 * (1 + retries)
    assert error is None
    assert kinds(reviews) == {"rate-limited"}
    assert store.ledger(run_at(server).id).calls == 8 * (1 + retries)


@pytest.mark.parametrize(
    "reply", [Reply.status(500), Reply.status(503), Reply.drop()], ids=["500", "503", "dropped"]
)
def test_always_failing_is_tried_exactly_as_often_as_ordered(store: Store, reply: Reply) -> None:
    with FakeOpenAI(reply) as server:
        reviews, _ = asked(store, server, 8, workers=8, max_retries=1)
        assert server.count == 16
    assert len(reviews) == 8


@pytest.mark.parametrize("after", [30.0, 600.0])
def test_no_call_is_made_before_the_retry_after(store: Store, after: float) -> None:
    waiter = Waiter()
    with FakeOpenAI(Reply.status(429, retry_after=str(after))) as server:
        reviews, _ = asked(store, server, 2, waiter.limits, max_retries=2, timeout=60)
        assert server.count == 6
    assert kinds(reviews) == {"rate-limited"}
    assert waiter.waits == [after] * 5, "two retries, the other seat's turn, its two retries"


def test_a_retry_after_may_be_a_date(store: Store) -> None:
    waiter = Waiter()
    date = format_datetime(datetime.now(UTC) + timedelta(seconds=900), usegmt=True)
    with FakeOpenAI([Reply.status(503, retry_after=date), Reply()]) as server:
        reviews, _ = asked(store, server, 1, waiter.limits, max_retries=1)
    assert kinds(reviews) == {None}
    assert 0 < waiter.waits[0] <= 900


def test_a_retry_after_beyond_an_hour_ends_the_run(store: Store) -> None:
    with FakeOpenAI(Reply.status(429, retry_after="18000")) as server:
        reviews, error = asked(store, server, 3, max_retries=2)
        assert server.count == 1
    assert not reviews
    assert isinstance(error, EndpointError)
    assert "5.0 hours" in str(error)


def test_an_endpoint_that_is_down_ends_the_run(store: Store) -> None:
    with FakeOpenAI(Reply.status(500)) as server:
        reviews, error = asked(store, server, 100, workers=4, concurrency=4, max_retries=0)
        assert server.count < 30
    assert isinstance(error, EndpointError)
    assert server.base_url in str(error)
    assert len(reviews) >= 19, "those that failed before are kept"
    assert kinds(reviews) == {"server-error"}


def test_the_rate_is_kept_over_all_calls_retries_included(store: Store) -> None:
    waiter = Waiter()
    script: Script = [Reply.status(500), Reply(), Reply(), Reply()]
    with FakeOpenAI(script) as server:
        reviews, _ = asked(store, server, 3, waiter.limits, max_retries=1, rate=30)
        assert server.count == 4
    assert kinds(reviews) == {None}
    assert waiter.waits == [2.0, 2.0, 2.0]


def test_tokens_are_booked_as_they_were_counted(store: Store) -> None:
    waiter = Waiter()
    with FakeOpenAI() as server:
        asked(store, server, 2, waiter.limits, token_rate=60)
        sent, received, _ = server.billed_tokens
    assert waiter.waits == [pytest.approx((sent + received) / 2, abs=2)]


def test_a_wait_for_a_turn_is_not_the_seat_s_time(store: Store) -> None:
    class Slow(Waiter):
        async def sleep(self, seconds: float) -> None:
            await super().sleep(seconds)
            await asyncio.sleep(3)

    slow = Slow()
    script = [Reply.status(429, retry_after="40"), Reply()]
    with FakeOpenAI(script) as server:
        reviews, _ = asked(store, server, 1, slow.limits, max_retries=1, timeout=2.5)
    assert slow.waits == [40.0]
    assert kinds(reviews) == {None}


def test_a_stop_ends_the_wait_and_what_was_answered_is_not_asked_again(store: Store) -> None:
    class Stopped(Waiter):
        """Somebody stops the run while a mend waits for its turn."""

        async def sleep(self, seconds: float) -> None:
            self.pull()
            self.check()

    uncited = Reply.text("no json at all")
    script: Script = [uncited, Reply.status(429, retry_after="60"), grounded_answer]
    with FakeOpenAI(script) as server:
        reviews, error = asked(store, server, 1, Stopped().limits, max_retries=1)
        assert not reviews
        assert isinstance(error, DrainError)
        run = run_at(server)

        async def resumed() -> Review:
            async with judging(store, run, "resume") as judge:
                return await judge.review(questions_of(run, 1)[0])

        review = asyncio.run(resumed())
        assert server.count == 3
    assert review.verdict is not None
    assert review.usage.calls == 2
