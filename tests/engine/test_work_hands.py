"""Tickets: each is held by one worker, and comes back when that one is gone."""

import asyncio

from panel.engine.quarantine import Retry
from panel.engine.work_hands import LAST, Hands, Ticket
from tests.databases import rows, tamper

RUN, OTHER = "20260512-083000-5f2a9c", "20260512-083000-000000"


async def taken(hands: Hands, run: str | None = None, *but: str) -> Ticket:
    ticket = await hands.take(run, but=but)
    assert ticket is not None
    return ticket


def test_dossiers_are_taken_by_priority_and_in_order(postgres_url: str) -> None:
    async def story() -> list[str]:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a", "b"])
            await hands.enqueue(OTHER, ["c", "d"], priority=7)
            await hands.sign_on()
            found = [(await taken(hands)).slug for _ in range(4)]
            assert await hands.take() is None
            return found

    assert asyncio.run(story()) == ["c", "d", "a", "b"]


def test_a_worker_may_serve_one_run_and_leave_out_others(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a", "b"])
            await hands.enqueue(OTHER, ["c"])
            await hands.sign_on()
            assert (await taken(hands, OTHER)).slug == "c"
            assert await hands.take(OTHER) is None
            assert await hands.take(but=[RUN]) is None
            assert await hands.take(RUN, but=[RUN]) is None
            assert (await taken(hands, None, OTHER)).slug == "a"

    asyncio.run(story())


def test_what_is_given_back_waits_again_and_was_begun(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a", "b"])
            await hands.sign_on()
            first = await taken(hands)
            assert (first.slug, first.again) == ("a", False)
            await hands.give_back(first, priority=LAST)
            assert (await taken(hands)).slug == "b"
            second = await taken(hands)
            assert (second.slug, second.again, second.priority) == ("a", True, LAST)

    asyncio.run(story())


def test_what_is_to_be_asked_again_travels_with_its_dossier(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            wish = Retry({"key": 2}, deaths=3)
            await hands.enqueue(RUN, ["a", "b"], again=True, retries={"b": wish})
            await hands.sign_on()
            plain, first = await taken(hands), await taken(hands)
            assert (plain.retry, first.retry) == (None, wish)
            await hands.give_back(first)
            assert (await taken(hands)).retry == wish

    asyncio.run(story())


def test_what_was_added_meanwhile_does_not_wait_twice(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a"])
            await hands.sign_on()
            ticket = await taken(hands)
            columns = "queue_name, task_name, queueing_lock, args"
            tamper(
                postgres_url,
                f"INSERT INTO procrastinate_jobs ({columns}) SELECT {columns}"
                " FROM procrastinate_jobs",
            )
            await hands.give_back(ticket)
            assert await hands.waiting() == 1

    asyncio.run(story())


def test_settling_a_ticket_twice_is_no_error(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a"])
            await hands.sign_on()
            ticket = await taken(hands)
            for _ in range(2):
                await hands.done(ticket)
            await hands.give_back(ticket)
            assert await hands.waiting() == 0

    asyncio.run(story())


def test_the_silent_are_taken_over_and_the_living_are_not(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as dead, Hands.open(postgres_url) as living:
            await living.enqueue(RUN, ["a", "b"])
            await dead.sign_on()
            await living.sign_on()
            await taken(dead)
            assert (await taken(living)).slug == "b"
            await asyncio.sleep(0.5)
            await living.beat()
            assert await living.take_over(0.4) == 1
            assert (await taken(living)).slug == "a"
            assert await living.take_over(0.4) == 0

    asyncio.run(story())


def test_who_was_struck_off_signs_on_anew(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a"])
            await hands.sign_on()
            tamper(postgres_url, "DELETE FROM procrastinate_workers")
            assert await hands.take() is None
            assert (await taken(hands)).slug == "a"

    asyncio.run(story())


def test_who_signs_off_frees_what_is_in_hand_at_once(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as leaving, Hands.open(postgres_url) as staying:
            await staying.enqueue(RUN, ["a"])
            await leaving.sign_on()
            await taken(leaving)
            await leaving.sign_off()
            await staying.sign_on()
            assert await staying.take_over(3600) == 1

    asyncio.run(story())


def test_what_was_given_to_us_unheard_is_put_back(postgres_url: str) -> None:
    async def story() -> None:
        async with Hands.open(postgres_url) as hands:
            await hands.enqueue(RUN, ["a", "b"])
            await hands.sign_on()
            held, _unheard = await taken(hands), await taken(hands)
            await hands.put_back_but(lambda: {held.id})
            query = "SELECT args ->> 'slug', status FROM procrastinate_jobs ORDER BY id"
            assert rows(postgres_url, query) == [("a", "doing"), ("b", "todo")]

    asyncio.run(story())
