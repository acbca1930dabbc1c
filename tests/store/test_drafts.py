"""The queue's rows follow the records, and never go back behind a revision."""

from panel.domain.editing.queue import QueueQuery
from panel.domain.run import Run
from panel.store.store import Store
from tests.store import desk_values as d
from tests.store import values as v


def scored(store: Store, run: Run, slug: str, **changes: int) -> str:
    """Digest of a scorecard that is in the store."""
    return v.keep_card(store, v.card(run, slug, **changes)).digest


def test_scorecards_wait_until_the_queue_has_them(store: Store) -> None:
    run = v.stored_run(store)
    cards = {slug: scored(store, run, slug) for slug in ("zeta", "alpha")}
    assert store.unadopted(10) == ((run.id, "alpha"), (run.id, "zeta"))
    assert store.unadopted(1) == ((run.id, "alpha"),)
    store.put_drafts([(d.row(run, "zeta"), "", cards["zeta"])])
    assert store.unadopted(10) == ((run.id, "alpha"),)
    assert store.queue_row(run.id, "zeta") == d.row(run, "zeta")
    assert store.queue_row(run.id, "alpha") is None


def test_a_newer_scorecard_is_taken_in_again(store: Store) -> None:
    run = v.stored_run(store)
    first = scored(store, run, "zeta")
    store.put_drafts([(d.row(run), "", first)])
    second = scored(store, run, "zeta", warnings=1)
    store.put_drafts([(d.row(run), "", first)])  # read before the second was kept
    assert store.unadopted(10) == ((run.id, "zeta"),)
    store.put_drafts([(d.row(run, warnings=1), "", second)])
    assert store.unadopted(10) == ()
    d.revise(store, run, d.revision(run))
    assert store.unadopted(10) == (), "a revision rests on the scorecard that the queue knew"
    assert scored(store, run, "zeta") == first
    assert store.unadopted(10) == ((run.id, "zeta"),)


def test_a_revision_may_come_before_the_queue_knows_the_draft(store: Store) -> None:
    run = v.stored_run(store)
    card = scored(store, run, "zeta")
    d.revise(store, run, d.revision(run))
    assert store.unadopted(10) == ((run.id, "zeta"),)
    store.put_drafts([(d.row(run, version=1), "", card)])
    assert store.unadopted(10) == ()


def test_a_row_read_before_a_revision_does_not_hide_it(store: Store) -> None:
    run = v.stored_run(store)
    card = scored(store, run, "zeta")
    old = d.row(run)
    d.revise(store, run, d.revision(run))
    standing = store.queue_row(run.id, "zeta")
    store.put_drafts([(old, "", card)])
    assert store.queue_row(run.id, "zeta") == standing
    assert standing is not None
    assert standing.version == 1
    looked = d.row(run, version=1, look=2)
    store.put_drafts([(looked, "", card)])
    assert store.queue_row(run.id, "zeta") == looked


def test_the_drafts_of_a_dossier_are_found_over_all_runs(store: Store) -> None:
    runs = [v.stored_run(store, n) for n in (2, 1)]
    rows = [d.row(run, slug) for run in runs for slug in ("zeta", "alpha")]
    store.put_drafts((row, "", "") for row in rows)
    assert store.drafts_of("zeta") == tuple(sorted((run.id, "zeta") for run in runs))
    assert store.drafts_of("unknown") == ()


def test_any_number_of_rows_is_written(store: Store) -> None:
    run = v.stored_run(store)
    store.put_drafts((d.row(run, f"m-{n}"), "same", "") for n in range(250))
    store.put_drafts([])
    assert store.drafts_of("m-249") == ((run.id, "m-249"),)


def test_what_is_hidden_is_known_and_not_shown(store: Store) -> None:
    run = v.stored_run(store)
    cards = {slug: scored(store, run, slug) for slug in ("zeta", "alpha")}
    store.put_drafts([(d.row(run, "zeta", hidden=True), "zeta", cards["zeta"])])
    store.put_drafts([(d.row(run, "alpha"), "alpha", cards["alpha"])])
    assert store.unadopted(10) == (), "it is not read again and again"
    page = store.queue(QueueQuery(), v.NOON.date(), "ana")
    assert ([row.slug for row in page.rows], page.total) == (["alpha"], 1)
    assert store.drafts_of("zeta") == ()
    assert store.drafted_since() == {"alpha": run.created}
