"""How each kind of write goes to the database, many items at a time.

Every statement is an insert that either fails on a duplicate (a mistake) or leaves the row that is
there (the first answer stands); which of the two is the whole difference between the steps.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Insert, Table, bindparam, func, insert, select
from sqlalchemy.dialects import postgresql, sqlite

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.store.document import Document
from panel.store.rows import Row, flag_rows, parsed, scorecard_row
from panel.store.tables import (
    answers,
    attempts,
    documents,
    flags,
    requests,
    reviews,
    run_events,
    runs,
    scorecards,
)


@dataclass(frozen=True)
class NewRun:
    """A run with what it rests on and its first event."""

    run: Row
    event: Row
    documents: Sequence[Document]


@dataclass(frozen=True)
class NewAttempt:
    """A call about to be made."""

    request: Row
    attempt: Row


@dataclass(frozen=True)
class NewReview:
    """A review that wants to stand."""

    row: Row
    review: Review


def _keep(table: Table) -> dict[str, Insert]:
    """Insert unless the primary key is taken, in both dialects."""
    return {
        "sqlite": sqlite.insert(table).on_conflict_do_nothing(),
        "postgresql": postgresql.insert(table).on_conflict_do_nothing(),
    }


_KEEP = {table: _keep(table) for table in (documents, requests, reviews, flags, scorecards)}
_EVENT = insert(run_events).values(
    seq=select(func.coalesce(func.max(run_events.c.seq), 0) + 1)
    .where(run_events.c.run_id == bindparam("of_run"))
    .scalar_subquery()
)
_STANDING = select(reviews.c.run_id, reviews.c.key, reviews.c.digest).where(
    reviews.c.run_id.in_(bindparam("runs", expanding=True)),
    reviews.c.key.in_(bindparam("keys", expanding=True)),
)


def add_documents(connection: Connection, items: Sequence[Sequence[Document]]) -> list[None]:
    """Store documents; one that is there already is the same by its name."""
    rows = {item.digest: item.model_dump() for group in items for item in group}
    _insert_or_keep(connection, documents, [rows[digest] for digest in sorted(rows)])
    return [None] * len(items)


def create_runs(connection: Connection, items: Sequence[NewRun]) -> list[None]:
    """Store runs, their documents and their first event; a run id is used once."""
    add_documents(connection, [item.documents for item in items])
    connection.execute(insert(runs), [item.run for item in items])
    return note_runs(connection, [item.event for item in items])


def note_runs(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Append events, numbered after the last of their run."""
    for item in items:
        connection.execute(_EVENT, item | {"of_run": item["run_id"]})
    return [None] * len(items)


def begin_attempts(connection: Connection, items: Sequence[NewAttempt]) -> list[None]:
    """Store attempts, and each request once."""
    wanted = {(item.request["run_id"], item.request["key"]): item.request for item in items}
    _insert_or_keep(connection, requests, [wanted[name] for name in sorted(wanted)])
    connection.execute(insert(attempts), [item.attempt for item in items])
    return [None] * len(items)


def end_attempts(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store answers; an attempt has one."""
    connection.execute(insert(answers), items)
    return [None] * len(items)


def keep_reviews(connection: Connection, items: Sequence[NewReview]) -> list[Review]:
    """Store reviews unless their place is taken, and return what stands there."""
    _insert_or_keep(connection, reviews, [item.row for item in items])
    standing = _standing_digests(connection, items)
    stand = [item for item in items if standing[_place(item)] == item.row["digest"]]
    rows = [row for item in stand for row in flag_rows(item.row["run_id"], item.review)]
    _insert_or_keep(connection, flags, rows)
    return [
        item.review
        if standing[_place(item)] == item.row["digest"]
        else _standing_review(connection, item)
        for item in items
    ]


def keep_scorecards(connection: Connection, items: Sequence[Scorecard]) -> list[Scorecard]:
    """Store scorecards unless their place is taken, and return what stands there."""
    _insert_or_keep(connection, scorecards, [scorecard_row(item) for item in items])
    found: list[Scorecard] = []
    for item in items:
        query = select(scorecards.c.body).where(
            scorecards.c.run_id == item.run, scorecards.c.slug == item.slug
        )
        body = connection.execute(query).scalar_one()
        found.append(parsed(Scorecard, body, f"scorecard {item.slug} of run {item.run}"))
    return found


def _insert_or_keep(connection: Connection, table: Table, rows: Iterable[Row]) -> None:
    if many := list(rows):
        connection.execute(_KEEP[table][connection.dialect.name], many)


def _place(item: NewReview) -> tuple[str, str]:
    return item.row["run_id"], item.row["key"]


def _standing_digests(
    connection: Connection, items: Sequence[NewReview]
) -> dict[tuple[str, str], str]:
    places = [_place(item) for item in items]
    names = {"runs": sorted({run for run, _ in places}), "keys": sorted({key for _, key in places})}
    return {(row.run_id, row.key): row.digest for row in connection.execute(_STANDING, names)}


def _standing_review(connection: Connection, item: NewReview) -> Review:
    run_id, key = _place(item)
    query = select(reviews.c.body).where(reviews.c.run_id == run_id, reviews.c.key == key)
    body = connection.execute(query).scalar_one()
    return parsed(Review, body, f"review {key} of run {run_id}")
