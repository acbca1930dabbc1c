"""Shows a run while somebody else works on it: a live view on a terminal, plain lines elsewhere.

It is drawn from the database alone, so the same view serves the process that works, a second
terminal, and a run that workers on other machines share.
"""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Protocol

from rich.console import Console, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from panel.cli.diagnostics import give, say
from panel.cli.progress_words import (
    cost_words,
    failure_words,
    kind_words,
    line,
    percent_done,
    speed_words,
    time_words,
)
from panel.domain.progress import Progress
from panel.errors import ShipskipError

ENDED = frozenset({"finished", "stopped", "cancelled"})
"""States after which nothing more is to be seen."""

_WIDTH = 80
_EVERY = 10.0
"""Seconds between plain lines."""

_SHARE = 50
"""The database is asked at most this part of the time: 2 %."""

_LONGEST = 5.0
"""Seconds between two looks at most, so that one slow look does not leave a view behind."""

_STYLES = {"running": "green", "finished": "bold green", "stopped": "bold red", "paused": "yellow"}

Ask = Callable[[], Progress]


class Screen(Protocol):
    """Somebody who shows how far a run is."""

    def show(self, progress: Progress) -> None:
        """Show it."""
        ...

    def close(self) -> None:
        """Show no more."""
        ...


def bar(done: int, total: int, words: str) -> RenderableType:
    """How much is done, as a bar with words behind it.

    Args:
        done: Reviews that are done.
        total: Reviews in all.
        words: What stands behind the bar.
    """
    row = Table.grid(padding=(0, 2))
    row.add_column(no_wrap=True)
    row.add_column(no_wrap=True, overflow="ellipsis")
    row.add_row(ProgressBar(max(total, 1), done, width=28), Text(words))
    return row


def frame(progress: Progress) -> RenderableType:
    """How far a run is, for a terminal of 80 columns.

    Args:
        progress: How far it is.
    """
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis", max_width=_WIDTH - 14)
    for label, words in _rows(progress):
        grid.add_row(label, words)
    return grid


def _rows(progress: Progress) -> list[tuple[str, RenderableType]]:
    ledger = progress.ledger
    title = f"{progress.name} ({progress.run})" if progress.name else progress.run
    counted = f"{percent_done(progress)} %  {progress.done:,} of {progress.reviews:,} reviews"
    failed = f"{progress.failed:,} failed"
    rows: list[tuple[str, RenderableType]] = [
        ("run", Text.assemble(title, "  ", (progress.state, _STYLES.get(progress.state, "")))),
        ("reviews", bar(progress.done, progress.reviews, counted)),
        (
            "",
            Text.assemble(
                f"{progress.answered:,} answered, ",
                (failed, "red" if progress.failed else ""),
                f", {ledger.unanswered:,} in flight" if progress.state == "running" else "",
                f"; {progress.scored:,} of {progress.dossiers:,} scorecards",
            ),
        ),
        ("speed", Text(speed_words(progress))),
        ("cost", Text(cost_words(progress))),
        ("time", Text(time_words(progress))),
    ]
    if progress.kinds:
        rows.append(("failures", Text(kind_words(progress), "red")))
    rows += [("", Text(failure_words(seen), "dim")) for seen in progress.last_failures[:3]]
    if progress.note and progress.state != "running":
        rows.append(("note", Text(progress.note)))
    return rows


class TerminalScreen:
    """A view that is drawn over itself on stderr, and stays when it is closed."""

    def __init__(self) -> None:
        self._live = Live(
            console=Console(stderr=True, highlight=False, emoji=False),
            auto_refresh=False,
            redirect_stdout=False,  # data on stdout must stay there
        )

    def show(self, progress: Progress) -> None:
        """Draw it anew."""
        if not self._live.is_started:
            self._live.start()
        self._live.update(frame(progress), refresh=True)

    def close(self) -> None:
        """Leave the last view on the terminal."""
        if self._live.is_started:
            self._live.stop()


class LineScreen:
    """A line now and then: every ten seconds, at each tenth of the run, and at the end.

    Args:
        out: Where lines go.
        clock: Seconds that only grow.
    """

    def __init__(
        self, out: Callable[[str], None] = say, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._out = out
        self._clock = clock
        self._told: Progress | None = None
        self._last: Progress | None = None
        self._at = 0.0

    def show(self, progress: Progress) -> None:
        """Say it when it is time to."""
        self._last = progress
        told = self._told
        if (
            told is None
            or self._clock() - self._at >= _EVERY
            or percent_done(progress) // 10 > percent_done(told) // 10
        ):
            self._tell(progress)

    def close(self) -> None:
        """Say the last word, unless it was said."""
        if self._last is not None and self._last != self._told:
            self._tell(self._last)

    def _tell(self, progress: Progress) -> None:
        before = self._told.failed if self._told else 0
        self._told, self._at = progress, self._clock()
        self._out(line(progress))
        if progress.failed > before and progress.last_failures:
            self._out(f"  last failure: {failure_words(progress.last_failures[0])}")


class JsonScreen:
    """One JSON object a line on stdout, whenever something has changed."""

    def __init__(self) -> None:
        self._last: Progress | None = None

    def show(self, progress: Progress) -> None:
        """Give it to the reader."""
        if progress != self._last:
            give(progress.model_dump_json())
        self._last = progress

    def close(self) -> None:
        """Nothing is left open."""


def screen(*, stdout_busy: bool) -> Screen:
    """The view that fits where stderr goes.

    Args:
        stdout_busy: Whether data is printed meanwhile; two on one terminal would mix.
    """
    if sys.stderr.isatty() and not (stdout_busy and sys.stdout.isatty()):
        return TerminalScreen()
    return LineScreen()


class Watching:
    """Looks at a run once a second in a thread of its own; use it as a context manager.

    Args:
        ask: Asks the database how far the run is.
        screens: Who shows it.
    """

    def __init__(self, ask: Ask, screens: Sequence[Screen]) -> None:
        self._ask = ask
        self._screens = tuple(screens)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._keep_looking, name="watching", daemon=True)

    def __enter__(self) -> "Watching":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._over.set()
        self._thread.join()
        try:
            look(self._ask, self._screens)
        except ShipskipError:
            if error is None:
                raise
        finally:
            for one in self._screens:
                one.close()

    def _keep_looking(self) -> None:
        pause = 0.2
        while not self._over.wait(pause):
            try:
                pause, _ = look(self._ask, self._screens)
            except ShipskipError:
                pause = 1.0  # not stored yet, or the database is away: the work itself will tell


def look(ask: Ask, screens: Sequence[Screen]) -> tuple[float, Progress]:
    """Ask once and show it.

    Args:
        ask: Asks the database how far the run is.
        screens: Who shows it.

    Returns:
        Seconds to wait before the next look, and what was seen.
    """
    begun = time.monotonic()
    progress = ask()
    took = time.monotonic() - begun
    for one in screens:
        one.show(progress)
    return min(max(1.0, _SHARE * took), _LONGEST), progress


def watch(ask: Ask, screens: Sequence[Screen]) -> Progress:
    """Look on until the run has ended.

    Args:
        ask: Asks the database how far the run is.
        screens: Who shows it.

    Returns:
        What was seen last.

    Raises:
        KeyboardInterrupt: The person has seen enough.
    """
    try:
        pause, progress = look(ask, screens)
        while progress.state not in ENDED:
            time.sleep(pause)
            pause, progress = look(ask, screens)
    finally:
        for one in screens:
            one.close()
    return progress
