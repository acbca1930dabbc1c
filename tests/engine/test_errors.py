"""One error out of a group."""

import asyncio

import pytest

from panel.engine.errors import first_error


def test_the_first_error_of_nested_groups_is_raised_by_itself() -> None:
    async def fail() -> None:
        async with asyncio.TaskGroup() as inner:
            inner.create_task(refuse())
            inner.create_task(asyncio.sleep(60))

    async def refuse() -> None:
        raise ValueError("the cause")

    async def story() -> None:
        async with first_error(), asyncio.TaskGroup() as group:
            group.create_task(fail())

    with pytest.raises(ValueError, match="the cause") as caught:
        asyncio.run(story())
    assert caught.value.__cause__ is None


def test_an_error_that_is_no_group_passes_as_it_is() -> None:
    async def story() -> None:
        async with first_error():
            raise KeyError("one")

    with pytest.raises(KeyError):
        asyncio.run(story())
