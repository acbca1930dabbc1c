"""Writing a run's folder: whole, only where it may, and the same every time."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from panel.errors import InputError, ShipskipError
from panel.publishing.bundle import Bundle, read_manifest, verify_bundle, write_bundle
from panel.publishing.manifest import Manifest
from tests.publishing.cases import CASES, bundle_of

_DOCS = Path(__file__).parents[2] / "docs" / "reference" / "bundle.md"


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def _bundle() -> Bundle:
    return CASES["skip-with-dissent"]().bundle


@pytest.mark.parametrize("name", CASES)
def test_what_is_written_verifies_and_is_the_same_twice(name: str, tmp_path: Path) -> None:
    manifest = write_bundle(tmp_path / "one", CASES[name]().bundle)
    write_bundle(tmp_path / "two", CASES[name]().bundle)
    assert _bytes(tmp_path / "one") == _bytes(tmp_path / "two")
    assert read_manifest(tmp_path / "one") == manifest
    assert verify_bundle(tmp_path / "one") == []


def test_the_same_run_replaces_its_earlier_export(tmp_path: Path) -> None:
    case = CASES["skip-with-dissent"]()
    write_bundle(tmp_path / "run", bundle_of(case.run, case.personas, [case.part]))
    assert not (tmp_path / "run" / "prompts.jsonl").exists()
    write_bundle(tmp_path / "run", _bundle())
    assert verify_bundle(tmp_path / "run") == []
    assert [path.name for path in tmp_path.iterdir()] == ["run"]


def test_an_empty_folder_and_a_link_to_one_are_filled(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    write_bundle(tmp_path / "link", _bundle())
    assert (tmp_path / "link").is_symlink()
    assert verify_bundle(tmp_path / "real") == []


def _other_run(folder: Path) -> None:
    case = CASES["skip-with-dissent"]()
    run = case.run.model_copy(update={"id": "20260101-000000-aaaaaa"})
    card = case.card.model_copy(update={"run": run.id})
    write_bundle(folder, bundle_of(run, case.personas, [replace(case.part, card=card)]))


def _notes(folder: Path) -> None:
    write_bundle(folder, _bundle())
    (folder / "notes.txt").write_text("mine")


def _something_else(folder: Path) -> None:
    folder.mkdir()
    (folder / "photo.jpg").write_bytes(b"x")


def _broken_manifest(folder: Path) -> None:
    folder.mkdir()
    (folder / "manifest.json").write_text("[1, 2")


def _a_file(folder: Path) -> None:
    folder.write_text("x")


@pytest.mark.parametrize("occupy", [_other_run, _notes, _something_else, _broken_manifest, _a_file])
def test_anything_else_in_the_way_stays_untouched(
    occupy: Callable[[Path], None], tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    occupy(folder)
    before = _bytes(tmp_path)
    with pytest.raises(InputError) as caught:
        write_bundle(folder, _bundle())
    assert "--out" in caught.value.problems[0].remedy
    assert _bytes(tmp_path) == before


def test_a_name_the_system_refuses_is_explained(tmp_path: Path) -> None:
    with pytest.raises(ShipskipError, match="cannot write"):
        write_bundle(tmp_path / ("x" * 300), _bundle())


def test_the_reference_names_every_file_and_every_manifest_field() -> None:
    documented = set(re.findall(r"`([\w./-]+)`", _DOCS.read_text(encoding="utf-8")))
    assert set(Manifest.model_fields) <= documented
    assert {
        "manifest.json",
        "run.json",
        "reviews.jsonl",
        "scorecards.jsonl",
        "prompts.jsonl",
        "SLUG.md",
        "SLUG.html",
        "dossiers/SLUG.json",
        "personas/ID.json",
        "scorecards/SLUG.json",
    } <= documented
