"""Provider batches: which calls went into one file, and how far it is, so that none goes twice."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from uuid import uuid4

from sqlalchemy import Connection, bindparam, exists, func, insert, select

from panel.domain.exchange import Call, Charge, Exchange
from panel.store.insertion import insert_or_keep, is_again
from panel.store.keeper import Keeper, now
from panel.store.ledger import NewAnswer, NewAttempt, begin_attempts, end_attempts
from panel.store.records import BatchRecord, BatchState
from panel.store.rows import Row, answer_row, attempt_row, request_row
from panel.store.tables import answers, attempts, provider_batch_events, provider_batches, requests

_PAGE = 300
"""Calls written or read at once."""

Answer = tuple[str, Exchange, Charge]
"""Key of a call, how it ended, what it was billed."""


@dataclass(frozen=True)
class Absorbed:
    """Answers that a provider's batch gave."""

    batch_id: str
    answers: Sequence[Answer]


class Batches(Keeper):
    """Writes and reads of provider batches."""

    async def begin_batch(self, run_id: str, llm: str, calls: Iterable[Call]) -> str:
        """Store a batch with its calls; it is `sealed` once all of them are stored.

        Args:
            run_id: Full run id.
            llm: Digest of the llm settings.
            calls: Its calls, of any number; those that do not fit under the cap are left out.

        Returns:
            The batch's id.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        writer, batch = self._writer(), uuid4().hex
        row = {"id": batch, "run_id": run_id, "llm": llm, "created": now()}
        await writer.write(begin_batches, row | {"worker": self._claims().worker()})
        stored = 0
        pending = iter(calls)
        while page := [_attempt(call, batch) for call in islice(pending, _PAGE)]:
            begun = await asyncio.gather(*(writer.write(begin_attempts, item) for item in page))
            stored += sum(attempt is not None for attempt in begun)
        await self.note_batch(batch, "sealed", str(stored))
        return batch

    async def note_batch(self, batch_id: str, state: BatchState, note: str = "") -> None:
        """Append an event: from now on the batch is in this state.

        The calls of an abandoned batch end with the fault `abandoned`.

        Args:
            batch_id: What `begin_batch` returned.
            state: Its new state.
            note: The number of calls when sealed, the provider's id when submitted.

        Raises:
            StoreError: When there is no such batch, or the database refuses.
        """
        row = {"batch_id": batch_id, "at": now(), "state": state, "note": note}
        await self._writer().write(note_batches, row)

    async def absorb(self, batch_id: str, answers: Sequence[Answer]) -> int:
        """Store answers of a batch; calls of other batches and those that ended are passed over.

        Args:
            batch_id: What `begin_batch` returned.
            answers: In any order, any number of times.

        Returns:
            How many were new.

        Raises:
            StoreError: When the database refuses.
        """
        pages = [answers[at : at + _PAGE] for at in range(0, len(answers), _PAGE)]
        writing = (self._writer().write(absorb, Absorbed(batch_id, page)) for page in pages)
        return sum([await one for one in writing])

    def batches(self, run_id: str) -> tuple[BatchRecord, ...]:
        """The batches of a run, oldest first.

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        counts = (
            select(
                attempts.c.batch,
                func.count().label("calls"),
                func.count(answers.c.attempt_id).label("answered"),
            )
            .select_from(
                attempts.join(answers, answers.c.attempt_id == attempts.c.id, isouter=True)
            )
            .where(attempts.c.batch.in_(select(provider_batches.c.id).where(_OF_RUN)))
            .group_by(attempts.c.batch)
        )
        filled = {row.batch: row for row in self._all(counts.params(of_run=run_id))}
        events = (
            select(*provider_batch_events.c["batch_id", "state", "note"])
            .join(provider_batches, provider_batches.c.id == provider_batch_events.c.batch_id)
            .where(_OF_RUN)
            .order_by(provider_batch_events.c.seq)
        )
        told = [tuple(row) for row in self._all(events.params(of_run=run_id))]
        states = {batch: state for batch, state, _ in told}
        remotes = {batch: note for batch, state, note in told if state == "submitted"}
        query = select(provider_batches).where(_OF_RUN)
        order = (provider_batches.c.created, provider_batches.c.id)
        return tuple(
            BatchRecord(
                id=row.id,
                llm=row.llm,
                state=states.get(row.id, "unsealed"),
                remote=remotes.get(row.id, ""),
                calls=filled[row.id].calls if row.id in filled else 0,
                answered=filled[row.id].answered if row.id in filled else 0,
                created=row.created,
            )
            for row in self._all(query.order_by(*order).params(of_run=run_id))
        )

    def batch_calls(self, batch_id: str) -> Iterator[tuple[str, str, str]]:
        """The calls of a batch by key, read page by page.

        Args:
            batch_id: What `begin_batch` returned.

        Returns:
            Key, path and canonical JSON body of each.

        Raises:
            StoreError: When the database cannot be read.
        """
        same = (requests.c.run_id == attempts.c.run_id) & (requests.c.key == attempts.c.key)
        query = (
            select(*requests.c["key", "path", "body"])
            .select_from(attempts.join(requests, same))
            .where(attempts.c.batch == batch_id)
            .order_by(attempts.c.key)
            .limit(_PAGE)
        )
        page = self._all(query)
        while page:
            yield from ((row.key, row.path, row.body) for row in page)
            page = self._all(query.where(attempts.c.key > page[-1].key))


