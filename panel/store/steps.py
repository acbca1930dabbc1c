"""How runs and their results go to the database, many items at a time.

Every statement is an insert that either fails on a duplicate (a mistake) or leaves the row that is
there (the first answer stands). All may be written again after a lost acknowledgement.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, insert, select

from panel.domain.review import Review
from panel.domain.scorecard import Scorecard
from panel.errors import StoreError
from panel.store.document import Document
from panel.store.insertion import insert_or_keep, is_again
from panel.store.rows import Row, flag_rows, parsed, scorecard_row
from panel.store.tables import documents, flags, ledgers, reviews, run_events, runs, scorecards

Place = tuple[str, str]
"""Run and review key."""


@dataclass(frozen=True)
class NewRun:
    """A run with its first event, and its ledger if it has a cap."""

    run: Row
    event: Row
    ledger: Row | None = None


@dataclass(frozen=True)
class NewReview:
    """A review that wants to stand."""

    row: Row
    review: Review


@dataclass(frozen=True)
class Standing:
    """The review that stands for its key: the one asked last."""

    nth: int
    digest: str
    failed: bool


_LAST_SEQ = select(func.coalesce(func.max(run_events.c.seq), 0)).where(
    run_events.c.run_id == bindparam("of_run")
)
_EVENT = insert(run_events).values(seq=_LAST_SEQ.scalar_subquery() + 1)
_STANDING = (
    select(*reviews.c["run_id", "key", "nth", "digest", "failure"])
    .where(
        reviews.c.run_id.in_(bindparam("runs", expanding=True)),
        reviews.c.key.in_(bindparam("keys", expanding=True)),
    )
    .order_by(reviews.c.nth)
)
_STANDING_CARDS = (
    select(*scorecards.c["run_id", "slug", "nth", "digest"])
    .where(
        scorecards.c.run_id.in_(bindparam("runs", expanding=True)),
        scorecards.c.slug.in_(bindparam("slugs", expanding=True)),
    )
    .order_by(scorecards.c.nth)
)


def add_documents(connection: Connection, items: Sequence[Sequence[Document]]) -> list[None]:
    """Store documents; one that is there already is the same by its name."""
    rows = {item.digest: item.model_dump() for group in items for item in group}
    insert_or_keep(connection, documents, [rows[digest] for digest in sorted(rows)])
    return [None] * len(items)


def create_runs(connection: Connection, items: Sequence[NewRun]) -> list[None]:
    """Store runs with their first event; a run id is used once."""
    fresh = items
    if is_again(connection):
        stored = {tuple(row) for row in connection.execute(select(runs.c.id, runs.c.digest))}
        fresh = [item for item in items if (item.run["id"], item.run["digest"]) not in stored]
    if fresh:
        connection.execute(insert(runs), [item.run for item in fresh])
        note_runs(connection, [item.event for item in fresh])
        insert_or_keep(connection, ledgers, [item.ledger for item in fresh if item.ledger])
    return [None] * len(items)


def note_runs(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Append events, numbered after the last of their run; writers of one run take turns."""
    of_runs = sorted({item["run_id"] for item in items})
    connection.execute(select(runs.c.id).where(runs.c.id.in_(of_runs)).with_for_update())
    for item in items:
        if not (is_again(connection) and _is_noted(connection, item)):
            connection.execute(_EVENT, item | {"of_run": item["run_id"]})
    return [None] * len(items)


def keep_reviews(connection: Connection, items: Sequence[NewReview]) -> list[Review]:
    """Store reviews unless their place is taken, and return what stands there.

    A review asked again takes the place of the failure before it, and of nothing else.
    """
    places = sorted({_place(item) for item in items})
    wanted = sorted(
        (item for item in items if item.row["nth"] == 1),
        key=_place,  # one order for all writers, so that two never wait for each other
    )
    insert_or_keep(connection, reviews, [item.row for item in wanted])
    if again := [item for item in items if item.row["nth"] > 1]:
        _ask_again(connection, again, _standing(connection, places))
    standing = _standing(connection, places)
    stand = [item for item in items if _stands(item, standing)]
    rows = [row for item in stand for row in flag_rows(item.row["run_id"], item.review)]
    insert_or_keep(connection, flags, rows)
    return [
        item.review
        if _stands(item, standing)
        else _standing_review(connection, _place(item), standing)
        for item in items
    ]


def keep_scorecards(connection: Connection, items: Sequence[Scorecard]) -> list[Scorecard]:
    """Store scorecards that say something new; each is then the one that stands."""
    insert_or_keep(connection, scorecards, [scorecard_row(item, 1) for item in items])
    standing = _standing_cards(connection, items)
    for item in items:
        while standing[item.run, item.slug][1] != item.digest:
            nth = standing[item.run, item.slug][0] + 1
            insert_or_keep(connection, scorecards, [scorecard_row(item, nth)])
            standing |= _standing_cards(connection, [item])
    return list(items)


def _is_noted(connection: Connection, item: Row) -> bool:
    same = [run_events.c[name] == item[name] for name in ("run_id", "at", "state")]
    return connection.execute(select(run_events.c.seq).where(*same)).first() is not None


def _ask_again(
    connection: Connection, items: Iterable[NewReview], standing: dict[Place, Standing]
) -> None:
    for item in items:
        stands = standing.get(_place(item))
        if stands is None:
            raise StoreError(
                f"review {item.row['key']} of run {item.row['run_id']} cannot be asked again",
                remedy="it was never asked; resume the run",
            )
        if stands.failed and stands.nth == item.row["nth"] - 1:
            insert_or_keep(connection, reviews, [item.row])
            standing |= _standing(connection, [_place(item)])


def _place(item: NewReview) -> Place:
    return item.row["run_id"], item.row["key"]


def _standing(connection: Connection, places: Sequence[Place]) -> dict[Place, Standing]:
    names = {"runs": sorted({run for run, _ in places}), "keys": sorted({key for _, key in places})}
    return {
        (row.run_id, row.key): Standing(row.nth, row.digest, row.failure is not None)
        for row in connection.execute(_STANDING, names)
    }


def _stands(item: NewReview, standing: Mapping[Place, Standing]) -> bool:
    return standing[_place(item)].digest == item.row["digest"]


def _standing_review(
    connection: Connection, place: Place, standing: Mapping[Place, Standing]
) -> Review:
    run_id, key = place
    query = select(reviews.c.body).where(
        reviews.c.run_id == run_id, reviews.c.key == key, reviews.c.nth == standing[place].nth
    )
    body = connection.execute(query).scalar_one()
    return parsed(Review, body, f"review {key} of run {run_id}")


def _standing_cards(
    connection: Connection, items: Sequence[Scorecard]
) -> dict[tuple[str, str], tuple[int, str]]:
    names = {"runs": sorted({i.run for i in items}), "slugs": sorted({i.slug for i in items})}
    found = connection.execute(_STANDING_CARDS, names)
    return {(row.run_id, row.slug): (row.nth, row.digest) for row in found}
