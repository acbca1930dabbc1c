"""Who wants to see a run go on: the terminal, the log, the traces."""

from collections.abc import Sequence
from typing import Protocol

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.judging.question import Question


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


class Watchers:
    """Several watchers as one.

    Args:
        watchers: They are told in this order.
    """

    def __init__(self, watchers: Sequence[Watcher]) -> None:
        self._watchers = tuple(watchers)

    def started(self, question: Question) -> None:
        """Tell all."""
        for watcher in self._watchers:
            watcher.started(question)

    def finished(self, review: Review) -> None:
        """Tell all."""
        for watcher in self._watchers:
            watcher.finished(review)

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Tell all."""
        for watcher in self._watchers:
            watcher.scored(card, reviews)
