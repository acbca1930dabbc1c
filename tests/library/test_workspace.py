"""A workspace is found upwards, and its files win over the shipped ones."""

from pathlib import Path

import pytest

from panel.library.workspace import Workspace, shipped

FIVE = {"developer", "skeptic", "futurist", "business-analyst", "creator"}


@pytest.mark.parametrize("mark", ["shipskip.toml", "dossiers/"])
def test_the_nearest_marked_folder_above_is_the_workspace(tmp_path: Path, mark: str) -> None:
    below = tmp_path / "team" / "notes" / "may"
    below.mkdir(parents=True)
    if mark.endswith("/"):
        (tmp_path / "team" / mark).mkdir()
    else:
        (tmp_path / "team" / mark).write_text("")
    assert Workspace.find(below).root == (tmp_path / "team").resolve()
    assert Workspace.find(tmp_path / "team").root == (tmp_path / "team").resolve()


def test_without_a_mark_the_start_is_the_workspace(tmp_path: Path) -> None:
    assert Workspace.find(tmp_path).root == tmp_path.resolve()


def test_folders(tmp_path: Path) -> None:
    here = Workspace(tmp_path)
    folders = [here.dossiers, here.personas, here.prompts, here.runs]
    assert [folder.name for folder in folders] == ["dossiers", "personas", "prompts", "runs"]
    assert {folder.parent for folder in folders} == {tmp_path}


def test_personas_and_prompts_ship() -> None:
    assert {path.stem for path in shipped("personas").glob("*.md")} >= FIVE
    names = {path.name for path in shipped("prompts").glob("*.md.j2")}
    assert {"rules.md.j2", "dossier.md.j2", "persona.md.j2", "mend.md.j2"} <= names


def test_an_own_file_wins_file_by_file(tmp_path: Path) -> None:
    (tmp_path / "personas").mkdir()
    for name in ("skeptic.md", "lawyer.md", "README.md", ".draft.md", "notes.txt"):
        (tmp_path / "personas" / name).write_text("x")
    files = Workspace(tmp_path).files("personas", ".md")
    assert set(files) >= FIVE | {"lawyer"}
    assert files["skeptic"].parent == files["lawyer"].parent == tmp_path / "personas"
    assert files["developer"].parent == shipped("personas")
    assert not {"README", ".draft", "notes"} & set(files)
    assert list(files) == sorted(files)
