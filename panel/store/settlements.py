"""What editors decided about conflicts between sources; a decision is taken back, never lost."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from panel.domain.editing.people import Event
from panel.domain.fact import Settlement
from panel.domain.value import canonical_json, digest_of
from panel.errors import StaleError, TamperError
from panel.store.desk_events import add_events
from panel.store.desk_tables import settlements
from panel.store.insertion import insert_if_free
from panel.store.keeper import Keeper
from panel.store.rows import Row, parsed


@dataclass(frozen=True)
class Decision:
    """A decision as it is written."""

    row: Row
    event: Event


class Settlements(Keeper):
    """Writes and reads of settlements."""

    def settle(
        self,
        slug: str,
        dossier: str,
        conflict: str,
        settlement: Settlement | None,
        *,
        base: int,
        event: Event,
    ) -> int:
        """Decide a conflict, or open it again.

        Args:
            slug: Slug of the dossier.
            dossier: Its digest.
            conflict: Id of the conflict.
            settlement: The decision; None opens it again.
            base: Number of the decision this one takes into account; 0 when there was none.
            event: Who decides, and when.

        Returns:
            The number of the decision.

        Raises:
            StaleError: When somebody else decided meanwhile.
            StoreError: When the database refuses.
        """
        body = "null" if settlement is None else canonical_json(settlement)
        row = {"slug": slug, "dossier": dossier, "conflict": conflict, "seq": base + 1}
        row |= {"by": event.by, "at": event.at}
        row |= {"digest": digest_of("settlement", body), "body": body}
        if not self._writer().submit(settle, Decision(row, event)).result():
            raise StaleError(
                f"{conflict} of {slug} was decided on meanwhile",
                remedy="look at what stands now, and decide again",
            )
        return base + 1

    def settlements(self, slug: str, dossier: str) -> dict[str, tuple[int, Settlement | None]]:
        """The decisions that stand on a dossier, by conflict.

        Args:
            slug: Slug of the dossier.
            dossier: Its digest.

        Returns:
            Number and settlement of each; None where a conflict was opened again.

        Raises:
            StoreError: When the database cannot be read.
            TamperError: When one is not as it was written.
        """
        query = select(settlements).where(
            settlements.c.slug == slug, settlements.c.dossier == dossier
        )
        rows = self._all(query.order_by(settlements.c.seq))
        return {row.conflict: (row.seq, _read(row.body, row.digest, slug)) for row in rows}


def settle(connection: Connection, items: Sequence[Decision]) -> list[bool]:
    """Store decisions whose number is the next one; whether each was, or stands there already."""
    return [_settle(connection, item) for item in items]


def _settle(connection: Connection, item: Decision) -> bool:
    place = [settlements.c[name] == item.row[name] for name in ("slug", "dossier", "conflict")]
    query = select(func.max(settlements.c.seq)).where(*place)
    last = connection.execute(query).scalar() or 0
    if last == item.row["seq"] - 1 and insert_if_free(connection, settlements, item.row):
        add_events(connection, [item.event])
        return True
    same = [settlements.c[name] == item.row[name] for name in ("seq", "by", "digest")]
    return connection.execute(select(settlements.c.seq).where(*place, *same)).first() is not None


def _read(body: str, digest: str, slug: str) -> Settlement | None:
    if digest_of("settlement", body) != digest:
        raise TamperError(
            f"a settlement of {slug} is not as it was written",
            remedy="restore the database from a backup; do not publish from it",
        )
    return None if body == "null" else parsed(Settlement, body, f"a settlement of {slug}")
