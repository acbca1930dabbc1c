"""Verifying finds every alteration, from the page down to the dossier's bytes."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from panel.publishing.bundle import write_bundle
from panel.publishing.manifest import entry, manifest_bytes, read_manifest
from panel.publishing.verification import verify_bundle
from tests.publishing.cases import CASES

_FILES = ["aster-2.html", "aster-2.md", "dossiers/aster-2.json", "personas/skeptic.json",
          "prompts.jsonl", "reviews.jsonl", "run.json", "scorecards.jsonl",
          "scorecards/aster-2.json"]  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A bundle without fault."""
    write_bundle(tmp_path / "run", CASES["skip-with-dissent"]().bundle)
    return tmp_path / "run"


def _messages(folder: Path) -> str:
    return "\n".join(str(problem) for problem in verify_bundle(folder))


def _forge(folder: Path, path: str, change: Callable[[str], str]) -> None:
    """Alters a file and its line in the manifest, as somebody who covers the traces would."""
    place = folder / path
    text = change(place.read_text(encoding="utf-8"))
    place.write_text(text, encoding="utf-8")
    manifest = read_manifest(folder)
    files = tuple(
        entry(path, text.encode()) if found.path == path else found for found in manifest.files
    )
    forged = manifest.model_copy(update={"files": files})
    (folder / "manifest.json").write_bytes(manifest_bytes(forged))


@pytest.mark.parametrize("path", _FILES)
def test_a_changed_byte_is_found_in_every_file(folder: Path, path: str) -> None:
    place = folder / path
    place.write_bytes(place.read_bytes().replace(b"Aster", b"Bster", 1) + b" ")
    assert f"{place}: does not match its digest in the manifest" in _messages(folder)


@pytest.mark.parametrize("path", _FILES)
def test_a_missing_file_is_named(folder: Path, path: str) -> None:
    (folder / path).unlink()
    assert f"{folder / path}: path: is missing or cannot be read" in _messages(folder)


def test_a_file_too_many_is_named(folder: Path) -> None:
    (folder / "extra.html").write_text("x")
    assert "extra.html: is not in the manifest" in _messages(folder)


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        ("aster-2.html", "1 of 5 seats ship", "5 of 5 seats ship", "differs from what the stored"),
        ("aster-2.md", "Skip", "Ship", "differs from what the stored"),
        ("scorecards.jsonl", '"ships":1', '"ships":4', "differs from what the stored"),
        ("scorecards/aster-2.json", '"ships":1', '"ships":4', "differs from what the stored"),
        ("reviews.jsonl", "Impressive", "Overwhelming", "not what its digest names"),
        ("prompts.jsonl", "Judge", "Praise", "not what its digest names"),
        ("dossiers/aster-2.json", "benchmark results", "test results", "is not the one ordered"),
        ("personas/skeptic.json", "decade", "century", "is not the one ordered"),
        ("reviews.jsonl", '"sample":1', '"sample":"x"', "reviews.jsonl:1: cannot be read"),
        ("run.json", '"samples":1', '"samples":"many"', "run.json: cannot be read"),
        ("scorecards/aster-2.json", "20260502-083000-5f2a9c", "20260502-083000-000000", "of run"),
    ],
)
def test_a_forgery_with_a_fitting_manifest_is_found(
    folder: Path, path: str, old: str, new: str, message: str
) -> None:
    _forge(folder, path, lambda text: text.replace(old, new, 1))
    assert message in _messages(folder)


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("key", "the key is not that of its inputs"),
        ("dossier", "rests on another dossier"),
        ("persona_digest", "was written by another persona"),
        ("prompt", "its prompt 000000000000 is missing"),
    ],
)
def test_a_review_that_names_other_inputs_is_found(
    field: str, message: str, tmp_path: Path
) -> None:
    case = CASES["skip-with-dissent"]()
    odd = case.reviews[0].model_copy(update={field: "0" * 64})
    write_bundle(tmp_path / "run", case.bundle)
    line = json.dumps({**odd.model_dump(mode="json"), "digest": odd.digest})
    _forge(tmp_path / "run", "reviews.jsonl", lambda text: text + line + "\n")
    found = _messages(tmp_path / "run")
    assert f"reviews.jsonl:6: developer: {message}" in found


def test_without_a_manifest_there_is_one_clear_problem(folder: Path) -> None:
    (folder / "manifest.json").unlink()
    assert [problem.message for problem in verify_bundle(folder)] == ["the manifest is missing"]
    (folder / "manifest.json").write_text("{}")
    assert [problem.message for problem in verify_bundle(folder)] == ["the manifest cannot be read"]


@pytest.mark.parametrize("path", ["../secret.txt", "/etc/hostname", "a\0b"])
def test_a_manifest_cannot_lead_out_of_the_folder(folder: Path, path: str) -> None:
    (folder.parent / "secret.txt").write_text("x")
    plain: dict[str, Any] = json.loads((folder / "manifest.json").read_text())
    plain["files"].append({"path": path, "sha256": "0" * 64, "size": 1})
    (folder / "manifest.json").write_text(json.dumps(plain))
    assert "outside the bundle" in _messages(folder)


def test_pages_of_another_rendering_are_not_compared_but_said(folder: Path) -> None:
    older = read_manifest(folder).model_copy(update={"rendering": 0})
    (folder / "manifest.json").write_bytes(manifest_bytes(older))
    assert "was rendered by version 0" in _messages(folder)
