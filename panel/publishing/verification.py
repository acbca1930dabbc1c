"""Checks a bundle from its pages down to the bytes of its dossiers, with nothing but the folder.

Three questions, each answered in full: are the files those of the manifest, is every value what
its name says, and does writing them again give the same bytes.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from panel.errors import Problem, TamperError
from panel.publishing.contents import SCORECARDS, Printing
from panel.publishing.manifest import (
    MANIFEST,
    FileEntry,
    Manifest,
    entry_of,
    manifest_bytes,
    read_manifest,
)
from panel.publishing.page import RENDERING
from panel.publishing.reading import Reading, UnreadableError, problem_at


def verify_bundle(folder: Path) -> list[Problem]:
    """Everything that is wrong with a bundle; empty when all of it holds.

    Args:
        folder: The bundle.
    """
    try:
        manifest = read_manifest(folder)
    except (OSError, ValidationError) as error:
        reason = "is missing" if isinstance(error, FileNotFoundError) else "cannot be read"
        return [problem_at(folder, MANIFEST, f"the manifest {reason}")]
    lying: dict[str, FileEntry] = {}
    found = [*_file_problems(folder, manifest, lying)]
    if any(problem.key == "path" for problem in found):
        return found
    try:
        reading = Reading(folder, manifest)
        rewritten = [*_rewrite_problems(folder, reading, manifest, lying)]
    except UnreadableError as error:
        return [*found, error.problem]
    return [*found, *reading.problems, *rewritten]


def _file_problems(
    folder: Path, manifest: Manifest, lying: dict[str, FileEntry]
) -> Iterator[Problem]:
    """Files that are missing, altered, or no part of the bundle; notes what lies there."""
    root = folder.resolve()
    present = {path.relative_to(folder).as_posix() for path in folder.rglob("*")
               if path.is_symlink() or not path.is_dir()}  # fmt: skip
    for expected in manifest.files:
        path = expected.path
        if "\0" in path or not (folder / path).resolve().is_relative_to(root):
            yield problem_at(folder, MANIFEST, f"names {path!r}, outside the bundle", key="path")
            continue
        try:
            lying[path] = entry_of(folder, path)
        except OSError:
            yield problem_at(folder, path, "is missing or cannot be read", key="path")
            continue
        if lying[path] != expected:
            yield problem_at(folder, path, "does not match its digest in the manifest")
    for path in sorted(present - {entry.path for entry in manifest.files} - {MANIFEST}):
        yield problem_at(folder, path, "is not in the manifest")


def _rewrite_problems(
    folder: Path, reading: Reading, manifest: Manifest, lying: dict[str, FileEntry]
) -> Iterator[Problem]:
    """Files that come out differently when they are written again from the values."""
    if manifest.rendering != RENDERING:
        for _ in reading.bundle.parts():
            pass  # what the values say of each other is checked as they are read
        yield problem_at(
            folder,
            MANIFEST,
            f"was rendered by version {manifest.rendering}; this shipskip renders {RENDERING}"
            " and cannot compare the pages",
        )
        return
    printing = Printing(reading.bundle)
    try:
        for _ in printing.chunks():
            pass  # only what they come to is compared
    except TamperError as error:
        yield problem_at(folder, SCORECARDS, error.message)
        return
    made = printing.manifest()
    for entry in made.files:
        if lying.get(entry.path) != entry:
            yield problem_at(folder, entry.path, "differs from what the stored values give")
    if manifest_bytes(made) != (folder / MANIFEST).read_bytes():
        yield problem_at(folder, MANIFEST, "differs from what the stored values give")
