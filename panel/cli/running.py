"""Carries out orders from the command line: plan, price, run, print, export."""

import asyncio
import json
import signal
import sys
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from types import FrameType
from typing import Any, TypeVar

from rich.console import Console

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.proofs import export
from panel.bootstrap.running import resume, start
from panel.cli.card_text import WIDTH, print_card
from panel.cli.diagnostics import give, reader_left, say
from panel.cli.progress import InOrder, ProgressLine
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.engine.local import Watcher
from panel.errors import Exit, InputError, InterruptError
from panel.judging.estimate import Estimate
from panel.pipeline import Material
from panel.publishing.card_json import card_json
from panel.publishing.view import card_view
from panel.store.store import Store

T = TypeVar("T")


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
        say(f"run {made.run.id}: {_announcement(made)}")
        _warn_of_conflicts(made.material)
        printer = Printer(made.run, made.material, as_json=as_json)

        def work(watcher: Watcher) -> Coroutine[Any, Any, list[Scorecard]]:
            return start(made, store, watcher)

        _watched(made.run, printer, work)
        return _conclude(house, store, made.run, out)


def _refuse_taken(out: Path | None) -> None:
    """No folder that holds something can become a new run's export; better said before spending."""
    if out is not None and out.is_dir() and any(out.iterdir()):
        raise InputError(
            f"{out} is not empty", remedy="choose another folder with --out, or move this one away"
        )


def _warn_of_conflicts(material: Material) -> None:
    """A panel may rely on no fact in open conflict; an editor can settle them before paying."""
    for dossier in material.dossiers:
        disputed = {fact for conflict in dossier.open_conflicts for fact in conflict.facts}
        if disputed:
            many = len(dossier.open_conflicts) > 1
            say(
                f"note: {dossier.slug}: {len(dossier.open_conflicts)} open"
                f" {'conflicts cover' if many else 'conflict covers'}"
                f" {len(disputed)} of {len(dossier.facts)} facts, which no seat may rely on; settle"
                " them in the dossier to have them weighed"
            )


def go_on(house: House, name: str, *, as_json: bool) -> Exit:
    """Resume a run and print its scorecards.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        as_json: Whether to print JSON lines instead of text.
    """
    with house.store(write=True) as store:
        run = store.run(store.resolve_run(name))
        material = pinned(run, store, house.workspace)
        printer = Printer(run, material, as_json=as_json)

        def work(watcher: Watcher) -> Coroutine[Any, Any, list[Scorecard]]:
            return resume(run, material, store, watcher)

        _watched(run, printer, work)
        return _conclude(house, store, run, None)


class _Terminal(Console):
    """Prints on when the reader of stdout has left, where its base would end the program."""

    def on_broken_pipe(self) -> None:
        """Let the rest go nowhere; the run goes on."""
        reader_left()


class Printer:
    """Prints scorecards to stdout as text or JSON lines.

    Args:
        run: The run.
        material: Its dossiers and personas.
        as_json: Whether to print JSON lines.
    """

    def __init__(self, run: Run, material: Material, *, as_json: bool) -> None:
        self.run = run
        self._dossiers = {dossier.slug: dossier for dossier in material.dossiers}
        self._personas = tuple(material.personas.values())
        self._as_json = as_json
        self._console = _Terminal(highlight=False, width=None if sys.stdout.isatty() else WIDTH)

    def __call__(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Print one scorecard."""
        if self._as_json:
            give(card_json(card, reviews).to_line().rstrip("\n"))
            return
        print_card(
            card_view(card, reviews, self._dossiers[card.slug], self._personas), self._console
        )
        self._console.print()


Work = Callable[[Watcher], Coroutine[Any, Any, list[Scorecard]]]


def _watched(run: Run, printer: Printer, work: Work) -> None:
    total = len(run.order.dossiers) * len(run.order.seats) * run.order.samples
    slugs = [item.slug for item in run.order.dossiers]
    with ProgressLine(total, len(slugs), InOrder(slugs, printer)) as watcher:
        interruptible(work(watcher), f"shipskip runs resume {run.id}")


def _as_ctrl_c(_number: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGINT)


def interruptible(work: Coroutine[Any, Any, T], remedy: str) -> T:
    """Run a coroutine; Ctrl-C ends it cleanly.

    Args:
        work: What to run.
        remedy: How to go on later.

    Raises:
        InterruptError: The person pressed Ctrl-C.
    """
    # A service manager's stop is a person's stop: everything answered is kept, and resumable.
    before = signal.signal(signal.SIGTERM, _as_ctrl_c)
    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        message = "interrupted; everything that was answered is kept"
        raise InterruptError(message, remedy=f"go on with: {remedy}") from None
    finally:
        signal.signal(signal.SIGTERM, before)


def _conclude(house: House, store: Store, run: Run, out: Path | None) -> Exit:
    reviews = store.reviews(run.id)
    failed = sum(review.failure is not None for review in reviews)
    if out is not None:
        folder = export(store, run.id, out, house.workspace)
        say(f"written: {folder}")
    else:
        say(f"pages: shipskip runs export {run.id}")
    if not failed:
        return Exit.DONE
    say(f"{failed} of {len(reviews)} reviews failed; see above")
    return Exit.FAILED_SEATS


def _announcement(made: Plan) -> str:
    run = made.run.order
    llms = ", ".join(dict.fromkeys(seat.llm.label for seat in run.seats))
    slugs = [item.slug for item in run.dossiers]
    what = f"{len(slugs)} dossiers" if len(slugs) > 1 else slugs[0]
    samples = f" x {run.samples} samples" if run.samples > 1 else ""
    return f"{what} x {len(run.seats)} seats{samples}, drafted by {llms}; {_cost(made.estimate)}"


def _cost(estimate: Estimate) -> str:
    if not estimate.calls[1]:
        return "no calls, no cost"
    calls = f"{estimate.calls[0]} to {estimate.calls[1]} calls"
    if estimate.cost is None:
        return f"{calls}, cost unknown (no price for this llm)"
    return f"{calls}, {estimate.cost[0]:.4f} to {estimate.cost[1]:.4f} USD"


def show_plan(house: House, names: Sequence[str], *, as_json: bool) -> None:
    """Print what an order would take.

    Args:
        house: Workspace and settings.
        names: Slugs or paths of dossiers.
        as_json: Whether to print JSON.
    """
    made = plan(house, names)
    estimate = made.estimate
    if as_json:
        cost = estimate.cost
        print(
            json.dumps(
                {
                    "dossiers": [item.slug for item in made.run.order.dossiers],
                    "seats": [seat.persona for seat in made.run.order.seats],
                    "samples": made.run.order.samples,
                    "llms": sorted({seat.llm.label for seat in made.run.order.seats}),
                    "calls": list(estimate.calls),
                    "input_tokens": list(estimate.input_tokens),
                    "output_tokens": list(estimate.output_tokens),
                    "cost": [float(cost[0]), float(cost[1])] if cost else "unknown",
                }
            )
        )
        return
    say(_announcement(made))
    _warn_of_conflicts(made.material)
    for name, (low, high) in (
        ("calls", estimate.calls),
        ("input tokens", estimate.input_tokens),
        ("output tokens", estimate.output_tokens),
    ):
        print(f"{name:<14}{low:>12,} to {high:>12,}")
    price = "unknown"
    if estimate.cost:
        price = f"{estimate.cost[0]:>12.4f} to {estimate.cost[1]:>12.4f}"
    print(f"{'cost in USD':<14}{price}")
