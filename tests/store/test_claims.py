"""One worker per run, on one machine and on many."""

import os

import pytest

from panel.errors import BusyError
from panel.store.store import Store


def test_a_run_is_claimed_once(store: Store) -> None:
    store.claim_run("one")
    store.claim_run("two")
    with pytest.raises(BusyError, match="run one is being worked on"):
        store.claim_run("one")


def test_closing_gives_runs_back(url: str) -> None:
    for _ in range(2):
        with Store.open(url, write=True) as store:
            store.claim_run("one")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_writers_share_a_server_but_not_a_run(url: str) -> None:
    with Store.open(url, write=True) as first, Store.open(url, write=True) as second:
        first.claim_run("one")
        second.claim_run("two")
        with pytest.raises(BusyError, match=f"shipskip {os.getpid()}"):
            second.claim_run("one")
        first.close()
        second.claim_run("one")


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_workers_share_a_run_and_a_lone_engine_does_not(url: str) -> None:
    with (
        Store.open(url, write=True) as first,
        Store.open(url, write=True) as second,
        Store.open(url, write=True) as third,
    ):
        for _ in range(2):
            first.claim_run("one", shared=True)
        second.claim_run("one", shared=True)
        with pytest.raises(BusyError):
            third.claim_run("one")
        first.release_run("one")
        with pytest.raises(BusyError):
            third.claim_run("one")
        second.release_run("one")
        third.claim_run("one")
        with pytest.raises(BusyError):
            first.claim_run("one", shared=True)


def test_a_run_that_was_given_back_can_be_claimed_again(store: Store) -> None:
    store.release_run("one")
    for _ in range(2):
        store.claim_run("one")
        store.release_run("one")


def test_a_shared_claim_is_no_lone_one(store: Store) -> None:
    store.claim_run("one", shared=True)
    with pytest.raises(BusyError, match="this process"):
        store.claim_run("one")
