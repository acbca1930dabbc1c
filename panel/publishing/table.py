"""Scorecards as a table or as lines for other programs, streamed: a long list costs no more."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Literal

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.publishing.card_json import card_json
from panel.publishing.cells import csv_lines
from panel.publishing.folder import explained
from panel.publishing.words import UNKNOWN

Form = Literal["csv", "jsonl", "json"]
"""A table with headings, JSON objects one a line, or one JSON array of them."""

FORMS: dict[str, Form] = {".csv": "csv", ".jsonl": "jsonl", ".json": "json"}
"""Forms by the suffix of a file."""

ReviewsOf = Callable[[Scorecard], Sequence[Review]]
"""Gives the reviews of a scorecard; asked only where the form holds them."""

COLUMNS = (
    *("run", "dossier", "name", "vendor", "as_of", "outcome", "ships", "skips", "answered"),
    *("seats", "samples", "rate", "low", "high", "method", "dissent", "blocks", "warns"),
    *("open_conflicts", "cost", "drafted_by", "digest"),
)
"""Headings; docs/reference/scorecard-table.md tells what is below them, and a test compares."""


def lines(cards: Iterable[Scorecard], form: Form, reviews_of: ReviewsOf) -> Iterator[str]:
    """Scorecards in one of the forms, line by line with its line feed.

    Args:
        cards: The scorecards.
        form: The form.
        reviews_of: Gives their reviews, for JSON.

    Raises:
        TamperError: When a review that a scorecard names is missing.
    """
    if form == "csv":
        yield from csv_lines(COLUMNS, (_cells(card) for card in cards))
        return
    plain = (card_json(card, reviews_of(card)).to_line() for card in cards)
    if form == "jsonl":
        yield from plain
        return
    opening = "["
    for line in plain:
        yield f"{opening}\n{line.rstrip()}"
        opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def write_table(cards: Iterable[Scorecard], path: Path, reviews_of: ReviewsOf) -> int:
    """Write scorecards into a file, whole or not at all; what was there is replaced.

    Args:
        cards: The scorecards.
        path: Where to; its suffix, one of `FORMS`, tells the form.
        reviews_of: Gives their reviews, for JSON.

    Returns:
        How many scorecards were written.

    Raises:
        ShipskipError: When the file cannot be written; what was there is unchanged.
        TamperError: When a review that a scorecard names is missing.
    """
    form, counted = FORMS[path.suffix.lower()], _Counted(cards)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    with explained(path):
        try:
            with draft.open("x", encoding="utf-8", newline="") as file:
                file.writelines(lines(counted, form, reviews_of))
                file.flush()
                os.fsync(file.fileno())
            draft.replace(path)
        finally:
            draft.unlink(missing_ok=True)
    return counted.seen


class _Counted:
    """Counts what passes."""

    def __init__(self, cards: Iterable[Scorecard]) -> None:
        self._cards = cards
        self.seen = 0

    def __iter__(self) -> Iterator[Scorecard]:
        for card in self._cards:
            self.seen += 1
            yield card


def _cells(card: Scorecard) -> tuple[object, ...]:
    interval = card.interval
    return (
        *(card.run, card.slug, card.name, card.vendor, card.as_of, card.outcome, card.ships),
        *(card.skips, card.answered, card.seats, card.samples, card.rate),
        *((interval.low, interval.high, interval.method) if interval else (None, None, None)),
        *(" ".join(card.dissent), card.blocking, card.warnings, " ".join(card.open_conflicts)),
        *(UNKNOWN if card.cost is None else card.cost, card.drafted_by, card.digest),
    )
