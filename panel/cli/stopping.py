"""Ends work by hand: the first Ctrl-C lets calls in flight come home, the second stops at once.

SIGTERM is a service manager's Ctrl-C. Once somebody has asked to stop, further signals change
nothing, so that an impatient hand cannot tear what is being put in order.
"""

import asyncio
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from types import FrameType
from typing import Any, TypeVar

from panel.cli.diagnostics import say
from panel.errors import InterruptError
from panel.judging.brake import Brake

T = TypeVar("T")

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class _Hand:
    """What the person asked for so far.

    Args:
        brake: Pulled at the first sign.
        in_flight: Counts the calls that are waited for.
    """

    def __init__(self, brake: Brake, in_flight: Callable[[], int]) -> None:
        self._brake = brake
        self._in_flight = in_flight
        self.signs = 0

    def sign(self, task: "asyncio.Task[Any]") -> None:
        """Take one more Ctrl-C."""
        self.signs += 1
        if self.signs == 1:
            self._brake.pull()
            say(f"stopping: {_waited_for(self._in_flight())}; Ctrl-C again stops at once")
        elif self.signs == 2:
            say("stopping at once; what was answered is kept")
            task.cancel()


def _waited_for(calls: int) -> str:
    if not calls:
        return "what was begun is put away first"
    return f"{calls:,} calls in flight come home first" if calls > 1 else "a call comes home first"


def drainable(
    work: Callable[[Brake], Coroutine[Any, Any, T]], in_flight: Callable[[], int], remedy: str
) -> T:
    """Run work that a person may end, gently and then at once.

    Args:
        work: Makes what to run of the brake that ends it gently.
        in_flight: Counts the calls in flight, for the message.
        remedy: The command that goes on later.

    Raises:
        InterruptError: The person ended it.
    """
    brake = Brake()
    hand = _Hand(brake, in_flight)

    async def heeding() -> T:
        task = asyncio.current_task()
        if task is not None:
            _heed(lambda: hand.sign(task))
        return await work(brake)

    try:
        return asyncio.run(heeding())
    except (KeyboardInterrupt, asyncio.CancelledError):
        raise _interrupted(remedy) from None
    finally:
        if hand.signs:
            _ignore()


def interruptible(work: Coroutine[Any, Any, T], remedy: str) -> T:
    """Run work that makes no call; Ctrl-C ends it at once.

    Args:
        work: What to run.
        remedy: The command that goes on later.

    Raises:
        InterruptError: The person pressed Ctrl-C.
    """
    before = signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        raise _interrupted(remedy) from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _heed(sign: Callable[[], None]) -> None:
    loop = asyncio.get_running_loop()

    def soon(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(sign)

    for number in _SIGNALS:
        try:
            loop.add_signal_handler(number, sign)
        except NotImplementedError:  # a loop that knows no signals, as on Windows
            signal.signal(number, soon)


def _ignore() -> None:
    """Wind down undisturbed: the command is about to leave."""
    for number in _SIGNALS:
        with suppress(KeyboardInterrupt):
            signal.signal(number, signal.SIG_IGN)


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


def _interrupted(remedy: str) -> InterruptError:
    message = "interrupted; everything that was answered is kept"
    return InterruptError(message, remedy=f"go on with: {remedy}")
