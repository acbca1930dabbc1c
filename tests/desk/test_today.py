import os
from pathlib import Path

from panel.desk.today import Today
from panel.library.dossiers import Dossiers
from panel.library.workspace import Workspace


def test_a_dossier_is_read_again_when_its_file_changed(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    dossiers = Dossiers(Workspace(tmp_path))
    path = dossiers.new("tern-2", name="Tern 2")
    today = Today(dossiers)
    first = today("tern-2")
    assert first is not None
    assert today("tern-2") is first

    path.write_text(path.read_text(encoding="utf-8").replace("Tern 2", "Tern 22"), encoding="utf-8")
    second = today("tern-2")
    assert second is not None
    assert (first.name, second.name) == ("Tern 2", "Tern 22")


def test_a_file_that_is_gone_or_broken_is_no_dossier(tmp_path: Path) -> None:
    (tmp_path / "dossiers").mkdir()
    dossiers = Dossiers(Workspace(tmp_path))
    path, today = dossiers.new("tern-2"), Today(dossiers)
    assert today("tern-2")
    path.write_text("no front matter", encoding="utf-8")
    os.utime(path, (1, 1))
    assert today("tern-2") is None
    path.unlink()
    assert today("tern-2") is None
    assert today("../secret") is None
