"""Leaves a run to workers on other machines and looks on until it has ended.

Every command that begins work shares it, so that `--here` and `--enqueue` mean the same everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from panel.bootstrap.house import House
from panel.cli.diagnostics import say
from panel.cli.live import Screen, watch
from panel.domain.progress import Progress
from panel.domain.run import Run
from panel.engine.notes import spending_in
from panel.errors import InputError, InterruptError, ShipskipError, SpendingError
from panel.store.store import Store


@dataclass(frozen=True)
class Where:
    """Who does the work.

    Attributes:
        here: Whether this process does (True) or workers do (False); None for the usual way.
        priority: For workers: higher ones are worked on first.
    """

    here: bool | None = None
    priority: int = 0


def by_workers(house: House, where: Where, *, batched: bool) -> bool:
    """Whether workers do the work: they need a database that many machines can reach.

    Args:
        house: Workspace and settings.
        where: What the person asked for.
        batched: Whether the run goes through a provider's batch API.

    Raises:
        InputError: Workers are wanted and cannot do it.
    """
    shared = house.database_url.startswith("postgresql")
    if where.here is False and not shared:
        raise InputError(
            "workers need a PostgreSQL database",
            remedy="set SHIPSKIP_DATABASE_URL=postgresql://..., or leave --enqueue out",
        )
    if where.here is False and batched:
        remedy = "leave --enqueue or --provider-batch out"
        raise InputError("a provider's batch is driven by one process", remedy=remedy)
    return shared and not batched and not where.here


def look_on(house: House, store: Store, run: Run, waiting: int, screens: Sequence[Screen]) -> None:
    """Look on while workers work on a run, until it has ended.

    Args:
        house: Workspace and settings.
        store: Where the run lies.
        run: The run.
        waiting: Dossiers that were left to workers.
        screens: Who shows it.

    Raises:
        SpendingError: Its cap was reached.
        ShipskipError: Something else stopped it.
        InterruptError: The person has seen enough; the workers go on.
    """
    from panel.bootstrap.working import workers_alive

    alive = workers_alive(house.database_url)
    workers = f"{alive:,} at work" if alive else "none is there: start one with shipskip worker"
    say(f"{waiting:,} dossiers wait for workers; {workers}")
    try:
        progress = watch(lambda: store.progress(run.id), screens)
    except KeyboardInterrupt:
        raise InterruptError(
            f"looking on no longer; the workers go on with run {run.id}",
            remedy=f"look on: shipskip runs show {run.id} --watch,"
            f" or stop them: shipskip runs pause {run.id}",
        ) from None
    if progress.state != "finished":
        raise _stopped(progress)


def _stopped(progress: Progress) -> ShipskipError:
    run = progress.run
    if spending := spending_in(progress.note):
        remedy = "what is answered is kept; order the rest anew with a higher cap:"
        return SpendingError(spending, remedy=f"{remedy} shipskip runs fork {run} --max-cost USD")
    return ShipskipError(
        f"run {run} is {progress.state}: {progress.note or 'no reason was given'}",
        remedy=f"go on with: shipskip runs continue {run}",
    )
