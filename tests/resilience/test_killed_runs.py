"""`kill -9` at random requests of a run and of its resumes; then everything must be there once."""

import random
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from panel.bootstrap.house import House
from panel.domain.review import Review
from tests.cli.conftest import script
from tests.resilience.conftest import LATENCY, Endpoint
from tests.resilience.lives import begin, furnished

SEATS = 5
"""The default panel."""


@dataclass(frozen=True)
class Left:
    """What a finished run left in its database."""

    reviews: dict[str, dict[str, Any]]
    cards: dict[str, dict[str, Any]]
    unanswered: int

    @classmethod
    def of(cls, desk: Path) -> "Left":
        with House.open(desk).store(write=False) as store:
            assert [check for check in store.health() if check.standing == "error"] == []
            run = store.run(store.resolve_run("latest"))
            assert run.state == "finished"
            return cls(
                {review.key: _content(review) for review in store.reviews(run.id)},
                {card.slug: card.model_dump(exclude={"run"}) for card in store.scorecards(run.id)},
                len(store.attempts(run.id).unanswered),
            )


def _content(review: Review) -> dict[str, Any]:
    """The whole review but for the provider's cache, whose hits depend on who came before."""
    return review.model_dump(exclude={"usage": {"cached_tokens"}})


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_kills_in_a_run_of_twenty_dossiers_cost_only_the_calls_in_flight(
    seed: int, endpoint: Endpoint, tmp_path: Path
) -> None:
    calm, struck = furnished(tmp_path / "calm", 20), furnished(tmp_path / "struck", 20)
    begin(calm, *endpoint.order(calm)).succeed()
    calls = endpoint.server.count
    dice = random.Random(seed)

    arguments = endpoint.order(struck)
    for _ in range(10):
        requests = dice.randint(1, 8)
        endpoint.wire.arm(requests)
        life = begin(struck, *arguments)
        endpoint.wire.wait_for_pull(life.process.is_alive)
        life.process.join(dice.uniform(0, LATENCY))
        life.kill()
        assert life.end() == -9, life.err.read_text()
        arguments = ("runs", "resume")
    begin(struck, "runs", "resume").succeed()

    expected, found = Left.of(calm), Left.of(struck)
    assert len(found.reviews) == 20 * SEATS
    assert found.reviews == expected.reviews
    assert found.cards == expected.cards
    repeated = endpoint.server.count - 2 * calls
    assert repeated <= found.unanswered
    assert "every digest holds" in begin(struck, "runs", "verify").succeed()
    assert "identical bytes" in begin(struck, "runs", "replay").succeed()


def test_the_installed_command_survives_it_too(endpoint: Endpoint, tmp_path: Path) -> None:
    desk = furnished(tmp_path / "desk", 1)
    endpoint.wire.arm(3)
    with subprocess.Popen([script(), *endpoint.order(desk)], cwd=desk) as first:
        endpoint.wire.wait_for_pull(lambda: first.poll() is None)
        first.kill()
    assert first.returncode == -9
    subprocess.run([script(), "runs", "resume"], cwd=desk, check=True, capture_output=True)

    found = Left.of(desk)
    assert len(found.reviews) == SEATS
    assert endpoint.server.count <= SEATS + found.unanswered
    assert found.unanswered > 0
