"""What is being written down is written, and its error is told once or by nobody."""

import asyncio
import gc

import pytest

from panel.errors import StoreError
from panel.judging.undisturbed import undisturbed


def test_it_ends_although_its_waiter_is_cancelled() -> None:
    written: list[str] = []

    async def write() -> None:
        await asyncio.sleep(0)
        written.append("answer")

    async def story() -> None:
        waiter = asyncio.create_task(undisturbed(write()))
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        await asyncio.sleep(0.01)

    asyncio.run(story())
    assert written == ["answer"]


def test_its_error_is_told_to_whoever_waits() -> None:
    async def write() -> None:
        raise StoreError("full")

    with pytest.raises(StoreError, match="full"):
        asyncio.run(undisturbed(write()))


def test_asyncio_reports_no_error_that_came_after_a_cancel() -> None:
    reported: list[dict[str, object]] = []

    async def write() -> None:
        await asyncio.sleep(0.01)
        raise StoreError("full")

    async def story() -> None:
        asyncio.get_running_loop().set_exception_handler(lambda _, told: reported.append(told))
        waiter = asyncio.create_task(undisturbed(write()))
        await asyncio.sleep(0)
        waiter.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiter
        await asyncio.sleep(0.05)
        gc.collect()

    asyncio.run(story())
    assert reported == []
