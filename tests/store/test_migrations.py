"""A database of the first release, with rows, becomes one of today: all digests hold."""

import asyncio
import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, insert

from panel.domain.exchange import Charge
from panel.store.address import Address
from panel.store.columns import Instant
from panel.store.engines import open_engine
from panel.store.rows import (
    answer_row,
    attempt_row,
    flag_rows,
    request_row,
    review_row,
    run_row,
    scorecard_row,
)
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v

RUN = v.run()
REVIEWS = (v.review(flags=(v.LENGTHY, v.WHOLE)), v.review(sample=2, failure=v.TIMEOUT))
CARD = v.card(RUN)
REPLY = v.exchange(response="hello")
ATTEMPT = {"id": "attempt", "run_id": RUN.id}


@pytest.fixture
def old_url(empty_url: str) -> str:
    """URL of a database that the first release left behind."""
    address = Address.parse(empty_url)
    if address.path:
        address.path.parent.mkdir()
    engine = open_engine(address, write=True)
    config = Config()
    config.set_main_option("script_location", "panel.store:migrations")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        fill(connection)
    engine.dispose()
    return empty_url


def fill(connection: Connection) -> None:
    """Rows as the first release wrote them."""
    event = {"run_id": RUN.id, "seq": 1, "at": v.NOON, "state": "running", "note": ""}
    call = v.the_call(RUN, REPLY, review=REVIEWS[0].key)
    everything: dict[str, list[dict[str, Any]]] = {
        "documents": [document.model_dump() for document in v.documents(RUN)],
        "runs": [run_row(RUN)],
        "run_events": [event],
        "requests": [request_row(call)],
        "attempts": [attempt_row(call, "attempt", v.NOON)],
        "answers": [answer_row(ATTEMPT, REPLY, Charge(), v.NOON)],
        "reviews": [review_row(RUN.id, review, v.NOON, 1.5) for review in REVIEWS],
        "flags": [row for review in REVIEWS for row in flag_rows(RUN.id, review)],
        "scorecards": [scorecard_row(CARD, 1)],
    }
    old = MetaData()
    old.reflect(connection)
    for name, found in everything.items():
        table = old.tables[name]
        kept = [{k: plain(row[k]) for k in row.keys() & table.c.keys()} for row in found]
        connection.execute(insert(table), kept)


def plain(value: Any) -> Any:
    """A value as a column without a type of ours takes it."""
    if isinstance(value, dt.datetime):
        return Instant().process_bind_param(value, None)  # type: ignore[arg-type]
    return value


def test_nothing_is_lost(old_url: str) -> None:
    with Store.open(old_url, write=True) as store:
        assert store.run(RUN.id) == RUN
        assert store.reviews(RUN.id) == REVIEWS
        assert store.scorecards(RUN.id) == (CARD,)
        assert store.answered(RUN.id, REPLY.key) == REPLY
        assert [stored for stored in store.evidence(RUN.id) if not stored.holds] == []
        assert list(store.stale_copies(RUN.id)) == []
        assert [(call.sample, call.nth) for call in store.calls(RUN.id)] == [(1, 1)]
        assert not [check for check in store.health() if check.standing == "error"]
    assert rows(old_url, "SELECT nth, digest FROM reviews ORDER BY sample") == [
        (1, review.digest) for review in REVIEWS
    ]
    assert rows(old_url, "SELECT review_nth, nth FROM flags ORDER BY nth") == [(1, 0), (1, 1)]


def test_an_old_run_goes_on(old_url: str) -> None:
    with Store.open(old_url, write=True) as store:
        again = v.review(sample=2, nth=2)
        assert v.keep(store, RUN, again, v.review(sample=2)) == [again, again]
        assert v.keep_card(store, v.card(RUN, warnings=1)).warnings == 1
        v.call(store, RUN, v.exchange("new"), Charge(cost=Decimal("0.5")))
        work = asyncio.run(store.begin_work(RUN.id, "zeta"))
        asyncio.run(store.end_work(work))
        found = store.ledger(RUN.id)
        assert (found.calls, found.spent, found.unknown) == (2, Decimal("0.5"), 1)
        assert list(store.stale_copies(RUN.id)) == []


def test_reading_upgrades_too(old_url: str) -> None:
    with Store.open(old_url, write=False) as store:
        assert store.progress(RUN.id).answered == 1
