"""The table of contents of a bundle."""

import hashlib
from pathlib import Path

import pytest
from pydantic import ValidationError

from panel.publishing.bundle import write_bundle
from panel.publishing.manifest import entry, entry_of, manifest_bytes, read_manifest
from tests.publishing.cases import CASES


@pytest.mark.parametrize("content", [b"", b"one\n", b"x" * 300_000])
def test_a_file_on_disk_has_the_line_of_its_bytes(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(content)
    found = entry_of(tmp_path, "a.txt")
    assert found == entry("a.txt", content)
    assert (found.sha256, found.size) == (hashlib.sha256(content).hexdigest(), len(content))


def test_what_is_read_is_what_was_written(tmp_path: Path) -> None:
    manifest = write_bundle(tmp_path / "run", CASES["samples-with-bootstrap"]().bundle)
    assert read_manifest(tmp_path / "run") == manifest
    assert (tmp_path / "run" / "manifest.json").read_bytes() == manifest_bytes(manifest)
    assert [found.path for found in manifest.files] == sorted(
        path.relative_to(tmp_path / "run").as_posix()
        for path in (tmp_path / "run").rglob("*")
        if path.is_file() and path.name != "manifest.json"
    )


def test_a_manifest_of_another_layout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_manifest(tmp_path)
    write_bundle(tmp_path / "run", CASES["no-quorum"]().bundle)
    place = tmp_path / "run" / "manifest.json"
    place.write_bytes(place.read_bytes().replace(b"shipskip-bundle-1", b"shipskip-bundle-9"))
    with pytest.raises(ValidationError):
        read_manifest(tmp_path / "run")
