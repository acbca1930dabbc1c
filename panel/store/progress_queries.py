"""How far a run is and what it cost, by a few sums that stay quick at fifty thousand reviews."""

import datetime as dt
from typing import Any, cast

from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from panel.domain.progress import Ledger, Progress, SeenFailure
from panel.domain.review import FailureKind, Review
from panel.store.claims import is_claimed
from panel.store.keeper import now
from panel.store.money import FREE_FAULTS, dollars
from panel.store.orders import Orders
from panel.store.rows import parsed
from panel.store.standing import stands_in
from panel.store.tables import answers, attempts, reviews, run_events, scorecards, work_ends, works

_MINUTE = dt.timedelta(minutes=1)
_NOW_OR_NEVER = dt.timedelta(0)

_SENT: ColumnElement[bool] = func.coalesce(answers.c.fault, "").not_in(["given-up", "abandoned"])
"""Notes that a seat's time ran out, and calls no provider has seen, are no calls."""

_SUCCESS = answers.c.status.between(200, 299)
_UNKNOWN: ColumnElement[bool] = answers.c.cost.is_(None) & or_(
    _SUCCESS,
    answers.c.status.is_(None) & func.coalesce(answers.c.fault, "").not_in(sorted(FREE_FAULTS)),
)
_UNANSWERED = ~exists().where(answers.c.attempt_id == attempts.c.id)


