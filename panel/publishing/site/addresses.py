"""Every address that was ever published, remembered in the workspace, apart from what is built.

The published folder and its builds can be lost and built anew; what people linked to cannot.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from panel.errors import InputError
from panel.publishing.site import assets, paths


@dataclass(frozen=True)
class Addresses:
    """Every address that was ever published.

    Attributes:
        known: Their files.
        folder: The build that readers see; None without one.
    """

    known: frozenset[str] = frozenset()
    folder: Path | None = None

    def with_known(self, files: Iterable[str], folder: Path | None) -> "Addresses":
        """These and more.

        Args:
            files: Files that readers see now.
            folder: Where they lie.
        """
        return replace(self, known=self.known.union(files), folder=folder)


def lasting(path: str) -> bool:
    """Whether an address is made to be linked to, and so must never lead nowhere.

    Args:
        path: Its file.
    """
    return not path.startswith((assets.FOLDER, paths.SEARCH))


def read_addresses(path: Path) -> Addresses:
    """The addresses a file remembers; none without the file.

    Args:
        path: The file.

    Raises:
        OSError: It cannot be read.
    """
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    return Addresses(frozenset(text.splitlines()))


def remember(path: Path, files: Iterable[str]) -> None:
    """Add addresses to a file.

    Args:
        path: The file.
        files: Files that readers see now.

    Raises:
        OSError: It cannot be written; what it held is unchanged.
    """
    known = read_addresses(path).known
    found = known.union(filter(lasting, files))
    if found != known:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".partial")
        draft.write_text("".join(f"{one}\n" for one in sorted(found)), encoding="utf-8")
        draft.replace(path)


def moves(listed: Iterable[str]) -> dict[str, str]:
    """Old slugs and the new ones at the end of their way.

    Args:
        listed: The setting `moved`, as OLD:NEW.

    Raises:
        InputError: One is written otherwise, or they lead in a circle.
    """
    steps: dict[str, str] = {}
    for text in listed:
        old, colon, new = (part.strip() for part in text.partition(":"))
        if not (old and colon and new) or steps.get(old, new) != new:
            raise InputError(
                f"moved: {text!r} does not say where one slug went",
                remedy="write OLD:NEW with two slugs, each OLD once",
            )
        steps[old] = new
    return {old: _end(steps, old) for old in steps}


def _end(steps: Mapping[str, str], slug: str) -> str:
    way = [slug]
    while way[-1] in steps:
        way.append(steps[way[-1]])
        if way[-1] in way[:-1]:
            raise InputError(
                f"moved leads in a circle: {' -> '.join(way)}",
                remedy="take one of these pairs out of the setting moved",
            )
    return way[-1]
