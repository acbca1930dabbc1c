"""Who is being worked on, durably, so that a death of the process is laid to what caused it.

A seat whose last call never came back was waiting for the network and is innocent; a seat whose
answer came but led to no review was in our own hands.
"""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from uuid import uuid4

from sqlalchemy import Connection, exists, func, select, text

from panel.store.batches import abandon_unsealed
from panel.store.claims import lock_key
from panel.store.insertion import insert_or_keep
from panel.store.keeper import Keeper, now
from panel.store.orders import Orders
from panel.store.rows import Row
from panel.store.tables import answers, attempts, reviews, strikes, work_ends, work_openings, works

current_work: ContextVar[str | None] = ContextVar("current_work", default=None)
"""The work that calls of this task and its children are made for."""

_OPEN = (
    select(*works.c["id", "subject", "worker"])
    .join(work_ends, work_ends.c.work_id == works.c.id, isouter=True)
    .where(work_ends.c.work_id.is_(None))
    .order_by(works.c.begun)
)
_GONE = text("SELECT pg_try_advisory_xact_lock(:key)")


@dataclass(frozen=True)
class Settling:
    """A run whose deaths are to be settled, with the number of reviews ordered by dossier."""

    run_id: str
    ordered: Mapping[str, int]


@dataclass(frozen=True)
class LastCall:
    """The last call made for a seat."""

    work: str
    succeeded: bool
    kept: bool


class Works(Keeper, Orders):
    """Notes of what is worked on."""

    async def begin_work(self, run_id: str, subject: str) -> str:
        """Note that a dossier is being worked on; calls of this task are laid to this work.

        Args:
            run_id: Full run id.
            subject: Its slug.

        Returns:
            The work's id, for `end_work`.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        writer, work = self._writer(), uuid4().hex
        row = {"id": work, "run_id": run_id, "subject": subject, "begun": now()}
        await writer.write(begin_works, row | {"worker": self._claims().worker()})
        current_work.set(work)
        return work

    async def note_opened(self, work_id: str) -> None:
        """Note that a dossier was opened: from now on it waits for calls and turns.

        Args:
            work_id: What `begin_work` returned.

        Raises:
            StoreError: When it was never begun, or the database refuses.
        """
        await self._writer().write(open_works, {"work_id": work_id, "at": now()})

    async def end_work(self, work_id: str) -> None:
        """Note that work ended in peace; a second time changes nothing.

        Args:
            work_id: What `begin_work` returned.

        Raises:
            StoreError: When it was never begun, or the database refuses.
        """
        await self._writer().write(end_works, {"work_id": work_id, "at": now()})

    def strikes(self, run_id: str) -> dict[str, int]:
        """How often a worker died over something, by dossier (`SLUG`) or seat (`SLUG/KEY`).

        Args:
            run_id: Full run id.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(strikes.c.subject, func.count().label("n"))
            .join(works, works.c.id == strikes.c.work_id)
            .where(works.c.run_id == run_id)
            .group_by(strikes.c.subject)
        )
        return {row.subject: row.n for row in self._all(query)}

    def settle_deaths(self, run_id: str) -> dict[str, int]:
        """End what died with its worker, lay it to what was in hand, and give all strikes so far.

        A dossier itself is struck when it was being opened or reduced, a seat when its answer had
        come. Work of a process that lives on is left alone. Provider batches that were not sealed
        are abandoned likewise.

        Args:
            run_id: Full run id.

        Returns:
            See `strikes`.

        Raises:
            StoreError: When the database refuses.
        """
        order = self._order(run_id)
        ordered = {item.slug: order.panel_of(item).reviews for item in order.dossiers}
        self._writer().submit(settle, Settling(run_id, ordered)).result()
        return self.strikes(run_id)

    def is_in_hand(self, run_id: str, subject: str) -> bool:
        """Whether a living worker works on a dossier at this moment, however long it is silent.

        Args:
            run_id: Full run id.
            subject: Its slug.

        Raises:
            StoreError: When the database refuses.
        """
        return self._writer().submit(in_hand, (run_id, subject)).result()


