"""The store through its own door: what is written stays, and who may write."""

import pytest

from panel.errors import StoreError
from panel.store.store import Store
from tests.store import values as v


def test_a_closed_store_refuses_writes(url: str) -> None:
    store = Store.open(url, write=True)
    store.close()
    store.close()
    with pytest.raises(StoreError, match="closed"):
        store.add_documents([v.document("late")])


def test_a_store_opened_for_reading_refuses_writes(store: Store, url: str) -> None:
    run = v.stored_run(store)
    with Store.open(url, write=False) as reading:
        assert reading.run(run.id) == run
        for write in (
            lambda: reading.add_documents([]),
            lambda: reading.note_run(run.id, "finished"),
            lambda: reading.claim_run(run.id),
        ):
            with pytest.raises(StoreError, match="opened for reading"):
                write()


def test_readers_see_what_was_written_at_once(store: Store, url: str) -> None:
    run = v.stored_run(store)
    with Store.open(url, write=False) as reading:
        for sample in (1, 2):
            v.keep(store, run, v.review(sample=sample))
            assert len(reading.reviews(run.id)) == sample


def test_health_of_a_new_database(store: Store) -> None:
    found = {check.name: check for check in store.health()}
    assert found["migrations"].standing == "ok"
    assert not [check for check in found.values() if check.standing == "error"]
