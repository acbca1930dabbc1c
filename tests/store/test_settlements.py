"""A conflict is decided on what was decided before, and can be opened again."""

import pytest

from panel.errors import StaleError, TamperError
from panel.store.store import Store
from tests.databases import dump, tamper
from tests.store import desk_values as d
from tests.store import values as v

DOSSIER = v.document("zeta").digest


def settle(store: Store, fact: str | None, base: int, conflict: str = "C1", by: str = "ana") -> int:
    """Decide a conflict for a fact, or open it again."""
    decision = d.settlement(fact) if fact else None
    told = d.event("settle", f"zeta/{conflict}", by=by, at=d.at(base))
    return store.settle("zeta", DOSSIER, conflict, decision, base=base, event=told)


def test_the_last_decision_on_each_conflict_stands(store: Store) -> None:
    assert store.settlements("zeta", DOSSIER) == {}
    assert settle(store, "F1", 0) == 1
    assert settle(store, "F3", 0, "C2") == 1
    assert settle(store, "F2", 1) == 2
    assert settle(store, None, 1, "C2") == 2
    assert store.settlements("zeta", DOSSIER) == {"C1": (2, d.settlement("F2")), "C2": (2, None)}
    assert store.settlements("zeta", v.document("newer").digest) == {}
    assert store.settlements("alpha", DOSSIER) == {}
    assert [event.subject for event in store.events()] == ["zeta/C1", "zeta/C2"] * 2


def test_a_decision_on_an_older_one_is_refused(store: Store, url: str) -> None:
    settle(store, "F1", 0)
    before = dump(url)
    for base in (0, 2):
        with pytest.raises(StaleError, match="C1 of zeta was decided on meanwhile"):
            settle(store, "F2", base, by="bo")
    assert settle(store, "F1", 0) == 1, "the same decision twice is one decision"
    assert dump(url) == before


def test_a_change_behind_our_back_is_seen(store: Store, url: str) -> None:
    settle(store, "F1", 0)
    tamper(url, "UPDATE settlements SET body = replace(body, 'F1', 'F2')")
    with pytest.raises(TamperError, match="settlement of zeta"):
        store.settlements("zeta", DOSSIER)
