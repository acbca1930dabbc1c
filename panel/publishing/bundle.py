"""The printed proof of a run: one folder, written whole, that can be checked without the database.

See docs/reference/bundle.md for every file.
"""

from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from panel.domain.run import Run
from panel.errors import InputError
from panel.publishing.contents import Bundle, Chunk, Part, Printing
from panel.publishing.folder import explained, write_folder
from panel.publishing.manifest import MANIFEST, Manifest, manifest_bytes, read_manifest
from panel.publishing.verification import verify_bundle

__all__ = ["Bundle", "Manifest", "Part", "read_manifest", "verify_bundle", "write_bundle"]


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
    with explained(folder):
        place = folder.resolve()
        _refuse_foreign(place, bundle.run)
    printing = Printing(bundle)
    write_folder(place, _with_manifest(printing))
    return printing.manifest()


def _with_manifest(printing: Printing) -> Iterator[Chunk]:
    yield from printing.chunks()
    yield MANIFEST, manifest_bytes(printing.manifest())


def _refuse_foreign(folder: Path, run: Run) -> None:
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
    if earlier.run != run.id or earlier.order != run.order.digest:
        raise InputError(f"{folder} holds run {earlier.run}", remedy=remedy)
    foreign = sorted(present - {entry.path for entry in earlier.files} - {MANIFEST})
    if foreign:
        raise InputError(f"{folder} holds {foreign[0]}, which is no part of the run", remedy=remedy)


def _is_dir(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()
