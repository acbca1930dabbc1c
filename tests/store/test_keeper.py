"""Whoever may only read is told so by every way to write."""

import asyncio
from collections.abc import Callable
from decimal import Decimal

import pytest

from panel.domain.exchange import Charge
from panel.domain.pacing import FREE
from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.keeper import now
from panel.store.store import Store
from tests.store import values as v

WRITES: dict[str, Callable[[Store, Run], object]] = {
    "run": lambda store, run: store.create_run(run, v.documents(run)),
    "event": lambda store, run: asyncio.run(store.anote_run(run.id, "finished")),
    "attempt": lambda store, run: asyncio.run(v.begin(store, run, v.exchange())),
    "answer": lambda store, run: v.end(store, run, "id", v.exchange(), Charge(cost=Decimal(0))),
    "card": lambda store, run: v.keep_card(store, v.card(run)),
    "work": lambda store, run: asyncio.run(store.begin_work(run.id, "zeta")),
    "deaths": lambda store, run: store.settle_deaths(run.id),
    "turn": lambda store, _: asyncio.run(store.reserve("here", FREE, 1)),
    "hold": lambda store, _: asyncio.run(store.hold("here", 1)),
    "batch": lambda store, run: asyncio.run(store.begin_batch(run.id, "0" * 64, [])),
    "adoption": lambda store, run: store.adopt(run.id, run.id, ["0" * 64]),
    "claim": lambda store, run: store.claim_run(run.id),
    "release": lambda store, run: store.release_run(run.id),
}


@pytest.mark.parametrize("write", WRITES)
def test_a_store_opened_for_reading_refuses_to_write(store: Store, url: str, write: str) -> None:
    run = v.stored_run(store)
    with (
        Store.open(url, write=False) as reading,
        pytest.raises(StoreError, match="opened for reading") as caught,
    ):
        WRITES[write](reading, run)
    assert "write=True" in caught.value.remedy


def test_instants_have_a_time_zone() -> None:
    assert now().tzinfo is not None
