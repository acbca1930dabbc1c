"""A planned run in words, before anything is spent: who is asked about what, and for how much."""

import json
from collections.abc import Iterable

from panel.bootstrap.planning import Plan
from panel.cli.diagnostics import say
from panel.domain.dossier import Dossier
from panel.errors import Problem
from panel.judging.estimate import Estimate

_LEFT_OUT = 50
"""Most rows that are named as left out."""


def announcement(made: Plan) -> str:
    """What a run will do and cost, in one line.

    Args:
        made: The plan.
    """
    order = made.run.order
    llms = ", ".join(dict.fromkeys(seat.llm.label for seat in order.all_seats))
    slugs = [item.slug for item in order.dossiers]
    what = f"{len(slugs):,} dossiers" if len(slugs) > 1 else slugs[0]
    if order.panels:
        size = f"{what}, {order.reviews:,} reviews"
    else:
        samples = f" x {order.samples} samples" if order.samples > 1 else ""
        size = f"{what} x {len(order.seats)} seats{samples}"
    return f"{size}, drafted by {llms}; {_cost(made.estimate)}"


def _cost(estimate: Estimate) -> str:
    if not estimate.calls[1]:
        return "no calls, no cost"
    calls = f"{estimate.calls[0]:,} to {estimate.calls[1]:,} calls"
    if estimate.cost is None:
        return f"{calls}, cost unknown (no price for this llm)"
    return f"{calls}, {estimate.cost[0]:.4f} to {estimate.cost[1]:.4f} USD"


def token_line(estimate: Estimate) -> str:
    """The tokens of a run in one line; empty when no llm is asked.

    Args:
        estimate: What it will take.
    """
    if not estimate.calls[1]:
        return ""
    sent, received = estimate.input_tokens, estimate.output_tokens
    return (
        f"tokens: {sent[0]:,} to {sent[1]:,} sent, {received[0]:,} to {received[1]:,} received;"
        " the high end counts every mend and the longest answers"
    )


def print_plan(made: Plan, *, as_json: bool) -> None:
    """Print what an order would take.

    Args:
        made: The plan.
        as_json: Whether to print JSON.
    """
    if as_json:
        print(json.dumps(_plain(made)))
        return
    say(announcement(made))
    estimate = made.estimate
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


def _plain(made: Plan) -> dict[str, object]:
    order, estimate = made.run.order, made.estimate
    cost = estimate.cost
    return {
        "dossiers": [item.slug for item in order.dossiers],
        "seats": list(dict.fromkeys(seat.persona for seat in order.all_seats)),
        "samples": order.samples,
        "llms": sorted({seat.llm.label for seat in order.all_seats}),
        "reviews": order.reviews,
        "calls": list(estimate.calls),
        "input_tokens": list(estimate.input_tokens),
        "output_tokens": list(estimate.output_tokens),
        "cost": [float(cost[0]), float(cost[1])] if cost else "unknown",
    }


def tell_conflicts(dossiers: Iterable[Dossier]) -> None:
    """A panel may rely on no fact in open conflict; an editor can settle them before paying.

    Args:
        dossiers: What is to be reviewed.
    """
    for dossier in dossiers:
        disputed = {fact for conflict in dossier.open_conflicts for fact in conflict.facts}
        if disputed:
            many = len(dossier.open_conflicts) > 1
            say(
                f"note: {dossier.slug}: {len(dossier.open_conflicts)} open"
                f" {'conflicts cover' if many else 'conflict covers'}"
                f" {len(disputed)} of {len(dossier.facts)} facts, which no seat may rely on; settle"
                " them in the dossier to have them weighed"
            )


def tell_left_out(problems: Iterable[Problem]) -> None:
    """Name the rows of a list that will not run.

    Args:
        problems: What is wrong with them.
    """
    found = tuple(problems)
    for problem in found[:_LEFT_OUT]:
        say(f"left out: {problem}")
    if len(found) > _LEFT_OUT:
        say(f"left out: and {len(found) - _LEFT_OUT:,} more; without --skip-bad all are listed")
