"""How fast each provider may be asked, agreed through one row by all processes of a database."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, bindparam, select, text, update

from panel.domain.pacing import FREE, Pace, PaceState, hold, reserve
from panel.store.insertion import insert_or_keep
from panel.store.keeper import Keeper
from panel.store.tables import paces


@dataclass(frozen=True)
class Turn:
    """A wish for one call at a provider, or to leave it alone."""

    provider: str
    tokens: int = 0
    pace: Pace = field(default=FREE)
    hold: float | None = None

    def applied(self, state: PaceState, now: float) -> tuple[PaceState, float]:
        """What is booked then, and the seconds to wait."""
        if self.hold is not None:
            return hold(state, now, self.hold), 0.0
        return reserve(state, self.pace, now, self.tokens)


class Paces(Keeper):
    """Turns at providers; the same promises as within one process, over many machines."""

    async def reserve(self, provider: str, pace: Pace, tokens: int) -> float:
        """Book one call at a provider.

        Args:
            provider: Who is asked, see `LlmSettings.provider`.
            pace: Its limits.
            tokens: Tokens the call will take; below zero gives back what was booked too much.

        Returns:
            Seconds to wait before the call.

        Raises:
            StoreError: When the database refuses.
        """
        return await self._writer().write(take_turns, Turn(provider, tokens, pace))

    async def hold(self, provider: str, seconds: float) -> None:
        """Leave a provider alone for a while.

        Args:
            provider: Who.
            seconds: How long, from now on.

        Raises:
            StoreError: When the database refuses.
        """
        await self._writer().write(take_turns, Turn(provider, hold=seconds))


_CLOCK = text("SELECT extract(epoch FROM clock_timestamp())")
_STATE = (
    select(*paces.c["calls_at", "tokens_at", "hold_until"])
    .where(paces.c.provider == bindparam("of_provider"))
    .with_for_update()
)
_CHANGE = update(paces).where(paces.c.provider == bindparam("of_provider"))


def take_turns(connection: Connection, items: Sequence[Turn]) -> list[float]:
    """Book turns in order; each provider's row is read and written once."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, item in enumerate(items):
        places[item.provider].append(at)
    waits = [0.0] * len(items)
    for provider, own in sorted(places.items()):
        state, clock = _locked(connection, provider)
        now = clock()
        for at in own:
            state, waits[at] = items[at].applied(state, now)
        connection.execute(_CHANGE, {"of_provider": provider, **state._asdict()})
    return waits


def _locked(connection: Connection, provider: str) -> tuple[PaceState, Callable[[], float]]:
    """A provider's row, ours until the commit, and the clock its instants are told by."""
    fresh = {"provider": provider, **PaceState()._asdict()}
    insert_or_keep(connection, paces, [fresh])
    row = connection.execute(_STATE, {"of_provider": provider}).one()
    if connection.dialect.name == "sqlite":
        return PaceState(*row), time.time
    return PaceState(*row), lambda: float(connection.execute(_CLOCK).scalar_one())
