"""One model as readers may see it: every edition that went live, and what it rests on.

An edition alone says what was approved; a page also says since when, what changed since the edition
before, and which words the editors changed, so everything a page needs stands together here.
"""

from functools import cached_property
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field

from panel.domain.editing.edition import Edition
from panel.domain.persona import Persona
from panel.domain.review import Review
from panel.domain.run import Order, Panel, RunId
from panel.domain.value import Digest, Slug, Value, digest_of

ReleaseKind = Literal["draft", "published", "corrected"]
"""`draft` appears in previews only: nobody approved it."""


class Release(Value):
    """An edition from the moment it went live.

    Attributes:
        kind: How it went live; `draft` when it never did.
        at: When; for a draft, when it was last changed.
        edition: What was approved; for a draft, what an approval would freeze.
        note: What readers are told about a correction; empty otherwise.
    """

    kind: ReleaseKind
    at: AwareDatetime
    edition: Edition
    note: str = ""


class Retraction(Value):
    """Why a model has no live edition any more.

    Attributes:
        at: When it was retracted.
        by: Name of whoever retracted it.
        note: What readers are told.
    """

    at: AwareDatetime
    by: str
    note: str


class Published(Value):
    """Everything the pages about one model rest on.

    Attributes:
        slug: Slug of its dossier.
        releases: Every edition that went live, oldest first; the last one is what readers see.
        retraction: Set when readers see nothing of it any more.
        order: The order of the run that the last release was drafted in.
        ordered: When that run was ordered.
        personas: The personas on the panel of the last release, in order of its seats.
        drafted: The reviews of the last release as the panel left them.
    """

    slug: Slug
    releases: Annotated[tuple[Release, ...], Field(min_length=1)]
    retraction: Retraction | None = None
    order: Order
    ordered: AwareDatetime
    personas: tuple[Persona, ...]
    drafted: tuple[Review, ...]

    @cached_property
    def last(self) -> Release:
        """The release readers see, or saw before it was retracted."""
        return self.releases[-1]

    @cached_property
    def before(self) -> Release | None:
        """The release before the last one; None when the last one is the first."""
        return self.releases[-2] if len(self.releases) > 1 else None

    @property
    def edition(self) -> Edition:
        """The edition readers see, or saw."""
        return self.last.edition

    @property
    def run(self) -> RunId:
        """The run the last release was drafted in."""
        return self.edition.run

    @cached_property
    def panel(self) -> Panel:
        """The panel that drafted the last release."""
        return self.order.panel_of(self.order.by_slug[self.slug])

    @cached_property
    def panel_digest(self) -> Digest:
        """Equal for two models exactly when equal panels were asked in the same way.

        Taken over seats with their personas and llms, samples, quorum, prompt templates, recusal
        and the versions of what can change an answer or a result.
        """
        asked = {
            "panel": self.panel.model_dump(mode="json"),
            "templates": self.order.templates,
            "versions": self.order.versions,
            "recuse": self.order.recuse,
        }
        return digest_of("panel", asked)


class Head(Value):
    """Names what a model's pages rest on, without reading it.

    Attributes:
        slug: Slug of the dossier.
        digest: Changes whenever anything in its `Published` changes.
    """

    slug: Slug
    digest: Digest
