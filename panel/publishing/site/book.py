"""What a build of the site is made from, and the pages it is made into.

A planner gives pages with the digest of everything their bytes rest on; the builder renders those
whose digest changed. Lists are made of entries; a whole model is opened only by pages about it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from panel.domain.publication.entry import Entry
from panel.domain.publication.predictions import PredictionEnd, PredictionName
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.domain.value import Digest, Slug
from panel.publishing.site.info import SiteInfo


@dataclass(frozen=True)
class Page:
    """One file of the site.

    Attributes:
        path: Where it lies below the root, e.g. `models/x/index.html`.
        key: Digest of everything its bytes rest on; equal keys mean equal bytes.
        render: Gives its bytes; called only when the key is new.
    """

    path: str
    key: Digest
    render: Callable[[], bytes]


class Book(Protocol):
    """Everything that is published, by slug."""

    @property
    def site(self) -> SiteInfo:
        """The site it is published on."""
        ...

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every model that readers see, by slug in order of the slugs."""
        ...

    @property
    def retracted(self) -> Mapping[str, Entry]:
        """Every model that readers see no more, by slug."""
        ...

    def head(self, slug: str) -> Digest:
        """Digest of everything one model's `Published` holds; cheap."""
        ...

    def model(self, slug: str) -> Published:
        """One model with all that its pages rest on; dear, and remembered for a while."""
        ...

    def tally(self, slug: str) -> Tally | None:
        """What readers' votes on a model come to; None when nobody takes any."""
        ...

    @property
    def ends(self) -> Mapping[PredictionName, PredictionEnd]:
        """How predictions turned out, the word that stands on each."""
        ...

    @property
    def pairs(self) -> tuple[tuple[Slug, Slug], ...]:
        """Pairs that are compared, sorted, each in order of its slugs."""
        ...

    @property
    def moved(self) -> Mapping[str, str]:
        """Slugs that changed, old to new."""
        ...


Planner = Callable[[Book], Iterable[Page]]
"""Gives pages of one kind, without rendering them."""


class LiveBook(Book, Protocol):
    """A book whose records may change while it is read."""

    @property
    def planners(self) -> Sequence[Planner]:
        """What makes pages of it."""
        ...

    def current(self) -> bool:
        """Whether everything is still published as it was when the book was opened."""
        ...
