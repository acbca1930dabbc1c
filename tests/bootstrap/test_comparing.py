"""Two runs are read side by side, in the order of the first, with few scorecards in memory."""

import asyncio
from collections.abc import Sequence

import pytest

from panel.bootstrap.comparing import compared, only_in
from panel.bootstrap.planning import plan
from panel.bootstrap.running import start
from panel.domain.run import Run
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from tests.bootstrap.conftest import Opened

BOTH = ("muse-spark", "hy-mt2")


def ran(house: Opened, store: Store, names: Sequence[str], **flags: object) -> Run:
    made = plan(house(**flags), names)
    asyncio.run(start(made, store))
    return store.run(made.run.id)


def test_dossiers_come_in_the_order_of_the_first_run(house: Opened) -> None:
    with house().store(write=True) as store:
        one = ran(house, store, BOTH)
        two = ran(house, store, BOTH[::-1])
        changes = list(compared(store, one, two))
        backwards = list(compared(store, two, one))
    assert [change.slug for change in changes] == list(BOTH)
    assert [change.slug for change in backwards] == list(BOTH[::-1])
    assert not any(change.differs for change in changes)
    assert all(change.before == change.after is not None for change in changes)


def test_a_dossier_of_one_run_only_is_told_apart(house: Opened) -> None:
    with house().store(write=True) as store:
        one = ran(house, store, BOTH)
        two = ran(house, store, BOTH[1:], seats="skeptic,creator")
        (change,) = compared(store, one, two)
        assert (only_in(one, two), only_in(two, one)) == (("muse-spark",), ())
    assert change.slug == "hy-mt2"
    assert {seat.persona for seat in change.seats if seat.after == "no seat"} == {
        "developer",
        "futurist",
        "business-analyst",
    }


def test_a_dossier_without_a_scorecard_is_there_without_one(house: Opened) -> None:
    with house().store(write=True) as store:
        one = ran(house, store, BOTH)
        with FakeOpenAI([*[Reply()] * 5, Reply.status(401)]) as server:
            made = plan(house(server, concurrency=1), BOTH)
            with pytest.raises(Exception, match="key-refused"):
                asyncio.run(start(made, store))
        changes = list(compared(store, one, store.run(made.run.id)))
    assert [change.after is None for change in changes] == [False, True]
