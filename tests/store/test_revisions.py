"""Revisions never take each other's place, whoever sends them and how often."""

import random
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from panel.domain.editing.queue import QueueQuery
from panel.domain.editing.states import Standing
from panel.domain.run import Run
from panel.errors import StaleError, StoreError, TamperError
from panel.store.document import Document
from panel.store.store import Store
from tests.databases import dump, rows, tamper
from tests.store import desk_values as d
from tests.store import values as v


@pytest.fixture
def run(store: Store) -> Run:
    """A run that is in the store."""
    return v.stored_run(store)


def test_revisions_come_back_in_order(store: Store, run: Run) -> None:
    made = [d.revision(run, n) for n in (1, 2, 3)]
    other = d.revision(run, 1, "alpha")
    for one in (*made, other):
        assert d.revise(store, run, one) == one
    assert store.revisions(run.id, "zeta") == tuple(made)
    assert store.revisions(run.id, "alpha") == (other,)
    assert store.revisions(run.id, "unknown") == ()


def test_all_that_belongs_to_a_revision_is_written_with_it(store: Store, run: Run) -> None:
    edition = Document.of("edition", {"of": "zeta"})
    approved = Standing(state="approved", approved=edition.digest)
    made = d.revision(run, standing=approved, act="approve", changes={"summary": "quick fox"})
    d.revise(store, run, made, edition, edition)
    assert store.document(edition.digest) == edition
    shown = store.queue(QueueQuery(q="quick fox"), v.NOON.date(), "ana").rows
    assert [(row.slug, row.version, row.state) for row in shown] == [("zeta", 1, "approved")]
    assert [(one.act, one.after) for one in store.events()] == [("approve", made.digest)]


def test_a_number_is_taken_once(store: Store, url: str, run: Run) -> None:
    d.revise(store, run, d.revision(run))
    before = dump(url)
    for late in (d.revision(run, by="bo"), d.revision(run, 3)):
        with pytest.raises(StaleError, match="changed the draft"):
            d.revise(store, run, late, Document.of("edition", {"late": late.by}))
    assert dump(url) == before


def test_what_is_sent_twice_is_done_once(store: Store, url: str, run: Run) -> None:
    made = d.revision(run, key="form-1")
    d.revise(store, run, made)
    before = dump(url)
    assert d.revise(store, run, made) == made
    again = d.revision(run, 2, key="form-1", reason="the same form")
    assert d.revise(store, run, again) == made
    assert dump(url) == before
    other = d.revision(run, 1, "alpha", key="form-1")
    assert d.revise(store, run, other) == other
    for n in (2, 3):
        d.revise(store, run, d.revision(run, n))  # no key, and that is none to share


def test_nothing_is_written_when_a_part_is_refused(store: Store, url: str, run: Run) -> None:
    before = dump(url)
    wrong = Document(digest="0" * 64, kind="edition", body="{}")
    with pytest.raises(TamperError, match="edition"):
        d.revise(store, run, d.revision(run), wrong)
    unknown = v.run(9)
    with pytest.raises(StoreError, match="not stored"):
        d.revise(store, unknown, d.revision(unknown))
    assert dump(url) == before


def test_a_change_behind_our_back_is_seen(store: Store, url: str, run: Run) -> None:
    for n in (1, 2):
        d.revise(store, run, d.revision(run, n))
    allow(url)
    tamper(url, "UPDATE revisions SET body = replace(body, 'summary 2', 'summary 3')")
    with pytest.raises(TamperError, match=r"revision 2 of .*/zeta is not as it was"):
        store.revisions(run.id, "zeta")


def test_a_missing_revision_is_seen(store: Store, url: str, run: Run) -> None:
    for n in (1, 2):
        d.revise(store, run, d.revision(run, n))
    allow(url)
    tamper(url, "DELETE FROM revisions WHERE version = 1")
    with pytest.raises(TamperError, match="revision 1 of"):
        store.revisions(run.id, "zeta")


@pytest.mark.parametrize("change", ["UPDATE revisions SET act = 'look'", "DELETE FROM revisions"])
def test_the_database_refuses_to_change_a_revision(
    store: Store, url: str, run: Run, change: str
) -> None:
    d.revise(store, run, d.revision(run))
    before = dump(url)
    with pytest.raises(Exception, match="revisions are never changed"):
        rows(url, change)
    assert dump(url) == before


def allow(url: str) -> None:
    """Take away SQLite's triggers, which `tamper` switches off on PostgreSQL alone."""
    if url.startswith("sqlite"):
        for act in ("update", "delete"):
            tamper(url, f"DROP TRIGGER revisions_refuse_{act}")


def edit_often(store: Store, run: Run, who: str, slugs: tuple[str, ...], times: int) -> list[str]:
    """Edit drafts again and again, each time on what stands; the digests that were acknowledged."""
    chance, kept = random.Random(who), list[str]()
    for n in range(times):
        slug = chance.choice(slugs)
        while True:
            base = len(store.revisions(run.id, slug))
            made = d.revision(run, base + 1, slug, by=who, changes={"summary": f"{who} {n}"})
            try:
                kept.append(d.revise(store, run, made).digest)
                break
            except StaleError:
                continue
    return kept


def test_no_acknowledged_edit_of_three_editors_is_lost(url: str) -> None:
    """On SQLite one desk serves them all; on PostgreSQL each has a desk of their own."""
    with ExitStack() as stack:
        first = stack.enter_context(Store.open(url, write=True))
        stores = [first] * 3
        if not url.startswith("sqlite"):
            more = (stack.enter_context(Store.open(url, write=True)) for _ in range(2))
            stores = [first, *more]
        run = v.stored_run(first)
        start = threading.Barrier(3)

        def edit(who: str, store: Store) -> list[str]:
            start.wait(20)
            return edit_often(store, run, who, ("zeta", "alpha"), 100)

        with ThreadPoolExecutor(3) as pool:
            kept = [one for own in pool.map(edit, ("ana", "bo", "cy"), stores) for one in own]
        found = [one for slug in ("zeta", "alpha") for one in first.revisions(run.id, slug)]
        assert len(kept) == 300
        assert sorted(one.digest for one in found) == sorted(kept)
        assert len({str(one.changes) for one in found}) == 300
        assert sorted(event.after for event in first.events()) == sorted(kept)
        shown = first.queue(QueueQuery(sort="name"), v.NOON.date(), "ana").rows
        assert [row.version for row in shown] == [
            len(first.revisions(run.id, slug)) for slug in ("alpha", "zeta")
        ]
