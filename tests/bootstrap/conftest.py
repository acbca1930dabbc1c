"""A workspace with two real dossiers, opened with flags."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI
from tests.databases import Environment

ROOT = Path(__file__).parents[2]

Opened = Callable[..., House]


@pytest.fixture
def desk(tmp_path: Path, database: Environment) -> Path:
    """The workspace's folder."""
    folder = tmp_path / "desk"
    (folder / "dossiers").mkdir(parents=True)
    for slug in ("muse-spark", "hy-mt2"):
        shutil.copy(ROOT / "dossiers" / f"{slug}.md", folder / "dossiers")
    return folder


@pytest.fixture
def house(desk: Path) -> Opened:
    """Opens the workspace; a server given as `at` drafts."""

    def open_(at: FakeOpenAI | None = None, **flags: object) -> House:
        drafts = {"llm": "fake-llm", "base_url": at.base_url, "max_retries": 0} if at else {}
        return House.open(desk, {**drafts, **flags})

    return open_
