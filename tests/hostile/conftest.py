"""The command in this process, in a workspace of one made dossier with a fence around it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from panel.testing import make_dossier
from tests.cli.conftest import shipskip
from tests.databases import Environment
from tests.hostile.planting import written

__all__ = ["shipskip"]

Listing = Callable[[], set[str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, database: Environment) -> Path:
    """A workspace with the dossier `tern-2`, as the working folder."""
    folder = tmp_path / "outer" / "desk"
    (folder / "dossiers").mkdir(parents=True)
    written(folder, make_dossier(slug="tern-2"))
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def outside(desk: Path) -> Listing:
    """Lists everything around the workspace, to be compared before and after."""

    def listing() -> set[str]:
        top = desk.parents[1]
        return {
            str(Path(folder, name).relative_to(top))
            for folder, folders, files in os.walk(top)
            for name in (*folders, *files)
            if not Path(folder, name).is_relative_to(desk)
        }

    return listing
