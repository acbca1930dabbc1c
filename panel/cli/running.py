"""Carries out orders of a few dossiers: plan, price, run, print their scorecards, export."""

from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import plan
from panel.bootstrap.proofs import export
from panel.bootstrap.running import start
from panel.cli.card_printer import CARDS_AT_MOST, Printer
from panel.cli.diagnostics import say
from panel.cli.lists import Work, calls_in_flight, conclude, work_on
from panel.cli.plan_views import announcement, print_plan, tell_conflicts
from panel.cli.progress import InOrder, ProgressLine
from panel.cli.stopping import drainable
from panel.domain.run import Run
from panel.engine.watching import Watcher
from panel.errors import Exit, InputError
from panel.judging.brake import Brake
from panel.store.store import Store


def order(house: House, names: Sequence[str], *, out: Path | None, as_json: bool) -> Exit:
    """Plan a run, say what it will take, run it and print its scorecards.

    Args:
        house: Workspace and settings.
        names: Slugs or paths of dossiers.
        out: Folder to export to as well.
        as_json: Whether to print JSON lines instead of text.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.

    Raises:
        InputError: Anything about the order is wrong, the folder included; nothing was asked then.
    """
    _refuse_taken(out)
    made = plan(house, names)
    with house.store(write=True) as store:
        run = made.run
        say(f"run {run.id}: {announcement(made)}")
        tell_conflicts(made.dossiers)
        printer = Printer(run, made.material(store), as_json=as_json)

        def work(told: Watcher, brake: Brake) -> Coroutine[Any, Any, None]:
            return start(made, store, told, brake, settings=house.settings)

        _by_card(store, run, printer, work)
        return _conclude(house, store, run, out)


def show_plan(house: House, names: Sequence[str], *, as_json: bool) -> None:
    """Print what an order would take.

    Args:
        house: Workspace and settings.
        names: Slugs or paths of dossiers.
        as_json: Whether to print JSON.
    """
    made = plan(house, names)
    print_plan(made, as_json=as_json)
    if not as_json:
        tell_conflicts(made.dossiers)


def _refuse_taken(out: Path | None) -> None:
    """No folder that holds something can become a new run's export; better said before spending."""
    if out is not None and out.is_dir() and any(out.iterdir()):
        raise InputError(
            f"{out} is not empty", remedy="choose another folder with --out, or move this one away"
        )


def carry_out(house: House, store: Store, run: Run, work: Work, *, as_json: bool) -> Exit:
    """Work on a stored run and tell how it came out: card by card, or as a table when it is long.

    Args:
        house: Workspace and settings.
        store: Where the run lies, open for writing.
        run: The run.
        work: What to run.
        as_json: Whether to print JSON lines instead of text.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.
    """
    if len(run.order.dossiers) > CARDS_AT_MOST:
        work_on(store, run, work, as_json=as_json)
        return conclude(store, run, as_json=as_json)
    printer = Printer(run, pinned(run, store, house.workspace), as_json=as_json)
    _by_card(store, run, printer, work)
    return _conclude(house, store, run, None)


def _by_card(store: Store, run: Run, printer: Printer, work: Work) -> None:
    slugs = [item.slug for item in run.order.dossiers]
    with ProgressLine(run.order.reviews, len(slugs), InOrder(slugs, printer)) as watcher:
        drainable(
            lambda brake: work(watcher, brake),
            lambda: calls_in_flight(store, run.id),
            f"shipskip runs resume {run.id}",
        )


def _conclude(house: House, store: Store, run: Run, out: Path | None) -> Exit:
    progress = store.progress(run.id)
    if out is not None:
        folder = export(store, run.id, out, house.workspace)
        say(f"written: {folder}")
    else:
        say(f"pages: shipskip runs export {run.id}")
    if not progress.failed:
        return Exit.DONE
    say(f"{progress.failed} of {progress.done} reviews failed; see above")
    return Exit.FAILED_SEATS
