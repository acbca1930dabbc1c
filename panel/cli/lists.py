"""Carries out `shipskip batch`: a list becomes a run, worked on here or by workers elsewhere."""

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import start
from panel.cli.card_files import CardStream, refuse_file, write_cards
from panel.cli.diagnostics import say
from panel.cli.ending import print_ending
from panel.cli.handover import Where, by_workers, look_on
from panel.cli.live import Screen, Watching, screen
from panel.cli.plan_views import announcement, print_plan, tell_left_out, token_line
from panel.cli.progress import Planning
from panel.cli.stopping import drainable
from panel.domain.run import Run
from panel.domain.value import unprintable
from panel.engine.watching import Silent, Watcher
from panel.errors import Exit, InputError, Problem, ShipskipError, SpendingError
from panel.judging.brake import Brake
from panel.library.orders import read_list
from panel.store.store import Store

Work = Callable[[Watcher, Brake], Coroutine[Any, Any, None]]
"""Makes what to run of who is told, and of the brake that ends it gently."""

_LONGEST_NAME = 120


@dataclass(frozen=True)
class ListOrder:
    """What the person asked for, beside the settings.

    Attributes:
        path: The list; `-` is standard input.
        name: What the run is called; may be empty.
        skip_bad: Whether bad rows are left out instead of refusing the list.
        out: File for the scorecards, if one is wanted.
        where: Who does the work.
        as_json: Whether scorecards are printed as JSON lines.
    """

    path: Path
    name: str = ""
    skip_bad: bool = False
    out: Path | None = None
    where: Where = field(default_factory=Where)
    as_json: bool = False


def order_list(house: House, wanted: ListOrder) -> Exit:
    """Plan a list, say what it will take, work on it, and tell how it came out.

    Args:
        house: Workspace and settings.
        wanted: What was asked for.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.

    Raises:
        InputError: Anything about the order is wrong; nothing was asked then.
        SpendingError: It costs more than the cap, or the cap was reached.
        InterruptError: The person ended it; what was answered is kept.
    """
    refuse_file(wanted.out)
    left = by_workers(house, wanted.where, batched=house.settings.provider_batch)
    made = planned(house, wanted)
    with house.store(write=True) as store:
        run = made.run
        _announce(made)
        if left:
            from panel.bootstrap.working import enqueue

            waiting = enqueue(made, store, priority=wanted.where.priority)
            look_on(house, store, run, waiting, screens(store, run, as_json=wanted.as_json))
        else:

            def work(told: Watcher, brake: Brake) -> Coroutine[Any, Any, None]:
                return start(made, store, told, brake, settings=house.settings)

            work_on(store, run, work, as_json=wanted.as_json)
        code = conclude(store, run, as_json=wanted.as_json)
        if wanted.out is not None:
            write_cards(store, run, wanted.out)
            say(f"written: {wanted.out}")
        return code


def show_list_plan(house: House, wanted: ListOrder) -> None:
    """Print what a list would take.

    Args:
        house: Workspace and settings.
        wanted: What was asked for.

    Raises:
        InputError: Anything about the order is wrong.
    """
    made = planned(house, wanted)
    tell_left_out(made.skipped)
    print_plan(made, as_json=wanted.as_json)


def planned(house: House, wanted: ListOrder) -> Plan:
    """The run of a list, checked row by row.

    Args:
        house: Workspace and settings.
        wanted: What was asked for.

    Raises:
        InputError: Rows are bad and are not to be left out, or all are; each is named by its line.
        SpendingError: It costs more than the cap at least.
    """
    _refuse_name(wanted.name)
    listing = read_list(wanted.path, root=house.workspace.root)
    refused = listing.problems and not wanted.skip_bad
    if not listing.rows:
        raise InputError(listing.problems)
    try:
        with Planning() as seen:
            made = plan(house, listing.rows, name=wanted.name, skip_bad=wanted.skip_bad, seen=seen)
    except InputError as error:
        raise InputError(_by_line([*listing.problems, *error.problems])) from None
    except SpendingError:
        if refused:
            raise InputError(listing.problems) from None
        raise
    if refused:
        raise InputError(listing.problems)
    return replace(made, skipped=tuple(_by_line([*listing.problems, *made.skipped])))


def _by_line(problems: list[Problem]) -> list[Problem]:
    """By the lines of the list; what has none comes first."""
    return sorted(problems, key=lambda problem: problem.line)


def _refuse_name(name: str) -> None:
    if len(name) > _LONGEST_NAME or unprintable(name, newlines=False):
        raise InputError(
            f"--name is no name of at most {_LONGEST_NAME} visible characters",
            remedy="give a shorter, plain one",
        )


def _announce(made: Plan) -> None:
    name = f" ({made.run.name})" if made.run.name else ""
    say(f"run {made.run.id}{name}: {announcement(made)}")
    tokens = token_line(made.estimate)
    if tokens:
        say(tokens)
    tell_left_out(made.skipped)


def work_on(store: Store, run: Run, work: Work, *, as_json: bool) -> None:
    """Work on a run in this process under the live view.

    Args:
        store: Where it lies, open for writing.
        run: The run.
        work: What to run.
        as_json: Whether its scorecards are printed as JSON lines as they are ready.

    Raises:
        InterruptError: The person ended it.
    """
    with Watching(lambda: store.progress(run.id), screens(store, run, as_json=as_json)):
        drainable(
            lambda brake: work(Silent(), brake),
            lambda: calls_in_flight(store, run.id),
            f"shipskip runs resume {run.id}",
        )


def calls_in_flight(store: Store, run_id: str) -> int:
    """Calls of a run that have not come back; 0 when the database does not tell.

    Args:
        store: Where it lies.
        run_id: Full run id.
    """
    try:
        return store.ledger(run_id).unanswered
    except ShipskipError:
        return 0


def conclude(store: Store, run: Run, *, as_json: bool) -> Exit:
    """Tell how a run came out.

    Args:
        store: Where it lies.
        run: The run.
        as_json: Whether stdout has its scorecards as JSON already.

    Returns:
        `DONE`, or `FAILED_SEATS` when a seat gave no verdict.
    """
    progress = store.progress(run.id)
    print_ending(store, run, progress, as_json=as_json)
    return Exit.FAILED_SEATS if progress.failed else Exit.DONE


def screens(store: Store, run: Run, *, as_json: bool) -> list[Screen]:
    """What shows a run while it is worked on.

    Args:
        store: Where it lies.
        run: The run.
        as_json: Whether its scorecards are printed as JSON lines as they are ready.
    """
    view = screen(stdout_busy=as_json)
    return [view, CardStream(store, run)] if as_json else [view]
