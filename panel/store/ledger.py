"""The tape's writes and the cap: no call begins unless the most it can cost fits under the cap.

A run with a cap has one row to agree through, so that the cap holds for any number of processes.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, Connection, bindparam, insert, select, update

from panel.domain.exchange import Charge, Exchange
from panel.store.insertion import insert_or_keep, is_again
from panel.store.money import nano, surely_free
from panel.store.rows import Row
from panel.store.tables import answers, attempts, ledgers, requests


@dataclass(frozen=True)
class NewAttempt:
    """A call about to be made."""

    request: Row
    attempt: Row


@dataclass(frozen=True)
class NewAnswer:
    """What came back for an attempt, and what that is taken to cost where its bound was capped."""

    row: Row
    spent: int | None

    @classmethod
    def of(cls, row: Row, exchange: Exchange, charge: Charge) -> "NewAnswer":
        """The answer with what counts against the cap: what is known, else the attempt's bound.

        Args:
            row: See `answer_row`.
            exchange: How the try ended.
            charge: What it was billed, as far as that is known.
        """
        if charge.cost is not None:
            return cls(row, nano(charge.cost))
        return cls(row, 0 if surely_free(exchange) else None)


_IDS: BindParameter[str] = bindparam("ids", expanding=True)
_RUN: BindParameter[str] = bindparam("of_run")
_SUM: BindParameter[int] = bindparam("amount")
_RESERVE = (
    update(ledgers)
    .where(ledgers.c.run_id == _RUN)
    .where(ledgers.c.cap.is_(None) | (ledgers.c.spent + ledgers.c.reserved + _SUM <= ledgers.c.cap))
    .values(reserved=ledgers.c.reserved + _SUM)
)
_SETTLE = (
    update(ledgers)
    .where(ledgers.c.run_id == _RUN)
    .values(
        reserved=ledgers.c.reserved - bindparam("freed"),
        spent=ledgers.c.spent + bindparam("gone"),
    )
)
_BEGUN = select(attempts.c.id).where(attempts.c.id.in_(_IDS))
_OPEN_CAPPED = (
    select(*attempts.c["id", "run_id", "bound"])
    .join(answers, answers.c.attempt_id == attempts.c.id, isouter=True)
    .where(attempts.c.id.in_(_IDS), attempts.c.capped, answers.c.attempt_id.is_(None))
)


def begin_attempts(connection: Connection, items: Sequence[NewAttempt]) -> list[str | None]:
    """Store attempts, and each request once; None for those that do not fit under the cap."""
    begun = _begun(connection, items) if is_again(connection) else set[str]()
    fresh = [item.attempt for item in items if item.attempt["id"] not in begun]
    refused = _reserve(connection, [attempt for attempt in fresh if attempt["capped"]])
    kept = [item for item in items if item.attempt["id"] not in begun | refused]
    if kept:
        wanted = {(item.request["run_id"], item.request["key"]): item.request for item in kept}
        insert_or_keep(connection, requests, [wanted[name] for name in sorted(wanted)])
        connection.execute(insert(attempts), [item.attempt for item in kept])
    return [None if item.attempt["id"] in refused else item.attempt["id"] for item in items]


def end_attempts(connection: Connection, items: Sequence[NewAnswer]) -> list[None]:
    """Store answers; an attempt has one, the first."""
    first: dict[str, NewAnswer] = {}
    for item in items:
        first.setdefault(item.row["attempt_id"], item)
    capped = connection.execute(_OPEN_CAPPED, {"ids": list(first)}).all()
    insert_or_keep(connection, answers, [item.row for item in first.values()])
    moved: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for row in capped:
        bound, spent = row.bound or 0, first[row.id].spent
        freed, gone = moved[row.run_id]
        moved[row.run_id] = freed + bound, gone + (bound if spent is None else spent)
    for run, (freed, gone) in sorted(moved.items()):
        connection.execute(_SETTLE, {"of_run": run, "freed": freed, "gone": gone})
    return [None] * len(items)


def _begun(connection: Connection, items: Sequence[NewAttempt]) -> set[str]:
    found = connection.execute(_BEGUN, {"ids": [item.attempt["id"] for item in items]})
    return {row.id for row in found}


def _reserve(connection: Connection, wanted: Iterable[Row]) -> set[str]:
    """Reserve the bounds of attempts; the ids of those that do not fit."""
    by_run: Mapping[str, list[Row]] = defaultdict(list)
    for attempt in wanted:
        by_run[attempt["run_id"]].append(attempt)
    refused: set[str] = set()
    for run, found in sorted(by_run.items()):
        if not _fits(connection, run, sum(attempt["bound"] or 0 for attempt in found)):
            refused |= {
                attempt["id"]
                for attempt in found
                if len(found) == 1 or not _fits(connection, run, attempt["bound"] or 0)
            }
    return refused


def _fits(connection: Connection, run: str, amount: int) -> bool:
    return connection.execute(_RESERVE, {"of_run": run, "amount": amount}).rowcount == 1
