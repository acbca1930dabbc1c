"""Working copies: what somebody has typed and not yet saved, kept so that no lost page loses it.

The one place of the desk where words are overwritten, and only by whoever saw them last.
"""

import json
from collections.abc import Sequence
from typing import cast

from sqlalchemy import ColumnElement, Connection, select, update

from panel.domain.editing.queue import WorkingCopy
from panel.errors import StaleError
from panel.store.desk_tables import working_copies
from panel.store.insertion import insert_if_free, is_again
from panel.store.keeper import Keeper, now
from panel.store.rows import Row

_NAME = ("run_id", "slug", "login")


class Copies(Keeper):
    """Writes and reads of working copies."""

    def save_copy(self, copy: WorkingCopy) -> WorkingCopy:
        """Save what somebody has typed.

        Args:
            copy: All of it; `nth` is that of the copy it takes the place of, 0 when there was none.

        Returns:
            It as saved, with its own `nth`: the next save has to name that.

        Raises:
            StaleError: When it was saved or dropped elsewhere meanwhile, e.g. in another tab.
            StoreError: When there is no such run, or the database refuses.
        """
        row = {"run_id": copy.run, "form": json.dumps(copy.form), **copy.model_dump(exclude=_REST)}
        nth = self._writer().submit(save_copies, row).result()
        if nth is None:
            raise StaleError(
                f"your working copy of {copy.run}/{copy.slug} was changed elsewhere meanwhile",
                remedy="reload the page to see it; what is typed here is still here",
            )
        return copy.model_copy(update={"nth": nth})

    def working_copy(self, run_id: str, slug: str, login: str) -> WorkingCopy | None:
        """What somebody has typed and not yet saved; None when there is nothing.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.
            login: Whose.

        Raises:
            StoreError: When the database cannot be read.
        """
        here = _here({"run_id": run_id, "slug": slug, "login": login})
        row = self._first(select(working_copies).where(*here, working_copies.c.form.is_not(None)))
        if row is None:
            return None
        form = json.loads(row.form)
        return WorkingCopy(
            run=run_id, slug=slug, login=login, base=row.base, nth=row.nth, at=row.at, form=form
        )

    def drop_copy(self, run_id: str, slug: str, login: str, nth: int | None = None) -> bool:
        """Forget what somebody has typed, since it was saved as a revision or given up.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.
            login: Whose.
            nth: Only the copy of this number; any unless given.

        Returns:
            Whether there was one.

        Raises:
            StoreError: When the database refuses.
        """
        row = {"run_id": run_id, "slug": slug, "login": login, "nth": nth, "at": now()}
        return self._writer().submit(drop_copies, row).result()


_REST = {"run", "form"}


def save_copies(connection: Connection, items: Sequence[Row]) -> list[int | None]:
    """Save working copies; their numbers, None for those that are stale."""
    return [_save(connection, item) for item in items]


def drop_copies(connection: Connection, items: Sequence[Row]) -> list[bool]:
    """Empty working copies; numbers go on, so that a page left open is seen to be stale."""
    return [_drop(connection, item) for item in items]


def _save(connection: Connection, item: Row) -> int | None:
    query = select(*working_copies.c["nth", "at", "form"]).where(*_here(item))
    stored = connection.execute(query.with_for_update()).first()
    if stored is None:
        fresh = item["nth"] == 0 and insert_if_free(connection, working_copies, item | {"nth": 1})
        return 1 if fresh else None
    if is_again(connection) and (stored.at, stored.form) == (item["at"], item["form"]):
        return cast("int", stored.nth)
    if item["nth"] != (stored.nth if stored.form is not None else 0):
        return None
    changed = {name: item[name] for name in ("base", "at", "form")} | {"nth": stored.nth + 1}
    connection.execute(update(working_copies).where(*_here(item)).values(changed))
    return cast("int", stored.nth) + 1


def _drop(connection: Connection, item: Row) -> bool:
    here = [*_here(item), working_copies.c.form.is_not(None)]
    if item["nth"] is not None:
        here.append(working_copies.c.nth == item["nth"])
    empty = {"form": None, "at": item["at"], "nth": working_copies.c.nth + 1}
    if connection.execute(update(working_copies).where(*here).values(empty)).rowcount:
        return True
    ours = select(working_copies.c.nth).where(*_here(item), working_copies.c.at == item["at"])
    return is_again(connection) and connection.execute(ours).first() is not None


def _here(item: Row) -> list[ColumnElement[bool]]:
    return [working_copies.c[name] == item[name] for name in _NAME]
