"""`shipskip worker`, and the commands that steer what workers share."""

import os
import platform
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from panel.cli import options
from panel.cli.diagnostics import say
from panel.errors import InputError

if TYPE_CHECKING:
    from panel.bootstrap.house import House
    from panel.domain.review import Review
    from panel.domain.scorecard import Scorecard
    from panel.judging.question import Question

Priority = Annotated[
    int,
    typer.Option(
        "--priority", min=-100, max=100, help="Runs of higher priority are worked on first."
    ),
]
Patience = Annotated[
    float,
    typer.Option(
        "--patience",
        min=0.5,
        max=3600,
        help="Seconds without a sign after which others take over; at least 3 beats.",
    ),
]


def worker(  # noqa: PLR0913, PLR0917 - a command has as many parameters as options
    concurrency: options.Concurrency = None,
    run: Annotated[
        str | None,
        typer.Option("--run", metavar="RUN", help="Work on this run only.", show_default=False),
    ] = None,
    drain: Annotated[
        bool, typer.Option("--drain", help="Leave once nothing is left to do.")
    ] = False,
    name: Annotated[
        str, typer.Option("--name", help="What this worker is called [default: HOST-PID].")
    ] = "",
    beat: Annotated[
        float, typer.Option("--beat", min=0.1, max=60, help="Seconds between signs of life.")
    ] = 10.0,
    patience: Patience = 30.0,
    log_level: options.LogLevel = None,
    log_file: options.LogFile = None,
    log_format: options.LogFormat = None,
) -> None:
    """Work on runs that were left to workers, on this machine and any other.

    The database and the keys of the llms come from the environment; all else from the run. Ctrl-C
    once lets the calls in flight come home and gives the rest back; twice stops at once.
    """
    given = options.settings_of(locals())
    from panel.bootstrap.house import House
    from panel.bootstrap.working import Habits, work
    from panel.cli.stopping import drainable

    house = House.open(Path.cwd(), given)
    if patience < 3 * beat:
        remedy = "give a longer --patience or a shorter --beat"
        raise InputError(
            f"--patience {patience:g} is less than 3 beats of {beat:g} s", remedy=remedy
        )
    habits = Habits(
        concurrency=house.settings.concurrency,
        drain=drain,
        only=None if run is None else _resolved(house, run),
        beat=beat,
        stalled=patience,
    )
    called = name or f"{platform.node()}-{os.getpid()}"

    def tell(text: str) -> None:
        say(f"worker {called}: {text}")

    drainable(
        lambda brake: work(house, habits, brake, say=tell, watcher=Scores(tell)),
        lambda: 0,  # the calls of other workers cannot be told from ours
        "shipskip worker",
    )
    tell("nothing is left to do" if drain else "stopped; what was not begun is left to others")


class Scores:
    """A watcher that tells of scorecards only.

    Args:
        tell: Tells the person.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell

    def started(self, question: "Question") -> None:
        """Say nothing; there are thousands."""

    def finished(self, review: "Review") -> None:
        """Say nothing; there are thousands."""

    def scored(self, card: "Scorecard", reviews: "tuple[Review, ...]") -> None:  # noqa: ARG002
        """Tell of a dossier that is done."""
        self._tell(f"{card.slug}: {card.outcome} (run {card.run})")


def _resolved(house: "House", name: str) -> str:
    with house.store(write=False) as store:
        return store.resolve_run(name)


def pause(run: options.RunName = "latest") -> None:
    """Let workers finish the calls in flight of a run and begin no more."""
    from panel.bootstrap.house import House
    from panel.bootstrap.working import pause as hold

    run_id = hold(House.open(Path.cwd()), run)
    say(f"run {run_id} is paused; go on with: shipskip runs continue {run_id}")


def continue_(run: options.RunName = "latest", priority: Priority = 0) -> None:
    """Let a paused or stopped run wait for workers again."""
    from panel.bootstrap.house import House
    from panel.bootstrap.working import continue_ as go_on

    run_id, added = go_on(House.open(Path.cwd()), run, priority=priority)
    say(f"run {run_id} goes on: {added:,} dossiers more wait for workers")


def cancel(run: options.RunName = "latest") -> None:
    """End a run for good; what was answered is kept, calls in flight are cut off."""
    from panel.bootstrap.house import House
    from panel.bootstrap.working import cancel as end

    run_id = end(House.open(Path.cwd()), run)
    say(f"run {run_id} is cancelled; what was answered is kept: shipskip runs show {run_id}")
