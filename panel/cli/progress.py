"""Shows a run as it goes: a live line on a terminal, a plain line per dossier elsewhere."""

import sys
import time
from collections import deque
from collections.abc import Callable, Sequence
from types import TracebackType

from rich.console import Console, RenderableType
from rich.live import Live

from panel.cli.diagnostics import say
from panel.cli.live import bar
from panel.cli.progress_words import duration
from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.judging.question import Question

_PATIENCE, _REDRAWN, _LOGGED = 2.0, 0.2, 10.0
"""Seconds before planning is told, between two views of it, and between two lines."""

CardSink = Callable[[Scorecard, tuple[Review, ...]], None]


class ProgressLine:
    """A watcher of a run that writes to stderr; use it as a context manager.

    Args:
        total: Reviews in the run.
        dossiers: Dossiers in the run.
        on_card: Called with each scorecard and its reviews, in order of completion.
    """

    def __init__(self, total: int, dossiers: int, on_card: CardSink) -> None:
        self._on_card = on_card
        self._total = total
        self._dossiers = dossiers
        self._done = self._scored = self._failed = 0
        self._doing = ""
        self._begun = time.monotonic()
        self._live = sys.stderr.isatty()
        self._view = Live(
            console=Console(stderr=True),
            get_renderable=self._line,
            transient=True,
            redirect_stdout=False,  # data on stdout must stay there
        )

    def __enter__(self) -> "ProgressLine":
        self._show()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._view.stop()

    def started(self, question: Question) -> None:
        """Name what is being asked."""
        self._doing = f"{question.dossier.slug}: {question.persona.id}"

    def finished(self, review: Review) -> None:
        """Count a review."""
        self._done += 1
        self._failed += review.failure is not None
        self._doing = f"{review.slug}: {review.persona}"

    def scored(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Hand a finished dossier on."""
        self._scored += 1
        if not self._live and self._dossiers > 1:
            say(f"[{self._scored}/{self._dossiers}] {card.slug}: {card.outcome}")
        self._view.stop()  # the card may go to the same terminal
        self._on_card(card, reviews)
        self._show()

    def _show(self) -> None:
        if self._live:
            self._view.start()

    def _line(self) -> RenderableType:
        failed = f", {self._failed} failed" if self._failed else ""
        worked = duration(time.monotonic() - self._begun)
        words = f"{self._done} of {self._total} reviews{failed}, {worked}; {self._doing}"
        return bar(self._done, self._total, words)


class InOrder:
    """Gives scorecards out in the run's order, however they come in.

    Args:
        slugs: Slugs in the order of the run.
        give: Called with each scorecard and its reviews when its turn has come.
    """

    def __init__(self, slugs: Sequence[str], give: CardSink) -> None:
        self._slugs = deque(slugs)
        self._give = give
        self._waiting: dict[str, tuple[Scorecard, tuple[Review, ...]]] = {}

    def __call__(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Take one scorecard; give out every one whose turn has come."""
        self._waiting[card.slug] = (card, reviews)
        while self._slugs and self._slugs[0] in self._waiting:
            self._give(*self._waiting.pop(self._slugs.popleft()))


class Planning:
    """Tells how far the planning of a long list is; use it as a context manager.

    After two seconds a terminal has one line that changes; a log has a line every ten seconds.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._live = sys.stderr.isatty()
        self._again = clock() + (_PATIENCE if self._live else _LOGGED)
        self._open = False

    def __call__(self, done: int, total: int) -> None:
        """Take one more row.

        Args:
            done: Rows that are planned.
            total: Rows of the list.
        """
        now = self._clock()
        if now < self._again:
            return
        words = f"planning: {done:,} of {total:,} dossiers"
        if self._live:
            sys.stderr.write(f"\r\x1b[K{words}")
            sys.stderr.flush()
            self._open = True
        else:
            say(words)
        self._again = now + (_REDRAWN if self._live else _LOGGED)

    def __enter__(self) -> "Planning":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._open:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
