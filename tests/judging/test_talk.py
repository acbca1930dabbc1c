"""A seat's clock counts asking and not waiting for a turn; its calls have names of their own."""

import asyncio

import pytest

from panel.domain.llm import OFFLINE
from panel.judging.talk import Clock, Talk

KEY = "0" * 64


def test_time_runs_out_over_all_calls_together() -> None:
    async def work() -> int:
        clock, calls = Clock(0.2), 0
        try:
            while True:
                async with clock.running():
                    await asyncio.sleep(0.05)
                    calls += 1
        except TimeoutError:
            return calls

    assert asyncio.run(work()) <= 4


def test_a_stopped_clock_never_runs_out() -> None:
    async def work() -> None:
        clock = Clock(0.05)
        async with clock.running():
            with clock.stopped():
                await asyncio.sleep(0.2)
        with pytest.raises(TimeoutError):
            async with clock.running():
                await asyncio.Event().wait()

    asyncio.run(work())


def test_a_clock_goes_on_after_a_stop() -> None:
    async def work() -> None:
        clock = Clock(0.05)
        async with clock.running():
            with clock.stopped():
                await asyncio.sleep(0.1)
            await asyncio.Event().wait()

    with pytest.raises(TimeoutError):
        asyncio.run(work())


def test_a_clock_without_end_and_one_that_does_not_run_can_be_stopped() -> None:
    async def work() -> None:
        clock = Clock()
        with clock.stopped():
            pass
        async with clock.running():
            with clock.stopped():
                await asyncio.sleep(0)

    asyncio.run(work())


def test_a_review_asked_again_makes_calls_of_its_own() -> None:
    first, second = Talk(KEY, OFFLINE), Talk(KEY, OFFLINE, nth=2)
    other = Talk(KEY, OFFLINE, sample=2)
    names = {
        name
        for talk in (first, second, other)
        for name in (talk.key("/p", "{}"), talk.given_up_key)
    }
    assert len(names) == 6
