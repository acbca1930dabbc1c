"""The runs a worker has open: a judge for each, closed when the run pauses or rests too long.

A run is one brake, so that pausing or ending one leaves the others of a worker alone.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, suppress
from typing import Any

from panel.domain.run import Run, RunState
from panel.domain.scorecard import Scorecard
from panel.engine.dossier import Control, DossierWork
from panel.engine.ids import work_for
from panel.engine.quarantine import Retry, Strikes, Treatment
from panel.engine.slots import Slots
from panel.engine.watching import Watcher
from panel.errors import BusyError, ShipskipError
from panel.judging.brake import Brake
from panel.judging.tape import Mode
from panel.pipeline import Pipeline
from panel.store.store import Store

Opening = Callable[[Run, Mode, Brake], AbstractAsyncContextManager[Pipeline]]
"""Opens what reviews the dossiers of a run, until the context ends."""

_MOST = 4
"""Runs that stay open while nothing of them is in hand."""

_REFUSED = 30.0
"""Seconds until a run that this worker cannot work on is tried again."""

_FRESH = 1.0
"""Seconds for which it is believed that a run is not running."""

_WATCHED = 50
"""Runs that are looked at again, since they may be continued."""


class OpenRun:
    """A run that this worker works on.

    Args:
        run: The run.
        opening: Opens its pipeline.
        control: What its dossiers share.
    """

    def __init__(self, run: Run, opening: Opening, control: Control) -> None:
        self.run = run
        self.control = control
        self.tasks: set[asyncio.Task[Any]] = set()
        self.state: RunState = "running"
        self._opening = opening
        self._works: dict[Mode, DossierWork] = {}
        self._stack = AsyncExitStack()

    async def ready(self, *, again: bool) -> None:
        """Open the judge; one that looks at the tape first for what was begun before.

        Args:
            again: Whether a dossier was begun before.

        Raises:
            InputError: An llm cannot be opened here, e.g. for want of its key.
            ShipskipError: What the run reads is not there or not as it was.
        """
        mode = _mode(again=again)
        if mode not in self._works:
            opened = self._opening(self.run, mode, self.control.brake)
            pipeline = await self._stack.enter_async_context(opened)
            self._works[mode] = DossierWork(pipeline, self.control)

    async def work(self, slug: str, *, again: bool, alone: bool) -> Scorecard | None:
        """Work on a dossier, see `DossierWork.work`; after `ready`.

        Args:
            slug: The dossier.
            again: Whether it was begun before.
            alone: Whether its seats run one by one.
        """
        work_for(self.run.id)
        item = self.run.order.by_slug[slug]
        return await self._works[_mode(again=again)].work(item, alone=alone)

    def treatment(self, slug: str, retry: Retry | None) -> Treatment:
        """How to work on a dossier; from now on what is to be asked again counts as unanswered.

        Args:
            slug: The dossier.
            retry: What of it is to be asked again, if anything.
        """
        control = self.control
        found = control.strikes.treatment(slug)
        if retry is None:
            return found
        holds = retry.holds(control.strikes.most(slug))
        others = {key: nth for key, nth in control.again.items() if key not in retry.failed}
        control.again = {**others, **(retry.failed if holds else {})}
        return "alone" if found == "quarantined" and holds else found

    def weight(self, slug: str) -> int:
        """Reviews of a dossier that may ask for a place at once.

        Args:
            slug: The dossier.
        """
        panel = self.run.order.panel_of(self.run.order.by_slug[slug])
        caches = any(seat.llm.caches_prompts for seat in panel.seats)
        leads = self.run.lead == "on" or (self.run.lead == "auto" and caches)
        return 1 if leads else panel.reviews

    async def close(self) -> None:
        """Close its judges."""
        await self._stack.aclose()


def _mode(*, again: bool) -> Mode:
    return "resume" if again else "record"


class Runs:
    """All runs a worker has open.

    Args:
        store: Where they are kept.
        opening: Opens their pipelines.
        slots: Places for reviews, of all runs together.
        watcher: Who is told.
        brake: The worker's; it pulls those of its runs along.
    """

    def __init__(
        self, store: Store, opening: Opening, slots: Slots, watcher: Watcher, *, brake: Brake
    ) -> None:
        self._brake = brake
        self._store = store
        self._opening = opening
        self._slots = slots
        self._watcher = watcher
        self._open: dict[str, OpenRun] = {}
        self._leaving: list[OpenRun] = []
        self._closed: dict[str, float] = {}
        self._refused: dict[str, tuple[float, ShipskipError]] = {}
        self._turn = asyncio.Lock()

    @property
    def open(self) -> tuple[OpenRun, ...]:
        """Those that are open and running."""
        return tuple(self._open.values())

    @property
    def refused(self) -> dict[str, ShipskipError]:
        """Runs that this worker cannot work on for now, with the reason."""
        now = time.monotonic()
        return {run: error for run, (until, error) in self._refused.items() if now < until}

    def refuse(self, run_id: str, error: ShipskipError) -> bool:
        """Leave a run to others for a while.

        Args:
            run_id: Which.
            error: Why.

        Returns:
            Whether this is news.
        """
        known = self._refused.get(run_id)
        self._refused[run_id] = time.monotonic() + _REFUSED, error
        return known is None or str(known[1]) != str(error)

    async def at(self, run_id: str, *, sure: bool = False) -> OpenRun | None:
        """A run, opened if need be; None when it is not running.

        Args:
            run_id: Which.
            sure: Whether to ask again about a run that was not running a moment ago.

        Raises:
            BusyError: A process that shares it with nobody works on it.
            StoreError: It cannot be read.
        """
        async with self._turn:
            if sure:
                self._closed.pop(run_id, None)
            found = self._open.pop(run_id, None) or await self._opened(run_id)
            if found is not None:
                self._open[run_id] = found  # the one used last stands last
            return found

    async def _opened(self, run_id: str) -> OpenRun | None:
        if self._closed.get(run_id, 0) > time.monotonic():
            return None
        run = await asyncio.to_thread(self._store.run, run_id)
        if run.state != "running":
            self._note_closed(run_id)
            return None
        self._closed.pop(run_id, None)
        await asyncio.to_thread(self._store.claim_run, run_id, shared=True)
        deaths = await asyncio.to_thread(self._store.settle_deaths, run_id)
        brake = Brake(self._brake)
        control = Control(self._slots, brake, self._watcher, Strikes(deaths))
        return OpenRun(run, self._opening, control)

    def leave(self, run: OpenRun, state: RunState) -> None:
        """Let what a run has in hand come home and begin nothing of it; cancelled, end it at once.

        Args:
            run: The run.
            state: Its new state.
        """
        run.state = state
        run.control.brake.pull()
        if self._open.get(run.run.id) is run:
            del self._open[run.run.id]
        if state != "running":
            self._note_closed(run.run.id)
        if run not in self._leaving:
            self._leaving.append(run)
        if state == "cancelled":
            for task in run.tasks:
                task.cancel()

    async def look(self) -> None:
        """See which runs were paused, stopped, cancelled or continued; close what nobody needs.

        Raises:
            StoreError: A run cannot be read.
        """
        for run in (*self.open, *self._leaving):
            state = await asyncio.to_thread(self._store.run_state, run.run.id)
            if state not in {"running", run.state}:
                self.leave(run, state)
        resting = [run for run in self.open if not run.tasks]
        for run in resting[: max(0, len(self._open) - _MOST)]:
            self.leave(run, "running")
        for run in [run for run in self._leaving if not run.tasks]:
            self._leaving.remove(run)
            await self._close(run)
        for run_id in [one for one, until in self._closed.items() if until < time.monotonic()]:
            # A dossier of a run that is continued just now may have been put away as idle.
            with suppress(BusyError):
                await self.at(run_id)

    async def close(self) -> None:
        """Close all."""
        runs = (*self.open, *self._leaving)
        self._open.clear()
        for run in runs:
            await self._close(run)

    def _note_closed(self, run_id: str) -> None:
        self._closed.pop(run_id, None)
        self._closed[run_id] = time.monotonic() + _FRESH
        for oldest in list(self._closed)[:-_WATCHED]:
            del self._closed[oldest]

    async def _close(self, run: OpenRun) -> None:
        await run.close()
        if run.run.id not in self._open:
            await asyncio.to_thread(self._store.release_run, run.run.id)
