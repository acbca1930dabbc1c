"""Every field of the queue's query narrows or orders it, alone and together with the others."""

import datetime as dt
import itertools
from typing import Any

import pytest

from panel.domain.editing.queue import PAGE, STALE_DAYS, QueueQuery
from panel.domain.run import Run
from panel.store.store import Store
from tests.store import desk_values as d
from tests.store import values as v

TODAY = v.NOON.date()
OLD = TODAY - dt.timedelta(days=STALE_DAYS + 1)
EDGE = TODAY - dt.timedelta(days=STALE_DAYS)

ROWS: dict[str, dict[str, Any]] = {
    "a": {"name": "beta", "changed": d.at(1)},
    "b": {"name": "Alpha", "changed": d.at(2), "state": "in_review", "blocking": 1, "skips": 3},
    "c": {"name": "gamma", "changed": d.at(3), "state": "approved", "newest_fact": OLD, "skips": 1},
    "e": {"name": "delta", "changed": d.at(4), "open_conflicts": 2, "newest_fact": EDGE},
    "f": {"name": "Epsilon", "changed": d.at(5), "look": 1, "outcome": "no_quorum", "ships": 0},
    "g": {
        "name": "zeta",
        "changed": v.NOON - dt.timedelta(days=10),
        "blocking": 1,
        "warnings": 4,
        "outcome": "split",
        "skips": 2,
        "live": v.digest("live"),
    },
}


@pytest.fixture
def run(store: Store) -> Run:
    """A run whose drafts differ in one thing each; b is bo's, c is ana's."""
    made = v.stored_run(store)
    store.put_drafts((d.row(made, slug, **row), "words", "") for slug, row in ROWS.items())
    for slug, login in (("b", "bo"), ("c", "ana")):
        store.assign(made.id, slug, login, d.event("assign"))
    return made


def slugs(store: Store, **query: Any) -> str:
    """What the queue shows to ana, in its order."""
    found = store.queue(QueueQuery.model_validate(query), TODAY, "ana")
    return "".join(row.slug for row in found.rows)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, "abcefg"),
        ({"state": ("draft",)}, "aefg"),
        ({"state": ("in_review", "approved")}, "bc"),
        ({"state": ("retracted",)}, ""),
        ({"outcome": ("split", "no_quorum")}, "fg"),
        ({"split": True}, "bcg"),
        ({"blocking": True}, "bg"),
        ({"conflicts": True}, "e"),
        ({"stale": True}, "c"),
        ({"look": True}, "f"),
        ({"assignee": "none"}, "aefg"),
        ({"assignee": "bo"}, "b"),
        ({"assignee": "me"}, "c"),
        ({"assignee": "nobody"}, ""),
        ({"run": "unknown"}, ""),
        ({"older": 9}, "g"),
        ({"older": 30}, ""),
        ({"q": "gam"}, "c"),
        ({"q": "words", "split": True, "blocking": True, "state": ("draft",)}, "g"),
    ],
)
def test_every_filter_narrows(store: Store, run: Run, query: dict[str, Any], found: str) -> None:
    assert "".join(sorted(slugs(store, **query))) == found
    page = store.queue(QueueQuery.model_validate(query), TODAY, "ana")
    assert page.total == len(found)
    every = store.queue(QueueQuery.model_validate(query | {"state": ()}), TODAY, "ana")
    assert page.states == every.states
    assert sum(every.states.values()) == every.total


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("changed", "gabcef"),
        ("-changed", "fecbag"),
        ("name", "baefcg"),
        ("-name", "gcfeab"),
        ("age", "fbagec"),
        ("-age", "cefbag"),
        ("blocking", "gbfeca"),
        ("state", "feagbc"),
        ("split", "bgceaf"),
    ],
)
def test_every_order(store: Store, run: Run, sort: str, found: str) -> None:
    assert slugs(store, sort=sort) == found


def test_the_run_and_the_whole_row_are_there(store: Store, run: Run) -> None:
    other = v.stored_run(store, 2)
    wanted = d.row(other, "a", live=v.digest("x"), created=d.at(9), warnings=3)
    store.put_drafts([(wanted, "", "")])
    assert store.queue(QueueQuery(run=other.id), TODAY, "ana").rows == (wanted,)
    assert store.queue(QueueQuery(), TODAY, "ana").total == len(ROWS) + 1


def test_counts_by_state_name_every_state(store: Store, run: Run) -> None:
    counts = store.queue(QueueQuery(state=("draft",)), TODAY, "ana").states
    assert counts == {"draft": 4, "in_review": 1, "approved": 1, "published": 0, "retracted": 0}


def test_pages_show_each_draft_once(store: Store) -> None:
    run = v.stored_run(store)
    store.put_drafts((d.row(run, f"m-{n}"), "", "") for n in range(2 * PAGE + 1))
    for sort in ("changed", "name", "split", "state"):
        pages = [
            store.queue(QueueQuery.model_validate({"sort": sort, "page": n}), TODAY, "ana").rows
            for n in (1, 2, 3, 4)
        ]
        assert [len(page) for page in pages] == [PAGE, PAGE, 1, 0]
        assert len({row.slug for page in pages for row in page}) == 2 * PAGE + 1


def test_neighbours_follow_the_order_shown(store: Store, run: Run) -> None:
    query = QueueQuery(split=True, sort="name")
    shown = [(run.id, slug) for slug in "bcg"]
    for before, here, behind in zip([None, *shown], shown, [*shown[1:], None], strict=False):
        assert store.queue_neighbours(query, TODAY, "ana", here) == (before, behind)
    assert store.queue_neighbours(query, TODAY, "ana", (run.id, "a")) == (None, None)


def test_filters_may_be_combined_in_any_way(store: Store, run: Run) -> None:
    switches = ("split", "blocking", "conflicts", "stale", "look")
    alone = {name: set(slugs(store, **{name: True})) for name in switches}
    for two in itertools.combinations(switches, 2):
        both = dict.fromkeys(two, True)
        assert set(slugs(store, **both)) == alone[two[0]] & alone[two[1]]
