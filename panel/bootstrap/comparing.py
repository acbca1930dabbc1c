"""Two runs side by side, dossier by dossier, so that long lists can be compared too."""

from collections.abc import Iterator, Set

from panel.domain.difference import CardChange, card_change
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.store.store import Store


def compared(store: Store, one: Run, two: Run) -> Iterator[CardChange]:
    """Every dossier that both runs were asked about, in the order of the first.

    Args:
        store: Where both lie.
        one: The first run.
        two: The second run.

    Raises:
        StoreError: The database cannot be read.
        TamperError: A scorecard is not as it was written.
    """
    both = one.order.by_slug.keys() & two.order.by_slug.keys()
    cards = _Cards(store, one, both), _Cards(store, two, both)
    for item in one.order.dossiers:
        if item.slug in both:
            found = cards[0].take(item.slug), cards[1].take(item.slug)
            yield card_change(item.slug, (one.order, two.order), found)


def only_in(one: Run, two: Run) -> tuple[str, ...]:
    """Slugs of the dossiers that a run was asked about and another was not.

    Args:
        one: The run.
        two: The other run.
    """
    others = two.order.by_slug
    return tuple(item.slug for item in one.order.dossiers if item.slug not in others)


class _Cards:
    """Scorecards of a run by slug, read in its own order; few are held if both orders agree."""

    def __init__(self, store: Store, run: Run, wanted: Set[str]) -> None:
        self._scored = store.scored(run.id)
        self._coming = (card for card in store.iter_scorecards(run.id) if card.slug in wanted)
        self._early: dict[str, Scorecard] = {}

    def take(self, slug: str) -> Scorecard | None:
        """The scorecard of a dossier, once; None when there is none."""
        if slug not in self._scored:
            return None
        while slug not in self._early:
            card = next(self._coming, None)
            if card is None:
                return None
            self._early[card.slug] = card
        return self._early.pop(slug)
