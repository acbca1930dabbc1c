"""The cap: whatever comes in whatever order, spent and reserved never exceed it."""

import asyncio
import itertools
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.domain.exchange import Charge
from panel.domain.run import Run
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v

COUNTER = itertools.count()


def capped_run(store: Store, cap: str = "1", number: int = 1) -> Run:
    """A run with a cap, in the store."""
    return v.stored_run(store, number, max_cost=Decimal(cap))


def capped(store: Store, run: Run, bound: str, name: str = "{}") -> str | None:
    """Begin a call that must fit under the cap."""
    call = v.begin(store, run, v.exchange(name), bound=Decimal(bound), capped=True)
    return asyncio.run(call)


def ledger(url: str, run: Run) -> tuple[Decimal, Decimal]:
    """Spent and reserved, in USD."""
    query = "SELECT spent, reserved FROM ledgers WHERE run_id = :run"
    spent, reserved = rows(url, query, run=run.id)[0]
    return Decimal(spent).scaleb(-9), Decimal(reserved).scaleb(-9)


def test_calls_begin_while_their_bounds_fit(store: Store, url: str) -> None:
    run = capped_run(store)
    assert capped(store, run, "0.6")
    assert capped(store, run, "0.5", "too much") is None
    assert capped(store, run, "0.4")
    assert capped(store, run, "0.000000001", "a nano too much") is None
    assert ledger(url, run) == (0, 1)
    assert rows(url, "SELECT count(*) FROM attempts") == [(2,)]
    assert rows(url, "SELECT count(*) FROM requests WHERE body <> '{}'") == [(0,)]


@pytest.mark.parametrize(
    ("status", "fault", "cost", "spent"),
    [
        (200, None, "0.1", "0.1"),
        (200, None, None, "0.6"),
        (200, None, "0.7", "0.7"),
        (500, None, None, "0"),
        (500, None, "0.2", "0.2"),
        (None, "timeout", None, "0.6"),
        (None, "connect", None, "0"),
        (None, "expired", None, "0"),
    ],
)
def test_an_end_gives_the_bound_back_and_fails_closed(
    store: Store, url: str, status: int | None, fault: str | None, *, cost: str | None, spent: str
) -> None:
    run = capped_run(store)
    reply = v.exchange(status=status, fault=fault)
    attempt = capped(store, run, "0.6")
    charge = Charge(cost=None if cost is None else Decimal(cost))
    for _ in range(2):
        v.end(store, run, attempt, reply, charge)
    assert ledger(url, run) == (Decimal(spent), 0)


def test_a_call_ended_twice_in_one_batch_is_paid_once(store: Store, url: str) -> None:
    run = capped_run(store)
    attempt = capped(store, run, "0.6")
    assert attempt

    async def twice() -> None:
        ends = [
            store.end_attempt(run.id, attempt, v.exchange(), Charge(cost=Decimal(cost)))
            for cost in ("0.1", "0.2")
        ]
        await asyncio.gather(*ends)

    asyncio.run(twice())
    assert ledger(url, run) == (Decimal("0.1"), 0)


def test_many_at_once_fill_the_cap_and_no_more(store: Store, url: str) -> None:
    run = capped_run(store)

    async def rush() -> list[str | None]:
        calls = [
            v.begin(store, run, v.exchange(str(n)), bound=Decimal("0.07"), capped=True)
            for n in range(50)
        ]
        return await asyncio.gather(*calls)

    begun = [attempt for attempt in asyncio.run(rush()) if attempt]
    assert len(begun) == 14
    assert ledger(url, run) == (0, Decimal("0.98"))


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_processes_share_a_cap(url: str) -> None:
    with Store.open(url, write=True) as one, Store.open(url, write=True) as two:
        run = capped_run(one)

        async def rush() -> list[str | None]:
            calls = [
                v.begin(at, run, v.exchange(str(n)), bound=Decimal("0.07"), capped=True)
                for n in range(25)
                for at in (one, two)
            ]
            return await asyncio.gather(*calls)

        assert sum(attempt is not None for attempt in asyncio.run(rush())) == 14


def test_calls_that_are_not_capped_leave_the_ledger_alone(store: Store, url: str) -> None:
    run = capped_run(store, "0.1")
    v.call(store, run, v.exchange(), Charge(cost=Decimal(5)), bound=Decimal(9))
    assert ledger(url, run) == (0, 0)


def test_runs_have_caps_of_their_own(store: Store, url: str) -> None:
    one, two, free = capped_run(store), capped_run(store, "2", 2), v.stored_run(store, 3)

    async def rush() -> list[str | None]:
        calls = [
            v.begin(store, run, v.exchange(str(n)), bound=Decimal("0.9"), capped=run is not free)
            for n in range(3)
            for run in (one, two, free)
        ]
        return await asyncio.gather(*calls)

    assert sum(attempt is not None for attempt in asyncio.run(rush())) == 1 + 2 + 3
    assert (ledger(url, one), ledger(url, two)) == ((0, Decimal("0.9")), (0, Decimal("1.8")))


BOUNDS = st.integers(min_value=0, max_value=700)
COSTS = st.one_of(st.none(), st.integers(min_value=0, max_value=700))


@settings(max_examples=25)
@given(st.lists(st.lists(st.tuples(BOUNDS, COSTS, st.booleans()), max_size=6), max_size=5))
def test_no_order_of_events_exceeds_the_cap(
    rounds: list[list[tuple[int, int | None, bool]]],
) -> None:
    """Each round begins calls at once, then some of them end at no more than their bound."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'shipskip.db'}"
        with Store.open(url, write=True) as store:
            asyncio.run(_play(store, url, rounds))


async def _play(store: Store, url: str, rounds: list[list[tuple[int, int | None, bool]]]) -> None:
    run = v.run(max_cost=Decimal("0.000001"))
    await asyncio.to_thread(store.create_run, run, v.documents(run))
    paid = held = 0
    for plan in rounds:
        names = [v.exchange(str(next(COUNTER))) for _ in plan]
        bounds = [Decimal(bound).scaleb(-9) for bound, _, _ in plan]
        calls = zip(names, bounds, strict=True)
        begun = await asyncio.gather(
            *(v.begin(store, run, name, bound=bound, capped=True) for name, bound in calls)
        )
        for attempt, name, (bound, cost, ends) in zip(begun, names, plan, strict=True):
            held += bound if attempt else 0
            if attempt and ends:
                least = None if cost is None else Decimal(min(cost, bound)).scaleb(-9)
                await store.end_attempt(run.id, attempt, name, Charge(cost=least))
                held -= bound
                paid += bound if cost is None else min(cost, bound)
        assert paid + held <= 1000
        assert rows(url, "SELECT spent, reserved FROM ledgers") == [(paid, held)]
