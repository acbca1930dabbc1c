"""Which drafts readers see, or saw: where every build of the site starts."""

from sqlalchemy import select, text, tuple_

from panel.domain.editing.states import State
from panel.domain.value import Digest, Slug, Value
from panel.store.desk_tables import drafts, revisions
from panel.store.reader import Reader


class DraftHead(Value):
    """A draft by name and version.

    Attributes:
        run: Its run.
        slug: Its dossier.
        version: Number of its last revision.
        nth: Number of the scorecard it was derived from.
        state: Its state.
        live: Digest of its live edition; None without one.
    """

    run: str
    slug: Slug
    version: int
    nth: int
    state: State
    live: Digest | None


_HEAD = [drafts.c.run_id.label("run"), *drafts.c["slug", "version", "nth", "state", "live"]]
# Spelled as in the index, which is used for exactly this condition.
_EVER_PUBLIC = tuple_(drafts.c.run_id, drafts.c.slug).in_(
    select(*revisions.c["run_id", "slug"]).where(text("act IN ('publish', 'correct')"))
)


class Heads(Reader):
    """Reads of what was published."""

    def draft_heads(self, *, preview: bool = False) -> tuple[DraftHead, ...]:
        """Drafts that were ever published, those retracted since included, by slug and run.

        Args:
            preview: Whether to give all drafts of the queue.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(*_HEAD).where(drafts.c.hidden.is_(False))
        if not preview:
            query = query.where(_EVER_PUBLIC)
        rows = self._records(query.order_by(drafts.c.slug, drafts.c.run_id))
        return tuple(DraftHead.model_validate(row) for row in rows)