def begin_works(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store works."""
    insert_or_keep(connection, works, items)
    return [None] * len(items)


def open_works(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store that dossiers were opened."""
    insert_or_keep(connection, work_openings, items)
    return [None] * len(items)


def end_works(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store the ends of works; the first one stands."""
    insert_or_keep(connection, work_ends, items)
    return [None] * len(items)


def settle(connection: Connection, items: Sequence[Settling]) -> list[None]:
    """End the works of dead workers and store whom they are laid to."""
    for item in items:
        found = connection.execute(_OPEN.where(works.c.run_id == item.run_id)).all()
        dead = [work for work in found if _is_gone(connection, work.worker)]
        blamed = [
            {"work_id": work.id, "subject": subject}
            for work in dead
            for subject in _in_hand(connection, item, work.id, work.subject)
        ]
        insert_or_keep(connection, strikes, blamed)
        insert_or_keep(connection, work_ends, [{"work_id": w.id, "at": now()} for w in dead])
        abandon_unsealed(connection, item.run_id, partial(_is_gone, connection))
    return [None] * len(items)


def in_hand(connection: Connection, items: Sequence[tuple[str, str]]) -> list[bool]:
    """Whether each dossier, given by run and slug, has a living worker."""
    return [
        any(
            not _is_gone(connection, work.worker)
            for work in connection.execute(
                _OPEN.where(works.c.run_id == run_id, works.c.subject == subject)
            ).all()
        )
        for run_id, subject in items
    ]


def _is_gone(connection: Connection, worker: str) -> bool:
    """Whether nobody holds a worker's lock; on SQLite only one process writes, and that is us."""
    if connection.dialect.name == "sqlite":
        return True
    return bool(connection.execute(_GONE, {"key": lock_key(worker)}).scalar_one())


def _in_hand(connection: Connection, item: Settling, work: str, slug: str) -> list[str]:
    """Whom a death is laid to: seats with an answer in hand, else the dossier, else nobody."""
    calls = _last_calls(connection, item.run_id, slug)
    if seats := [key for key, call in calls.items() if call.succeeded and not call.kept]:
        return [f"{slug}/{key}" for key in seats]
    own = [call for call in calls.values() if call.work == work]
    if any(not call.kept for call in own):
        return []  # it waited for the network, or to try again
    begun = own or _was_opened(connection, work)
    if begun and _kept(connection, item.run_id, slug) < item.ordered.get(slug, 0):
        return []  # the other seats waited for their turn
    return [slug]


def _was_opened(connection: Connection, work: str) -> bool:
    found = select(work_openings.c.work_id).where(work_openings.c.work_id == work)
    return connection.execute(found).first() is not None


def _kept(connection: Connection, run_id: str, slug: str) -> int:
    query = select(func.count(reviews.c.key.distinct())).where(
        reviews.c.run_id == run_id, reviews.c.slug == slug
    )
    return connection.execute(query).scalar_one()


def _last_calls(connection: Connection, run_id: str, slug: str) -> dict[str, LastCall]:
    """The last call of each seat of a dossier, by review key."""
    kept = exists().where(
        reviews.c.run_id == attempts.c.run_id,
        reviews.c.key == attempts.c.review_key,
        reviews.c.nth >= attempts.c.nth,
    )
    query = (
        select(*attempts.c["review_key", "work_id"], answers.c.status, kept.label("kept"))
        .select_from(attempts.join(works, works.c.id == attempts.c.work_id))
        .join(answers, answers.c.attempt_id == attempts.c.id, isouter=True)
        .where(works.c.run_id == run_id, works.c.subject == slug)
        .order_by(attempts.c.begun, attempts.c.id)
    )
    return {
        row.review_key: LastCall(row.work_id, 200 <= (row.status or 0) < 300, bool(row.kept))
        for row in connection.execute(query)
    }
