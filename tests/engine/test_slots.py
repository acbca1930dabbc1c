"""Places for reviews: never too many taken, seats before doors, none lost to a cancellation."""

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panel.engine.slots import Slots


async def settled() -> None:
    """Let everybody who can go on do so."""
    for _ in range(5):
        await asyncio.sleep(0)


def test_a_seat_goes_before_a_door_that_waits_longer() -> None:
    async def story() -> list[str]:
        slots, came = Slots(1), list[str]()
        await slots.door()

        async def door() -> None:
            await slots.door()
            came.append("door")
            slots.release()

        async def seat(name: str) -> None:
            await slots.seat()
            came.append(name)
            slots.release()

        tasks = [asyncio.create_task(door())]
        await settled()
        tasks += [asyncio.create_task(seat("first")), asyncio.create_task(seat("second"))]
        await settled()
        slots.release()
        await asyncio.gather(*tasks)
        return came

    assert asyncio.run(story()) == ["first", "second", "door"]


def test_nobody_who_comes_later_takes_a_place_that_somebody_waits_for() -> None:
    async def story() -> list[str]:
        slots, came = Slots(1), list[str]()

        async def take(name: str) -> None:
            await slots.seat()
            came.append(name)
            await asyncio.sleep(0)
            slots.release()

        await slots.seat()
        waiting = asyncio.create_task(take("waiting"))
        await settled()
        slots.release()
        await asyncio.gather(waiting, asyncio.create_task(take("late")))
        return came

    assert asyncio.run(story()) == ["waiting", "late"]


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_place_is_not_lost_with_somebody_who_is_cancelled(handed_over: bool) -> None:
    async def story() -> None:
        slots = Slots(1)
        await slots.seat()
        waiting = asyncio.create_task(slots.seat())
        await settled()
        if handed_over:
            slots.release()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        if not handed_over:
            slots.release()
        async with asyncio.timeout(5):
            await slots.seat()

    asyncio.run(story())


@settings(max_examples=40)
@given(most=st.integers(1, 5), doors=st.integers(0, 6), seats=st.integers(0, 12))
def test_never_more_are_taken_than_there_are(most: int, doors: int, seats: int) -> None:
    async def story() -> int:
        slots, taken, highest = Slots(most), 0, 0

        async def take(kind: str) -> None:
            nonlocal taken, highest
            await (slots.door() if kind == "door" else slots.seat())
            taken += 1
            highest = max(highest, taken)
            await asyncio.sleep(0)
            taken -= 1
            slots.release()

        async with asyncio.timeout(10), asyncio.TaskGroup() as group:
            for kind in ["door"] * doors + ["seat"] * seats:
                group.create_task(take(kind))
        return highest

    assert asyncio.run(story()) == min(most, doors + seats)
