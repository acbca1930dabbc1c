"""A forked run takes over what its parent was told: the same question is not paid for twice."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from panel.domain.value import digest_of
from panel.store.insertion import insert_or_keep
from panel.store.keeper import Keeper
from panel.store.rows import Row
from panel.store.standing import REVIEW_STANDS
from panel.store.tables import answers, attempts, flags, requests, reviews

_PAGE = 300
"""Reviews copied in one transaction."""


@dataclass(frozen=True)
class Adoption:
    """The wish to take over reviews."""

    parent: str
    child: str
    keys: Sequence[str]


class Adoptions(Keeper):
    """Copies from one run to another."""

    def adopt(self, parent: str, child: str, keys: Sequence[str]) -> int:
        """Copy verdicts of one run into another, with their calls; may be done again.

        What the calls cost was paid by the parent, so in the child they cost nothing.

        Args:
            parent: Full run id of the run that has them.
            child: Full run id of the run that wants them.
            keys: Keys of reviews; those without a verdict are passed over.

        Returns:
            How many of the keys have a verdict there.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        pages = [keys[at : at + _PAGE] for at in range(0, len(keys), _PAGE)]
        items = [Adoption(parent, child, page) for page in pages]
        return sum(self._writer().submit(adopt, item).result() for item in items)


def adopt(connection: Connection, items: Sequence[Adoption]) -> list[int]:
    """Copy verdicts with requests, attempts, answers and flags."""
    return [_adopt(connection, item) for item in items]


def _adopt(connection: Connection, item: Adoption) -> int:
    verdict = (reviews.c.call.is_not(None), REVIEW_STANDS)
    found = _rows(connection, item, reviews, reviews.c.key.in_(item.keys), *verdict)
    keys = [row["key"] for row in found]
    tape = {key for row in found for key in json.loads(row["body"])["exchanges"]}
    made = _rows(connection, item, attempts, attempts.c.key.in_(tape))
    ids = {row["id"]: _id_in(item.child, row["id"]) for row in made}
    asked = _rows(connection, item, requests, requests.c.key.in_(tape))
    heard = _rows(connection, item, answers, answers.c.attempt_id.in_(list(ids)))
    home = {row["attempt_id"] for row in heard}
    insert_or_keep(connection, requests, asked)
    insert_or_keep(
        connection,
        attempts,
        (
            row | {"id": ids[row["id"]], "capped": False, "work_id": None, "batch": None}
            for row in made
            if row["id"] in home
        ),
    )
    free = {"input_tokens": None, "output_tokens": None, "cached_tokens": None, "cost": 0}
    paid = (row | {"attempt_id": ids[row["attempt_id"]]} | free for row in heard)
    insert_or_keep(connection, answers, paid)
    insert_or_keep(connection, reviews, found)
    marked = _rows(connection, item, flags, flags.c.review_key.in_(keys))
    nths = {row["key"]: row["nth"] for row in found}
    insert_or_keep(
        connection, flags, (row for row in marked if nths[row["review_key"]] == row["review_nth"])
    )
    return len(found)


def _rows(connection: Connection, item: Adoption, table: Table, *where: Any) -> list[Row]:
    """Rows of the parent as rows of the child."""
    query = select(table).where(table.c.run_id == item.parent, *where)
    return [{**row, "run_id": item.child} for row in connection.execute(query).mappings()]


def _id_in(child: str, attempt: str) -> str:
    """An id of its own for a copied attempt, the same each time."""
    return digest_of("adopted-attempt", [child, attempt])[:32]
