"""Rows that are there stay; every step may be written again and changes nothing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from panel.domain.exchange import Charge
from panel.store import batches, ledger, steps, works
from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.insertion import insert_or_keep, is_again, marked_again
from panel.store.rows import (
    answer_row,
    attempt_row,
    ledger_row,
    request_row,
    review_row,
    run_row,
)
from panel.store.tables import documents
from panel.store.writer import Step
from tests.databases import dump, rows
from tests.store import values as v

RUN = v.run(max_cost=Decimal(1))
REPLY = v.exchange()
ATTEMPT = {"id": "attempt", "run_id": RUN.id}
CALL = v.the_call(RUN, REPLY, bound=Decimal("0.6"), capped=True)
REVIEW = v.review(failure=v.TIMEOUT)
AGAIN = v.review(nth=2, flags=(v.WHOLE,))


def event(state: str) -> dict[str, object]:
    """An event of the run."""
    return {"run_id": RUN.id, "at": v.NOON, "state": state, "note": ""}


def noted(state: str) -> dict[str, object]:
    """An event of the batch."""
    return {"batch_id": "batch", "at": v.NOON, "state": state, "note": ""}


def answered() -> ledger.NewAnswer:
    """The answer to the attempt."""
    charge = Charge(cost=Decimal("0.25"))
    return ledger.NewAnswer.of(answer_row(ATTEMPT, REPLY, charge, v.NOON), REPLY, charge)


STEPS: list[tuple[Step[Any, Any], Sequence[Any]]] = [
    (steps.add_documents, [v.documents(RUN)]),
    (steps.create_runs, [steps.NewRun(run_row(RUN), event("running"), ledger_row(RUN))]),
    (steps.note_runs, [event("stopped"), event("finished")]),
    (
        works.begin_works,
        [{"id": "w", "run_id": RUN.id, "subject": "zeta", "begun": v.NOON, "worker": ""}],
    ),
    (works.end_works, [{"work_id": "w", "at": v.NOON}]),
    (
        ledger.begin_attempts,
        [ledger.NewAttempt(request_row(CALL), attempt_row(CALL, "attempt", v.NOON))],
    ),
    (ledger.end_attempts, [answered()]),
    (
        steps.keep_reviews,
        [
            steps.NewReview(review_row(RUN.id, review, v.NOON, 1), review)
            for review in (REVIEW, AGAIN)
        ],
    ),
    (steps.keep_scorecards, [v.card(RUN)]),
    (
        batches.begin_batches,
        [{"id": "batch", "run_id": RUN.id, "llm": "0" * 64, "created": v.NOON, "worker": ""}],
    ),
    (batches.note_batches, [noted("sealed"), noted("submitted")]),
    (batches.absorb, [batches.Absorbed("batch", [(REPLY.key, REPLY, Charge())])]),
]


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """An engine that writes."""
    opened = open_engine(Address.parse(url), write=True)
    yield opened
    opened.dispose()


def test_every_step_may_be_written_again_after_a_lost_acknowledgement(
    engine: Engine, url: str
) -> None:
    for step, items in STEPS:
        with engine.begin() as connection:
            first = step(connection, items)
        before = dump(url)
        with engine.begin() as connection:
            second = step(marked_again(connection), items)
        assert (first, before) == (second, dump(url)), step


def test_a_connection_is_marked_for_one_transaction(engine: Engine) -> None:
    with engine.begin() as connection:
        assert is_again(marked_again(connection))
    with engine.begin() as connection:
        assert not is_again(connection)


def test_rows_that_are_there_stay(engine: Engine, url: str) -> None:
    with engine.begin() as connection:
        for body in ("first", "second"):
            row = {"digest": "same", "kind": "test", "body": body}
            insert_or_keep(connection, documents, [row])
        insert_or_keep(connection, documents, [])
    assert rows(url, "SELECT body FROM documents") == [("first",)]
