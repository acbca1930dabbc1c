"""Reads of runs and their results, in one deterministic order."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from panel.domain.review import Review
from panel.domain.run import Order, Run, is_run_id
from panel.domain.scorecard import Scorecard
from panel.errors import StoreError
from panel.store.reader import Reader
from panel.store.records import RunSummary, Timing
from panel.store.rows import parsed
from panel.store.tables import reviews, run_events, runs, scorecards

_LAST = run_events.alias("last")
_NEWER = run_events.alias("newer")
_IS_LAST: ColumnElement[bool] = (_LAST.c.run_id == runs.c.id) & (
    _LAST.c.seq
    == select(func.max(_NEWER.c.seq)).where(_NEWER.c.run_id == runs.c.id).scalar_subquery()
)
_RUNS = select(runs.c.id, runs.c.body, _LAST.c.state, _LAST.c.note).select_from(
    runs.join(_LAST, _IS_LAST)
)
_NEWEST_FIRST = (runs.c.created.desc(), runs.c.id.desc())


class RunQueries(Reader):
    """Reads of runs, reviews and scorecards."""

    def run(self, run_id: str) -> Run:
        """A run with its present state.

        Args:
            run_id: Full run id, see `resolve_run`.

        Raises:
            StoreError: When there is no such run.
            TamperError: When its row is not as it was written.
        """
        row = self._first(_RUNS.where(runs.c.id == run_id)) if is_run_id(run_id) else None
        if row is None:
            raise StoreError(f"there is no run {run_id!a}", remedy="see `shipskip runs list`")
        return _run(row)

    def runs(self, limit: int = 20) -> tuple[RunSummary, ...]:
        """The newest runs, newest first.

        Args:
            limit: Most runs to return.

        Raises:
            StoreError: When the database cannot be read.
        """
        found = [_run(row) for row in self._all(_RUNS.order_by(*_NEWEST_FIRST).limit(limit))]
        tallies = self._tallies([run.id for run in found])
        return tuple(_summary(run, tallies[run.id]) for run in found)

    def reviews(self, run_id: str) -> tuple[Review, ...]:
        """The reviews of a run by dossier and seat, in the order of its order, then by sample.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        place = _places(self.run(run_id).order)
        rows = self._all(select(reviews.c.body, reviews.c.key).where(reviews.c.run_id == run_id))
        found = [parsed(Review, row.body, f"review {row.key} of run {run_id}") for row in rows]
        last = (len(place), 0)
        return tuple(
            sorted(
                found,
                key=lambda review: (
                    place.get((review.dossier, review.persona_digest, review.llm), last),
                    review.sample,
                    review.key,
                ),
            )
        )

    def review_times(self, run_id: str) -> dict[str, Timing]:
        """When each review of a run was worked on, by review key.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        columns = reviews.c["key", "started", "seconds"]
        rows = self._all(
            select(*columns).where(reviews.c.run_id == run_id).order_by(reviews.c.started)
        )
        return {row.key: Timing(started=row.started, seconds=row.seconds) for row in rows}

    def scorecards(self, run_id: str) -> tuple[Scorecard, ...]:
        """The scorecards of a run in the order of its dossiers.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
            TamperError: When a row is not as it was written.
        """
        order = {entry.slug: at for at, entry in enumerate(self.run(run_id).order.dossiers)}
        rows = self._all(
            select(scorecards.c.body, scorecards.c.slug).where(scorecards.c.run_id == run_id)
        )
        found = [parsed(Scorecard, row.body, f"scorecard {row.slug} of {run_id}") for row in rows]
        return tuple(sorted(found, key=lambda card: (order.get(card.slug, len(order)), card.slug)))

    def earlier_quotes(self, persona: str, before: dt.datetime) -> tuple[tuple[str, str], ...]:
        """What a persona said in finished runs, newest first, each review once, at most 200.

        Args:
            persona: Persona id.
            before: Only runs ordered before this instant.

        Returns:
            Pairs of dossier slug and quote.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(func.max(reviews.c.body).label("body"), reviews.c.digest)
            .select_from(reviews.join(runs, runs.c.id == reviews.c.run_id).join(_LAST, _IS_LAST))
            .where(reviews.c.persona == persona, reviews.c.call.is_not(None))
            .where(runs.c.created < before, _LAST.c.state == "finished")
            .group_by(reviews.c.digest)
            .order_by(func.max(runs.c.created).desc(), reviews.c.digest)
            .limit(200)
        )
        found = [parsed(Review, row.body, f"review {row.digest}") for row in self._all(query)]
        return tuple((review.slug, review.verdict.quote) for review in found if review.verdict)

    def _tallies(self, run_ids: Sequence[str]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
        """Reviews by run, outcome and cost; costs are summed in decimals, not by the database."""
        failed = reviews.c.failure.is_not(None).label("failed")
        columns = (reviews.c.run_id, failed, reviews.c.cost)
        query = select(*columns, func.count().label("n")).where(reviews.c.run_id.in_(run_ids))
        tallies: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        for row in self._all(query.group_by(*columns)):
            tallies[row.run_id].append(row)
        return tallies


def _run(row: Row[*tuple[Any, ...]]) -> Run:
    run = parsed(Run, row.body, f"run {row.id}")
    return run.model_copy(update={"state": row.state, "note": row.note})


def _summary(run: Run, tally: Sequence[Row[*tuple[Any, ...]]]) -> RunSummary:
    costs = [None if row.cost is None else Decimal(row.cost) * row.n for row in tally]
    known = [cost for cost in costs if cost is not None]
    return RunSummary(
        id=run.id,
        created=run.created,
        state=run.state,
        note=run.note,
        dossiers=tuple(entry.slug for entry in run.order.dossiers),
        seats=tuple(seat.persona for seat in run.order.seats),
        samples=run.order.samples,
        answered=sum(row.n for row in tally if not row.failed),
        failed=sum(row.n for row in tally if row.failed),
        cost=sum(known, Decimal(0))
        if len(known) == len(costs) and not _in_the_dark(run, tally)
        else None,
    )


def _in_the_dark(run: Run, tally: Sequence[Row[Any]]) -> bool:
    """Whether reviews are missing that may have been paid for."""
    order = run.order
    ordered = len(order.dossiers) * len(order.seats) * order.samples
    asked = any(not seat.llm.is_rubric for seat in order.seats)
    return asked and sum(row.n for row in tally) < ordered


def _places(order: Order) -> dict[tuple[str, str, str], tuple[int, int]]:
    """Where a review stands in its run, by digests of dossier, persona and llm."""
    return {
        (entry.digest, seat.digest, seat.llm.digest): (row, column)
        for row, entry in enumerate(order.dossiers)
        for column, seat in enumerate(order.seats)
    }
