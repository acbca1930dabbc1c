"""Panels as tables of ships, skips and failures, and their scorecards."""

from collections.abc import Sequence
from typing import Literal

from panel.domain.reduction import reduce
from panel.domain.review import Review
from panel.domain.run import Order
from panel.domain.scorecard import Scorecard
from panel.testing import make_dossier, make_order, make_review, make_run, make_seat, make_verdict

Ended = Literal["ship", "skip", "timeout"]

DOSSIER = make_dossier()
VERDICTS = {"ship": make_verdict(DOSSIER, "ship"), "skip": make_verdict(DOSSIER, "skip")}
SEATS = tuple(make_seat(f"reviewer-{number}") for number in range(1, 7))


def make_reviews(order: Order, table: Sequence[Sequence[Ended]]) -> list[Review]:
    return [
        make_review(DOSSIER, seat, VERDICTS.get(ended, ended), sample=sample)
        for seat, row in zip(order.seats, table, strict=True)
        for sample, ended in enumerate(row, start=1)
    ]


def reduced(table: Sequence[Sequence[Ended]], **changes: int) -> Scorecard:
    """The scorecard of a table of one row per seat and one column per sample."""
    order = make_order(DOSSIER, seats=SEATS[: len(table)], samples=len(table[0]), **changes)
    return reduce(make_run(order), DOSSIER, make_reviews(order, table))


def panel(letters: str) -> list[list[Ended]]:
    """`ssk fkk` is a panel of two seats with three samples each: ships, skips and failures."""
    ended: dict[str, Ended] = {"s": "ship", "k": "skip", "f": "timeout"}
    return [[ended[letter] for letter in row] for row in letters.split()]