_OF_RUN = provider_batches.c.run_id == bindparam("of_run")
_OF_BATCH = provider_batch_events.c.batch_id == bindparam("of_batch")
_NEXT = select(func.coalesce(func.max(provider_batch_events.c.seq), 0) + 1).where(_OF_BATCH)
_EVENT = insert(provider_batch_events).values(seq=_NEXT.scalar_subquery())
_OPEN = (
    select(*attempts.c["id", "run_id", "key"])
    .select_from(attempts.join(answers, answers.c.attempt_id == attempts.c.id, isouter=True))
    .where(attempts.c.batch == bindparam("of_batch"), answers.c.attempt_id.is_(None))
)


def begin_batches(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store batches, without calls so far."""
    insert_or_keep(connection, provider_batches, items)
    return [None] * len(items)


def note_batches(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Append events; an abandoned batch ends its open calls."""
    for item in items:
        if not (is_again(connection) and _is_noted(connection, item)):
            connection.execute(_EVENT, item | {"of_batch": item["batch_id"]})
        if item["state"] == "abandoned":
            _abandon(connection, item["batch_id"])
    return [None] * len(items)


def absorb(connection: Connection, items: Sequence[Absorbed]) -> list[int]:
    """Store answers for the open calls of batches; how many were new."""
    return [_absorb(connection, item) for item in items]


def abandon_unsealed(connection: Connection, run_id: str, is_gone: Callable[[str], bool]) -> None:
    """Abandon the batches of a run whose workers died while they stored its calls.

    Args:
        connection: The writer's.
        run_id: Full run id.
        is_gone: Whether a worker is.
    """
    told = provider_batch_events.c.batch_id == provider_batches.c.id
    unsealed = select(provider_batches).where(_OF_RUN, ~exists().where(told))
    found = [row for row in connection.execute(unsealed, {"of_run": run_id}) if is_gone(row.worker)]
    gone = {"at": now(), "state": "abandoned", "note": ""}
    note_batches(connection, [gone | {"batch_id": row.id} for row in found])


def _absorb(connection: Connection, item: Absorbed) -> int:
    first = {key: (exchange, charge) for key, exchange, charge in reversed(item.answers)}
    query = _OPEN.where(attempts.c.key.in_(list(first)))
    found = connection.execute(query, {"of_batch": item.batch_id}).all()
    at = now()
    new = [
        NewAnswer.of(
            answer_row({"id": row.id, "run_id": row.run_id}, *first[row.key], at), *first[row.key]
        )
        for row in found
    ]
    end_attempts(connection, new)
    return len(new)


def _abandon(connection: Connection, batch_id: str) -> None:
    for row in connection.execute(_OPEN, {"of_batch": batch_id}).all():
        gone = Exchange.model_construct(
            key=row.key, path="", request="", status=None, fault="abandoned"
        )
        attempt = {"id": row.id, "run_id": row.run_id}
        end_attempts(
            connection, [NewAnswer.of(answer_row(attempt, gone, Charge(), now()), gone, Charge())]
        )


def _is_noted(connection: Connection, item: Row) -> bool:
    same = [provider_batch_events.c[name] == item[name] for name in ("batch_id", "at", "state")]
    return connection.execute(select(provider_batch_events.c.seq).where(*same)).first() is not None


def _attempt(call: Call, batch: str) -> NewAttempt:
    attempt = attempt_row(call, uuid4().hex, now()) | {"batch": batch}
    return NewAttempt(request_row(call), attempt)
