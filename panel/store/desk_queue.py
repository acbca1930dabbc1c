"""The queue's questions: which drafts match, how many in each state, and one page of them."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, UnaryExpression, case, func, select, text

from panel.domain.editing.queue import PAGE, STALE_DAYS, QueuePage, QueueQuery, QueueRow, Sort
from panel.domain.editing.states import STATES
from panel.store.desk_tables import drafts
from panel.store.drafts import Place
from panel.store.reader import Reader
from panel.store.words import found_by

_D = drafts.c
_ROW = [_D[name] for name in QueueRow.model_fields if name != "run"]
_STATE = case({state: at for at, state in enumerate(STATES)}, value=_D.state, else_=len(STATES))
# Not by GROUP BY, for whose sake SQLite would read all rows in the order of an index.
_COUNTS = [func.count().filter(_D.state == state) for state in STATES]
# PostgreSQL thinks that reading all words of all drafts is quick, since it does not count that they
# are compressed; for a common word that takes many times as long as its index does.
_BY_INDEX = text("SET LOCAL enable_seqscan = off")
_NO_CALL = case((_D.ships + _D.skips == 0, 1), else_=0)

_ONLY: dict[str, ColumnElement[bool]] = {
    "split": (_D.ships > 0) & (_D.skips > 0),
    "blocking": _D.blocking > 0,
    "conflicts": _D.open_conflicts > 0,
    "look": _D.look > 0,
}
"""Conditions by the field that asks for them."""

_Order = Sequence[ColumnElement[object] | UnaryExpression[object]]
_NEWEST = (_D.changed.desc(), _D.id.desc())
_ORDERS: dict[Sort, _Order] = {
    "changed": (_D.changed, _D.id),
    "-changed": _NEWEST,
    "name": (func.lower(_D.name), _D.id),
    "-name": (func.lower(_D.name).desc(), _D.id.desc()),
    "age": (_D.newest_fact.desc(), *_NEWEST),
    "-age": (_D.newest_fact, *_NEWEST),
    "blocking": (_D.blocking.desc(), _D.warnings.desc(), *_NEWEST),
    "state": (_STATE, *_NEWEST),
    "split": (_NO_CALL, func.abs(_D.ships - _D.skips), *_NEWEST),
}


class DeskQueue(Reader):
    """Reads of the queue."""

    def queue(self, query: QueueQuery, today: dt.date, login: str) -> QueuePage:
        """One page of the queue.

        Args:
            query: What to show; its assignee may be `me`.
            today: The day, by which facts are stale and drafts are old.
            login: Who asks.

        Raises:
            StoreError: When the database cannot be read.
        """
        where = self._where(query, today, login)
        hint = None if self.address.is_sqlite or not query.q else _BY_INDEX
        counting = select(*_COUNTS).where(*where)
        counted = self._read(counting, lambda result: result.one(), hint=hint)
        counts = dict(zip(STATES, counted, strict=True))
        rows = (
            select(_D.run_id.label("run"), *_ROW)
            .where(*where, *_in_state(query))
            .order_by(*_ORDERS[query.sort])
            .limit(PAGE)
            .offset((query.page - 1) * PAGE)
        )
        found = self._read(rows, lambda result: result.mappings().all(), hint=hint)
        return QueuePage(
            rows=tuple(QueueRow.model_validate(dict(row)) for row in found),
            total=sum(counts[state] for state in set(query.state or STATES)),
            states={**counts},
        )

    def queue_row(self, run_id: str, slug: str) -> QueueRow | None:
        """The row of one draft; None when the queue does not show it yet.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(_D.run_id.label("run"), *_ROW).where(_D.run_id == run_id, _D.slug == slug)
        return next((QueueRow.model_validate(row) for row in self._records(query)), None)

    def queue_neighbours(
        self, query: QueueQuery, today: dt.date, login: str, place: Place
    ) -> tuple[Place | None, Place | None]:
        """The drafts before and after one in the order of the queue.

        Args:
            query: What is shown; on all pages.
            today: The day.
            login: Who asks.
            place: Run and slug of the draft.

        Returns:
            Either is None at an end; both are when the draft does not match.

        Raises:
            StoreError: When the database cannot be read.
        """
        found = (
            select(_D.id)
            .where(*self._where(query, today, login), *_in_state(query))
            .order_by(*_ORDERS[query.sort])
        )
        shown = self._read(found, lambda result: result.scalars().all())
        ids = [0, *shown, 0]  # no draft has the id 0
        own = self._first(select(_D.id).where(_D.run_id == place[0], _D.slug == place[1]))
        if own is None or own.id not in ids:
            return None, None
        at = ids.index(own.id)
        before, behind = ids[at - 1], ids[at + 1]
        named = select(*drafts.c["id", "run_id", "slug"]).where(_D.id.in_([before, behind]))
        places = {row.id: (row.run_id, row.slug) for row in self._all(named)}
        return places.get(before), places.get(behind)

    def _where(self, query: QueueQuery, today: dt.date, login: str) -> list[ColumnElement[bool]]:
        found = found_by(_D.id, query.q, is_sqlite=self.address.is_sqlite)
        conditions = list(_conditions(query, today, login))
        return conditions if found is None else [*conditions, found]


def _in_state(query: QueueQuery) -> list[ColumnElement[bool]]:
    return [_D.state.in_(query.state)] if query.state else []


def _conditions(query: QueueQuery, today: dt.date, login: str) -> Iterator[ColumnElement[bool]]:
    """All conditions but the words and the state."""
    yield _D.hidden.is_(False)
    yield from (condition for name, condition in _ONLY.items() if getattr(query, name))
    if query.outcome:
        yield _D.outcome.in_(query.outcome)
    if query.run:
        yield _D.run_id == query.run
    if query.assignee:
        whose = login if query.assignee == "me" else query.assignee
        yield _D.assignee.is_(None) if whose == "none" else _D.assignee == whose
    if query.stale:
        yield _D.newest_fact < today - dt.timedelta(days=STALE_DAYS)
    if query.older:
        midnight = dt.datetime.combine(today, dt.time(), dt.UTC)
        yield _D.changed < midnight - dt.timedelta(days=query.older)
