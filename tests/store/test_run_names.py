"""What a person may type for a run, and what is refused."""

from pathlib import Path

import pytest

from panel.domain.run import Run
from panel.errors import Exit, InputError
from panel.store.store import Store
from tests.store import values as v

HOSTILE = [
    "../x",
    "/etc/outside",
    "2026\x00",
    "2026%",
    "2026_",
    "20261121-130000-000001\n",
    "'; DROP TABLE runs; --",
    "",
    "-",
    "LATEST",
    "\u202e1202",
    "9" * 5000,
]


@pytest.fixture
def runs(store: Store) -> list[Run]:
    """Three runs; the third is the newest."""
    return [v.stored_run(store, number) for number in (1, 2, 3)]


def test_latest_is_the_newest(store: Store, runs: list[Run]) -> None:
    assert store.resolve_run("latest") == runs[2].id


def test_an_id_and_any_unique_beginning(store: Store, runs: list[Run]) -> None:
    for length in (11, 15, 21, 22):
        assert store.resolve_run(runs[0].id[:length]) == runs[0].id


def test_a_shared_beginning_lists_the_runs(store: Store, runs: list[Run]) -> None:
    with pytest.raises(InputError, match="several runs") as caught:
        store.resolve_run("20261121")
    assert all(run.id in str(caught.value) for run in runs)


@pytest.mark.parametrize("text", [*HOSTILE, "20991231"])
def test_anything_else_is_refused_with_the_newest_runs(
    store: Store, runs: list[Run], text: str, tmp_path: Path
) -> None:
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(InputError, match="there is no run") as caught:
        store.resolve_run(text)
    message = str(caught.value)
    assert runs[2].id in message
    assert message.isprintable()
    assert len(message) < 400
    assert caught.value.exit_code is Exit.BAD_INPUT
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.parametrize("text", ["latest", "2026", "x"])
def test_without_any_run(store: Store, text: str) -> None:
    with pytest.raises(InputError, match="no run yet"):
        store.resolve_run(text)
