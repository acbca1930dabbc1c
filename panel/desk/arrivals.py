"""Keeps the queue up to date beside all requests: new scorecards, and dossiers that changed.

No page waits for it: one quiet thread of the desk looks every few seconds, and at once when a run
of the desk has ended.
"""

import logging
import threading
from contextlib import suppress
from pathlib import Path

from panel.desk.context import Context
from panel.editing.adoption import adopt, refresh
from panel.editing.drafts import Ref
from panel.errors import ShipskipError
from panel.library.dossiers import SUFFIX

log = logging.getLogger("shipskip.desk")

Stamp = tuple[int, int]

EVERY = 5.0
"""Seconds between two looks, since workers elsewhere tell nobody that they are done."""


_REST = 0.003
"""Seconds of rest after each draft, so that pages stay quick while thousands come in."""


class _ClosedError(Exception):
    """The desk is being closed."""


class Arrivals:
    """The thread.

    Args:
        context: The desk.
        every: Seconds between two looks.
    """

    def __init__(self, context: Context, every: float = EVERY) -> None:
        self._context = context
        self._every = every
        self._wake, self._ended = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._watch, name="desk-arrivals", daemon=True)
        self._stamps: dict[str, Stamp] | None = None
        self._told = ""

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def look(self) -> None:
        """Look at once, because something has just ended."""
        self._wake.set()

    def close(self) -> None:
        """Stop looking; what is left is seen when the desk is open again."""
        self._ended.set()
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _watch(self) -> None:
        with suppress(_ClosedError):
            while not self._ended.is_set():
                self._wake.clear()
                self.catch_up()
                self._wake.wait(self._every)

    def catch_up(self) -> None:
        """Bring the queue up to date; what cannot be done is logged once and tried again."""
        said = ""
        for step in (self._adopt, self._refresh):
            try:
                step()
            except ShipskipError as error:
                said += error.message
                if error.message not in self._told:
                    facts = {"event": "desk.arrivals", "said": error.message}
                    log.warning("the queue is not up to date", extra=facts)
        self._told = said

    def _adopt(self) -> None:
        adopt(self._context.store, self._context.drafts, self._rest)

    def _refresh(self) -> None:
        """Make the rows of drafts again whose dossier's file is another than at the last look."""
        now = stamps(self._context.house.workspace.dossiers)
        before = self._stamps
        if before == now:
            return
        store = self._context.store
        drafted = store.drafted_since()
        if before is None:  # the desk was closed: files written since their drafts were ordered
            changed = {
                slug
                for slug, since in drafted.items()
                if slug in now and now[slug][0] > since.timestamp() * 1e9
            }
        else:
            changed = {slug for slug, _ in now.items() ^ before.items()} & drafted.keys()
        for slug in sorted(changed):
            self._rest()
            refs = [Ref(*place) for place in store.drafts_of(slug)]
            refresh(store, self._context.drafts, refs)
        self._stamps = now

    def _rest(self) -> None:
        if self._ended.wait(_REST):
            raise _ClosedError


def stamps(folder: Path) -> dict[str, Stamp]:
    """When each dossier's file was last written, and its size, by slug.

    Args:
        folder: The folder of the dossiers.
    """
    found: dict[str, Stamp] = {}
    try:
        for path in folder.iterdir():
            if path.suffix == SUFFIX:
                stat = path.stat()
                found[path.stem] = stat.st_mtime_ns, stat.st_size
    except OSError:  # a file or folder that is just being moved: seen at the next look
        pass
    return found
