"""The queue on a real PostgreSQL: nothing waits twice, whoever adds it."""

import asyncio

import pytest

from panel.engine.work_hands import Hands
from panel.engine.workers import Queue
from panel.errors import StoreError
from tests.postgres import Postgres

RUN, OTHER = "20260512-083000-5f2a9c", "20260512-083000-000000"


def test_what_waits_or_is_in_hand_is_not_added_again(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            assert await hands.enqueue(RUN, ["a", "b"]) == 2
            await hands.sign_on()
            ticket = await hands.take()
            assert ticket is not None
            assert await hands.enqueue(RUN, ["a", "b", "c"]) == 1
            assert await hands.enqueue(OTHER, ["a"]) == 1
            assert (await hands.waiting(RUN), await hands.waiting()) == (3, 4)
            assert await hands.waiting(but=[OTHER]) == 3
            await hands.done(ticket)
            assert await hands.enqueue(RUN, ["a", "b", "c"]) == 1

    asyncio.run(story())


def test_many_who_add_the_same_long_list_at_once_add_it_once(postgres_url: str) -> None:
    slugs = [f"model-{number}" for number in range(2500)]

    async def add() -> int:
        async with Queue.open(postgres_url) as queue:
            return await queue.enqueue(RUN, slugs)

    async def story() -> tuple[list[int], int]:
        added = await asyncio.gather(*(add() for _ in range(3)))
        async with Queue.open(postgres_url) as queue:
            return added, await queue.waiting(RUN)

    added, waiting = asyncio.run(story())
    assert waiting == len(slugs)
    assert sum(added) == len(slugs)


def test_only_workers_that_give_signs_of_life_are_alive(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as one, Hands.open(postgres_url) as two:
            assert await one.alive(30) == 0
            await one.sign_on()
            await two.sign_on()
            assert await one.alive(30) == 2
            await two.sign_off()
            assert await one.alive(30) == 1
            await asyncio.sleep(0.3)
            assert await one.alive(0.2) == 0
            await one.beat()
            assert await one.alive(30) == 1

    asyncio.run(story())


def test_a_server_that_is_away_for_a_moment_is_waited_for(own_postgres: Postgres) -> None:
    async def story() -> None:
        async with Hands.open(own_postgres.url) as hands:
            await hands.sign_on()
            heard = asyncio.Event()
            listening = asyncio.create_task(hands.listen(heard.set))
            restart = asyncio.to_thread(own_postgres.stop_and_start, 1.0)
            added, _ = await asyncio.gather(hands.enqueue(RUN, ["a"]), restart)
            assert added == 1
            assert await hands.take() is not None
            await asyncio.sleep(1.5)  # the listener looks once a second
            heard.clear()
            await hands.enqueue(RUN, ["b"])
            async with asyncio.timeout(30):
                await heard.wait()
            listening.cancel()

    asyncio.run(story())


def test_a_server_that_is_not_there_is_an_error_that_says_so(own_postgres: Postgres) -> None:
    own_postgres.stop()

    async def story() -> None:
        async with Queue.open(own_postgres.url):
            raise AssertionError("opened without a server")

    with pytest.raises(StoreError, match="does not answer"):
        asyncio.run(story())
