"""Ctrl-C and SIGTERM on a list: what was asked comes home, and a resume asks nothing twice."""

import os
import signal
from pathlib import Path

from tests.resilience.conftest import Endpoint
from tests.resilience.lives import begin, furnished
from tests.resilience.test_killed_runs import Left


def test_the_first_sign_lets_calls_come_home_and_a_resume_repeats_none(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        desk = furnished(tmp_path / number.name, 8)
        asked = endpoint.server.count
        endpoint.wire.arm(8)
        endpoint.wire.hold()
        life = begin(desk, *endpoint.batch("--concurrency", 8))
        endpoint.wire.wait_for_pull(life.process.is_alive)
        os.kill(life.pid, number)
        life.wait_for("come home first")
        endpoint.wire.release()
        assert life.end() == 130
        assert "shipskip runs resume" in life.err.read_text(encoding="utf-8")
        assert endpoint.server.count - asked == 8

        begin(desk, "runs", "resume").succeed()
        assert len(Left.of(desk).reviews) == 40
        assert Left.of(desk).unanswered == 0
        assert endpoint.server.count - asked == 40


def test_the_second_sign_stops_at_once_and_only_calls_in_flight_are_repeated(
    endpoint: Endpoint, tmp_path: Path
) -> None:
    desk = furnished(tmp_path / "desk", 8)
    endpoint.wire.arm(8)
    endpoint.wire.hold()
    life = begin(desk, *endpoint.batch("--concurrency", 8))
    endpoint.wire.wait_for_pull(life.process.is_alive)
    os.kill(life.pid, signal.SIGINT)
    life.wait_for("come home first")
    os.kill(life.pid, signal.SIGINT)
    assert life.end() == 130
    endpoint.wire.release()

    begin(desk, "runs", "resume").succeed()
    assert len(Left.of(desk).reviews) == 40
    assert endpoint.server.count == 48
