"""How runs look on a terminal and as JSON."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.table import Table

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.cli.card_printer import CARDS_AT_MOST, Printer
from panel.cli.diagnostics import say
from panel.cli.ending import print_table
from panel.cli.live import JsonScreen, screen, watch
from panel.cli.progress_words import at_risk_words, ledger_words, usd
from panel.domain.progress import Ledger
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.value import slugify
from panel.errors import EmptyError, InputError
from panel.publishing.words import counted
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
            llms = {summary.id: _llms(store.run(summary.id)) for summary in found}
    except EmptyError as error:
        say(str(error))
        return
    if as_json:
        for summary in found:
            print(json.dumps(_plain(summary, llms[summary.id]), ensure_ascii=False))
        return
    table = Table(box=None, pad_edge=False)
    for heading in ("run", "name", "state", "dossiers", "done", "failed", "cost in USD", "llm"):
        if heading != "name" or any(summary.name for summary in found):
            table.add_column(heading, no_wrap=heading in {"run", "state", "done"})
    for summary in found:
        cells = _cells(summary, llms[summary.id])
        table.add_row(*(cells if len(table.columns) == len(cells) else cells[:1] + cells[2:]))
    _console().print(table)


def _console() -> Console:
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


def _llms(run: Run) -> list[str]:
    return list(dict.fromkeys(seat.llm.label for seat in run.order.all_seats))


def _cells(summary: RunSummary, llms: list[str]) -> tuple[str, ...]:
    many = len(summary.dossiers) > 3
    names = ", ".join(summary.dossiers[: 1 if many else 3])
    more = f" and {len(summary.dossiers) - 1:,} more" if many else ""
    return (
        summary.id,
        summary.name,
        summary.state,
        names + more,
        f"{summary.answered + summary.failed:,} of {summary.ordered:,}",
        f"{summary.failed:,}",
        "unknown" if summary.cost is None else f"{summary.cost:.4f}",
        ", ".join(llms),
    )


def _plain(summary: RunSummary, llms: list[str]) -> dict[str, object]:
    plain = summary.model_dump(mode="json")
    plain["llms"] = llms
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
        for label, text in order_lines(run, store.ledger(run.id)):
            print(f"{label:<10}{text}")
        print()
        if len(run.order.dossiers) > CARDS_AT_MOST:
            print_table(store, run, store.progress(run.id))
        else:
            printer = Printer(run, pinned(run, store, house.workspace), as_json=False)
            for card in store.iter_scorecards(run.id):
                printer(card, store.reviews_of(run.id, card.slug))
        if run.state != "finished":
            say(f"not finished; go on with: shipskip runs resume {run.id}")


def print_card_of(name: str, slug: str, *, as_json: bool) -> None:
    """Print one scorecard of a run.

    Args:
        name: Run id, the beginning of one, or `latest`.
        slug: Slug of the dossier, or the model's name.
        as_json: Whether to print it as JSON.

    Raises:
        InputError: The run has no scorecard of it.
    """
    house = House.open(Path.cwd())
    with house.store(write=False) as store:
        run = store.run(store.resolve_run(name))
        slug = slug if slug in run.order.by_slug else slugify(slug)
        card = store.scorecard(run.id, slug)
        if card is None:
            what = "no scorecard yet for" if slug in run.order.by_slug else "no dossier"
            raise InputError(
                f"run {run.id} has {what} {slug[:80]!a}",
                remedy=f"see which it has: shipskip runs scorecards {run.id}",
            )
        printer = Printer(run, pinned(run, store, house.workspace), as_json=as_json)
        printer(card, store.reviews_of(run.id, slug))


def watch_run(name: str, *, as_json: bool) -> None:
    """Show how far a run is until it has ended, whoever works on it.

    Args:
        name: Run id, the beginning of one, or `latest`.
        as_json: Whether to print JSON lines.
    """
    with House.open(Path.cwd()).store(write=False) as store:
        run = store.resolve_run(name)
        view = JsonScreen() if as_json else screen(stdout_busy=False)
        try:
            watch(lambda: store.progress(run), [view])
        except KeyboardInterrupt:
            say(f"the run is left alone; look on: shipskip runs show {run} --watch")


def order_lines(run: Run, ledger: Ledger) -> Iterator[tuple[str, str]]:
    """What a run was asked to do, under which limits, and what it cost, as labels and texts.

    Args:
        run: The run.
        ledger: What it cost.
    """
    order = run.order
    note = f" ({run.note})" if run.note else ""
    yield "run", f"{run.id}, {run.state}{note}"
    if run.name:
        yield "name", run.name
    if run.parent:
        yield "parent", run.parent
    yield "ordered", f"{run.created:%Y-%m-%d %H:%M} UTC, order {order.digest[:12]}"
    shown = [f"{item.slug} {item.digest[:12]}" for item in order.dossiers[:CARDS_AT_MOST]]
    more = len(order.dossiers) - len(shown)
    yield "dossiers", ", ".join(shown) + (f" and {more:,} more" if more else "")
    yield "panel", ", ".join(f"{seat.persona} ({seat.llm.label})" for seat in order.seats)
    if order.panels:
        yield "", f"and {counted(len(order.panels), 'other panel')} for rows that ask for one"
    yield "samples", f"{order.samples}, quorum {order.quorum} of {len(order.seats)}"
    yield "limits", _limits(run)
    yield "delivery", _delivery(run)
    yield "calls", f"{ledger.calls:,} begun, {ledger.unanswered:,} never answered"
    yield "cost", ledger_words(ledger)
    risk = at_risk_words(ledger)
    if risk:
        yield "at risk", risk
    yield "versions", ", ".join(f"{name} {text}" for name, text in order.versions.items())


def _limits(run: Run) -> str:
    parts = [f"{run.concurrency} reviews at once", f"{run.timeout:g} s a seat"]
    parts.append(f"{counted(run.max_retries + 1, 'try').replace('trys', 'tries')} a call")
    if run.rate:
        parts.append(f"{run.rate:,} calls/min")
    if run.token_rate:
        parts.append(f"{run.token_rate:,} tokens/min")
    if run.max_cost is not None:
        parts.append(f"at most {usd(run.max_cost)}")
    if run.allow_unknown_cost:
        parts.append("unknown cost allowed")
    return ", ".join(parts)


def _delivery(run: Run) -> str:
    ahead = {"on": "first seat ahead", "off": "all seats at once"}
    how = f"provider's batch API, live after {run.deadline:g} h" if run.deadline else run.delivery
    return f"{how}, {ahead.get(run.lead, 'first seat ahead where the provider caches')}"


def _run_json(store: Store, run: Run) -> dict[str, object]:
    ledger = store.ledger(run.id)
    times = store.review_times(run.id)
    return {
        **run.model_dump(mode="json"),
        "order_digest": run.order.digest,
        "calls": {"begun": ledger.calls, "unanswered": ledger.unanswered},
        "ledger": ledger.model_dump(mode="json"),
        "scorecards": {card.slug: card.digest for card in store.iter_scorecards(run.id)},
        "reviews": [
            _review_json(review, times[review.key].seconds if review.key in times else None)
            for item in run.order.dossiers
            for review in store.reviews_of(run.id, item.slug)
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
