"""Prints scorecards one by one; light to import, so that looking at a run does not wait."""

import sys

from panel.cli.card_text import WIDTH, print_card
from panel.cli.diagnostics import give
from panel.cli.tables import Terminal
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.pipeline import Material
from panel.publishing.card_json import card_json
from panel.publishing.view import card_view

CARDS_AT_MOST = 10
"""Dossiers up to which a run is printed card by card; a longer one is a table."""


class Printer:
    """Prints scorecards to stdout as text or JSON lines.

    Args:
        run: The run.
        material: Its dossiers and personas.
        as_json: Whether to print JSON lines.
    """

    def __init__(self, run: Run, material: Material, *, as_json: bool) -> None:
        self.run = run
        self._material = material
        self._personas = tuple(material.personas.values())
        self._as_json = as_json
        self._console = Terminal(highlight=False, width=None if sys.stdout.isatty() else WIDTH)

    def __call__(self, card: Scorecard, reviews: tuple[Review, ...]) -> None:
        """Print one scorecard."""
        if self._as_json:
            give(card_json(card, reviews).to_line().rstrip("\n"))
            return
        dossier = self._material.load(self.run.order.by_slug[card.slug])
        print_card(card_view(card, reviews, dossier, self._personas), self._console)
        self._console.print()
