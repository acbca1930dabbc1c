"""What somebody typed is overwritten only by who saw it last."""

import pytest

from panel.domain.run import Run
from panel.errors import StaleError, StoreError
from panel.store.store import Store
from tests.databases import dump
from tests.store import desk_values as d
from tests.store import values as v


@pytest.fixture
def run(store: Store) -> Run:
    """A run that is in the store."""
    return v.stored_run(store)


def test_each_save_takes_the_place_of_the_one_before(store: Store, run: Run) -> None:
    assert store.working_copy(run.id, "zeta", "ana") is None
    saved = store.save_copy(d.copy(run, form={"summary": "typed \x00 <b>"}))
    assert saved.nth == 1
    assert store.working_copy(run.id, "zeta", "ana") == saved
    again = store.save_copy(d.copy(run, 1, base=2))
    assert (again.nth, again.base) == (2, 2)
    assert store.working_copy(run.id, "zeta", "ana") == again
    assert store.working_copy(run.id, "zeta", "bo") is None


def test_another_tab_cannot_overwrite_it(store: Store, url: str, run: Run) -> None:
    store.save_copy(d.copy(run))
    store.save_copy(d.copy(run, 1))
    before = dump(url)
    for nth in (0, 1, 3):
        with pytest.raises(StaleError, match="changed elsewhere"):
            store.save_copy(d.copy(run, nth, form={"summary": "other tab"}))
    assert dump(url) == before


def test_a_dropped_copy_does_not_come_back(store: Store, run: Run) -> None:
    saved = store.save_copy(d.copy(run))
    assert not store.drop_copy(run.id, "zeta", "ana", saved.nth + 1)
    assert store.drop_copy(run.id, "zeta", "ana", saved.nth)
    assert not store.drop_copy(run.id, "zeta", "ana")
    assert store.working_copy(run.id, "zeta", "ana") is None
    for nth in (1, 2):
        with pytest.raises(StaleError):
            store.save_copy(d.copy(run, nth))
    fresh = store.save_copy(d.copy(run))
    assert fresh.nth > saved.nth
    assert store.drop_copy(run.id, "zeta", "ana")


def test_nothing_of_a_dropped_copy_is_left(store: Store, url: str, run: Run) -> None:
    store.save_copy(d.copy(run, form={"summary": "never to be seen"}))
    store.drop_copy(run.id, "zeta", "ana")
    assert "never to be seen" not in dump(url)


def test_a_copy_belongs_to_a_run(store: Store) -> None:
    with pytest.raises(StoreError, match="not stored"):
        store.save_copy(d.copy(v.run(9)))
