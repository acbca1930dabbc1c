"""The dossiers of the workspace as they are now, each read again only when its file changed."""

import threading
from pathlib import Path

from panel.domain.dossier import Dossier
from panel.errors import InputError
from panel.library.dossiers import Dossiers

_Stamp = tuple[int, int]


class Today:
    """Gives the dossier of a slug as it is today; may be asked from any thread.

    Args:
        dossiers: The dossiers of the workspace.
    """

    def __init__(self, dossiers: Dossiers) -> None:
        self._dossiers = dossiers
        self._known: dict[Path, tuple[_Stamp, Dossier | None]] = {}
        self._lock = threading.Lock()

    def __call__(self, slug: str) -> Dossier | None:
        """The dossier of a slug; None when its file is gone or cannot be read as one.

        Args:
            slug: Its slug.
        """
        try:
            path = self._dossiers.slug_path(slug)
            stat = path.stat()
        except (InputError, OSError):
            return None
        stamp = (stat.st_mtime_ns, stat.st_size)
        with self._lock:
            known = self._known.get(path)
        if known and known[0] == stamp:
            return known[1]
        try:
            found = self._dossiers.load(slug)
        except InputError:
            found = None
        with self._lock:
            self._known[path] = stamp, found
        return found
