"""The one coroutine that brings a dossier from its questions to its scorecard.

One machine runs many of them side by side, workers on many machines run the very same; whatever
limits there are stand behind `Slots`, the brake and the judge.
"""

import asyncio
import datetime as dt
from collections.abc import (
    AsyncGenerator,
    Awaitable,
    Callable,
    Coroutine,
    Generator,
    Iterable,
    Mapping,
    Sequence,
)
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from panel.domain.review import Review
from panel.domain.run import OrderedDossier
from panel.domain.scorecard import Scorecard
from panel.engine.errors import first_error
from panel.engine.quarantine import Strikes
from panel.engine.slots import Slots
from panel.engine.watching import Silent, Watcher
from panel.errors import (
    DrainError,
    EndpointError,
    PendingError,
    ShipskipError,
    SpendingError,
    StoreError,
)
from panel.judging.brake import Brake
from panel.judging.question import Question
from panel.judging.remedies import failure
from panel.judging.undisturbed import undisturbed
from panel.pipeline import Opened, Pipeline


@dataclass
class Control:
    """What all dossiers of a process share.

    Attributes:
        slots: Places for reviews.
        brake: Pulled when nothing new may begin.
        watcher: Who is told.
        strikes: What ended the process before.
        again: Failures to ask again: which try they were by review key.
        ending: The error that ended the run, once there is one.
        pending: Questions that wait for a provider's batch.
    """

    slots: Slots
    brake: Brake
    watcher: Watcher = field(default_factory=Silent)
    strikes: Strikes = field(default_factory=lambda: Strikes({}))
    again: Mapping[str, int] = field(default_factory=dict[str, int])
    ending: ShipskipError | None = None
    pending: int = 0

    def end(self, error: ShipskipError) -> None:
        """Let running calls come home and begin nothing new; the first error is the one told."""
        self.ending = self.ending or error
        self.brake.pull()


