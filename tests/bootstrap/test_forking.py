"""A fork has the options of its parent, today's inputs, and every verdict that still holds."""

import asyncio
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from panel.bootstrap.forking import Fork, fork, store_fork
from panel.bootstrap.pinning import pinned
from panel.bootstrap.planning import Plan, plan
from panel.bootstrap.running import resume, start
from panel.errors import InputError
from panel.library.orders import Row
from panel.store.store import Store
from panel.testing import FakeOpenAI, Reply
from panel.testing.reply import Script
from tests.bootstrap.conftest import ROOT, Opened
from tests.cli.conftest import edited

PRICES = {"input_price": "1", "output_price": "2"}


def began(house: Opened, server: FakeOpenAI, store: Store, **flags: object) -> Plan:
    made = plan(house(server, **PRICES, **flags), ["hy-mt2", "muse-spark"], name="weekly")
    asyncio.run(start(made, store))
    return made


def carried_out(made: Fork, store: Store, house: Opened) -> None:
    async def both() -> None:
        await store_fork(made, store)
        run = made.plan.run
        await resume(run, pinned(run, store, house().workspace), store)

    asyncio.run(both())


def another_skeptic(desk: Path) -> None:
    (desk / "personas").mkdir()
    shutil.copy(ROOT / "personas" / "skeptic.md", desk / "personas")
    edited(desk / "personas" / "skeptic.md", "title: ", "title: Once more, ")


def test_only_what_has_changed_is_asked_and_priced(house: Opened, desk: Path) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = began(house, server, store, samples=2, max_cost=Decimal(5))
        another_skeptic(desk)
        made = fork(house(), parent.run, store)
        assert len(made.carried) == 2 * 4 * 2
        assert made.plan.estimate.calls == (4, 12)
        assert parent.estimate.cost is not None
        assert made.plan.estimate.cost is not None
        assert made.plan.estimate.cost[0] * 4 < parent.estimate.cost[0]
        before = server.count
        carried_out(made, store, house)
        assert server.count == before + 4
        run = store.run(made.plan.run.id)
        kept = {review.key: review for review in store.reviews(parent.run.id)}
        reviews = {review.key: review for review in store.reviews(run.id)}
        assert store.ledger(run.id).spent < store.ledger(parent.run.id).spent / 3
    assert (run.state, run.parent, run.name, run.max_cost) == (
        "finished",
        parent.run.id,
        "weekly",
        Decimal(5),
    )
    assert all(reviews[key] == kept[key] for key in made.carried)
    assert len(reviews) == 20


def test_nothing_changed_asks_nothing(house: Opened) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = began(house, server, store)
        made = fork(house(), parent.run, store)
        assert made.plan.estimate.calls == (0, 0)
        assert made.plan.run.order == parent.run.order
        carried_out(made, store, house)
        assert server.count == 10
        calls = [
            [(card.slug, card.ships, card.outcome) for card in store.iter_scorecards(run.id)]
            for run in (parent.run, made.plan.run)
        ]
    assert calls[0] == calls[1]


def test_failed_seats_are_asked_anew(house: Opened) -> None:
    script: Script = {"skeptic": [Reply.status(500), Reply()], "*": Reply()}
    with FakeOpenAI(script) as server, house().store(write=True) as store:
        parent = began(house, server, store)
        assert len(fork(house(), parent.run, store).carried) == 9


def test_the_quotes_of_the_parents_time_stay(house: Opened) -> None:
    """Its verdicts were compared with those; the parent's own must not come in between."""
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = began(house, server, store)
        made = fork(house(), parent.run, store)
    assert made.plan.run.order.earlier == parent.run.order.earlier
    assert made.plan.earlier == parent.earlier


def test_other_checks_would_find_other_things(house: Opened) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = began(house, server, store).run
        order = parent.order.model_copy(
            update={"versions": {**parent.order.versions, "checks": "0"}}
        )
        made = fork(house(), parent.model_copy(update={"order": order}), store)
    assert made.carried == ()
    assert made.plan.estimate.calls == (10, 30)


