import asyncio
import datetime as dt
from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.watching import FILE, Watching
from panel.domain.intake.release import Sighting, gathered
from panel.errors import InputError
from panel.intake.inbox import Box


def watching(folder: Path, *names: str) -> Watching:
    """The inbox of a workspace in which some models were seen, the first one last."""
    (folder / "dossiers").mkdir()
    seen = [
        Sighting(
            name=name, address=f"hf:a/{name}", seen_in="hf:a", published=dt.date(2026, 5, 9 - at)
        )
        for at, name in enumerate(names)
    ]
    box = Box(entries=gathered((), reversed(seen), dt.date(2026, 5, 10)))
    (folder / "sources").mkdir()
    (folder / "sources" / FILE).write_text(box.model_dump_json(), encoding="utf-8")
    return Watching.open(House.open(folder, environ={}))


def test_the_latest_model_comes_first(tmp_path: Path) -> None:
    found = watching(tmp_path, "Nova-9", "Nova-8", "Nova-7").entries()
    assert [entry.id for entry in found] == ["nova-9", "nova-8", "nova-7"]


def test_an_entry_is_named_by_its_id(tmp_path: Path) -> None:
    open_ = watching(tmp_path, "Nova-9", "Nova-8")
    assert open_.entry("nova-8").name == "Nova-8"
    with pytest.raises(InputError, match="'nova-7' waits") as caught:
        open_.entry("nova-7")
    assert "nova-9, nova-8" in str(caught.value)


def test_without_subscriptions_nobody_is_asked(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="watches nothing"):
        asyncio.run(watching(tmp_path).poll())
