"""Comments, assignments and blind calls are kept, and counted in the queue."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import dump
from tests.store import desk_values as d
from tests.store import values as v


@pytest.fixture
def run(store: Store) -> Run:
    """A run with a draft in the queue."""
    made = v.stored_run(store)
    store.put_drafts([(d.row(made), "text", v.card(made).digest)])
    return made


def counted(store: Store, run: Run) -> tuple[int, str | None]:
    """Open comments and assignee, as the queue shows them."""
    row = store.queue_row(run.id, "zeta")
    assert row is not None
    return row.comments, row.assignee


def test_comments_are_kept_and_resolved(store: Store, run: Run) -> None:
    one = d.comment(run, text="Is that <b>so</b>?\n\x00", field="skeptic.1.quote")
    two = d.comment(run, "c2", at=d.at(1), by="bo")
    for made in (two, one, d.comment(run, "c3", "alpha")):
        store.add_comment(made, d.event("comment"))
    assert store.comments(run.id, "zeta") == (one, two)
    assert counted(store, run) == (2, None)
    assert store.resolve_comment("c1", d.event("resolve", by="cy", at=d.at(2)))
    assert not store.resolve_comment("c1", d.event("resolve", by="bo", at=d.at(3)))
    resolved = one.model_copy(update={"resolved": d.at(2), "resolved_by": "cy"})
    assert store.comments(run.id, "zeta") == (resolved, two)
    assert counted(store, run) == (1, None)
    assert [event.act for event in store.events()] == [*["comment"] * 3, "resolve"]


def test_a_comment_belongs_to_a_run_and_is_there_to_be_resolved(
    store: Store, url: str, run: Run
) -> None:
    before = dump(url)
    with pytest.raises(StoreError, match="not stored"):
        store.add_comment(d.comment(v.run(9)), d.event())
    with pytest.raises(StoreError, match="not stored"):
        store.resolve_comment("unknown", d.event())
    assert dump(url) == before


def test_a_comment_sent_twice_is_one_comment(store: Store, url: str, run: Run) -> None:
    store.add_comment(d.comment(run), d.event("comment"))
    before = dump(url)
    store.add_comment(d.comment(run), d.event("comment"))
    assert dump(url) == before


def test_comments_left_at_once_are_all_counted(url: str) -> None:
    """By two desks on PostgreSQL, by two threads of one desk on SQLite."""
    with Store.open(url, write=True) as one:
        run = v.stored_run(one)
        one.put_drafts([(d.row(run), "", "")])
        other = one if url.startswith("sqlite") else Store.open(url, write=True)
        with ThreadPoolExecutor(2) as pool:
            for store, name in ((one, "a"), (other, "b")):
                pool.submit(comment_often, store, run, name)
        assert counted(one, run) == (40, None)
        assert len(list(one.events())) == 40
        other.close()


def comment_often(store: Store, run: Run, name: str) -> None:
    """Leave twenty comments."""
    for n in range(20):
        store.add_comment(d.comment(run, f"{name}{n}"), d.event("comment"))


def test_a_draft_is_given_to_one_at_a_time(store: Store, run: Run) -> None:
    assert store.assignee(run.id, "zeta") is None
    for n, login in enumerate(("bo", "bo", "cy")):
        store.assign(run.id, "zeta", login, d.event("assign", at=d.at(n)))
    assert store.assignee(run.id, "zeta") == "cy"
    assert counted(store, run) == (0, "cy")
    store.assign(run.id, "zeta", None, d.event("assign", at=d.at(4)))
    assert store.assignee(run.id, "zeta") is None
    assert counted(store, run) == (0, None)
    assert len(list(store.events())) == 4


def test_the_first_blind_call_stands(store: Store, run: Run) -> None:
    assert store.call_blind(run.id, "zeta", "ship", d.event("blind-call")) == "ship"
    late = d.event("blind-call", at=d.at(5))
    assert store.call_blind(run.id, "zeta", "skip", late) == "ship"
    assert store.call_blind(run.id, "zeta", "skip", d.event("blind-call", by="bo")) == "skip"
    assert store.blind_calls(run.id, "zeta") == {"ana": ("ship", d.at()), "bo": ("skip", d.at())}
    assert store.blind_calls(run.id, "alpha") == {}
    assert len(list(store.events())) == 2


def test_what_is_said_before_the_queue_knows_a_draft_is_counted_later(store: Store) -> None:
    run = v.stored_run(store, 2)
    store.add_comment(d.comment(run), d.event("comment"))
    store.assign(run.id, "zeta", "bo", d.event("assign"))
    store.put_drafts([(d.row(run, comments=7, assignee="cy"), "", "")])
    assert counted(store, run) == (1, "bo")
