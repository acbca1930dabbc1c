"""Gives the scorecards of a run to an editor as a table, and to other programs as CSV or JSON."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, get_args

from panel.bootstrap.house import House
from panel.cli.card_files import refuse_file
from panel.cli.diagnostics import say
from panel.cli.ending import print_rows
from panel.cli.tables import WIDTH, Terminal
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Outcome, Scorecard
from panel.errors import InputError
from panel.publishing.table import Form, lines, write_table
from panel.publishing.words import counted, listed
from panel.store.store import Store

_WIDTH = 110
"""Columns of the table where the output is no terminal."""

Shown = Literal["table"] | Form


def give_scorecards(
    house: House, name: str, *, form: str, out: Path | None, outcome: str | None
) -> None:
    """Print the scorecards of a run, or write them into a file.

    Args:
        house: Workspace and settings.
        name: Run id, the beginning of one, or `latest`.
        form: `table`, `csv`, `jsonl` or `json`; for a file its suffix tells.
        out: The file, if one is wanted.
        outcome: Outcomes separated by commas; None for all.

    Raises:
        InputError: The form or an outcome is unknown, or the file cannot be written.
    """
    refuse_file(out)
    outcomes, shown = _outcomes(outcome), _form(form)
    with house.store(write=False) as store:
        run = store.run(store.resolve_run(name))
        cards = _cards(store, run, outcomes)

        def reviews_of(card: Scorecard) -> tuple[Review, ...]:
            return store.reviews_of(run.id, card.slug)

        if out is not None:
            say(f"{counted(write_table(cards, out, reviews_of), 'scorecard')} written: {out}")
        elif shown == "table":
            _print_table(cards, run)
        else:
            sys.stdout.writelines(lines(cards, shown, reviews_of))


def _form(form: str) -> Shown:
    known: tuple[Shown, ...] = ("table", *get_args(Form))
    for one in known:
        if one == form:
            return one
    raise InputError(f"--format {form} is none of {listed(list(known))}", remedy="name one of them")


def _outcomes(given: str | None) -> frozenset[Outcome]:
    known: tuple[Outcome, ...] = get_args(Outcome)
    if given is None:
        return frozenset(known)
    wanted = {part.strip().lower().replace(" ", "_").replace("-", "_") for part in given.split(",")}
    unknown = sorted(wanted - set(known))
    if unknown:
        raise InputError(
            f"--outcome {', '.join(unknown)} is no outcome",
            remedy=f"name some of {listed(list(known))}, separated by commas",
        )
    return frozenset(one for one in known if one in wanted)


def _cards(store: Store, run: Run, outcomes: frozenset[Outcome]) -> Iterator[Scorecard]:
    return (card for card in store.iter_scorecards(run.id) if card.outcome in outcomes)


def _print_table(cards: Iterator[Scorecard], run: Run) -> None:
    out = Terminal(highlight=False, markup=False, emoji=False)
    out.width = max(out.width, WIDTH) if sys.stdout.isatty() else _WIDTH
    found = print_rows(cards, out, run.id, None)
    if not found:
        say(f"run {run.id} has no such scorecard")
