"""A worker: takes dossiers from the queue while it has a place for them, and cares for the queue.

It runs the very coroutine of one machine. A place is taken before a dossier, so that no worker
hoards what another could begin.
"""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass

from panel.domain.scorecard import Scorecard
from panel.engine.errors import first_error
from panel.engine.quarantine import Strikes
from panel.engine.slots import Slots
from panel.engine.watching import Watcher
from panel.engine.work_ending import conclude, stop_run
from panel.engine.work_hands import LAST, Hands, Ticket
from panel.engine.work_runs import Opening, OpenRun, Runs
from panel.errors import BusyError, DrainError, InputError, ShipskipError
from panel.judging.brake import Brake
from panel.store.store import Store

Say = Callable[[str], None]


@dataclass(frozen=True)
class Habits:
    """How a worker works.

    Attributes:
        concurrency: Most reviews at once.
        drain: Whether it leaves once nothing waits and nobody has anything in hand.
        only: The one run it works on; None for all.
        beat: Seconds between two signs of life.
        stalled: Seconds without one after which others take over what it had in hand.
        look: Seconds between two looks at the states of its runs.
    """

    concurrency: int = 32
    drain: bool = False
    only: str | None = None
    beat: float = 10.0
    stalled: float = 30.0
    look: float = 1.0


_ASIDE = 1.0
"""Seconds to leave a dossier alone that somebody slow still works on."""


