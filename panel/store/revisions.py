"""Revisions: numbered without a gap, never changed, and nobody's is taken for another's.

Whoever comes second with a number learns that it is taken; whoever sends the same again learns
that it is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from panel.domain.editing.people import Event
from panel.domain.editing.queue import QueueRow
from panel.domain.editing.revision import Revision
from panel.domain.value import canonical_json
from panel.errors import StaleError, TamperError
from panel.store.desk_events import add_events
from panel.store.desk_tables import revisions
from panel.store.document import Document
from panel.store.drafts import DraftRow, lock_draft, put_draft
from panel.store.insertion import insert_if_free
from panel.store.keeper import Keeper
from panel.store.rows import Row, parsed
from panel.store.steps import add_documents


@dataclass(frozen=True)
class NewRevision:
    """A revision with all that is written beside it."""

    revision: Revision
    draft: DraftRow
    event: Event
    documents: tuple[Document, ...]


class Revisions(Keeper):
    """Writes and reads of revisions."""

    def revise(
        self,
        revision: Revision,
        row: QueueRow,
        text: str,
        event: Event,
        documents: Sequence[Document] = (),
    ) -> Revision:
        """Store a revision, its row of the queue, its line of the log and its documents, or none.

        Args:
            revision: The revision, numbered after the last one it takes into account.
            row: The draft in the queue from now on.
            text: What the draft is found by from now on.
            event: The line of the log.
            documents: What it names, e.g. the edition it approves.

        Returns:
            The revision that stands: this one, or the one of the same key that was stored before.

        Raises:
            StaleError: When that number is taken by another one, or the one before it is missing.
            StoreError: When there is no such run, or the database refuses.
            TamperError: When a document does not have its digest.
        """
        checked = tuple(document.verified() for document in documents)
        item = NewRevision(revision, DraftRow(row, text), event, checked)
        found = self._writer().submit(revise, item).result()
        if found is None:
            raise StaleError(
                f"{revision.run}/{revision.slug}: version {revision.version} is not the next one"
                " any more, somebody else changed the draft",
                remedy="look at what stands now, and save again",
            )
        return found

    def revisions(self, run_id: str, slug: str) -> tuple[Revision, ...]:
        """All revisions of a draft in order, their digests derived again.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
            TamperError: When one is not as it was written, or is missing.
        """
        query = select(*revisions.c["version", "digest", "body"]).where(
            revisions.c.run_id == run_id, revisions.c.slug == slug
        )
        rows = self._all(query.order_by(revisions.c.version))
        return tuple(
            _verified(row.body, row.digest, f"revision {number} of {run_id}/{slug}", number)
            for number, row in enumerate(rows, 1)
        )


def revise(connection: Connection, items: Sequence[NewRevision]) -> list[Revision | None]:
    """Store revisions whose number is the next one; None for the others."""
    found: dict[int, Revision | None] = {}
    for at in sorted(range(len(items)), key=lambda at: _order(items[at].revision)):
        found[at] = _revise(connection, items[at])
    return [found[at] for at in range(len(items))]


def _order(revision: Revision) -> tuple[str, str, int]:
    return revision.run, revision.slug, revision.version


def _revise(connection: Connection, item: NewRevision) -> Revision | None:
    wanted, place = item.revision, item.draft.place
    here = (revisions.c.run_id == wanted.run, revisions.c.slug == wanted.slug)
    lock_draft(connection, place)
    last = connection.execute(select(func.max(revisions.c.version)).where(*here)).scalar() or 0
    if last == wanted.version - 1 and insert_if_free(connection, revisions, _row(wanted)):
        add_documents(connection, [item.documents])
        put_draft(connection, item.draft)
        add_events(connection, [item.event])
        return wanted
    same = revisions.c.digest == wanted.digest
    if wanted.key:
        same |= revisions.c.key == wanted.key
    body = connection.execute(select(revisions.c.body).where(*here, same)).scalar()
    return None if body is None else parsed(Revision, body, f"a revision of {place}")


def _row(revision: Revision) -> Row:
    return {
        "run_id": revision.run,
        "slug": revision.slug,
        "version": revision.version,
        "act": revision.act,
        "state": revision.standing.state,
        "by": revision.by,
        "at": revision.at,
        "key": revision.key,
        "digest": revision.digest,
        "body": canonical_json(revision),
    }


def _verified(body: str, digest: str, place: str, version: int) -> Revision:
    found = parsed(Revision, body, place)
    if found.digest != digest or found.version != version:
        raise TamperError(
            f"{place} is not as it was written",
            remedy="restore the database from a backup; do not publish from this run",
        )
    return found