class ProgressQueries(Orders):
    """Sums over a run."""

    def ledger(self, run_id: str) -> Ledger:
        """What a run cost so far, by what its answers tell.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        sums = self._all(_sums(run_id))[0]
        begun = self._count(select(func.count()).where(attempts.c.run_id == run_id))
        unanswered = begun - sums.rows
        risks = [_unanswered_risk(run_id, unanswered)] if unanswered else []
        risks += [_unknown_risk(run_id)] if sums.unknown else []
        found = [self._all(risk)[0] for risk in risks]
        return Ledger(
            calls=sums.answered + unanswered,
            answered=sums.answered,
            succeeded=sums.succeeded,
            input_tokens=int(sums.input_tokens or 0),
            output_tokens=int(sums.output_tokens or 0),
            cached_tokens=int(sums.cached_tokens or 0),
            spent=dollars(sums.spent),
            unknown=sums.unknown,
            unanswered=unanswered,
            at_risk=None
            if any(row.unpriced for row in found)
            else dollars(sum(int(row.bound or 0) for row in found)),
        )

    def progress(self, run_id: str, *, failures: int = 5) -> Progress:
        """How far a run is.

        Args:
            run_id: Full run id.
            failures: Most of the last failures to tell.

        Raises:
            StoreError: When there is no such run.
            TamperError: When its row is not as it was written.
        """
        run = self._ordered(run_id)
        events = self._events(run_id)
        kinds = {row.failure: row.n for row in self._all(_kinds(run_id))}
        answered = kinds.pop(None, 0)
        since = attempts.c.begun > now() - _MINUTE
        done = select(func.count(scorecards.c.slug.distinct())).where(scorecards.c.run_id == run_id)
        return Progress(
            run=run.id,
            name=run.name,
            state=events[-1].state,
            note=events[-1].note,
            dossiers=len(run.order.dossiers),
            scored=self._count(done),
            reviews=run.order.reviews,
            answered=answered,
            failed=sum(kinds.values()),
            working=self._working(run_id, events, dt.timedelta(seconds=run.timeout)),
            last_minute=self._count(select(func.count()).where(attempts.c.run_id == run_id, since)),
            ledger=self.ledger(run_id),
            kinds=cast("dict[FailureKind, int]", kinds),
            last_failures=self._last_failures(run_id, failures) if kinds and failures else (),
        )

    def _count(self, query: Select[int]) -> int:
        return self._all(query)[0][0]

    def _events(self, run_id: str) -> list[Any]:
        query = select(run_events).where(run_events.c.run_id == run_id)
        return list(self._all(query.order_by(run_events.c.seq)))

    def _working(self, run_id: str, events: list[Any], timeout: dt.timedelta) -> float:
        """Seconds from each start to its end; after a crash, to the last sign of life."""
        total, begun = _NOW_OR_NEVER, None
        for event in events:
            if begun is not None:
                crashed = event.state == "running"
                end = self._last_sign(run_id, event.at) if crashed else event.at
                total += max(end - begun, _NOW_OR_NEVER) if end else _NOW_OR_NEVER
            begun = event.at if event.state == "running" else None
        if begun is not None:
            end = now() if self._is_live(run_id, timeout) else self._last_sign(run_id, now())
            total += max(end - begun, _NOW_OR_NEVER) if end else _NOW_OR_NEVER
        return total.total_seconds()

    def _last_sign(self, run_id: str, before: dt.datetime) -> dt.datetime | None:
        """When the last call before an instant was begun or came back."""
        query = (
            select(attempts.c.begun, answers.c.ended)
            .select_from(
                attempts.join(answers, answers.c.attempt_id == attempts.c.id, isouter=True)
            )
            .where(attempts.c.run_id == run_id, attempts.c.begun < before)
            .order_by(attempts.c.begun.desc())
            .limit(1)
        )
        row = self._first(query)
        return None if row is None else min(row.ended or row.begun, before)

    def _is_live(self, run_id: str, timeout: dt.timedelta) -> bool:
        """Whether somebody works on a run, as far as it can be told from outside."""
        since = now() - timeout
        ended = exists().where(work_ends.c.work_id == works.c.id)
        work = select(works.c.id).where(works.c.run_id == run_id, works.c.begun > since, ~ended)
        call = select(attempts.c.id).where(attempts.c.run_id == run_id, attempts.c.begun > since)
        if any(self._first(query.limit(1)) for query in (work, call.where(_UNANSWERED))):
            return True
        return not self.address.is_sqlite and bool(self._all(is_claimed(run_id)))

    def _last_failures(self, run_id: str, most: int) -> tuple[SeenFailure, ...]:
        query = (
            select(*reviews.c["key", "body", "started", "seconds"])
            .where(reviews.c.run_id == run_id, reviews.c.failure.is_not(None), stands_in([run_id]))
            .order_by(reviews.c.started.desc(), reviews.c.key)
            .limit(most)
        )
        found: list[SeenFailure] = []
        for row in self._all(query):
            review = parsed(Review, row.body, f"review {row.key} of run {run_id}")
            at = row.started + dt.timedelta(seconds=row.seconds)
            if review.failure:
                found.append(
                    SeenFailure(
                        slug=review.slug,
                        persona=review.persona,
                        kind=review.failure.kind,
                        detail=review.failure.detail,
                        at=at,
                    )
                )
        return tuple(sorted(found, key=lambda failure: failure.at, reverse=True))


def _kinds(run_id: str) -> Select[*tuple[Any, ...]]:
    """Reviews that stand by kind of failure; None for verdicts."""
    own = reviews.c.run_id == run_id
    query = select(reviews.c.failure, func.count().label("n")).where(own, stands_in([run_id]))
    return query.group_by(reviews.c.failure)


def _sums(run_id: str) -> Select[*tuple[Any, ...]]:
    return select(
        func.count().label("rows"),
        func.count().filter(_SENT).label("answered"),
        func.count().filter(_SUCCESS).label("succeeded"),
        func.sum(answers.c.input_tokens).label("input_tokens"),
        func.sum(answers.c.output_tokens).label("output_tokens"),
        func.sum(answers.c.cached_tokens).label("cached_tokens"),
        func.sum(answers.c.cost).label("spent"),
        func.count().filter(_UNKNOWN).label("unknown"),
    ).where(answers.c.run_id == run_id)


def _unanswered_risk(run_id: str, count: int) -> Select[*tuple[Any, ...]]:
    """Of so many calls; they are looked for among the newest first, and then no further."""
    own = attempts.c.run_id == run_id
    found = select(attempts.c.bound).where(own, _UNANSWERED).order_by(attempts.c.begun.desc())
    return _risk(found.limit(count))


def _unknown_risk(run_id: str) -> Select[*tuple[Any, ...]]:
    unknown = select(answers.c.attempt_id).where(answers.c.run_id == run_id, _UNKNOWN)
    return _risk(select(attempts.c.bound).where(attempts.c.id.in_(unknown)))


def _risk(found: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    bound = found.subquery().c.bound
    return select(
        func.sum(bound).label("bound"),
        func.count().filter(bound.is_(None)).label("unpriced"),
    )
