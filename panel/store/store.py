"""The store: the one door to the database. Nothing in it is ever changed or deleted."""

import datetime as dt
import uuid
from collections.abc import Sequence
from types import TracebackType
from typing import Self

from panel.domain.exchange import Exchange
from panel.domain.review import Review
from panel.domain.run import Run, RunState
from panel.domain.scorecard import Scorecard
from panel.errors import StoreError
from panel.store import steps
from panel.store.document import Document
from panel.store.evidence import EvidenceQueries
from panel.store.health import checks
from panel.store.opening import Opened, open_database
from panel.store.queries import RunQueries
from panel.store.records import Check
from panel.store.rows import Row, answer_row, review_row, run_row
from panel.store.run_names import RunNames
from panel.store.tape_queries import TapeQueries
from panel.store.writer import Writer


class Store(RunQueries, RunNames, TapeQueries, EvidenceQueries):
    """All that runs leave behind; use it as a context manager.

    Reads answer at once and may come from any thread. Writes return when they are durable; those
    that wait at the same time share a commit.

    Args:
        opened: An open database, see `Store.open`.
    """

    def __init__(self, opened: Opened) -> None:
        super().__init__(opened.reading, opened.address)
        self._opened = opened

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

    def claim_run(self, run_id: str) -> None:
        """Become the one who works on a run, until the store is closed.

        Args:
            run_id: Full run id.

        Raises:
            BusyError: When it is being worked on already.
        """
        if self._opened.claims is None:
            raise self._read_only()
        self._opened.claims.claim(run_id)

    def create_run(self, run: Run, documents: Sequence[Document]) -> None:
        """Store a run with the documents it rests on.

        Args:
            run: The run; its state becomes its first event.
            documents: Dossiers, personas, llm settings, templates and whatever else it names.

        Raises:
            StoreError: When a run of that id is stored already, or the database refuses.
            TamperError: When a document does not have its digest.
        """
        event = _event(run.id, run.state, run.note)
        checked = tuple(document.verified() for document in documents)
        self._writer().submit(
            steps.create_runs, steps.NewRun(run_row(run), event, checked)
        ).result()

    def add_documents(self, documents: Sequence[Document]) -> None:
        """Store documents; those already there stay.

        Args:
            documents: Any number.

        Raises:
            StoreError: When the database refuses.
            TamperError: When a document does not have its digest.
        """
        checked = tuple(document.verified() for document in documents)
        self._writer().submit(steps.add_documents, checked).result()

    def note_run(self, run_id: str, state: RunState, note: str = "") -> None:
        """Append an event: from now on the run is in this state.

        Args:
            run_id: Full run id.
            state: Its new state.
            note: Why, for a stopped run.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        self._writer().submit(steps.note_runs, _event(run_id, state, note)).result()

    async def begin_attempt(
        self, run_id: str, review_key: str, key: str, path: str, body: str
    ) -> str:
        """Note that a call is about to be made; durable on return, so no paid call goes unseen.

        Args:
            run_id: Full run id.
            review_key: The review it is made for.
            key: Key of the call, see `tape_key`.
            path: Path of the endpoint.
            body: Canonical JSON of the request.

        Returns:
            The attempt's id.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        attempt = uuid.uuid4().hex
        call: Row = {"run_id": run_id, "key": key}
        item = steps.NewAttempt(
            request=call | {"path": path, "body": body},
            attempt=call | {"id": attempt, "review_key": review_key, "begun": _now()},
        )
        await self._writer().write(steps.begin_attempts, item)
        return attempt

    async def end_attempt(self, run_id: str, attempt: str, exchange: Exchange) -> None:
        """Store what came back; durable on return, and even when the caller is cancelled.

        Args:
            run_id: Full run id.
            attempt: What `begin_attempt` returned.
            exchange: The answer or the fault.

        Raises:
            StoreError: When the attempt was never begun or has ended, or the database refuses.
        """
        row = answer_row(run_id, attempt, exchange, _now())
        await self._writer().write(steps.end_attempts, row)

    async def keep_review(
        self, run_id: str, review: Review, *, started: dt.datetime, seconds: float
    ) -> Review:
        """Store a review unless one of its key stands; the first stands for ever.

        Args:
            run_id: Full run id.
            review: The review.
            started: When work on it began, with a time zone.
            seconds: How long it took.

        Returns:
            The review that stands: this one, or the earlier one.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        item = steps.NewReview(review_row(run_id, review, started, seconds), review)
        return await self._writer().write(steps.keep_reviews, item)

    def keep_scorecard(self, card: Scorecard) -> Scorecard:
        """Store a scorecard unless its run has one for that dossier.

        Args:
            card: The scorecard; names its run.

        Returns:
            The scorecard that stands: this one, or the earlier one.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        return self._writer().submit(steps.keep_scorecards, card).result()

    def _writer(self) -> Writer:
        if self._opened.writer is None:
            raise self._read_only()
        return self._opened.writer

    def _read_only(self) -> StoreError:
        return StoreError(f"{self.address}: opened for reading", remedy="open it with write=True")


def _event(run_id: str, state: RunState, note: str) -> Row:
    return {"run_id": run_id, "at": _now(), "state": state, "note": note}


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
