"""Everything a run rests on can be derived again, and what was changed is found."""

import pytest

from panel.domain.exchange import tape_key
from panel.domain.flag import Flag
from panel.domain.run import Panel, Run
from panel.errors import StoreError, TamperError
from panel.store.store import Store
from tests.databases import tamper
from tests.store import values as v


@pytest.fixture
def run(store: Store) -> Run:
    """A finished run with two reviews, a call and a scorecard."""
    made = v.stored_run(store)
    flag = Flag(kind="length", severity="blocks", message="too short", span=None)
    review = v.review(sample=2, flags=(flag,))
    v.keep(store, made, v.review(), review)
    v.call(store, made, v.exchange(response="hello", content_type="text/plain"))
    v.call(store, made, v.exchange('{"n":2}'), review=review.key)
    v.keep_card(store, v.card(made))
    store.note_run(made.id, "finished")
    return made


def test_every_digest_of_an_honest_run_holds(store: Store, run: Run) -> None:
    found = list(store.evidence(run.id))
    assert [stored for stored in found if not stored.holds] == []
    counts = {kind: sum(s.kind == kind for s in found) for kind in {s.kind for s in found}}
    assert counts == {
        "run": 1,
        "review": 2,
        "scorecard": 1,
        "answer": 2,
        "order": 1,
        "llm": 1,
        "template": 1,
        "earlier": 1,
        "prompt": 1,
        "dossier": 2,
        "persona": 2,
    }


@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE documents SET body = 'x' WHERE kind = 'dossier'", "dossier"),
        ("UPDATE documents SET kind = 'other' WHERE kind = 'prompt'", "other"),
        ("UPDATE reviews SET body = replace(body, 'Ship it', 'Skip it')", "review"),
        ("UPDATE reviews SET body = 'no json at all'", "review"),
        ("UPDATE scorecards SET digest = 'x' || substr(digest, 2)", "scorecard"),
        ("UPDATE answers SET body = 'hallo' WHERE body = 'hello'", "answer"),
        ("UPDATE answers SET status = 404", "answer"),
        ("UPDATE answers SET content_type = 'text/html'", "answer"),
        ("UPDATE runs SET body = replace(body, '\"quorum\":2', '\"quorum\":1')", "missing run"),
        ("DELETE FROM documents WHERE kind = 'template'", "missing"),
    ],
)
def test_what_was_changed_is_found(
    store: Store, url: str, run: Run, statement: str, kind: str
) -> None:
    assert tamper(url, statement) > 0
    broken = [stored for stored in store.evidence(run.id) if not stored.holds]
    assert {stored.kind for stored in broken} == set(kind.split())


def test_evidence_is_read_page_by_page(store: Store) -> None:
    run = v.stored_run(store)
    v.keep(store, run, *(v.review(sample=sample) for sample in range(1, 1203)))
    names = [stored.name for stored in store.evidence(run.id) if stored.kind == "review"]
    assert len(names) == len(set(names)) == 1202


def test_calls_carry_what_their_keys_are_made_of(store: Store, run: Run) -> None:
    calls = {call.body: call for call in store.calls(run.id)}
    assert calls["{}"].sample is None
    second = calls['{"n":2}']
    assert second.sample == 2
    assert tape_key(second.path, second.body, 1) == second.key


def test_an_unknown_run(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no run"):
        list(store.evidence("20261121-130000-00000f"))


def test_a_missing_document(store: Store) -> None:
    with pytest.raises(StoreError, match="there is no document"):
        store.document(v.digest("nowhere"))


@pytest.mark.parametrize("change", ["body = 'two'", "kind = 'persona'", "kind = ''"])
def test_a_changed_document(store: Store, url: str, change: str) -> None:
    one = v.document("one")
    store.add_documents([one])
    tamper(url, f"UPDATE documents SET {change}")
    with pytest.raises(TamperError, match=one.digest):
        store.document(one.digest)


def test_the_searchable_copies_of_an_honest_run_agree(store: Store, run: Run) -> None:
    assert list(store.stale_copies(run.id)) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET cost = '9.99' WHERE sample = 2",
        "UPDATE reviews SET call = 'skip' WHERE sample = 2",
        "UPDATE reviews SET persona = 'somebody' WHERE sample = 2",
        "UPDATE flags SET severity = 'warns', message = 'nothing'",
        "DELETE FROM flags",
    ],
)
def test_a_changed_searchable_copy_is_found(
    store: Store, url: str, run: Run, statement: str
) -> None:
    assert tamper(url, statement) > 0
    assert list(store.stale_copies(run.id))


def test_every_try_is_evidence(store: Store, url: str, run: Run) -> None:
    v.keep(store, run, v.review(sample=3, failure=v.TIMEOUT))
    again = v.review(sample=3, nth=2, flags=(v.WHOLE,))
    v.keep(store, run, again)
    v.keep_card(store, v.card(run, warnings=1))
    found = list(store.evidence(run.id))
    assert all(stored.holds for stored in found)
    names = [stored.name for stored in found if stored.kind in {"review", "scorecard"}]
    assert {f"{again.key}", f"{again.key}, try 2", "zeta", "zeta, try 2"} <= set(names)
    assert len(names) == len(set(names)) == 6
    assert list(store.stale_copies(run.id)) == []
    tamper(url, "UPDATE flags SET message = 'nothing' WHERE review_nth = 2")
    assert list(store.stale_copies(run.id)) == [again.key]


def test_tries_of_one_review_are_read_whole_across_pages(store: Store, url: str) -> None:
    run = v.stored_run(store)
    v.keep(store, run, *(v.review(sample=n, failure=v.TIMEOUT) for n in range(1, 402)))
    v.keep(store, run, *(v.review(sample=n, nth=2) for n in range(1, 402)))
    found = [stored for stored in store.evidence(run.id) if stored.kind == "review"]
    assert len(found) == 802


def test_a_call_of_a_later_try_tells_which(store: Store) -> None:
    run = v.stored_run(store)
    v.keep(store, run, v.review(failure=v.TIMEOUT))
    path, body = "/v1/chat/completions", "{}"
    reply = v.exchange(body, key=tape_key(path, body, 1, 2))
    v.call(store, run, reply, review=v.review().key, nth=2)
    (call,) = store.calls(run.id)
    assert (call.sample, call.nth) == (1, 2)
    assert tape_key(call.path, call.body, 1, call.nth) == call.key


def test_documents_of_every_panel_are_evidence(store: Store) -> None:
    wanted = v.order()
    own = wanted.seats[0].model_copy(update={"digest": v.document("own", "persona").digest})
    panel = Panel(seats=(own,), samples=1, quorum=1)
    run = v.stored_run(store, wanted=wanted.model_copy(update={"panels": (panel,)}))
    missing = [stored for stored in store.evidence(run.id) if stored.kind == "missing"]
    assert [stored.digest for stored in missing] == [own.digest]
