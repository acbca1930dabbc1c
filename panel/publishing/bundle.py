"""The printed proof of a run: one folder, written whole, that can be checked without the database.

See docs/reference/bundle.md for every file.
"""

from pathlib import Path

from pydantic import ValidationError

from panel.errors import InputError
from panel.publishing.contents import (
    MANIFEST,
    Bundle,
    FileEntry,
    Manifest,
    contents,
    manifest_bytes,
    manifest_of,
)
from panel.publishing.folder import explained, write_folder
from panel.publishing.verification import read_manifest, verify_bundle

__all__ = ["Bundle", "FileEntry", "Manifest", "read_manifest", "verify_bundle", "write_bundle"]


def write_bundle(folder: Path, bundle: Bundle) -> Manifest:
    """Writes a run's folder whole, in place of an earlier export of the same run.

    Args:
        folder: Where it goes; a link is followed.
        bundle: What the run leaves.

    Returns:
        The manifest that was written.

    Raises:
        InputError: When the folder holds anything but an export of this run.
        TamperError: When a scorecard names something the bundle does not hold.
        ShipskipError: When the disk refuses; the folder is then as it was.
    """
    files = contents(bundle)
    manifest = manifest_of(bundle, files)
    with explained(folder):
        place = folder.resolve()
        _refuse_foreign(place, manifest)
    write_folder(place, {**files, MANIFEST: manifest_bytes(manifest)})
    return manifest


def _refuse_foreign(folder: Path, manifest: Manifest) -> None:
    """An existing folder is only replaced when all of it is an export of the same run."""
    remedy = "choose another folder with --out, or move this one away"
    if not folder.exists():
        return
    if not folder.is_dir():
        raise InputError(f"{folder} is a file", remedy=remedy)
    present = {
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if not _is_dir(path)
    }
    if not present:
        return
    try:
        earlier = read_manifest(folder)
    except (OSError, ValidationError):
        raise InputError(f"{folder} is not an export of shipskip", remedy=remedy) from None
    if earlier.run != manifest.run or earlier.order != manifest.order:
        raise InputError(f"{folder} holds run {earlier.run}", remedy=remedy)
    foreign = sorted(present - {entry.path for entry in earlier.files} - {MANIFEST})
    if foreign:
        raise InputError(f"{folder} holds {foreign[0]}, which is no part of the run", remedy=remedy)


def _is_dir(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
