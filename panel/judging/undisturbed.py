"""Writing down what happened, even while everything around it is being cancelled."""

import asyncio
from collections.abc import Coroutine
from typing import Any


async def undisturbed(keeping: Coroutine[Any, Any, None]) -> None:
    """Run something to its end whether or not its waiter is cancelled.

    After a cancel its error is nobody's any more: whatever ended the run is what is told, so
    asyncio must not report this one as never retrieved (a shield forgets it at the second cancel).

    Args:
        keeping: What to run.

    Raises:
        Exception: Whatever it raises, when it is still waited for.
    """
    task = asyncio.ensure_future(keeping)
    task.add_done_callback(_look_at)
    await asyncio.shield(task)


def _look_at(task: "asyncio.Task[None]") -> None:
    if not task.cancelled():
        task.exception()
