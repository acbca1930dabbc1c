"""Two processes at one run: one works, the other says who holds it and leaves."""

import time
from pathlib import Path

import pytest

from tests.resilience.conftest import Endpoint
from tests.resilience.lives import PATIENCE, Life, begin, furnished

ANOTHER = pytest.mark.sqlite_only("any number may write to PostgreSQL")


@pytest.mark.parametrize("second", ["resume", pytest.param("review", marks=ANOTHER)])
def test_whoever_comes_second_is_told_who_was_first(
    second: str, endpoint: Endpoint, tmp_path: Path
) -> None:
    desk = furnished(tmp_path / "desk", 1)
    endpoint.wire.arm(1)
    endpoint.wire.hold()
    first = begin(desk, *endpoint.order(desk))
    endpoint.wire.wait_for_pull(first.process.is_alive)

    late = begin(desk, *(("runs", "resume") if second == "resume" else endpoint.order(desk)))
    assert late.end() == 1
    said = late.err.read_text(encoding="utf-8")
    assert str(first.pid) in said
    assert "wait for it to end or stop it" in said

    endpoint.wire.release()
    first.succeed()
    assert endpoint.server.count == 5


def test_of_two_resumes_at_the_same_moment_one_works(endpoint: Endpoint, tmp_path: Path) -> None:
    desk = furnished(tmp_path / "desk", 1)
    endpoint.wire.arm(2)
    endpoint.wire.hold()
    killed = begin(desk, *endpoint.order(desk))
    endpoint.wire.wait_for_pull(killed.process.is_alive)
    killed.kill()
    assert killed.end() == -9

    lives = [begin(desk, "runs", "resume"), begin(desk, "runs", "resume")]
    loser = _first_to_end(lives)
    (winner,) = (life for life in lives if life is not loser)
    assert loser.end() == 1
    said = loser.err.read_text(encoding="utf-8")
    assert str(winner.pid) in said
    assert "wait for it to end or stop it" in said
    endpoint.wire.release()
    assert winner.succeed()


def _first_to_end(lives: list[Life]) -> Life:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for life in lives:
            if not life.process.is_alive():
                return life
        time.sleep(0.02)
    raise AssertionError("both are still running")
