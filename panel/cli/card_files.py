"""Scorecards for other programs: JSON lines as they are ready, and files of a whole run.

Everything is read from the database one scorecard at a time, so that memory does not grow with the
list, and so that scorecards which workers elsewhere make come out here too.
"""

from pathlib import Path

from panel.cli.diagnostics import give
from panel.domain.progress import Progress
from panel.domain.run import Run
from panel.errors import InputError
from panel.publishing.card_json import card_json
from panel.publishing.table import FORMS, write_table
from panel.store.store import Store


class CardStream:
    """Gives scorecards as JSON lines in the order of the list, each once its turn has come.

    Args:
        store: Where they are kept.
        run: Their run.
    """

    def __init__(self, store: Store, run: Run) -> None:
        self._store = store
        self._run = run.id
        self._slugs = (item.slug for item in run.order.dossiers)
        self._next = next(self._slugs, None)

    def show(self, progress: Progress) -> None:
        """Give what is ready."""
        while self._next is not None and progress.scored:
            card = self._store.scorecard(self._run, self._next)
            if card is None:
                return
            reviews = self._store.reviews_of(self._run, card.slug)
            give(card_json(card, reviews).to_line().rstrip("\n"))
            self._next = next(self._slugs, None)

    def close(self) -> None:
        """Nothing is left open."""


def refuse_file(path: Path | None) -> None:
    """Refuse a file that cannot be written, before anything is spent.

    Args:
        path: Where scorecards are to be written, if anywhere.

    Raises:
        InputError: Its format is unknown, it is there already, or its folder is not.
    """
    if path is None:
        return
    if path.suffix.lower() not in FORMS:
        known = ", ".join(FORMS)
        raise InputError(f"{path} ends in none of {known}", remedy="name the format by the suffix")
    if path.exists():
        remedy = "choose another name with --out, or move this one away"
        raise InputError(f"{path} is there already", remedy=remedy)
    if not path.absolute().parent.is_dir():
        raise InputError(f"{path}: there is no such folder", remedy="make the folder first")


def write_cards(store: Store, run: Run, path: Path) -> None:
    """Write the scorecards of a run to one file, whole or not at all.

    Args:
        store: Where they are kept.
        run: Their run.
        path: The file; its suffix tells the format.

    Raises:
        ShipskipError: The file cannot be written.
    """
    write_table(
        store.iter_scorecards(run.id), path, lambda card: store.reviews_of(run.id, card.slug)
    )
