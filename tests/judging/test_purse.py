"""The cap is never exceeded, whatever an answer fails to say; near it calls wait for each other."""

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import ShipskipError, SpendingError
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from tests.judging.floor import all_of, judging, questions_of, run_at

PRICED = {"input_price": "1", "output_price": "10", "max_tokens": 1000}
Ended = tuple[list[Review], ShipskipError | None]


def spent_at(
    store: Store, server: FakeOpenAI, count: int = 60, **changes: Any
) -> tuple[list[Review], ShipskipError | None, Run]:
    """What 16 workers get for their money."""
    run = run_at(server, **{"llm": PRICED, "max_retries": 0, "concurrency": 16, **changes})

    async def work() -> Ended:
        async with judging(store, run) as judge:
            return await all_of(judge, questions_of(run, count))

    return *asyncio.run(work()), run


def billed(server: FakeOpenAI) -> Decimal:
    sent, received, _ = server.billed_tokens
    return (Decimal(sent) + 10 * Decimal(received)) / 1_000_000


def test_sixteen_workers_spend_the_cap_and_never_more(store: Store) -> None:
    cap = Decimal("0.1")
    with FakeOpenAI(latency=0.02) as server:
        reviews, error, run = spent_at(store, server, 200, max_cost=cap)
        bill = billed(server)
    ledger = store.ledger(run.id)
    assert isinstance(error, SpendingError)
    assert "the cap of 0.1 USD is reached" in str(error)
    assert ledger.spent == bill <= cap
    assert ledger.spent == sum((review.cost or Decimal(0) for review in reviews), Decimal(0))
    assert bill > cap - Decimal("0.02"), "calls wait for each other rather than give up early"


def test_an_order_that_fits_is_done_though_its_bounds_together_do_not(store: Store) -> None:
    with FakeOpenAI(latency=0.02) as server:
        reviews, error, _ = spent_at(store, server, 32, max_cost=Decimal("0.2"))
    assert error is None
    assert len(reviews) == 32


@pytest.mark.parametrize(
    ("reply", "seconds"),
    [(Reply.no_usage(), 20), (Reply.cut(), 20), (Reply.slow(30), 1)],
    ids=["no usage", "cut off", "late"],
)
def test_what_may_be_billed_unseen_counts_in_full(
    store: Store, reply: Reply, seconds: float
) -> None:
    cap = Decimal("0.04")
    with FakeOpenAI(reply) as server:
        reviews, error, _ = spent_at(store, server, max_cost=cap, timeout=seconds)
        assert isinstance(error, SpendingError)
        assert server.count == len(reviews) == 3, "a call may cost a bit over 0.01"
    assert {review.cost for review in reviews} == {None}


def test_refusals_cost_nothing(store: Store) -> None:
    with FakeOpenAI(Reply.status(400)) as server:
        reviews, error, run = spent_at(store, server, max_cost=Decimal("0.02"))
    assert error is None
    assert len(reviews) == 60
    assert store.ledger(run.id).spent == 0


def test_a_cap_below_one_call_makes_none(store: Store) -> None:
    with FakeOpenAI() as server:
        reviews, error, _ = spent_at(store, server, max_cost=Decimal("0.001"))
        assert server.count == 0
    assert not reviews
    assert isinstance(error, SpendingError)


def test_an_unknown_price_fails_closed(store: Store) -> None:
    with FakeOpenAI() as server:
        reviews, error, _ = spent_at(store, server, llm={}, max_cost=Decimal(5))
        assert server.count == 0
    assert not reviews
    assert isinstance(error, SpendingError)
    assert "--allow-unknown-cost" in str(error)


def test_an_unknown_price_may_be_allowed(store: Store) -> None:
    with FakeOpenAI() as server:
        reviews, error, run = spent_at(
            store, server, 4, llm={}, max_cost=Decimal(5), allow_unknown_cost=True
        )
    assert error is None
    assert len(reviews) == 4
    assert store.ledger(run.id).unknown == 4


def test_the_cost_of_mends_and_retries_is_in_the_ledger(store: Store) -> None:
    script = [Reply.status(500), Reply.text("no json at all"), Reply()]
    with FakeOpenAI(script) as server:
        reviews, _, run = spent_at(store, server, 1, max_cost=Decimal(1), max_retries=1)
        bill = billed(server)
    ledger = store.ledger(run.id)
    assert (ledger.calls, ledger.succeeded) == (3, 2)
    assert ledger.spent == bill == reviews[0].cost
