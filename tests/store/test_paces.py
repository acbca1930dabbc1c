"""Turns at a provider: one queue for all who ask, and a hold that all keep."""

import asyncio

import pytest

from panel.domain.pacing import FREE, Pace
from panel.store.store import Store
from tests.databases import rows

PACE = Pace(rate=1)
"""So slow that no time of a test tells."""


async def many(store: Store, count: int) -> list[float]:
    """Book turns at once."""
    return await asyncio.gather(*(store.reserve("here", PACE, 100) for _ in range(count)))


def test_turns_come_one_after_the_other(store: Store, url: str) -> None:
    waits = asyncio.run(many(store, 20))
    assert waits == sorted(waits)
    assert waits[0] == 0
    assert 18 * 60 < waits[-1] <= 19 * 60
    assert rows(url, "SELECT provider FROM paces") == [("here",)]


def test_a_hold_delays_everybody_and_a_shorter_one_does_not_end_it(store: Store) -> None:
    async def main() -> list[float]:
        await store.hold("here", 500)
        await store.hold("here", 5)
        return [await store.reserve(who, FREE, 1) for who in ("here", "there")]

    held, free = asyncio.run(main())
    assert 400 < held <= 500
    assert free == 0


def test_tokens_given_back_make_room(store: Store) -> None:
    pace = Pace(token_rate=60)

    async def main() -> tuple[float, float]:
        await store.reserve("here", pace, 3000)
        before = await store.reserve("here", pace, 0)
        await store.reserve("here", pace, -2900)
        return before, await store.reserve("here", pace, 0)

    before, after = asyncio.run(main())
    assert before > after + 2000


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_processes_share_the_turns(url: str) -> None:
    with Store.open(url, write=True) as one, Store.open(url, write=True) as two:

        async def main() -> list[float]:
            both = await asyncio.gather(many(one, 10), many(two, 10))
            return [wait for waits in both for wait in waits]

        assert max(asyncio.run(main())) > 18 * 60
