"""What to do with work that was in hand when its process died: again, then alone, then never again.

Only work in our own hands can end the process, never a call that waits for the network; the store
tells the two apart by the last call of each seat, so that a plug pulled fifty times quarantines
nobody while a dossier that breaks its reader does not keep a night's list from finishing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

TRIES = 3
"""Deaths of the process after which work is not tried again."""

Treatment = Literal["company", "alone", "quarantined"]


@dataclass(frozen=True)
class Retry:
    """A person's wish to ask the failed seats of a dossier again, as it travels to a worker.

    Attributes:
        failed: Which try each failure was, by review key; there may be none, and then a dossier
            that is not opened any more is opened again.
        deaths: Deaths of the process that were laid to the dossier when this was wished.
    """

    failed: Mapping[str, int]
    deaths: int = 0

    def holds(self, deaths: int) -> bool:
        """Whether it is still to be done: what was quarantined gets one more try, not three.

        Args:
            deaths: Deaths that are laid to the dossier now.
        """
        return deaths <= max(self.deaths, TRIES - 1)


def seat_subject(slug: str, key: str) -> str:
    """Name of one seat's work; a dossier's own, its opening, is its slug.

    Args:
        slug: Slug of the dossier.
        key: Key of the review.
    """
    return f"{slug}/{key}"


@dataclass(frozen=True)
class Strikes:
    """Deaths of the process by what was in hand.

    Attributes:
        deaths: Number by slug (while it was being opened) or `seat_subject`.
    """

    deaths: Mapping[str, int]

    def treatment(self, slug: str) -> Treatment:
        """How to work on a dossier.

        Args:
            slug: The dossier.
        """
        if self.deaths.get(slug, 0) >= TRIES:
            return "quarantined"
        return "alone" if self.most(slug) >= TRIES - 1 else "company"

    def most(self, slug: str) -> int:
        """Deaths with this dossier or one of its seats in hand, the most of any.

        Args:
            slug: The dossier.
        """
        own = [deaths for name, deaths in self.deaths.items() if name.partition("/")[0] == slug]
        return max(own, default=0)

    def quarantines(self, slug: str, key: str) -> bool:
        """Whether a seat is not asked any more.

        Args:
            slug: Slug of the dossier.
            key: Key of the review.
        """
        return self.deaths.get(seat_subject(slug, key), 0) >= TRIES
