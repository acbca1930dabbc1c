"""A desk with real dossiers whose panels are asked while it serves."""

import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest

from panel.bootstrap.house import House
from panel.testing import FakeOpenAI
from tests.desk.living import Person, hidden_fields, make_house

ROOT = Path(__file__).parents[2]


def stocked(folder: Path, server: FakeOpenAI | None = None, **flags: Any) -> House:
    """A workspace with two real dossiers and a file of its own; a server given drafts."""
    drafts: dict[str, Any] = {"database_url": "sqlite:///runs/shipskip.db"}
    if server:
        drafts |= {"llm": "fake-llm", "base_url": server.base_url, "max_retries": 0}
        drafts |= {"input_price": "1", "output_price": "2"}
    house = make_house(folder, **{**drafts, **flags})
    for slug in ("muse-spark", "hy-mt2"):
        shutil.copy(ROOT / "dossiers" / f"{slug}.md", house.workspace.dossiers)
    return house


def until(true: Callable[[], object]) -> None:
    """Wait for what another thread does."""
    for _ in range(3000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("it never came")


def agree(person: Person, **fields: str) -> httpx2.Response:
    """Order a run, and agree to what it takes."""
    wanted = {"dossiers": "hy-mt2", "seat": "skeptic", "samples": "1", **fields}
    told = person.post("/runs/new", **wanted)
    assert told.status_code == 200, told.text
    return person.send("/runs/new", hidden_fields(told))
