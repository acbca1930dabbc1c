"""What ends its process each time is left alone after three tries, and everything else is done."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.pinning import pinned
from panel.bootstrap.running import resume
from panel.domain.review import Review
from tests.resilience.conftest import Endpoint
from tests.resilience.illnesses import GUILTY, deadly_answer, deadly_dossier
from tests.resilience.lives import Life, begin, furnished


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    return furnished(tmp_path / "desk", 5)


def survivor(desk: Path, endpoint: Endpoint, ill: Callable[[], None]) -> tuple[Life, int]:
    """The first life that comes to its end, and how many died before it."""
    arguments = endpoint.batch()
    for deaths in range(10):
        life = begin(desk, *arguments, ill=ill)
        if life.end() != -9:
            return life, deaths
        arguments = ("runs", "resume")
    raise AssertionError("all of them died")


def left(desk: Path) -> tuple[list[Review], list[str]]:
    """Reviews, and slugs that have a scorecard."""
    with House.open(desk).store(write=False) as store:
        run = store.resolve_run("latest")
        return list(store.reviews(run)), [card.slug for card in store.scorecards(run)]


def test_a_seat_that_ends_its_process_is_quarantined_until_it_is_asked_again(
    desk: Path, endpoint: Endpoint
) -> None:
    life, deaths = survivor(desk, endpoint, deadly_answer)
    assert (deaths, life.end()) == (3, 3)
    reviews, cards = left(desk)
    assert (len(reviews), len(cards)) == (25, 5)
    (failed,) = [review for review in reviews if not review.verdict]
    assert (failed.slug, failed.persona) == GUILTY
    assert failed.failure
    assert failed.failure.kind == "quarantined"

    again = begin(desk, "runs", "retry-failed", "--here", ill=deadly_answer)
    assert again.end() == -9
    assert begin(desk, "runs", "resume", ill=deadly_answer).end() == 3
    begin(desk, "runs", "retry-failed", "--here").succeed()
    reviews, cards = left(desk)
    assert (len(reviews), len(cards)) == (25, 5)
    assert all(review.verdict for review in reviews)


def test_a_dossier_that_ends_its_process_is_left_alone_and_the_rest_is_done(
    desk: Path, endpoint: Endpoint
) -> None:
    life, deaths = survivor(desk, endpoint, deadly_dossier)
    said = life.err.read_text(encoding="utf-8")
    assert (deaths, life.end()) == (3, 1)
    assert f"done but for {GUILTY[0]}: opening it ended the process three times" in said
    reviews, cards = left(desk)
    assert (len(reviews), len(cards)) == (20, 4)

    house = House.open(desk)
    with house.store(write=True) as store:
        run = store.run(store.resolve_run("latest"))
        asyncio.run(resume(run, pinned(run, store, house.workspace), store, again=True))
    reviews, cards = left(desk)
    assert (len(reviews), len(cards)) == (25, 5)
