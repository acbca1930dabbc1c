"""One brake for all work of a process: once pulled, what has begun ends and nothing new begins."""

import asyncio
from contextlib import suppress
from weakref import WeakSet

from panel.errors import DrainError


class Brake:
    """Tells everybody who waits for a turn that no turn will come.

    Args:
        above: A brake that pulls this one along, at once.
    """

    def __init__(self, above: "Brake | None" = None) -> None:
        self._pulled = asyncio.Event()
        self._below: WeakSet[Brake] = WeakSet()
        if above is not None:
            above._below.add(self)  # noqa: SLF001 - its own kind
            if above.pulled:
                self.pull()

    @property
    def pulled(self) -> bool:
        """Whether new work must not begin."""
        return self._pulled.is_set()

    def pull(self) -> None:
        """Let nothing new begin; may be called again and from a signal handler of the loop."""
        self._pulled.set()
        for brake in self._below:
            brake.pull()

    def check(self) -> None:
        """Pass while work may begin.

        Raises:
            DrainError: It may not.
        """
        if self.pulled:
            raise DrainError("the run is being stopped", remedy="resume it")

    async def sleep(self, seconds: float) -> None:
        """Wait, but not beyond the pull of the brake.

        Args:
            seconds: How long.

        Raises:
            DrainError: The brake was pulled.
        """
        self.check()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._pulled.wait(), seconds)
        self.check()
