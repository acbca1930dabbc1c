"""Rows that are there stay; every step may be written again and changes nothing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Engine

from panel.domain.exchange import Charge
from panel.store import (
    batches,
    copies,
    desk_events,
    keys,
    ledger,
    people,
    revisions,
    settlements,
    steps,
    talk,
    views,
    works,
)
from panel.store.address import Address
from panel.store.desk_tables import assignments
from panel.store.drafts import DraftRow, put_drafts
from panel.store.engines import open_engine
from panel.store.insertion import append, insert_if_free, insert_or_keep, is_again, marked_again
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
from tests.store import desk_values as d
from tests.store import values as v

RUN = v.run(max_cost=Decimal(1))
REPLY = v.exchange()
ATTEMPT = {"id": "attempt", "run_id": RUN.id}
CALL = v.the_call(RUN, REPLY, bound=Decimal("0.6"), capped=True)
REVIEW = v.review(failure=v.TIMEOUT)
AGAIN = v.review(nth=2, flags=(v.WHOLE,))

PLACE = {"run_id": RUN.id, "slug": "zeta"}
ENDED = {"key_id": d.key().id, "at": v.NOON, "by": "ana"}
DECIDED = {
    "slug": "zeta",
    "dossier": "0" * 64,
    "conflict": "C1",
    "seq": 1,
    "by": "ana",
    "at": v.NOON,
    "digest": "0" * 64,
    "body": "null",
}
COMMENTED = {**PLACE, "id": "c", "field": "", "by": "ana", "at": v.NOON, "text": "So?"}
ASSIGNED = {**PLACE, "by": "ana"}
CALLED = {**PLACE, "login": "ana", "call": "ship", "at": v.NOON}
COPIED = {**PLACE, "login": "ana", "base": 0, "nth": 0, "at": v.NOON, "form": '{"summary":"x"}'}


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
    (people.add_users, [people.UserChange(d.ANA, d.event("user.add"))]),
    (people.change_users, [people.UserChange(d.ANA, d.event("user.role", at=d.at(1)))]),
    (keys.add_keys, [keys.NewKey(d.key(), d.event("sign-in"))]),
    (keys.end_keys, [keys.KeyEnd(ENDED, d.event("sign-out"))]),
    (keys.note_tries, [{"id": "t", "at": v.NOON, "who": "0" * 64, "succeeded": False}]),
    (
        revisions.revise,
        [
            revisions.NewRevision(
                d.revision(RUN, n), DraftRow(d.row(RUN, version=n), ""), d.event(at=d.at(n)), ()
            )
            for n in (1, 2)
        ],
    ),
    (settlements.settle, [settlements.Decision(DECIDED, d.event("settle"))]),
    (talk.add_comments, [talk.Said(COMMENTED, d.event("comment"))]),
    (
        talk.resolve_comments,
        [talk.Said({"comment_id": "c", "at": v.NOON, "by": "ana"}, d.event("resolve"))],
    ),
    (
        talk.assign,
        [
            talk.Said(ASSIGNED | {"assignee": login, "at": d.at(n)}, d.event("assign", at=d.at(n)))
            for n, login in enumerate(("bo", None))
        ],
    ),
    (talk.call_blind, [talk.Said(CALLED, d.event("blind-call"))]),
    (copies.save_copies, [COPIED]),
    (copies.save_copies, [COPIED | {"nth": 1, "form": "{}"}]),
    (copies.drop_copies, [PLACE | {"login": "ana", "nth": None, "at": d.at(9)}]),
    (
        views.save_views,
        [{"id": "v", "login": "ana", "name": "mine", "query": "", "at": v.NOON}],
    ),
    (views.drop_views, [{"view_id": "v", "at": v.NOON}]),
    (desk_events.add_events, [d.event("export"), d.event("export", at=d.at(1))]),
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


def test_the_queue_may_be_written_again(engine: Engine, url: str) -> None:
    """Its words are written anew, so that SQLite's own tables differ, and nothing else."""
    found = list[object]()
    for again in (False, True):
        with engine.begin() as connection:
            steps.create_runs(marked_again(connection), [steps.NewRun(run_row(RUN), event("x"))])
            marked = marked_again(connection) if again else connection
            put_drafts(marked, [[DraftRow(d.row(RUN), "words", "")]])
        found.append([rows(url, f"SELECT * FROM {name}") for name in ("drafts", "draft_words")])
    assert found[0] == found[1]


def test_whether_a_row_was_inserted_is_told(engine: Engine, url: str) -> None:
    with engine.begin() as connection:
        told = [
            insert_if_free(connection, documents, {"digest": "d", "kind": "test", "body": body})
            for body in ("first", "second")
        ]
    assert told == [True, False]
    assert rows(url, "SELECT body FROM documents") == [("first",)]


def test_rows_are_numbered_place_by_place(engine: Engine) -> None:
    row = {"assignee": None, "by": "ana", "at": v.NOON}
    with engine.begin() as connection:
        steps.create_runs(connection, [steps.NewRun(run_row(RUN), event("running"))])
        seqs = [
            append(connection, assignments, PLACE | {"slug": slug}, row)
            for slug in ("zeta", "alpha", "zeta")
        ]
        again = append(marked_again(connection), assignments, PLACE, row)
        other = append(marked_again(connection), assignments, PLACE, row | {"assignee": "bo"})
    assert (seqs, again, other) == ([1, 1, 2], 2, 3)
