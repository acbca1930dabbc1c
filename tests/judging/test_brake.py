"""A brake that stays pulled."""

import asyncio

import pytest

from panel.errors import DrainError
from panel.judging.brake import Brake


def test_work_may_begin_until_it_is_pulled_and_never_again() -> None:
    brake = Brake()
    brake.check()
    brake.pull()
    brake.pull()
    assert brake.pulled
    with pytest.raises(DrainError, match="being stopped"):
        brake.check()


def test_a_wait_ends_by_itself_or_by_the_brake() -> None:
    async def story() -> None:
        brake = Brake()
        await brake.sleep(0.001)
        waiting = asyncio.create_task(brake.sleep(3600))
        await asyncio.sleep(0)
        brake.pull()
        async with asyncio.timeout(5):
            with pytest.raises(DrainError):
                await waiting
            with pytest.raises(DrainError):
                await brake.sleep(3600)

    asyncio.run(story())


def test_a_brake_pulls_those_below_it_along_and_never_the_one_above() -> None:
    above = Brake()
    one, two = Brake(above), Brake(above)
    one.pull()
    assert (above.pulled, one.pulled, two.pulled) == (False, True, False)
    above.pull()
    assert two.pulled
    assert Brake(above).pulled
