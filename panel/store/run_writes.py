"""Writes of runs, their documents, their states, and what they came to."""

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import islice

from panel.domain.review import Review
from panel.domain.run import Run, RunState
from panel.domain.scorecard import Scorecard
from panel.store import steps
from panel.store.document import Document
from panel.store.keeper import Keeper, now
from panel.store.rows import Row, ledger_row, review_row, run_row

_PAGE = 300
"""Documents stored in one transaction."""


class RunWrites(Keeper):
    """Stores runs and results."""

    def create_run(self, run: Run, documents: Iterable[Document]) -> None:
        """Store a run with the documents it rests on, the run itself last.

        Args:
            run: The run; its state becomes its first event.
            documents: Dossiers, personas, llm settings, templates and whatever else it names; of
                any number, read once.

        Raises:
            StoreError: When a run of that id is stored already, or the database refuses.
            TamperError: When a document does not have its digest.
        """
        self.add_documents(documents)
        event = _event(run.id, run.state, run.note)
        new = steps.NewRun(run_row(run), event, ledger_row(run))
        self._writer().submit(steps.create_runs, new).result()

    def add_documents(self, documents: Iterable[Document]) -> None:
        """Store documents; those already there stay.

        Args:
            documents: Any number, read once.

        Raises:
            StoreError: When the database refuses.
            TamperError: When a document does not have its digest.
        """
        writer, checked = self._writer(), (document.verified() for document in documents)
        while page := tuple(islice(checked, _PAGE)):
            writer.submit(steps.add_documents, page).result()

    async def keep_documents(self, few: Sequence[Document]) -> None:
        """`add_documents` for an event loop, of no more than fit into one transaction.

        Args:
            few: What to store.

        Raises:
            StoreError: When the database refuses.
            TamperError: When a document does not have its digest.
        """
        checked = tuple(document.verified() for document in few)
        await self._writer().write(steps.add_documents, checked)

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

    async def anote_run(self, run_id: str, state: RunState, note: str = "") -> None:
        """`note_run` for an event loop.

        Args:
            run_id: Full run id.
            state: Its new state.
            note: Why, for a stopped run.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        await self._writer().write(steps.note_runs, _event(run_id, state, note))

    async def keep_review(
        self, run_id: str, review: Review, *, started: dt.datetime, seconds: float
    ) -> Review:
        """Store a review unless one of its key stands; a verdict stands for ever.

        A failure stands until a review of the next `nth` takes its place.

        Args:
            run_id: Full run id.
            review: The review.
            started: When work on it began, with a time zone.
            seconds: How long it took.

        Returns:
            The review that stands: this one, or another.

        Raises:
            StoreError: When there is no such run, a review asked again was never asked before, or
                the database refuses.
        """
        item = steps.NewReview(review_row(run_id, review, started, seconds), review)
        return await self._writer().write(steps.keep_reviews, item)

    async def keep_scorecard(self, card: Scorecard) -> Scorecard:
        """Store a scorecard unless the one that stands says the same; the newest one stands.

        Args:
            card: The scorecard; names its run.

        Returns:
            The scorecard that stands.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        return await self._writer().write(steps.keep_scorecards, card)


def _event(run_id: str, state: RunState, note: str) -> Row:
    return {"run_id": run_id, "at": now(), "state": state, "note": note}
