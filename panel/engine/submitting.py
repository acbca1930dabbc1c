"""One run's batches at its providers: noted first, submitted once, polled, absorbed.

Every step is noted in the store before the next begins, so that whoever goes on after a crash knows
which of them was the last.
"""

import asyncio
import logging
import tempfile
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from panel.domain.exchange import Exchange
from panel.domain.llm import LlmSettings
from panel.domain.secrecy import redact, without_keys
from panel.engine.collected import Collected
from panel.errors import EndpointError
from panel.judging.brake import Brake
from panel.judging.charges import charge_of
from panel.judging.endpoints import secrets_in
from panel.judging.provider_batch import ProviderBatches
from panel.judging.provider_batch_answers import BatchAnswer
from panel.judging.provider_batch_faults import UnreachableError
from panel.judging.provider_batch_files import files_of
from panel.store.batches import Answer
from panel.store.records import BatchRecord
from panel.store.store import Store

_log = logging.getLogger("shipskip.batch")

Providers = Callable[[LlmSettings], ProviderBatches]
"""Gives the batch API of an llm's provider."""

Step = Callable[[BatchRecord], Awaitable[None]]

_CHUNK = 200
"""Answers stored in one write."""

_FIRST_WAIT, _LONGEST_WAIT = 1.0, 60.0
"""Seconds between two looks at the provider: short at first, then ever longer."""


class Submitting:
    """Submits and settles the batches of one run.

    Args:
        run_id: The run.
        llms: Its llms by digest.
        providers: Their batch APIs.
        store: Where batches are noted.
        brake: Ends the waiting; batches go on at the provider.
    """

    def __init__(
        self,
        run_id: str,
        llms: dict[str, LlmSettings],
        *,
        providers: Providers,
        store: Store,
        brake: Brake,
    ) -> None:
        self._run_id = run_id
        self._llms = llms
        self._providers = providers
        self._store = store
        self._brake = brake
        self._secrets = secrets_in()

    async def submit(self, collected: Collected) -> int:
        """Note and submit what was collected.

        Args:
            collected: The calls.

        Returns:
            How many calls were submitted; fewer than collected where the cap left no room.
        """
        submitted = 0
        for llm in collected.llms:
            for calls in collected.batches(llm):
                await self._store.begin_batch(self._run_id, llm, calls)
        for record in self._open():
            submitted += record.calls
            await self._patiently(self._send, record)
        return submitted

    async def settle(self, *, until: Callable[[], bool]) -> None:
        """Wait until every batch of the run has ended and its answers are kept.

        Args:
            until: Whether waiting is over; what has not ended then is cancelled, and what it has
                answered is kept.

        Raises:
            DrainError: The brake was pulled; the batches go on at the provider.
            EndpointError: The provider refuses a batch, or cannot be reached.
        """
        wait = _FIRST_WAIT
        for record in self._open():
            await self._patiently(self._send, record)
        waiting = self._open()
        while waiting:
            over = until()
            before = len(waiting)
            for record in waiting:
                if over:
                    await self._patiently(self._cancel, record)
                await self._patiently(self._look, record)
            waiting = self._open()
            wait = _FIRST_WAIT if len(waiting) < before else min(wait * 1.5, _LONGEST_WAIT)
            if waiting:
                await self._brake.sleep(wait)

    def _open(self) -> Sequence[BatchRecord]:
        return [
            record
            for record in self._store.batches(self._run_id)
            if record.state in {"sealed", "submitted"}
        ]

    async def _patiently(self, step: Step, record: BatchRecord) -> None:
        """Take a step; a provider that cannot be reached for a while is waited for."""
        wait = _FIRST_WAIT
        while True:
            try:
                await step(record)
            except UnreachableError:
                await self._brake.sleep(wait)
                wait = min(wait * 1.5, _LONGEST_WAIT)
            else:
                return

    def _provider(self, record: BatchRecord) -> ProviderBatches:
        return self._providers(self._llms[record.llm])

    async def _send(self, record: BatchRecord) -> None:
        """Submit a sealed batch, unless the provider has one of its name already."""
        if record.state != "sealed":
            return
        if not record.calls:
            await self._store.note_batch(record.id, "abandoned", "no call fits under the cap")
            return
        provider = self._provider(record)
        remote = await provider.find(record.id)
        if remote is None:
            with tempfile.TemporaryDirectory() as folder:
                lines = await asyncio.to_thread(self._written, record, Path(folder))
                remote = await provider.submit(lines[0], endpoint=lines[1], tag=record.id)
        await self._store.note_batch(record.id, "submitted", remote)
        named = {"batch": record.id, "remote": remote}
        _log.info("batch submitted", extra={**named, "calls": record.calls})

    def _written(self, record: BatchRecord, folder: Path) -> tuple[Path, str]:
        """The input file of a batch and the path all its requests are for."""
        endpoint = ""

        def lines() -> Iterator[tuple[str, str, str]]:
            nonlocal endpoint
            for key, path, body in self._store.batch_calls(record.id):
                endpoint = _endpoint(path)
                yield key, endpoint, body

        (file,) = files_of(lines(), folder)
        return file, endpoint

    async def _cancel(self, record: BatchRecord) -> None:
        await self._provider(record).cancel(record.remote)

    async def _look(self, record: BatchRecord) -> None:
        """Absorb a batch that has ended."""
        provider = self._provider(record)
        status = await provider.poll(record.remote)
        if not status.ended:
            return
        kept, chunk = record.answered, list[Answer]()
        async for answer in provider.answers(record.remote):
            chunk.append(self._kept(record, answer))
            if len(chunk) == _CHUNK:
                kept += await self._store.absorb(record.id, chunk)
                chunk = []
        kept += await self._store.absorb(record.id, chunk)
        # What the provider lost is asked again in the next round.
        state = "ended" if kept >= record.calls else "abandoned"
        await self._store.note_batch(record.id, state, f"{status.state} {status.error}".strip())
        named = {"batch": record.id, "remote": record.remote, "outcome": status.state}
        _log.info("batch ended", extra={**named, "answered": kept, "calls": record.calls})
        if status.state == "failed":
            raise EndpointError(
                f"the provider refused batch {record.remote}: {status.error or 'no reason given'}",
                remedy="mend what it names, or resume with --live",
            )

    def _kept(self, record: BatchRecord, answer: BatchAnswer) -> Answer:
        clean = without_keys if answer.status and answer.status < 400 else redact
        exchange = Exchange(
            key=answer.custom_id,
            path="",
            request="",
            status=answer.status,
            content_type="application/json" if answer.status else "",
            response=clean(answer.body, self._secrets),
            fault=None if answer.status else "expired",
            tier="batch",
        )
        return answer.custom_id, exchange, charge_of(self._llms[record.llm], exchange)


def _endpoint(path: str) -> str:
    """The path as the provider's batch API names it, whatever stands before its version."""
    at = path.find("/v1/")
    return path[at:] if at > 0 else path