@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        ({}, (7, 5, 3, 1, None, "fake-llm")),
        ({"samples": 3}, (7, 5, 3, 3, None, "fake-llm")),
        ({"max_cost": "9"}, (7, 5, 3, 1, Decimal(9), "fake-llm")),
        ({"seats": "skeptic"}, (7, 1, 1, 1, None, "fake-llm")),
        ({"llm": "openai-chat:x", "concurrency": 2}, (2, 5, 3, 1, None, "x")),
    ],
)
def test_options_are_the_parents_but_for_those_given(
    house: Opened, flags: dict[str, object], expected: tuple[object, ...]
) -> None:
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = began(house, server, store, concurrency=7)
        run = fork(house(**PRICES, **flags), parent.run, store).plan.run
    order = run.order
    assert expected == (
        run.concurrency,
        len(order.seats),
        order.quorum,
        order.samples,
        run.max_cost,
        order.seats[0].llm.name,
    )
    assert (order.seats[0].llm.base_url is None) is ("llm" in flags)


def test_rows_keep_what_they_wished(house: Opened) -> None:
    rows = [
        Row(dossier="hy-mt2", line=1, path="x", llm="openai-chat:small", samples=2),
        Row(dossier="muse-spark", line=2, path="x", seats=("skeptic", "creator")),
    ]
    with FakeOpenAI() as server, house().store(write=True) as store:
        parent = plan(house(server), rows)
        asyncio.run(start(parent, store))
        made = fork(house(), parent.run, store)
    assert made.plan.run.order == parent.run.order
    assert len(made.carried) == parent.run.order.reviews == 12


def test_a_key_that_is_missing_is_told_before_anything_is_stored(house: Opened) -> None:
    with house().store(write=True) as store:
        parent = plan(house(), ["hy-mt2"])
        asyncio.run(start(parent, store))
        made = fork(house(llm="openai-chat:x"), parent.run, store)
        with pytest.raises(InputError, match="no API key found"):
            asyncio.run(store_fork(made, store))
        assert [run.id for run in store.runs()] == [parent.run.id]


def test_a_dossier_from_elsewhere_is_taken_as_it_was_ordered(house: Opened, desk: Path) -> None:
    elsewhere = desk / "new" / "hy-mt2.md"
    elsewhere.parent.mkdir()
    (desk / "dossiers" / "hy-mt2.md").rename(elsewhere)
    with house().store(write=True) as store:
        parent = plan(house(), [str(elsewhere), "muse-spark"])
        asyncio.run(start(parent, store))
        elsewhere.unlink()
        another_skeptic(desk)
        made = fork(house(), parent.run, store)
    assert made.as_ordered == ("hy-mt2",)
    assert made.plan.run.order.dossiers == parent.run.order.dossiers
    assert len(made.carried) == 8


def test_a_dossier_that_is_nowhere_is_told_with_its_file(house: Opened, desk: Path) -> None:
    with house().store(write=True) as store:
        parent = plan(house(), ["hy-mt2"])
        documents = [one for one in parent.documents() if one.kind != "dossier"]
        store.create_run(parent.run, documents)
        (desk / "dossiers" / "hy-mt2.md").unlink()
        with pytest.raises(
            InputError, match=r"hy-mt2 is not in dossiers/.* put the file hy-mt2\.md"
        ):
            fork(house(), parent.run, store)


def test_workers_need_no_key_where_the_fork_is_ordered(house: Opened) -> None:
    with house().store(write=True) as store:
        parent = plan(house(), ["hy-mt2"])
        asyncio.run(start(parent, store))
        made = fork(house(llm="openai-chat:x"), parent.run, store)
        asyncio.run(store_fork(made, store, here=False))
        assert store.run(made.plan.run.id).parent == parent.run.id
