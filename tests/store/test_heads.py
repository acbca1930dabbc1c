"""Which drafts were ever published is read without opening any of them."""

import sqlite3

from tests.editing.conftest import address, desk, file_with_tables, store, url
from tests.editing.desk import Desk

__all__ = ["address", "desk", "file_with_tables", "store", "url"]


def test_only_what_was_published_is_named_and_for_ever(desk: Desk) -> None:
    desk.settle("F2")
    desk.edit("ana", {"skeptic.1.headline": "Wait a month"})
    assert desk.store.draft_heads() == ()
    (draft,) = desk.store.draft_heads(preview=True)
    assert (draft.run, draft.slug, draft.version, draft.live) == (
        desk.ref.run,
        desk.ref.slug,
        1,
        None,
    )
    desk.publish()
    (head,) = desk.store.draft_heads()
    assert (head.state, head.version, head.live) == ("published", 3, desk.draft.standing.live)
    desk.move("pia", "retract", note="Withdrawn.")
    desk.move("pia", "return")
    (head,) = desk.store.draft_heads()
    assert (head.state, head.live) == ("draft", None)


def test_an_index_finds_them(desk: Desk) -> None:
    if not desk.store.address.is_sqlite:
        return
    query = "EXPLAIN QUERY PLAN SELECT run_id FROM revisions WHERE act IN ('publish', 'correct')"
    with sqlite3.connect(desk.store.address.path or "") as connection:
        plan = str(connection.execute(query).fetchall())
    assert "ix_revisions_public" in plan
