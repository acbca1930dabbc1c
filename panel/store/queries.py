"""Reads of runs: one by its id, or the newest ones with what they came to."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from panel.domain.run import Run, RunState, is_run_id
from panel.errors import StoreError
from panel.store.reader import Reader
from panel.store.records import RunSummary
from panel.store.rows import parsed
from panel.store.standing import stands_in
from panel.store.tables import reviews, run_events, runs

LAST_EVENT = run_events.alias("last")
"""The event that says in which state a run is."""

_NEWER = run_events.alias("newer")
_IS_LAST: ColumnElement[bool] = (LAST_EVENT.c.run_id == runs.c.id) & (
    LAST_EVENT.c.seq
    == select(func.max(_NEWER.c.seq)).where(_NEWER.c.run_id == runs.c.id).scalar_subquery()
)
WITH_LAST_EVENT = runs.join(LAST_EVENT, _IS_LAST)
"""Runs with their state."""

_RUNS = select(runs.c.id, runs.c.body, LAST_EVENT.c.state, LAST_EVENT.c.note).select_from(
    WITH_LAST_EVENT
)
_NEWEST_FIRST = (runs.c.created.desc(), runs.c.id.desc())


class RunQueries(Reader):
    """Reads of runs."""

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

    def run_state(self, run_id: str) -> RunState:
        """The state of a run by its last event, without reading its order.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When there is no such run.
        """
        query = select(LAST_EVENT.c.state).select_from(WITH_LAST_EVENT)
        row = self._first(query.where(runs.c.id == run_id))
        if row is None:
            raise StoreError(f"there is no run {run_id!a}", remedy="see `shipskip runs list`")
        return row.state

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

    def _tallies(self, run_ids: Sequence[str]) -> dict[str, list[Row[*tuple[Any, ...]]]]:
        """Reviews by run, outcome and cost; costs are summed in decimals, not by the database."""
        failed = reviews.c.failure.is_not(None).label("failed")
        columns = (reviews.c.run_id, failed, reviews.c.cost, stands_in(run_ids).label("stands"))
        rows = select(*columns).where(reviews.c.run_id.in_(run_ids)).subquery()
        query = select(*rows.c, func.count().label("n")).group_by(*rows.c)
        tallies: dict[str, list[Row[*tuple[Any, ...]]]] = defaultdict(list)
        for row in self._all(query):
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
        ordered=run.order.reviews,
        answered=sum(row.n for row in tally if row.stands and not row.failed),
        failed=sum(row.n for row in tally if row.stands and row.failed),
        cost=sum(known, Decimal(0))
        if len(known) == len(costs) and not _in_the_dark(run, tally)
        else None,
        name=run.name,
    )


def _in_the_dark(run: Run, tally: Sequence[Row[Any]]) -> bool:
    """Whether reviews are missing that may have been paid for."""
    asked = any(not seat.llm.is_rubric for seat in run.order.all_seats)
    return asked and sum(row.n for row in tally if row.stands) < run.order.reviews
