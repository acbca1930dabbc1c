"""The queue's rows: derived from records, kept beside them in the same transaction.

What colleagues said and who is to work on a draft is counted here, never taken from a caller, so
that two who act at once cannot undo each other's part of the row.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Executable,
    bindparam,
    func,
    literal,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from panel.domain.editing.queue import QueueRow
from panel.store.desk_tables import (
    assignments,
    comment_ends,
    comments,
    drafts,
    revisions,
    settlements,
)
from panel.store.keeper import Keeper
from panel.store.standing import CARD_STANDS
from panel.store.tables import scorecards
from panel.store.words import keep_words

_PAGE = 100
"""Rows written in one transaction."""

Place = tuple[str, str]
"""Run and slug: the name of a draft."""


@dataclass(frozen=True)
class DraftRow:
    """A row of the queue as it is written.

    Attributes:
        row: The row; its assignee and its comments are counted anew.
        text: What it is found by, beside its names.
        card: Digest of the panel's scorecard it was derived from; None leaves what is noted.
    """

    row: QueueRow
    text: str
    card: str | None = None

    @property
    def place(self) -> Place:
        """The draft it is about."""
        return self.row.run, self.row.slug


class Drafts(Keeper):
    """Writes of the queue, and what it has not heard of yet."""

    def put_drafts(self, rows: Iterable[tuple[QueueRow, str, str]]) -> None:
        """Write rows of the queue; one of an older version than the row that is there is dropped.

        Args:
            rows: Row, text it is found by, and digest of the scorecard it was derived from.

        Raises:
            StoreError: When the database refuses.
        """
        items = [DraftRow(*one) for one in rows]
        for at in range(0, len(items), _PAGE):
            self._writer().submit(put_drafts, items[at : at + _PAGE]).result()

    def unadopted(self, limit: int) -> tuple[Place, ...]:
        """Drafts that the queue does not show yet, or by an earlier scorecard, by run and slug.

        Args:
            limit: Most of them.

        Raises:
            StoreError: When the database cannot be read.
        """
        if self._first(_ALL_KNOWN):
            return ()
        cards = scorecards.c
        known = (
            select(drafts.c.id)
            .where(drafts.c.run_id == cards.run_id, drafts.c.slug == cards.slug)
            .where(drafts.c.nth == cards.nth)
        )
        query = (
            select(cards.run_id, cards.slug)
            .where(~known.exists(), CARD_STANDS)
            .order_by(cards.run_id, cards.slug)
            .limit(limit)
        )
        return tuple((row.run_id, row.slug) for row in self._all(query))

    def drafts_of(self, slug: str) -> tuple[Place, ...]:
        """The drafts of a dossier in the queue, by run.

        Args:
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(*drafts.c["run_id", "slug"]).where(drafts.c.slug == slug, _SHOWN)
        return tuple((row.run_id, row.slug) for row in self._all(query.order_by(drafts.c.run_id)))

    def revised(self, run_id: str) -> tuple[str, ...]:
        """Slugs of the drafts of a run that editors did something to.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(revisions.c.slug).where(revisions.c.run_id == run_id).distinct()
        return tuple(sorted(row.slug for row in self._all(query)))

    def decided(self) -> tuple[Place, ...]:
        """Dossiers with a conflict that was decided on at the desk, by slug and digest.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(*settlements.c["slug", "dossier"]).distinct()
        return tuple(sorted((row.slug, row.dossier) for row in self._all(query)))

    def drafted_since(self) -> dict[str, dt.datetime]:
        """The dossiers that have drafts in the queue, with when the first of them was ordered.

        Raises:
            StoreError: When the database cannot be read.
        """
        first = func.min(drafts.c.created, type_=drafts.c.created.type).label("first")
        query = select(drafts.c.slug, first).where(_SHOWN).group_by(drafts.c.slug)
        return {row.slug: row.first for row in self._all(query)}


