"""Deaths are laid to what was in hand: never to the network, never to work of the living."""

import asyncio
from collections.abc import Callable

import pytest

from panel.domain.exchange import Charge
from panel.domain.run import Run
from panel.errors import StoreError
from panel.store.store import Store
from tests.databases import rows
from tests.store import values as v

KEY = v.review().key
SEAT = f"zeta/{KEY}"


def begin(store: Store, run: Run, slug: str = "zeta") -> str:
    """Begin work that nobody ends."""
    return asyncio.run(store.begin_work(run.id, slug))


def die(url: str, run: Run, action: Callable[[Store], object]) -> None:
    """What a process did before it died."""
    with Store.open(url, write=True) as store:
        if run.id not in {summary.id for summary in store.runs()}:
            store.create_run(run, v.documents(run))
        action(store)


def work_and_call(
    store: Store, run: Run, *, status: int | None = 200, answered: bool = True, name: str = "{}"
) -> None:
    """Work on a dossier and make a call for one of its seats."""

    async def both() -> None:
        await store.begin_work(run.id, "zeta")
        attempt = await v.begin(store, run, v.exchange(name), review=KEY)
        if answered and attempt:
            reply = v.exchange(name, status=status, fault=None if status else "timeout")
            await store.end_attempt(run.id, attempt, reply, Charge())

    asyncio.run(both())


def settled(url: str, run: Run) -> dict[str, int]:
    """The strikes that the next process finds."""
    with Store.open(url, write=True) as store:
        found = store.settle_deaths(run.id)
        assert store.settle_deaths(run.id) == found == store.strikes(run.id)
        return found


def test_work_that_ended_strikes_nobody(store: Store, url: str) -> None:
    run = v.stored_run(store)
    work = begin(store, run)
    for _ in range(2):
        asyncio.run(store.end_work(work))
    assert store.settle_deaths(run.id) == {}
    assert rows(url, "SELECT count(*) FROM work_ends") == [(1,)]


def test_a_dossier_that_was_opened_and_waits_for_its_turn_strikes_nobody(url: str) -> None:
    run = v.run()

    def opened(store: Store) -> None:
        asyncio.run(store.note_opened(begin(store, run)))

    die(url, run, opened)
    assert settled(url, run) == {}


def test_work_needs_its_run_and_an_end_its_work(store: Store) -> None:
    with pytest.raises(StoreError, match="not stored"):
        begin(store, v.run())
    with pytest.raises(StoreError, match="not stored"):
        asyncio.run(store.end_work("never-begun"))


def test_a_dossier_that_was_being_opened(url: str) -> None:
    run = v.run()
    for times in (1, 2, 3):
        die(url, run, lambda store: begin(store, run))
        assert settled(url, run) == {"zeta": times}


def test_a_call_that_never_came_back_is_innocent(url: str) -> None:
    run = v.run()
    die(url, run, lambda store: work_and_call(store, run, answered=False))
    assert settled(url, run) == {}


@pytest.mark.parametrize("status", [429, 500, None])
def test_a_call_that_waits_to_be_tried_again_is_innocent(url: str, status: int | None) -> None:
    run = v.run()
    die(url, run, lambda store: work_and_call(store, run, status=status))
    assert settled(url, run) == {}


def test_a_seat_whose_answer_was_in_hand(url: str) -> None:
    run = v.run()
    die(url, run, lambda store: work_and_call(store, run))
    assert settled(url, run) == {SEAT: 1}
    die(url, run, lambda store: begin(store, run))  # its answer comes from the tape this time
    assert settled(url, run) == {SEAT: 2}


def test_the_answer_to_an_earlier_try_of_a_seat_is_not_in_hand(url: str) -> None:
    run = v.run()

    def work(store: Store) -> None:
        v.keep(store, run, v.review(failure=v.TIMEOUT))
        work_and_call(store, run)

    die(url, run, work)
    assert settled(url, run) == {}


def test_other_seats_that_wait_for_their_turn_are_innocent(url: str) -> None:
    run = v.run()

    def work(store: Store) -> None:
        work_and_call(store, run)
        v.keep(store, run, v.review())

    die(url, run, work)
    assert settled(url, run) == {}


def test_a_dossier_that_was_being_reduced(url: str) -> None:
    run = v.run()

    def work(store: Store) -> None:
        work_and_call(store, run)
        v.keep(store, run, *(v.review("zeta", p, n) for p in v.PERSONAS for n in (1, 2)))

    die(url, run, work)
    assert settled(url, run) == {"zeta": 1}


def test_runs_and_dossiers_are_told_apart(url: str) -> None:
    one, two = v.run(1), v.run(2)
    die(url, one, lambda store: begin(store, one))
    die(url, one, lambda store: begin(store, one, "alpha"))
    die(url, two, lambda store: begin(store, two))
    assert settled(url, one) == {"zeta": 1, "alpha": 1}
    assert settled(url, two) == {"zeta": 1}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_work_of_the_living_is_left_alone(url: str) -> None:
    with Store.open(url, write=True) as one:
        run = v.stored_run(one)
        begin(one, run)
        assert settled(url, run) == {}
    assert settled(url, run) == {"zeta": 1}


def test_calls_of_children_are_laid_to_the_work_of_their_task(store: Store, url: str) -> None:
    run = v.stored_run(store)

    async def dossier(slug: str) -> None:
        await store.begin_work(run.id, slug)
        async with asyncio.TaskGroup() as group:
            for n in range(3):
                group.create_task(begun(slug, n))

    async def begun(slug: str, n: int) -> None:
        await v.begin(store, run, v.exchange(f"{slug} {n}"))

    async def main() -> None:
        await asyncio.gather(dossier("zeta"), dossier("alpha"))

    asyncio.run(main())
    query = (
        "SELECT subject, substr(requests.body, 1, 4), count(*) FROM attempts"
        " JOIN works ON works.id = work_id JOIN requests ON requests.key = attempts.key"
        " GROUP BY 1, 2 ORDER BY 1"
    )
    assert rows(url, query) == [("alpha", "alph", 3), ("zeta", "zeta", 3)]


def test_a_provider_batch_whose_worker_died_before_it_was_sealed(url: str) -> None:
    run = v.run()

    def work(store: Store) -> None:
        async def half() -> None:
            def calls() -> object:
                yield v.the_call(run, v.exchange("1"), llm=v.digest("llm"))
                raise KeyboardInterrupt

            await store.begin_batch(run.id, v.digest("llm"), calls())  # type: ignore[arg-type]

        with pytest.raises(KeyboardInterrupt):
            asyncio.run(half())

    die(url, run, work)
    with Store.open(url, write=True) as store:
        assert [record.state for record in store.batches(run.id)] == ["unsealed"]
        assert store.settle_deaths(run.id) == {}
        assert [record.state for record in store.batches(run.id)] == ["abandoned"]


def test_a_dossier_is_in_hand_while_its_worker_lives(url: str) -> None:
    with Store.open(url, write=True) as store:
        run = v.stored_run(store)
        assert not store.is_in_hand(run.id, "zeta")
        work = begin(store, run)
        # On SQLite one process writes, and whoever asks is that process.
        assert store.is_in_hand(run.id, "zeta") == (not url.startswith("sqlite"))
        asyncio.run(store.end_work(work))
        assert not store.is_in_hand(run.id, "zeta")
        begin(store, run)
    with Store.open(url, write=True) as later:
        assert not later.is_in_hand(run.id, "zeta")
