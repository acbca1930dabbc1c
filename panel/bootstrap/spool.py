"""Dossiers of an order that is being planned, on disk, so that memory does not grow with it.

They are read from their files once, checked, and stored from here: a file that changes meanwhile
changes nothing.
"""

import tempfile
import weakref
from collections.abc import Iterator

from panel.domain.dossier import Dossier
from panel.domain.value import canonical_json

_IN_MEMORY = 1_000_000
"""Bytes kept in memory before the spool goes to disk."""


class Spool:
    """Dossiers in the order they were added; freed with the object."""

    def __init__(self) -> None:
        self._file = tempfile.SpooledTemporaryFile(  # noqa: SIM115 - lives as long as the plan
            _IN_MEMORY, "w+", encoding="utf-8", newline="\n"
        )
        weakref.finalize(self, self._file.close)

    def add(self, dossier: Dossier) -> None:
        """Add a dossier.

        Args:
            dossier: A checked one.
        """
        self._file.write(f"{canonical_json(dossier)}\n")

    def __iter__(self) -> Iterator[Dossier]:
        """All dossiers from the first; one reader at a time."""
        return map(Dossier.model_validate_json, self.bodies())

    def bodies(self) -> Iterator[str]:
        """The canonical JSON of all dossiers from the first; one reader at a time."""
        self._file.seek(0)
        for line in self._file:
            yield line.removesuffix("\n")
