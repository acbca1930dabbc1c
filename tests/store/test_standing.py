"""The two ways to ask what stands always agree."""

from sqlalchemy import ColumnElement, select

from panel.store.address import Address
from panel.store.engines import open_engine
from panel.store.standing import CARD_STANDS, REVIEW_STANDS, stands_in
from panel.store.store import Store
from panel.store.tables import reviews, scorecards
from tests.store import values as v


def found(url: str, where: ColumnElement[bool]) -> set[tuple[str, str, int]]:
    """Which reviews a condition holds for."""
    engine = open_engine(Address.parse(url), write=False)
    with engine.connect() as connection:
        query = select(*reviews.c["run_id", "key", "nth"]).where(where)
        rows = {(row.run_id, row.key, row.nth) for row in connection.execute(query)}
    engine.dispose()
    return rows


def test_the_last_try_of_each_review_stands(store: Store, url: str) -> None:
    one, two = v.stored_run(store, 1), v.stored_run(store, 2)
    for run in (one, two):
        v.keep(store, run, *(v.review(sample=n, failure=v.TIMEOUT) for n in (1, 2, 3)))
    v.keep(store, one, v.review(failure=v.TIMEOUT, nth=2), v.review(sample=2, nth=2))
    v.keep(store, one, v.review(nth=3))
    keys = [v.review(sample=n).key for n in (1, 2, 3)]
    expected = {(one.id, key, nth) for key, nth in zip(keys, (3, 2, 1), strict=True)}
    expected |= {(two.id, key, 1) for key in keys}
    assert found(url, REVIEW_STANDS) == expected
    assert found(url, stands_in([one.id, two.id])) == expected
    of_two = reviews.c.run_id == two.id
    assert found(url, of_two & stands_in([two.id])) == found(url, of_two & REVIEW_STANDS)


def test_the_last_scorecard_of_each_dossier_stands(store: Store, url: str) -> None:
    run = v.stored_run(store)
    for warnings in range(3):
        v.keep_card(store, v.card(run, warnings=warnings))
    v.keep_card(store, v.card(run, "alpha"))
    engine = open_engine(Address.parse(url), write=False)
    with engine.connect() as connection:
        query = select(*scorecards.c["slug", "nth"]).where(CARD_STANDS)
        standing = {tuple(row) for row in connection.execute(query)}
    engine.dispose()
    assert standing == {("zeta", 3), ("alpha", 1)}
