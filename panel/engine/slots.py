"""How many reviews run at once, and who is next: seats of open dossiers before new dossiers.

A plain semaphore would open dossier after dossier while the seats of the first ones wait; finishing
what is open keeps memory flat and gives an editor whole scorecards early.
"""

import asyncio
from collections import deque


class Slots:
    """A number of places; use `seat` or `door` to take one and `release` to give it back.

    Args:
        most: How many there are.
    """

    def __init__(self, most: int) -> None:
        self._free = most
        self._seats: deque[asyncio.Future[None]] = deque()
        self._doors: deque[asyncio.Future[None]] = deque()

    async def seat(self) -> None:
        """Take a place for a seat of an open dossier."""
        await self._take(self._seats)

    async def door(self) -> None:
        """Take a place to open another dossier, once no seat waits for one."""
        await self._take(self._doors)

    def release(self) -> None:
        """Give a place back; whoever is next has it at once."""
        for queue in (self._seats, self._doors):
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._free += 1

    async def _take(self, queue: deque[asyncio.Future[None]]) -> None:
        if self._free and not self._seats and not queue:
            self._free -= 1
            return
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.release()  # the place was handed over while we were being cancelled
            raise
