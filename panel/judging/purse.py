"""The run's money: no call is made unless the most it may cost still fits under the cap.

Spent and reserved are counted in the database, so the cap holds for all processes together; here
a call that does not fit waits for one that comes back cheaper than its bound.
"""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from panel.domain.exchange import Call, Charge, Exchange
from panel.domain.progress import Ledger
from panel.domain.run import Run
from panel.errors import SpendingError
from panel.judging.brake import Brake

_log = logging.getLogger("shipskip.purse")

_LOOK_AGAIN = 1.0
"""Seconds after which a call that did not fit tries again, since others may have come back."""


class AttemptStore(Protocol):
    """Where attempts and their money are counted; `panel.store.Store` is one."""

    async def begin_attempt(self, call: Call) -> str | None:
        """Note that a call is about to be made; durable on return.

        Returns the attempt's id, or None when the call is capped and its bound does not fit.
        """
        ...

    async def end_attempt(
        self, run_id: str, attempt: str, exchange: Exchange, charge: Charge
    ) -> None:
        """Keep how the call ended and what it cost; durable on return."""
        ...

    def ledger(self, run_id: str) -> Ledger:
        """What the run cost so far."""
        ...


@dataclass
class _Return:
    """Something that calls which did not fit wait for: another comes back, or all is spent."""

    came: asyncio.Event = field(default_factory=asyncio.Event)
    refusal: SpendingError | None = None


class Purse:
    """Pays for the calls of one run.

    Args:
        run: The run, with its cap.
        store: Where the money is counted.
        brake: Ends every wait.
    """

    def __init__(self, run: Run, store: AttemptStore, brake: Brake) -> None:
        self._run = run
        self._store = store
        self._brake = brake
        self._out: set[str] = set()
        self._asking = 0
        self._next = _Return()

    def capped(self, bound: Decimal | None) -> bool:
        """Whether a call must fit under the cap.

        Args:
            bound: Most USD it can cost; None when unknown.

        Raises:
            SpendingError: It must, and nobody knows its cost.
        """
        if self._run.max_cost is None or bound == 0:
            return False
        if bound is None and not self._run.allow_unknown_cost:
            raise SpendingError(
                f"the run's cap is {self._run.max_cost} USD, and nobody knows what the next call"
                " may cost",
                remedy="order it anew with --input-price and --output-price, with"
                " --allow-unknown-cost, or without --max-cost",
            )
        return bound is not None

    async def begin(self, call: Call) -> str | None:
        """Reserve the money for a call and note that it is about to be made.

        Args:
            call: The call.

        Returns:
            The attempt's id; None when it did not fit, and another look is worth while.

        Raises:
            SpendingError: It does not fit, and no call is out that could come back cheaper.
            DrainError: The brake was pulled while it waited.
        """
        awaited = self._next
        self._asking += 1
        try:
            attempt = await self._store.begin_attempt(call)
        finally:
            self._asking -= 1
        if attempt is not None:
            if call.capped:
                self._out.add(attempt)
            return attempt
        if not (self._out or self._asking or awaited.came.is_set()):
            awaited.refusal = self._empty(call)
            self._tell()
        _log.debug("waiting for room under the cap", extra={"bound": str(call.bound)})
        await self._return_of_another(awaited)
        return None

    async def end(self, attempt: str, exchange: Exchange, charge: Charge) -> None:
        """Keep how a call ended, and give back what it did not cost.

        Args:
            attempt: What `begin` returned.
            exchange: The answer or the fault.
            charge: What it cost.
        """
        try:
            await self._store.end_attempt(self._run.id, attempt, exchange, charge)
        finally:
            if attempt in self._out:
                self._out.remove(attempt)
                self._tell()

    def _tell(self) -> None:
        self._next.came.set()
        self._next = _Return()

    async def _return_of_another(self, awaited: _Return) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(awaited.came.wait(), _LOOK_AGAIN)
        if awaited.refusal:
            raise awaited.refusal
        self._brake.check()

    def _empty(self, call: Call) -> SpendingError:
        ledger = self._store.ledger(self._run.id)
        risk = f", up to {ledger.at_risk:.4f} more may be billed" if ledger.at_risk else ""
        return SpendingError(
            f"the cap of {self._run.max_cost} USD is reached: {ledger.spent:.4f} USD are"
            f" spent{risk}, and the next call may cost {call.bound:.4f}",
            remedy="what is answered is kept; order the rest anew with a higher --max-cost",
        )
