"""What colleagues tell each other about a draft: comments, who is to work on it, blind calls.

None of it moves the draft's version, and none is ever published or sent to an llm.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, select

from panel.domain.editing.people import Event
from panel.domain.editing.queue import Comment
from panel.domain.verdict import Call
from panel.store.desk_events import add_events
from panel.store.desk_tables import assignments, blind_calls, comment_ends, comments
from panel.store.drafts import Place, count_talk, lock_draft
from panel.store.insertion import append, insert_if_free
from panel.store.keeper import Keeper
from panel.store.rows import Row


@dataclass(frozen=True)
class Said:
    """A row of one of the tables here, with its line of the log."""

    row: Row
    event: Event

    @property
    def place(self) -> Place:
        """The draft it is about."""
        return self.row["run_id"], self.row["slug"]


class Talk(Keeper):
    """Writes and reads of comments, assignments and blind calls."""

    def add_comment(self, comment: Comment, event: Event) -> None:
        """Store a comment; one of that id that is there already stays.

        Args:
            comment: The comment.
            event: The line of the log.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        row = comment.model_dump(exclude={"run", "resolved", "resolved_by"})
        self._writer().submit(add_comments, Said({"run_id": comment.run, **row}, event)).result()

    def resolve_comment(self, comment_id: str, event: Event) -> bool:
        """Resolve a comment.

        Args:
            comment_id: Its id.
            event: Who resolves it, and when.

        Returns:
            Whether it was open until now.

        Raises:
            StoreError: When there is no such comment, or the database refuses.
        """
        row = {"comment_id": comment_id, "at": event.at, "by": event.by}
        return self._writer().submit(resolve_comments, Said(row, event)).result()

    def comments(self, run_id: str, slug: str) -> tuple[Comment, ...]:
        """The comments on a draft, resolved ones too, the oldest first.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
        """
        ends = (comment_ends.c.at.label("resolved"), comment_ends.c.by.label("resolved_by"))
        query = (
            select(*comments.c, *ends)
            .join(comment_ends, comment_ends.c.comment_id == comments.c.id, isouter=True)
            .where(comments.c.run_id == run_id, comments.c.slug == slug)
            .order_by(comments.c.at, comments.c.id)
        )
        rows = ({"run": row.pop("run_id"), **row} for row in self._records(query))
        return tuple(Comment.model_validate(row) for row in rows)

    def assign(self, run_id: str, slug: str, login: str | None, event: Event) -> None:
        """Say who is to work on a draft.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.
            login: Who; None for nobody.
            event: Who says so, and when.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        row = {"run_id": run_id, "slug": slug, "assignee": login}
        item = Said({**row, "by": event.by, "at": event.at}, event)
        self._writer().submit(assign, item).result()

    def assignee(self, run_id: str, slug: str) -> str | None:
        """Who is to work on a draft; None when nobody is.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = (
            select(assignments.c.assignee)
            .where(assignments.c.run_id == run_id, assignments.c.slug == slug)
            .order_by(assignments.c.seq.desc())
        )
        row = self._first(query.limit(1))
        return row.assignee if row else None

    def call_blind(self, run_id: str, slug: str, call: Call, event: Event) -> Call:
        """Record what somebody would say before they see the panel; their first call stands.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.
            call: Ship or skip.
            event: Who says so, and when.

        Returns:
            The call that stands.

        Raises:
            StoreError: When there is no such run, or the database refuses.
        """
        row = {"run_id": run_id, "slug": slug, "login": event.by, "call": call, "at": event.at}
        return self._writer().submit(call_blind, Said(row, event)).result()

    def blind_calls(self, run_id: str, slug: str) -> dict[str, tuple[Call, dt.datetime]]:
        """The blind calls on a draft with their instants, by login.

        Args:
            run_id: Full run id.
            slug: Slug of the dossier.

        Raises:
            StoreError: When the database cannot be read.
        """
        query = select(blind_calls).where(
            blind_calls.c.run_id == run_id, blind_calls.c.slug == slug
        )
        rows = self._all(query.order_by(blind_calls.c.at))
        return {row.login: (cast("Call", row.call), row.at) for row in rows}


def add_comments(connection: Connection, items: Sequence[Said]) -> list[None]:
    """Store comments."""
    for item in sorted(items, key=lambda item: item.place):
        lock_draft(connection, item.place)
        if insert_if_free(connection, comments, item.row):
            count_talk(connection, item.place)
            add_events(connection, [item.event])
    return [None] * len(items)


def resolve_comments(connection: Connection, items: Sequence[Said]) -> list[bool]:
    """Resolve comments; whether each was open until now."""
    return [_resolve(connection, item) for item in items]


def assign(connection: Connection, items: Sequence[Said]) -> list[None]:
    """Say who is to work on drafts."""
    for item in sorted(items, key=lambda item: item.place):
        lock_draft(connection, item.place)
        place = {name: item.row[name] for name in ("run_id", "slug")}
        rest = {name: value for name, value in item.row.items() if name not in place}
        append(connection, assignments, place, rest)
        count_talk(connection, item.place)
        add_events(connection, [item.event])
    return [None] * len(items)


def call_blind(connection: Connection, items: Sequence[Said]) -> list[Call]:
    """Record blind calls; the calls that stand."""
    return [_call_blind(connection, item) for item in items]


def _resolve(connection: Connection, item: Said) -> bool:
    query = select(*comments.c["run_id", "slug"]).where(comments.c.id == item.row["comment_id"])
    found = connection.execute(query).first()
    if found is not None:
        lock_draft(connection, (found.run_id, found.slug))
    if insert_if_free(connection, comment_ends, item.row):
        if found is not None:
            count_talk(connection, (found.run_id, found.slug))
        add_events(connection, [item.event])
        return True
    ours = (comment_ends.c[name] == value for name, value in item.row.items())
    return connection.execute(select(comment_ends.c.at).where(*ours)).first() is not None


def _call_blind(connection: Connection, item: Said) -> Call:
    if insert_if_free(connection, blind_calls, item.row):
        add_events(connection, [item.event])
    names = ("run_id", "slug", "login")
    here = (blind_calls.c[name] == item.row[name] for name in names)
    return connection.execute(select(blind_calls.c.call).where(*here)).scalar_one()
