"""Reads of the tape: what was asked, what came back, and what never did."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from panel.domain.exchange import Exchange
from panel.store.reader import Reader
from panel.store.records import Attempts, OpenAttempt
from panel.store.tables import answers, attempts, requests

_SUCCESS = answers.c.status.between(200, 299)


class TapeQueries(Reader):
    """Reads of requests, attempts and answers."""

    def answered(self, run_id: str, key: str) -> Exchange | None:
        """The first success for a call, which stands for ever; None when there is none.

        Args:
            run_id: Full run id.
            key: Key of the call, see `tape_key`.

        Raises:
            StoreError: When the database cannot be read.
        """
        order = (answers.c.ended, answers.c.attempt_id)
        return self._exchange(_exchanges(run_id, key).where(_SUCCESS).order_by(*order))

    def recorded(self, run_id: str, key: str) -> Exchange | None:
        """The last answer or fault of any kind for a call; None when there is none.

        Args:
            run_id: Full run id.
            key: Key of the call, see `tape_key`.

        Raises:
            StoreError: When the database cannot be read.
        """
        order = (answers.c.ended.desc(), answers.c.attempt_id.desc())
        return self._exchange(_exchanges(run_id, key).order_by(*order))

    def tries(self, run_id: str, key: str) -> tuple[Exchange, ...]:
        """All tries of a call that have ended, oldest first.

        Args:
            run_id: Full run id.
            key: Key of the call, see `tape_key`.

        Raises:
            StoreError: When the database cannot be read.
        """
        order = (answers.c.ended, answers.c.attempt_id)
        found = self._records(_exchanges(run_id, key).order_by(*order))
        return tuple(Exchange.model_validate(row) for row in found)

    def attempts(self, run_id: str) -> Attempts:
        """The calls of a run, counted, with those that never came back.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        joined = attempts.join(answers, answers.c.attempt_id == attempts.c.id, isouter=True)
        counts = self._all(
            select(
                func.count().label("begun"),
                func.count(answers.c.attempt_id).label("answered"),
                func.count(answers.c.attempt_id).filter(_SUCCESS).label("succeeded"),
            )
            .select_from(joined)
            .where(attempts.c.run_id == run_id)
        )[0]
        same_call: ColumnElement[bool] = (requests.c.run_id == attempts.c.run_id) & (
            requests.c.key == attempts.c.key
        )
        open_ones = self._records(
            select(*attempts.c["id", "review_key", "key", "begun"], requests.c.path)
            .select_from(joined.join(requests, same_call))
            .where(attempts.c.run_id == run_id, answers.c.attempt_id.is_(None))
            .order_by(attempts.c.begun, attempts.c.id)
        )
        return Attempts(
            begun=counts.begun,
            answered=counts.answered,
            succeeded=counts.succeeded,
            unanswered=tuple(OpenAttempt.model_validate(row) for row in open_ones),
        )

    def _exchange(self, query: Select[*tuple[Any, ...]]) -> Exchange | None:
        found = self._records(query.limit(1))
        return Exchange.model_validate(found[0]) if found else None


def _exchanges(run_id: str, key: str) -> Select[*tuple[Any, ...]]:
    return (
        select(
            *answers.c["key", "status", "content_type", "fault", "seconds", "tier"],
            answers.c.body.label("response"),
            requests.c.path,
            requests.c.body.label("request"),
        )
        .select_from(answers)
        .join(requests, (requests.c.run_id == answers.c.run_id) & (requests.c.key == answers.c.key))
        .where(answers.c.run_id == run_id, answers.c.key == key)
    )
