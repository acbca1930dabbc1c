"""All reviews of a run on one machine: many at once, work streamed, one dossier after another.

A fixed number of workers takes questions from a lazy stream, so that memory does not grow with the
number of dossiers and one slow seat holds up nobody else.
"""

import asyncio
from collections.abc import Iterator
from typing import Protocol, cast

from panel.domain.dossier import Dossier
from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.judging.question import Question
from panel.pipeline import Pipeline


class Watcher(Protocol):
    """Somebody who wants to see a run progress."""

    def started(self, question: Question) -> None:
        """A question is being asked."""
        ...

    def finished(self, review: Review) -> None:
        """A review is kept (or was kept by an earlier start of this run)."""
        ...

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """A dossier is done."""
        ...


class Silent:
    """A watcher that watches nothing."""

    def started(self, question: Question) -> None:
        """Ignore."""

    def finished(self, review: Review) -> None:
        """Ignore."""

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Ignore."""


class _Progress:
    """Gathers a dossier's reviews until the last one is in."""

    def __init__(self, dossier: Dossier, questions: list[Question]) -> None:
        self.dossier = dossier
        self.waiting = {question.key for question in questions}
        self.reviews: list[Review] = []

    def add(self, review: Review) -> bool:
        """Add a review; True when it was the last one."""
        self.reviews.append(review)
        self.waiting.discard(review.key)
        return not self.waiting


class LocalEngine:
    """Runs one pipeline to its end.

    Args:
        pipeline: What to run.
        concurrency: Most reviews at once.
        watcher: Who is told.
    """

    def __init__(self, pipeline: Pipeline, *, concurrency: int, watcher: Watcher) -> None:
        self._pipeline = pipeline
        self._concurrency = concurrency
        self._watcher = watcher
        self._kept = pipeline.kept()

    async def run(self) -> list[Scorecard]:
        """Answer every question that has no review yet and reduce every dossier.

        Returns:
            The scorecards in the order of the run.

        Raises:
            EndpointError: An llm refuses every call; running calls are cancelled, none follows.
            StoreError: A result cannot be kept.
        """
        cards: dict[str, Scorecard] = {}
        stream = self._stream(cards)
        total = self._pipeline.run.order
        most = len(total.dossiers) * len(total.seats) * total.samples
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(min(self._concurrency, most)):
                    group.create_task(self._work(stream, cards))
        except BaseExceptionGroup as failed:
            # One worker's error ends the run; the group only adds the others' cancellation.
            raise _first(failed) from None
        return [cards[item.slug] for item in total.dossiers]

    def _stream(self, cards: dict[str, Scorecard]) -> Iterator[tuple[Question, _Progress]]:
        run = self._pipeline.run
        for dossier in self._pipeline.material.dossiers:
            questions = list(self._pipeline.material.questions(run, dossier))
            progress = _Progress(dossier, questions)
            for question in questions:
                kept = self._kept.pop(question.key, None)
                if kept is None:
                    yield question, progress
                else:
                    self._finish(kept, progress, cards)

    async def _work(
        self, stream: Iterator[tuple[Question, _Progress]], cards: dict[str, Scorecard]
    ) -> None:
        for question, progress in stream:
            self._watcher.started(question)
            review = await self._pipeline.review_one(question)
            self._finish(review, progress, cards)

    def _finish(self, review: Review, progress: _Progress, cards: dict[str, Scorecard]) -> None:
        self._watcher.finished(review)
        if progress.add(review):
            card = self._pipeline.reduce(progress.dossier, progress.reviews)
            cards[progress.dossier.slug] = card
            self._watcher.scored(card, tuple(progress.reviews))


def _first(error: BaseException) -> BaseException:
    """The first error of a group that is no group itself."""
    while isinstance(error, BaseExceptionGroup):
        error = cast("BaseExceptionGroup[BaseException]", error).exceptions[0]
    return error
