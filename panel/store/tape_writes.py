"""Writes of the tape: that a call is about to be made, and how it ended."""

from uuid import uuid4

from panel.domain.exchange import Call, Charge, Exchange
from panel.store import ledger
from panel.store.keeper import Keeper, now
from panel.store.rows import answer_row, attempt_row, request_row
from panel.store.works import current_work


class TapeWrites(Keeper):
    """Stores calls."""

    async def begin_attempt(self, call: Call) -> str | None:
        """Note that a call is about to be made; durable on return, so no paid call goes unseen.

        Args:
            call: The call. A capped one has its bound reserved until it ends.

        Returns:
            The attempt's id; None when the call is capped and its bound does not fit under the
            run's cap, beside what is spent and reserved. Nothing is stored then.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        attempt = attempt_row(call, uuid4().hex, now()) | {"work_id": current_work.get()}
        item = ledger.NewAttempt(request_row(call), attempt)
        return await self._writer().write(ledger.begin_attempts, item)

    async def end_attempt(
        self, run_id: str, attempt: str, exchange: Exchange, charge: Charge
    ) -> None:
        """Store what came back; durable on return, and even when the caller is cancelled.

        A capped attempt gives its bound back and spends what it cost; its whole bound where
        nobody knows that. An attempt that has ended stays as it ended first.

        Args:
            run_id: Full run id.
            attempt: What `begin_attempt` returned.
            exchange: The answer or the fault.
            charge: What it was billed, as far as that is known.

        Raises:
            StoreError: When the attempt was never begun, or the database refuses.
        """
        row = answer_row({"id": attempt, "run_id": run_id}, exchange, charge, now())
        item = ledger.NewAnswer.of(row, exchange, charge)
        await self._writer().write(ledger.end_attempts, item)
