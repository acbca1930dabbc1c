"""The steps themselves: mixed batches give each item its own result, in order."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.rows import review_row, run_row
from panel.store.steps import NewReview, NewRun, create_runs, keep_reviews, note_runs
from tests.store import values as v


@pytest.fixture
def connection(url: str) -> Iterator[Connection]:
    """A transaction that is rolled back."""
    engine = open_engine(Address.parse(url), write=True)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def event(run_id: str, state: str) -> dict[str, object]:
    """A row of `run_events` without its number."""
    return {"run_id": run_id, "at": v.NOON, "state": state, "note": ""}


def test_each_review_of_a_batch_gets_what_stands_in_its_place(connection: Connection) -> None:
    runs = [v.run(1), v.run(2)]
    create_runs(connection, [NewRun(run_row(r), dict(event(r.id, "running"))) for r in runs])
    first, other, same = v.review(), v.review(verdict=v.verdict("Another one.")), v.review(sample=2)
    items = [
        NewReview(review_row(run.id, review, v.NOON, 1.0), review)
        for run, review in [
            (runs[0], first),
            (runs[1], other),
            (runs[0], other),
            (runs[1], first),
            (runs[0], same),
            (runs[0], same),
        ]
    ]
    assert keep_reviews(connection, items) == [first, other, first, other, same, same]


def test_events_are_numbered_run_by_run(connection: Connection) -> None:
    runs = [v.run(1), v.run(2)]
    create_runs(connection, [NewRun(run_row(r), dict(event(r.id, "running"))) for r in runs])
    states = ["stopped", "running", "finished"]
    note_runs(connection, [dict(event(run.id, state)) for state in states for run in runs])
    query = "SELECT seq, state FROM run_events ORDER BY run_id, seq"
    expected = list(enumerate(["running", *states], start=1))
    assert [tuple(row) for row in connection.exec_driver_sql(query)] == expected * 2
