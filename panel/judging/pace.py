"""Every call waits for its turn at its provider, and nobody calls one that asked to be left alone.

The openai library retries one call and knows of no other; this is what all calls share.
"""

import logging
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Protocol

from panel.domain.pacing import FREE, Pace, PaceState, hold, reserve
from panel.judging.brake import Brake

_log = logging.getLogger("shipskip.pace")

Now = Callable[[], float]
"""A clock that never goes back, in seconds."""


class Pacer(Protocol):
    """Where turns are booked; a `panel.store.Store` shares them between machines."""

    async def reserve(self, provider: str, pace: Pace, tokens: int) -> float:
        """Book one call, see `panel.domain.pacing.reserve`. Returns the seconds to wait."""
        ...

    async def hold(self, provider: str, seconds: float) -> None:
        """Let no call to that provider be made for a while."""
        ...


class MemoryPacer:
    """Books turns for one process.

    Args:
        now: The clock.
    """

    def __init__(self, now: Now = time.monotonic) -> None:
        self._now = now
        self._states: dict[str, PaceState] = {}

    async def reserve(self, provider: str, pace: Pace, tokens: int) -> float:
        """Book one call (see `Pacer`)."""
        booked, wait = reserve(self._state(provider), pace, self._now(), tokens)
        self._states[provider] = booked
        return wait

    async def hold(self, provider: str, seconds: float) -> None:
        """Let no call be made for a while (see `Pacer`)."""
        self._states[provider] = hold(self._state(provider), self._now(), seconds)

    def _state(self, provider: str) -> PaceState:
        return self._states.get(provider, PaceState())


@dataclass(frozen=True)
class Turn:
    """A turn that was taken.

    Attributes:
        provider: Where.
        tokens: Tokens booked for it.
        at: When, by the clock of `Turns`.
    """

    provider: str
    tokens: int
    at: float


_HOLDING = frozenset({429, 503, 529})
"""Statuses whose Retry-After speaks for the whole provider (RFC 9110, RFC 6585; 529 is used alike
by Anthropic)."""

_FIRST_HOLD = 0.5
_LONGEST_HOLD = 30.0
"""Seconds of the first and longest hold after a 429 that names no time."""


class Turns:
    """Gives calls their turns.

    Args:
        pace: The limits of every provider.
        pacer: Where turns are booked.
        brake: Ends every wait.
        now: The clock.
    """

    def __init__(self, pace: Pace, pacer: Pacer, brake: Brake, now: Now = time.monotonic) -> None:
        self._pace = pace
        self._pacer = pacer
        self._brake = brake
        self._now = now
        self._holds: dict[str, tuple[int, float]] = {}

    async def take(self, provider: str, tokens: int) -> Turn:
        """Wait for a turn; also with no limit set, since a hold counts in any case.

        Args:
            provider: Who will be asked.
            tokens: Tokens the call will take, about.

        Raises:
            DrainError: The brake was pulled meanwhile.
        """
        wait = await self._pacer.reserve(provider, self._pace, tokens)
        await self._sit_out(provider, wait)
        return Turn(provider, tokens, self._now())

    async def keep(self, turn: Turn) -> Turn:
        """Wait out a hold that came after a turn was taken and before it was used.

        Args:
            turn: The turn.

        Raises:
            DrainError: The brake was pulled meanwhile.
        """
        await self._sit_out(turn.provider, await self._pacer.reserve(turn.provider, FREE, 0))
        return Turn(turn.provider, turn.tokens, self._now())

    async def heard(self, turn: Turn, status: int | None, after: float | None) -> None:
        """Take note of what a provider answered, before anyone else asks it.

        Args:
            turn: The turn in which it was asked.
            status: HTTP status; None when no answer came.
            after: Seconds that its Retry-After names, or None.
        """
        level, since = self._holds.get(turn.provider, (0, -math.inf))
        if status in _HOLDING and after:
            await self._hold(turn.provider, after, status)
        elif status == 429 and after is None and turn.at > since:
            # One wave of refusals is one hold: those sent before it say nothing new.
            self._holds[turn.provider] = (level + 1, self._now())
            await self._hold(turn.provider, min(_FIRST_HOLD * 2**level, _LONGEST_HOLD), status)
        elif level and status is not None and status < 400:
            del self._holds[turn.provider]

    async def settle(self, turn: Turn, tokens: int) -> None:
        """Correct the booking of a turn once its tokens are known.

        Args:
            turn: The turn.
            tokens: Tokens sent and received.
        """
        if self._pace.token_rate and tokens != turn.tokens:
            pace = Pace(token_rate=self._pace.token_rate)
            await self._pacer.reserve(turn.provider, pace, tokens - turn.tokens)

    async def _hold(self, provider: str, seconds: float, status: int | None) -> None:
        values = {"provider": provider, "seconds": seconds, "status": status}
        _log.warning("provider held", extra=values)
        await self._pacer.hold(provider, seconds)

    async def _sit_out(self, provider: str, wait: float) -> None:
        while wait > 0:
            await self._brake.sleep(wait)
            wait = await self._pacer.reserve(provider, FREE, 0)  # a hold may have come meanwhile


def retry_after(
    status: int, headers: Mapping[str, str], now: datetime | None = None
) -> float | None:
    """Seconds for which an answer asks to leave the whole provider alone; None when it does not.

    Args:
        status: HTTP status.
        headers: Header values by lower-case name; `retry-after-ms` is OpenAI's finer spelling.
        now: The time of day that a date is compared with.
    """
    if status not in _HOLDING:
        return None
    said = headers.get("retry-after", "")
    for text, scale in ((headers.get("retry-after-ms", ""), 0.001), (said, 1.0)):
        try:
            seconds = float(text) * scale
        except ValueError:
            continue
        return max(0.0, seconds) if math.isfinite(seconds) else None
    try:
        date = parsedate_to_datetime(said)
    except ValueError:
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return max(0.0, (date - (now or datetime.now(UTC))).total_seconds())
