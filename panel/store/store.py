"""The store: the one door to the database. No record in it is ever changed or deleted."""

from types import TracebackType
from typing import Self

from panel.store.adoption import Adoptions
from panel.store.batches import Batches
from panel.store.copies import Copies
from panel.store.desk_events import DeskEvents
from panel.store.desk_queue import DeskQueue
from panel.store.drafts import Drafts
from panel.store.evidence import EvidenceQueries
from panel.store.heads import Heads
from panel.store.health import checks
from panel.store.keys import Keys
from panel.store.opening import open_database
from panel.store.paces import Paces
from panel.store.people import People
from panel.store.predictions import Predictions
from panel.store.progress_queries import ProgressQueries
from panel.store.queries import RunQueries
from panel.store.records import Check
from panel.store.results import ResultQueries
from panel.store.revisions import Revisions
from panel.store.run_names import RunNames
from panel.store.run_writes import RunWrites
from panel.store.sends import Sends
from panel.store.settlements import Settlements
from panel.store.subscribers import Subscribers
from panel.store.talk import Talk
from panel.store.tape_queries import TapeQueries
from panel.store.tape_writes import TapeWrites
from panel.store.views import Views
from panel.store.votes import Votes
from panel.store.works import Works


class Store(
    RunWrites,
    TapeWrites,
    Works,
    Paces,
    Batches,
    Adoptions,
    RunQueries,
    ResultQueries,
    ProgressQueries,
    RunNames,
    TapeQueries,
    EvidenceQueries,
    People,
    Keys,
    Revisions,
    Settlements,
    Talk,
    Copies,
    Views,
    Drafts,
    DeskQueue,
    DeskEvents,
    Heads,
    Predictions,
    Votes,
    Subscribers,
    Sends,
):
    """All that runs leave behind; use it as a context manager.

    Reads answer at once and may come from any thread. Writes return when they are durable; those
    that wait at the same time share a commit. Both wait a while for a server that is away.

    Args:
        opened: An open database, see `Store.open`.
    """

    @classmethod
    def open(cls, url: str, *, write: bool) -> Self:
        """Open a database.

        Args:
            url: `sqlite:///FILE` or `postgresql://...`.
            write: Whether to write; creates file, folder and tables when missing. One process at a
                time may write to a SQLite file, any number may read it meanwhile.

        Raises:
            InputError: When the URL is wrong.
            BusyError: When another process writes to the SQLite file.
            StoreError: When it cannot be opened, was written by a newer shipskip, or was opened for
                reading and holds nothing yet.
        """
        return cls(open_database(url, write=write))

    def close(self) -> None:
        """Finish the writes that wait and give everything back; may be called twice."""
        self._opened.closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def health(self) -> list[Check]:
        """What `doctor` says about this database; reads all of it once.

        Raises:
            StoreError: When it cannot be read at all.
        """
        return checks(self._engine, self.address)

    def claim_run(self, run_id: str, *, shared: bool = False) -> None:
        """Become the one who works on a run, until the store is closed.

        Args:
            run_id: Full run id.
            shared: Whether other processes that share it may work on it too (PostgreSQL only).

        Raises:
            BusyError: When it is being worked on already.
            StoreError: When the database cannot be asked.
        """
        self._claims().claim(run_id, shared=shared)

    def release_run(self, run_id: str) -> None:
        """Let others work on a run; one that is not claimed is fine too.

        Args:
            run_id: Full run id.
        """
        self._claims().release(run_id)
