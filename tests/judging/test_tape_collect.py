"""Collecting: what has no answer yet is handed over, and what a batch brings is used as if live."""

import asyncio
from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx2
import pytest

from panel.domain.exchange import Call, Exchange
from panel.domain.review import Review
from panel.errors import PendingError, SpendingError
from panel.judging.charges import charge_of
from panel.judging.judges import Limits
from panel.judging.tape import Mode
from panel.store.document import Document
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply, Script, grounded_answer
from tests.judging.floor import judging, questions_of, run_at

PRICED = {"input_price": "1", "output_price": "10"}


class Night:
    """A run by batches, pass by pass; its calls are answered between two passes."""

    def __init__(self, store: Store, server: FakeOpenAI, **changes: Any) -> None:
        self.store = store
        self.run = run_at(server, **{"llm": PRICED, "max_retries": 1, **changes})
        self.wanted: list[Call] = []
        store.create_run(self.run, [Document.of("order", self.run.order)])

    def judged(self, mode: Mode = "collect", nth: int = 1) -> Review:
        """One pass of the judge over the run's one question."""
        question = replace(questions_of(self.run, 1)[0], nth=nth)

        async def want(call: Call) -> None:
            self.wanted.append(call)

        async def work() -> Review:
            async with judging(self.store, self.run, mode, Limits(want=want)) as judge:
                return await judge.review(question)

        return asyncio.run(work())

    def collect(self) -> Call:
        """One pass that ends with a call to be answered."""
        with pytest.raises(PendingError):
            self.judged()
        return self.wanted.pop()

    def absorb(self, call: Call, **outcome: Any) -> None:
        """What the batch brought for a call."""
        begun = {"key": call.key, "path": call.path, "request": call.body, "status": None}
        ended = Exchange.model_validate({**begun, "tier": "batch", **outcome})
        charge = charge_of(self.run.order.seats[0].llm, ended)

        async def work() -> None:
            attempt = await self.store.begin_attempt(call)
            assert attempt
            await self.store.end_attempt(self.run.id, attempt, ended, charge)

        asyncio.run(work())


def answer_to(call: Call, script: Script = grounded_answer) -> dict[str, Any]:
    """What a provider answers to a call."""
    with FakeOpenAI(script) as provider:
        found = httpx2.post(provider.url + call.path, content=call.body)
    return {
        "status": found.status_code,
        "content_type": found.headers["content-type"],
        "response": found.text,
    }


def test_a_batch_brings_the_answer_and_costs_half(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server)
        call = night.collect()
        night.absorb(call, **answer_to(call))
        review = night.judged()
        again = night.judged("replay")
        assert server.count == 0
    assert review.verdict is not None
    tokens = review.usage
    assert tokens.input_tokens
    assert tokens.output_tokens
    full = (tokens.input_tokens + 10 * Decimal(tokens.output_tokens)) / 1_000_000
    assert review.cost == full / 2 == store.ledger(night.run.id).spent
    assert again == review


def test_a_call_that_waits_is_handed_over_as_it_will_be_made(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server, max_cost=Decimal(1))
        call, again = night.collect(), night.collect()
        assert server.count == 0
        review = night.judged("resume")
        assert server.count == 1
    assert call == again
    assert call.capped
    assert call.bound is not None
    assert call.key in review.exchanges
    assert review.cost is not None
    assert call.bound > review.cost / 2


def test_a_mend_is_the_next_round(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server)
        first = night.collect()
        night.absorb(first, **answer_to(first, Reply.text("no json at all")))
        second = night.collect()
        night.absorb(second, **answer_to(second))
        review = night.judged()
        assert night.judged("replay") == review
    assert first.key != second.key
    assert review.verdict is not None
    assert review.usage.calls == 2


@pytest.mark.parametrize("status", [429, 500])
def test_a_failure_is_tried_as_often_as_ordered_then_it_stands(store: Store, status: int) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server, max_retries=1)
        for _ in range(2):
            call = night.collect()
            night.absorb(call, **answer_to(call, Reply.status(status)))
        review = night.judged()
        assert night.judged("replay") == review
        assert server.count == 0
    assert review.failure is not None
    assert review.failure.retryable
    assert review.cost == 0


def test_a_failure_that_no_retry_mends_stands_at_once(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server)
        call = night.collect()
        night.absorb(call, **answer_to(call, Reply.status(400)))
        review = night.judged()
    assert review.failure is not None
    assert review.failure.kind == "bad-request"


@pytest.mark.parametrize("fault", ["expired", "abandoned", "missing"])
def test_what_was_never_asked_is_no_try(store: Store, fault: str) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server, max_retries=0)
        for _ in range(3):
            night.absorb(night.collect(), fault=fault)
        call = night.collect()
        night.absorb(call, **answer_to(call))
        night.absorb(call, fault=fault)
        review = night.judged()
        assert night.judged("replay") == review
    assert review.verdict is not None


def test_a_failed_review_asked_again_is_another_call(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server)
        first = night.collect()
        night.absorb(first, **answer_to(first, Reply.status(400)))
        assert night.judged().failure is not None
        with pytest.raises(PendingError):
            night.judged(nth=2)
        second = night.wanted.pop()
        night.absorb(second, **answer_to(second))
        review = night.judged(nth=2)
        assert night.judged("replay", nth=2) == review
        assert night.judged("replay").failure is not None
    assert (first.nth, second.nth, review.nth) == (1, 2, 2)
    assert first.key != second.key


def test_an_unknown_price_under_a_cap_is_not_collected(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server, llm={}, max_cost=Decimal(1))
        with pytest.raises(SpendingError):
            night.judged()
    assert not night.wanted


def test_what_no_batch_answered_in_time_goes_live(store: Store) -> None:
    with FakeOpenAI() as server:
        night = Night(store, server)
        night.absorb(night.collect(), fault="expired")
        review = night.judged("resume")
        assert server.count == 1
        assert night.judged("replay") == review
    assert review.verdict is not None