class DossierWork:
    """Works on dossiers of one run.

    Args:
        pipeline: What to run.
        control: What is shared with other dossiers.
    """

    def __init__(self, pipeline: Pipeline, control: Control) -> None:
        self._pipeline = pipeline
        self._control = control
        self._store = pipeline.store

    async def work(
        self,
        item: OrderedDossier,
        *,
        alone: bool = False,
        enter: Callable[[], Awaitable[None]] | None = None,
    ) -> Scorecard | None:
        """Ask what has no answer yet and reduce.

        Args:
            item: The dossier.
            alone: Whether its seats run one by one, so that a death of the process has one cause.
            enter: Takes a place by `Slots.door` once the dossier lies open; None when the caller
                has taken one already.

        Returns:
            The scorecard; None when some answers are still missing, since the run is stopping or
            they wait for a provider's batch.

        Raises:
            StoreError: A result cannot be kept.
            TamperError: What is stored is not as it was written.
        """
        with self._place(taken=enter is None) as place:
            async with self._noted(item.slug) as work:
                opened = await self._opened(item, work)
                if enter:
                    await enter()
                    place.take()
                return await self._worked(opened, place, alone=alone)

    async def _opened(self, item: OrderedDossier, work: str) -> Opened:
        opened = await asyncio.to_thread(self._pipeline.open, item)
        # Sent off together, they share one commit.
        await asyncio.gather(
            self._store.keep_documents(opened.prompts), self._store.note_opened(work)
        )
        return opened

    async def _worked(self, opened: Opened, place: "_Place", *, alone: bool) -> Scorecard | None:
        questions = self._unanswered(opened)
        asked = {question.key for question in questions}
        for review in opened.kept.values():
            if review.key not in asked:
                self._control.watcher.finished(review)
        reviews = await (self._one_by_one if alone else self._together)(questions, place)
        return await self._reduce(opened, reviews)

    def _unanswered(self, opened: Opened) -> list[Question]:
        questions: list[Question] = []
        for question in opened.questions:
            kept = opened.kept.get(question.key)
            if kept is None:
                questions.append(question)
            elif self._control.again.get(kept.key) == kept.nth:
                questions.append(replace(question, nth=kept.nth + 1))
        return questions

    async def _reduce(self, opened: Opened, reviews: Sequence[Review | None]) -> Scorecard | None:
        if None in reviews:
            return None
        standing = dict(opened.kept) | {review.key: review for review in reviews if review}
        ordered = tuple(standing[question.key] for question in opened.questions)
        card = await self._pipeline.reduce(opened.dossier, ordered)
        self._control.watcher.scored(card, ordered)
        return card

    async def _together(
        self, questions: Sequence[Question], place: "_Place"
    ) -> list[Review | None]:
        """All seats at once, the first of each llm ahead where the provider caches prompts."""
        lead = self._pipeline.run.lead
        ahead: dict[str, Question] = {}
        for question in questions:
            if lead == "on" or (lead == "auto" and question.llm.caches_prompts):
                ahead.setdefault(question.llm.digest, question)
        first = list(ahead.values())
        keys = {question.key for question in first}
        rest = [question for question in questions if question.key not in keys]
        found = await _gathered(self._ask(question, place) for question in first)
        return found + await _gathered(self._ask(question, place) for question in rest)

    async def _one_by_one(
        self, questions: Sequence[Question], place: "_Place"
    ) -> list[Review | None]:
        strikes, again = self._control.strikes, self._control.again
        # They go in the same order each time, so the first with its strikes was in hand at the last
        # death; those behind it were laid it too, since their answers were there, and get a try.
        guilty = next(
            (
                question
                for question in questions
                if strikes.quarantines(question.dossier.slug, question.key)
                and question.key not in again
            ),
            None,
        )
        found: list[Review | None] = []
        for question in questions:
            if question is guilty:
                found.append(await self._quarantine(question))
            else:
                found.append(await self._ask(question, place))
        return found

    async def _quarantine(self, question: Question) -> Review:
        failed = failure("quarantined", "this seat ended the process three times")
        review = question.answered(failure=failed, cost=Decimal(0))
        kept = await self._pipeline.keep(review, started=dt.datetime.now(dt.UTC), seconds=0)
        self._control.watcher.finished(kept)
        return kept

    async def _ask(self, question: Question, place: "_Place") -> Review | None:
        """Ask one question once there is a place; None when it gets no answer for now."""
        control = self._control
        if not place.hand_over():
            await control.slots.seat()
        own = _Place(control.slots, taken=True)
        try:
            control.brake.check()
            control.watcher.started(question)
            review = await self._pipeline.review_one(question, answered=own.give_back)
        except PendingError:
            control.pending += 1
            return None
        except DrainError:
            return None
        except (EndpointError, SpendingError) as error:
            control.end(error)
            return None
        finally:
            own.give_back()
        control.watcher.finished(review)
        return review

    @asynccontextmanager
    async def _noted(self, slug: str) -> AsyncGenerator[str]:
        """Note durably what is worked on; what is never ended died with its process.

        An error of our own leaves the note open as well: it would end the next try alike.
        """
        work = await self._store.begin_work(self._pipeline.run.id, slug)
        try:
            yield work
        except (asyncio.CancelledError, StoreError):
            with suppress(StoreError):
                await undisturbed(self._store.end_work(work))
            raise
        await self._store.end_work(work)

    @contextmanager
    def _place(self, *, taken: bool) -> Generator["_Place"]:
        """The place taken for the dossier: its first question takes it over."""
        place = _Place(self._control.slots, taken=taken)
        try:
            yield place
        finally:
            place.give_back()


class _Place:
    """A place that is held, or not: one question may take it over, and it goes back once."""

    def __init__(self, slots: Slots, *, taken: bool) -> None:
        self._slots = slots
        self._held = taken

    def take(self) -> None:
        """It is held now."""
        self._held = True

    def hand_over(self) -> bool:
        """Whether it was still held; from now on somebody else sees to it."""
        held, self._held = self._held, False
        return held

    def give_back(self) -> None:
        """Let another have it, if it is still held."""
        if self.hand_over():
            self._slots.release()


async def _gathered(
    asking: Iterable[Coroutine[Any, Any, Review | None]],
) -> list[Review | None]:
    """All results in order; the first error cancels the others."""
    async with first_error(), asyncio.TaskGroup() as group:
        tasks = [group.create_task(one) for one in asking]
    return [task.result() for task in tasks]
