"""An edition: what was approved, frozen whole, so that exactly this is what gets published."""

from functools import cached_property
from typing import Annotated

from pydantic import AwareDatetime, Field

from panel.domain.dossier import Dossier
from panel.domain.review import Review
from panel.domain.run import RunId
from panel.domain.scorecard import Scorecard
from panel.domain.value import Slug, Value, digest_of


class Edition(Value):
    """Everything a page of one model shows.

    Attributes:
        run: The run it was drafted in.
        slug: Its dossier.
        version: Version of the draft that was approved.
        card: The scorecard as edited.
        reviews: The reviews as edited, in the order of the panel.
        dossier: The dossier as edited, settled conflicts included.
        edited_by: Names of everybody who changed its words.
        approved_by: Name of whoever approved it.
        approved: When.
        note: What readers are told about a correction; empty otherwise.
    """

    run: RunId
    slug: Slug
    version: Annotated[int, Field(ge=0)]
    card: Scorecard
    reviews: tuple[Review, ...]
    dossier: Dossier
    edited_by: tuple[str, ...]
    approved_by: str
    approved: AwareDatetime
    note: str = ""

    @cached_property
    def digest(self) -> str:
        """Name of this edition's content."""
        return digest_of("edition", self)
