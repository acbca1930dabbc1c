"""`kill -9` while an export is being written: the folder is whole or it is not there."""

import random
import time
from pathlib import Path

import pytest

from panel.publishing.bundle import verify_bundle
from tests.resilience.lives import PATIENCE, Life, begin, furnished


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    desk = furnished(tmp_path / "desk", 6)
    begin(desk, "review", *(f"tern-{number}" for number in range(1, 7))).succeed()
    return desk


def test_an_export_killed_at_any_file_leaves_all_of_it_or_nothing(desk: Path) -> None:
    dice = random.Random(7)
    target = desk / "export"
    cut_short = 0
    for files in dice.sample(range(1, 20), 8):
        life = begin(desk, "runs", "export", "--out", str(target))
        _wait_for_files(life, files)
        life.kill()
        cut_short += life.end() == -9
        assert not target.exists() or verify_bundle(target) == []
    assert cut_short > 0

    begin(desk, "runs", "export", "--out", str(target)).succeed()
    assert verify_bundle(target) == []
    assert "every digest holds" in begin(desk, "runs", "verify", "--folder", str(target)).succeed()


def _wait_for_files(life: Life, files: int) -> None:
    """Wait until so many files of the export are written, or until it is over."""
    deadline = time.monotonic() + PATIENCE
    while life.process.is_alive() and time.monotonic() < deadline:
        for partial in life.out.parent.glob(".export.*.partial"):
            if sum(1 for _ in partial.rglob("*")) >= files:
                return
