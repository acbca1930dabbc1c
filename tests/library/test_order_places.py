"""What a row names is found where people look for it, or told with where it was sought."""

import os
from pathlib import Path

import pytest

from panel.errors import InputError
from panel.library.dossiers import Dossiers
from panel.library.order_places import Places
from panel.library.workspace import Workspace
from tests.library.folders import put_dossier


@pytest.fixture
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Places:
    """A workspace, other dossiers beside the list, and more in the current folder."""
    for folder, slugs in (
        ("", ("gull", "tern-2")),
        ("beside", ("gull", "ibis")),
        ("here", ("jay",)),
    ):
        for slug in slugs:
            put_dossier(tmp_path / folder, slug=slug, name=slug)
    monkeypatch.chdir(tmp_path / "here")
    return Places(tmp_path, tmp_path / "beside")


def found(places: Places, text: str, root: Path) -> list[str]:
    return [one.dossier.replace(f"{root}/", "@") for one in places.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("gull", ["gull"]),
        ("Tern 2", ["tern-2"]),
        ("dossiers/gull.md", ["@beside/dossiers/gull.md"]),
        ("dossiers/tern-2.md", ["@dossiers/tern-2.md"]),
        ("dossiers/jay.md", ["@here/dossiers/jay.md"]),
        ("../dossiers/gull.md", ["@dossiers/gull.md"]),
        ("dossiers", ["@beside/dossiers/gull.md", "@beside/dossiers/ibis.md"]),
        ("../here/dossiers/", ["@here/dossiers/jay.md"]),
        ("dossiers/*", ["@beside/dossiers/gull.md", "@beside/dossiers/ibis.md"]),
        ("dossiers/t*", ["@dossiers/tern-2.md"]),
        ("dossiers/[ij]?*.md", ["@beside/dossiers/ibis.md"]),
        ("../*/dossiers/[gj]*", ["@beside/dossiers/gull.md", "@here/dossiers/jay.md"]),
    ],
)
def test_the_list_comes_first_then_the_workspace_then_here(
    places: Places, tmp_path: Path, text: str, wanted: list[str]
) -> None:
    assert found(places, text, tmp_path) == wanted
    library = Dossiers(Workspace(tmp_path))
    assert all(library.load(one.dossier) for one in places.find(text))


def test_absolute_paths_are_taken_as_they_are(places: Places, tmp_path: Path) -> None:
    assert found(places, f"{tmp_path}/dossiers/gull.md", tmp_path) == ["@dossiers/gull.md"]
    assert len(places.find(f"{tmp_path}/beside/dossiers")) == 2
    assert len(places.find(f"{tmp_path}/*/dossiers/*.md")) == 3


def test_a_slug_comes_before_a_folder_and_a_file_before_a_pattern(
    places: Places, tmp_path: Path
) -> None:
    (tmp_path / "beside" / "gull").mkdir()
    assert found(places, "gull", tmp_path) == ["gull"]
    (tmp_path / "beside" / "[a].md").touch()
    (tmp_path / "beside" / "a.md").touch()
    assert found(places, "[a].md", tmp_path) == ["@beside/[a].md"]


def test_a_folder_stands_for_its_dossiers_only(places: Places, tmp_path: Path) -> None:
    folder = tmp_path / "beside" / "dossiers"
    for name in ("README.md", ".draft.md", "notes.txt"):
        (folder / name).touch()
    (folder / "old.md").mkdir()
    wanted = ["@beside/dossiers/gull.md", "@beside/dossiers/ibis.md"]
    assert found(places, "dossiers", tmp_path) == wanted
    assert found(places, "dossiers/*", tmp_path) == wanted


def test_one_file_is_one_dossier_under_all_its_names(places: Places, tmp_path: Path) -> None:
    os.link(tmp_path / "dossiers" / "gull.md", tmp_path / "beside" / "hard.md")
    (tmp_path / "beside" / "soft.md").symlink_to("hard.md")
    texts = ("gull", "../dossiers/gull.md", "hard.md", "soft.md")
    assert len({one.file for text in texts for one in places.find(text)}) == 1
    assert len({one.dossier for text in texts for one in places.find(text)}) == 4


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        ("gul", "there is no dossier gul", "did you mean gull?"),
        ("a/../gull", "there is no such file or folder: 'a/../gull'; looked in", "correct the"),
        ("no/such.md", "looked in @beside, @, @here", "or name a file in one of these"),
        ("/no/such.md", "there is no such file or folder: '/no/such.md'", "correct the path"),
        ("dossiers/gull", "no such file or folder: 'dossiers/gull'", "write dossiers/gull.md"),
        ("../beside/list.txt", "'../beside/list.txt' is no dossier", "name a .md file"),
        ("dossiers/x*", "no .md file matches 'dossiers/x*'; looked in @beside", "correct the"),
        ("[", "no .md file matches '['", "correct the path"),
        ("../empty", "empty holds no .md file", "name the folder"),
        ("../run", "run is the folder of a run", "shipskip runs show"),
        ("~/gull.md", "no such file or folder: '~/gull.md'", "correct the path"),
        ("..", "holds no .md file", "name the folder"),
        ("!", "'!' is neither", "lower-case"),
        ("x" * 900, "there is no dossier", "start one"),
        ("x" * 900 + "/y.md", "no such file or folder", "correct the path"),
        ("linked", "leads outside the folder dossiers/", "name it by its path"),
    ],
)
def test_what_is_not_found_says_where_it_was_sought(
    tmp_path: Path, places: Places, text: str, message: str, remedy: str
) -> None:
    (tmp_path / "beside" / "list.txt").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "run").mkdir()
    for name in ("run.json", "manifest.json"):
        (tmp_path / "run" / name).touch()
    (tmp_path / "dossiers" / "linked.md").symlink_to(tmp_path / "beside" / "dossiers" / "ibis.md")
    with pytest.raises(InputError) as refused:
        Places(tmp_path, tmp_path / "beside").find(text)
    (problem,) = refused.value.problems
    assert message in problem.message.replace(f"{tmp_path}/", "@").replace(str(tmp_path), "@")
    assert remedy in problem.remedy


def test_only_the_first_misspelt_slugs_get_a_guess(places: Places) -> None:
    remedies: list[str] = []
    for _ in range(30):
        with pytest.raises(InputError) as refused:
            places.find("gul")
        remedies.append(refused.value.problems[0].remedy)
    assert remedies[0].startswith("did you mean gull?")
    assert remedies[-1] == "check its name"
    assert [one.dossier for one in places.find("gull")] == ["gull"]


def test_a_folder_whose_name_cannot_be_told_is_refused(places: Places, tmp_path: Path) -> None:
    put_dossier(tmp_path / "beside" / "a\u200b", slug="kite", name="Kite")
    with pytest.raises(InputError, match="invisible U\\+200B"):
        places.find("a*/dossiers/*")
