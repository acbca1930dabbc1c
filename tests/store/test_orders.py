"""Orders are parsed once, and a changed one is noticed all the same."""

from collections.abc import Iterator

import pytest

from panel.errors import StoreError, TamperError
from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.orders import Orders
from panel.store.store import Store
from tests.databases import tamper
from tests.store import values as v


class Opened(Orders):
    """Orders, seen from inside."""

    ordered = Orders._ordered


@pytest.fixture
def orders(store: Store, url: str) -> Iterator[Opened]:
    """A reader on the store's database."""
    engine = open_engine(Address.parse(url), write=False)
    yield Opened(engine, store.address)
    engine.dispose()


def test_an_order_is_parsed_once(store: Store, orders: Opened) -> None:
    run = v.stored_run(store)
    assert orders.ordered(run.id) == run
    assert orders.ordered(run.id) is orders.ordered(run.id)


def test_the_state_is_that_of_the_beginning(store: Store, orders: Opened) -> None:
    run = v.stored_run(store)
    store.note_run(run.id, "stopped", "no credit")
    assert orders.ordered(run.id) == run


def test_a_few_orders_are_remembered_and_all_are_right(store: Store, orders: Opened) -> None:
    runs = [v.stored_run(store, number) for number in range(1, 8)]
    for run in runs * 2:
        assert orders.ordered(run.id) == run


def test_another_order_under_the_same_id(store: Store, orders: Opened, url: str) -> None:
    run = v.stored_run(store)
    orders.ordered(run.id)
    tamper(url, "UPDATE runs SET digest = 'other', body = '{}'")
    with pytest.raises(TamperError):
        orders.ordered(run.id)


@pytest.mark.parametrize("name", ["20261121-130000-00000f", "../x", ""])
def test_an_unknown_run(orders: Opened, name: str) -> None:
    with pytest.raises(StoreError, match="there is no run"):
        orders.ordered(name)