_SHOWN = drafts.c.hidden.is_(False)
# Tries are numbered without a gap, so that two quick sums tell whether any card is unknown.
_ALL_KNOWN = select(literal(1)).where(
    select(func.count()).select_from(scorecards).scalar_subquery()
    == select(func.coalesce(func.sum(drafts.c.nth), 0)).scalar_subquery()
)
_RUN: BindParameter[str] = bindparam("of_run")
_SLUG: BindParameter[str] = bindparam("of_slug")
_OPEN = (
    select(func.count())
    .select_from(comments.join(comment_ends, isouter=True))
    .where(comments.c.run_id == _RUN, comments.c.slug == _SLUG, comment_ends.c.at.is_(None))
    .scalar_subquery()
)
_ASSIGNEE = (
    select(assignments.c.assignee)
    .where(assignments.c.run_id == _RUN, assignments.c.slug == _SLUG)
    .order_by(assignments.c.seq.desc())
    .limit(1)
    .scalar_subquery()
)
_NTH = (
    select(func.coalesce(func.max(scorecards.c.nth), 0))
    .where(scorecards.c.run_id == _RUN, scorecards.c.slug == _SLUG)
    .where(scorecards.c.digest == bindparam("of_card"))
    .scalar_subquery()
)
_HERE = (drafts.c.run_id == _RUN, drafts.c.slug == _SLUG)
_LOCK = select(drafts.c.id).where(*_HERE).with_for_update()
_TALK = update(drafts).where(*_HERE).values(comments=_OPEN, assignee=_ASSIGNEE)
_DERIVED = {"run", "slug", "comments", "assignee"}
"""Fields of a row that are no values of their own here."""


def put_drafts(connection: Connection, items: Sequence[Sequence[DraftRow]]) -> list[None]:
    """Write rows of the queue with the words they are found by."""
    rows = (item for group in items for item in group)
    for item in sorted(rows, key=lambda item: item.place):
        lock_draft(connection, item.place)
        put_draft(connection, item)
    return [None] * len(items)


def lock_draft(connection: Connection, place: Place) -> None:
    """Let nobody else change what counts for a draft until the commit; a queue may not have it."""
    connection.execute(_LOCK, {"of_run": place[0], "of_slug": place[1]})


def put_draft(connection: Connection, item: DraftRow) -> None:
    """Write one row, after `lock_draft`; a row of a newer version stays."""
    values = {f"new_{name}": value for name, value in item.row.model_dump(exclude=_DERIVED).items()}
    values |= {"of_run": item.row.run, "of_slug": item.row.slug, "of_card": item.card or ""}
    statement = _upsert(connection.dialect.name, keeps_nth=item.card is None)
    found = connection.execute(statement, values).scalar()
    if found is not None:
        text = f"{item.row.name} {item.row.vendor} {item.row.slug} {item.text}"
        keep_words(connection, found, text)


def count_talk(connection: Connection, place: Place) -> None:
    """Count comments and name the assignee of a draft anew, after `lock_draft`."""
    connection.execute(_TALK, {"of_run": place[0], "of_slug": place[1]})


@cache
def _upsert(dialect: str, *, keeps_nth: bool) -> Executable:
    """The statement that writes one row unless a newer one is there, and gives its id."""
    values: dict[str, ColumnElement[Any]] = {
        column.name: bindparam(f"new_{column.name}", type_=column.type)
        for column in drafts.c
        if column.name not in {"id", "run_id", "nth"} | _DERIVED
    }
    values |= {"run_id": _RUN, "slug": _SLUG, "nth": _NTH, "comments": _OPEN, "assignee": _ASSIGNEE}
    wanted = (sqlite.insert if dialect == "sqlite" else postgresql.insert)(drafts).values(values)
    same = {"run_id", "slug", *(["nth"] if keeps_nth else [])}
    return wanted.on_conflict_do_update(
        index_elements=["run_id", "slug"],
        set_={name: wanted.excluded[name] for name in values if name not in same},
        where=drafts.c.version <= wanted.excluded.version,
    ).returning(drafts.c.id)