class Worker:
    """Works until it is stopped, or until nothing is left.

    Args:
        queue: Where dossiers wait.
        store: Where results are kept; open for writing.
        opening: Opens the pipeline of a run.
        watcher: Who is told.
        habits: How it works.
        brake: Ends it; what has begun comes home, what has not is given back.
        say: Tells the person what happens.
    """

    def __init__(
        self,
        queue: Hands,
        store: Store,
        opening: Opening,
        *,
        watcher: Watcher,
        habits: Habits,
        brake: Brake,
        say: Say,
    ) -> None:
        self._queue = queue
        self._store = store
        self._habits = habits
        self._brake = brake
        self._say = say
        self._slots = Slots(habits.concurrency)
        self._runs = Runs(store, opening, self._slots, watcher, brake=brake)
        self._held: dict[int, asyncio.Task[None]] = {}
        self._load = 0
        self._idle = False
        self._ending = asyncio.Lock()
        self._over = Brake()
        self._wake = asyncio.Event()

    async def run(self) -> None:
        """Work.

        Raises:
            StoreError: The database stays away.
            InputError: It was to drain the queue, and cannot work on some run.
        """
        await self._queue.sign_on()
        try:
            async with first_error(), asyncio.TaskGroup() as sides:
                listening = sides.create_task(self._queue.listen(self._wake.set))
                for care in (self._live(), self._look(), self._heed()):
                    sides.create_task(care)
                async with asyncio.TaskGroup() as hands:
                    await self._fetch(hands)
                await self._conclude_idle()
                self._over.pull()
                listening.cancel()
        finally:
            await self._runs.close()
            await self._queue.sign_off()
        if self._habits.drain and not self._brake.pulled:
            for error in self._runs.refused.values():
                raise error

    async def _fetch(self, hands: asyncio.TaskGroup) -> None:
        loop = asyncio.get_running_loop()
        sorted_out = loop.time()
        while not self._brake.pulled:
            while self._load > self._habits.concurrency:
                # Enough to fill every place: the next dossier is better left to another worker.
                await asyncio.wait(self._held.values(), return_when=asyncio.FIRST_COMPLETED)
            await self._slots.door()
            self._wake.clear()
            if self._brake.pulled:
                break
            ticket = await self._queue.take(self._habits.only, but=self._runs.refused)
            self._idle = ticket is None
            if ticket is not None and await self._begin(ticket, hands):
                continue  # its place is given back when it is done
            self._slots.release()
            if loop.time() - sorted_out > self._habits.stalled:
                # Only here is it sure that no dossier is on its way to us.
                await self._queue.put_back_but(self._held.keys)
                sorted_out = loop.time()
            if ticket is None and (await self._is_drained() or await self._rest()):
                break

    async def _begin(self, ticket: Ticket, hands: asyncio.TaskGroup) -> bool:
        """Begin to work on a dossier; whether it has our place now."""
        run = await self._ready(ticket)
        if run is None:
            return False
        if ticket.again:
            if await asyncio.to_thread(self._store.is_in_hand, ticket.run, ticket.slug):
                # It was taken from a worker that is slow, not dead: two would pay twice.
                await self._queue.give_back(ticket)
                await asyncio.sleep(_ASIDE)
                return False
            deaths = await asyncio.to_thread(self._store.settle_deaths, ticket.run)
            run.control.strikes = Strikes(deaths)
        treatment = run.treatment(ticket.slug, ticket.retry)
        if treatment == "quarantined":
            self._say(f"{ticket.slug} of run {ticket.run} ended three processes and is left alone")
            await self._queue.done(ticket)
            return False
        if treatment == "alone":
            return await self._begin_alone(ticket, run, hands)
        self._hand(ticket, run, hands, alone=False)
        return True

    async def _ready(self, ticket: Ticket) -> OpenRun | None:
        """The run of a dossier, ready to work on; else the dossier is put where it belongs."""
        try:
            # Nobody finds a retry that was put away because its run seemed to have ended.
            run = await self._runs.at(ticket.run, sure=ticket.retry is not None)
            if run is not None:
                await run.ready(again=ticket.again)
        except (InputError, BusyError) as error:
            await self._queue.give_back(ticket)
            if self._runs.refuse(ticket.run, error):
                self._say(f"run {ticket.run} is left to other workers: {error}")
            return None
        except ShipskipError as error:
            await self._queue.give_back(ticket)
            await stop_run(self._store, ticket.run, error, self._say)
            return None
        if run is None:
            await self._queue.done(ticket)
        elif self._brake.pulled:
            await self._queue.give_back(ticket)
            return None
        return run

    async def _begin_alone(self, ticket: Ticket, run: OpenRun, hands: asyncio.TaskGroup) -> bool:
        """Work on nothing else meanwhile, and only once nothing else waits."""
        if ticket.priority > LAST:
            await self._queue.give_back(ticket, priority=LAST)
            return False
        self._slots.release()  # what is in hand may need it to come to its end
        if self._held:
            await asyncio.wait(self._held.values())
        await self._slots.door()
        await asyncio.wait([self._hand(ticket, run, hands, alone=True)])
        return True

    def _hand(
        self, ticket: Ticket, run: OpenRun, hands: asyncio.TaskGroup, *, alone: bool
    ) -> asyncio.Task[None]:
        task = hands.create_task(self._serve(ticket, run, alone=alone))
        weight = run.weight(ticket.slug)
        self._load += weight
        self._held[ticket.id] = task
        run.tasks.add(task)

        def put_away(_: object) -> None:
            self._load -= weight
            del self._held[ticket.id]
            run.tasks.discard(task)
            self._wake.set()

        task.add_done_callback(put_away)
        return task

    async def _serve(self, ticket: Ticket, run: OpenRun, *, alone: bool) -> None:
        card: Scorecard | None = None
        try:
            card = await run.work(ticket.slug, again=ticket.again, alone=alone)
        except asyncio.CancelledError:
            if run.state != "cancelled":
                raise
        except ShipskipError as error:
            run.control.end(error)
        if run.control.ending and run.state == "running":
            self._runs.leave(run, "stopped")
            await stop_run(self._store, ticket.run, run.control.ending, self._say)
        if card is None and run.state == "running":
            await self._queue.give_back(ticket)
            return
        if card is not None and self._idle:
            # If this was the last one, the run ends before it is forgotten that it was in hand.
            await self._conclude(run, in_hand=1)
        await self._queue.done(ticket)

    async def _conclude(self, run: OpenRun, *, in_hand: int) -> None:
        async with self._ending:  # who comes second must not leave before it is said
            if await self._queue.waiting(run.run.id) > in_hand:
                return
            await conclude(self._store, self._queue, run.run, self._say, in_hand=in_hand)

    async def _conclude_idle(self) -> None:
        for run in self._runs.open:
            if not run.tasks:
                await self._conclude(run, in_hand=0)

    async def _is_drained(self) -> bool:
        if not self._habits.drain or self._held:
            return False
        await self._conclude_idle()
        return not await self._queue.waiting(self._habits.only, but=self._runs.refused)

    async def _rest(self) -> bool:
        """Wait for news, a while at most: a dossier that is put back makes none."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._wake.wait(), 2 * self._habits.look)
        return self._brake.pulled

    async def _heed(self) -> None:
        """Wake up when the brake is pulled."""
        while await self._wait(self._habits.look / 4):
            if self._brake.pulled:
                self._wake.set()

    async def _look(self) -> None:
        while await self._wait(self._habits.look):
            await self._runs.look()
            await self._conclude_idle()

    async def _wait(self, seconds: float) -> bool:
        """Whether the worker is still there after some time; no query of its is ever cut off."""
        try:
            await self._over.sleep(seconds)
        except DrainError:
            return False
        return True

    async def _live(self) -> None:
        """Give signs of life, and take over from those that give none.

        Whoever was cut off itself calls nobody dead: after an outage all look dead to the first.
        """
        loop = asyncio.get_running_loop()
        last = since = loop.time()
        while await self._wait(self._habits.beat):
            await self._queue.beat()
            now = loop.time()
            if now - last > 2 * self._habits.beat:
                since = now
            last = now
            if now - since >= self._habits.stalled:
                taken = await self._queue.take_over(self._habits.stalled)
                if taken:
                    self._say(f"{taken} dossiers of workers that are gone wait again")
                    self._wake.set()
