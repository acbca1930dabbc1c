"""How often something may be done: a count of the last ones, in memory and of bounded size."""

import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable

KEYS = 20_000
"""Most counts that are held; those not asked for the longest go first."""


class Limits:
    """Counts what was done lately, by key.

    Args:
        clock: Tells seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._done: OrderedDict[str, deque[float]] = OrderedDict()
        self._guard = threading.Lock()

    @property
    def size(self) -> int:
        """Counts that are held."""
        return len(self._done)

    def take(self, key: str, most: int, seconds: float) -> int:
        """Do something once more, if it may be done.

        Args:
            key: What, and by whom.
            most: How often it may be done.
            seconds: Within this time.

        Returns:
            0 when it may be done; else whole seconds to wait, at least 1.
        """
        now = self._clock()
        with self._guard:
            done = self._done.setdefault(key, deque())
            self._done.move_to_end(key)
            while len(self._done) > KEYS:
                self._done.popitem(last=False)
            while done and done[0] <= now - seconds:
                done.popleft()
            if len(done) < most:
                done.append(now)
                return 0
            return int(done[0] + seconds - now) + 1
