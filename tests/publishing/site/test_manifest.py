"""The manifest of a build: read back as written, and never mistaken for anything else."""

from pathlib import Path

import pytest

from panel.publishing.site.manifest import (
    Manifest,
    Record,
    code_digest,
    read_manifest,
    write_manifest,
)

FILES = {"b.html": Record("a" * 64, "b" * 64), "a/\u00fc.html": Record("c" * 64, "d" * 64)}


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path / "one.manifest", Manifest("code", FILES))
    assert read_manifest(tmp_path / "one.manifest") == Manifest("code", FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["one.manifest"]


def test_equal_manifests_have_equal_bytes(tmp_path: Path) -> None:
    write_manifest(tmp_path / "one", Manifest("code", FILES))
    write_manifest(tmp_path / "two", Manifest("code", dict(reversed(FILES.items()))))
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"format":"other","code":""}', '{"format":1}']
)
def test_anything_else_is_no_manifest(tmp_path: Path, text: str) -> None:
    (tmp_path / "one").write_text(text, encoding="utf-8")
    assert read_manifest(tmp_path / "one") is None
    assert read_manifest(tmp_path / "none") is None


def test_a_file_of_other_code_has_to_be_made_again() -> None:
    ours, others = Manifest(code_digest(), FILES), Manifest("0" * 64, FILES)
    assert ours.has("b.html", "a" * 64)
    assert not ours.has("b.html", "b" * 64)
    assert not ours.has("none.html", "a" * 64)
    assert not others.has("b.html", "a" * 64)
