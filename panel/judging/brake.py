"""One brake for all work of a process: once pulled, what has begun ends and nothing new begins."""

import asyncio
from contextlib import suppress

from panel.errors import DrainError


class Brake:
    """Tells everybody who waits for a turn that no turn will come."""

    def __init__(self) -> None:
        self._pulled = asyncio.Event()

    @property
    def pulled(self) -> bool:
        """Whether new work must not begin."""
        return self._pulled.is_set()

    def pull(self) -> None:
        """Let nothing new begin; may be called again and from a signal handler of the loop."""
        self._pulled.set()

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
