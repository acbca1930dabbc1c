"""Questions to the queue that somebody named, to be asked again with one click."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from panel.domain.editing.queue import SavedView
from panel.store.desk_tables import saved_view_ends, saved_views
from panel.store.insertion import insert_or_keep
from panel.store.keeper import Keeper, now
from panel.store.rows import Row


class Views(Keeper):
    """Writes and reads of saved views; they are nobody's business, so no log tells of them."""

    def save_view(self, view: SavedView) -> None:
        """Store a view; one of that id that is there already stays.

        Args:
            view: The view.

        Raises:
            StoreError: When the database refuses.
        """
        self._writer().submit(save_views, {**view.model_dump(), "at": now()}).result()

    def views_of(self, login: str) -> tuple[SavedView, ...]:
        """The views of somebody, in the order they were saved.

        Args:
            login: Whose.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(*saved_views.c["id", "login", "name", "query"])
            .join(saved_view_ends, isouter=True)
            .where(saved_views.c.login == login, saved_view_ends.c.at.is_(None))
            .order_by(saved_views.c.at, saved_views.c.id)
        )
        return tuple(SavedView.model_validate(row) for row in self._records(query))

    def drop_view(self, login: str, view_id: str) -> None:
        """Forget a view; one that is gone or somebody else's is fine too.

        Args:
            login: Whose.
            view_id: Its id.

        Raises:
            StoreError: When the database refuses.
        """
        if any(view.id == view_id for view in self.views_of(login)):
            self._writer().submit(drop_views, {"view_id": view_id, "at": now()}).result()


def save_views(connection: Connection, items: Sequence[Row]) -> list[None]:
    """Store views."""
    insert_or_keep(connection, saved_views, items)
    return [None] * len(items)


def drop_views(connection: Connection, items: Sequence[Row]) -> list[None]:
    """End views."""
    insert_or_keep(connection, saved_view_ends, items)
    return [None] * len(items)
