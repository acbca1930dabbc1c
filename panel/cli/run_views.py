"""How runs look on a terminal and as JSON."""

import json
import sys
from pathlib import Path

from rich.console import Console
from rich.table import Table

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.cli.diagnostics import say
from panel.cli.running import Printer
from panel.domain.review import Review
from panel.domain.run import Run
from panel.errors import EmptyError
from panel.store.records import RunSummary
from panel.store.store import Store


def print_runs(limit: int, *, as_json: bool) -> None:
    """Print the newest runs.

    Args:
        limit: Most runs.
        as_json: Whether to print one JSON object per line.
    """
    house = House.open(Path.cwd())
    try:
        with house.store(write=False) as store:
            found = store.runs(limit)
    except EmptyError as error:
        say(str(error))
        return
    if as_json:
        for summary in found:
            print(json.dumps(_plain(summary), ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("run", "state", "dossiers", "seats", "answered", "failed", "cost in USD"):
        table.add_column(heading, no_wrap=heading in {"run", "state"})
    for summary in found:
        table.add_row(*_cells(summary))
    _console().print(table)


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def _cells(summary: RunSummary) -> tuple[str, ...]:
    names = ", ".join(summary.dossiers[:3])
    more = f" and {len(summary.dossiers) - 3} more" if len(summary.dossiers) > 3 else ""
    return (
        summary.id,
        summary.state,
        names + more,
        str(len(summary.seats)),
        f"{summary.answered} of {summary.ordered}",
        str(summary.failed),
        "unknown" if summary.cost is None else f"{summary.cost:.4f}",
    )


def _plain(summary: RunSummary) -> dict[str, object]:
    plain = summary.model_dump(mode="json")
    plain["cost"] = "unknown" if summary.cost is None else float(summary.cost)
    return plain


def print_run(name: str, *, as_json: bool) -> None:
    """Print one run: its order, its state, its calls and its scorecards.

    Args:
        name: Run id, the beginning of one, or `latest`.
        as_json: Whether to print one JSON object.
    """
    house = House.open(Path.cwd())
    with house.store(write=False) as store:
        run = store.run(store.resolve_run(name))
        if as_json:
            print(json.dumps(_run_json(store, run), ensure_ascii=False))
            return
        _print_order(store, run)
        printer = Printer(run, pinned(run, store, house.workspace), as_json=False)
        reviews = store.reviews(run.id)
        for card in store.scorecards(run.id):
            printer(card, tuple(review for review in reviews if review.slug == card.slug))
        if run.state != "finished":
            say(f"not finished; go on with: shipskip runs resume {run.id}")


def _print_order(store: Store, run: Run) -> None:
    calls = store.attempts(run.id)
    order = run.order
    note = f" ({run.note})" if run.note else ""
    lines = (
        ("run", f"{run.id}, {run.state}{note}"),
        ("ordered", f"{run.created:%Y-%m-%d %H:%M} UTC, order {order.digest[:12]}"),
        ("dossiers", ", ".join(f"{item.slug} {item.digest[:12]}" for item in order.dossiers)),
        ("panel", ", ".join(f"{seat.persona} ({seat.llm.label})" for seat in order.seats)),
        ("samples", f"{order.samples}, quorum {order.quorum} of {len(order.seats)}"),
        ("calls", f"{calls.begun} begun, {len(calls.unanswered)} never answered"),
        ("versions", ", ".join(f"{name} {text}" for name, text in order.versions.items())),
    )
    for label, text in lines:
        print(f"{label:<10}{text}")
    print()


def _run_json(store: Store, run: Run) -> dict[str, object]:
    calls = store.attempts(run.id)
    times = store.review_times(run.id)
    reviews = store.reviews(run.id)
    return {
        **run.model_dump(mode="json"),
        "order_digest": run.order.digest,
        "calls": {"begun": calls.begun, "unanswered": len(calls.unanswered)},
        "scorecards": {card.slug: card.digest for card in store.scorecards(run.id)},
        "reviews": [
            _review_json(review, times[review.key].seconds if review.key in times else None)
            for review in reviews
        ],
    }


def _review_json(review: Review, seconds: float | None) -> dict[str, object]:
    return {
        "dossier": review.slug,
        "persona": review.persona,
        "sample": review.sample,
        "call": review.verdict.call if review.verdict else None,
        "failure": review.failure.kind if review.failure else None,
        "cost": "unknown" if review.cost is None else float(review.cost),
        "seconds": seconds,
        "digest": review.digest,
    }
