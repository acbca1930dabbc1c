"""A draft shows in the queue as it stands, and is found by the words that stand in it."""

from panel.editing.rows import queue_row, search_text
from tests.editing.desk import HEADLINE, QUOTE, Desk


def test_a_row_shows_what_was_edited(desk: Desk) -> None:
    untouched = queue_row(desk.draft)
    assert (untouched.version, untouched.changed) == (0, desk.papers.run.created)
    assert (untouched.blocking, untouched.open_conflicts, untouched.live) == (0, 1, None)
    live = desk.publish().standing.live
    desk.later(60)
    row = queue_row(desk.edit("ana", {QUOTE: "I tested it."}))
    assert (row.version, row.state, row.live) == (3, "in_review", live)
    assert row.changed == desk.now
    assert row.blocking == len(desk.draft.effective.blocking) > 0


def test_it_is_found_by_verdicts_facts_and_their_sources(desk: Desk) -> None:
    kept = desk.edit("ana", {HEADLINE: "Zugzwang", "summary": "Quicksilver."})
    text = search_text(kept)
    fact = desk.papers.dossier.facts[0]
    for words in ("Zugzwang", "Quicksilver.", fact.statement, fact.witnesses[0].quote, "Tern 2"):
        assert words in text
    rejected = desk.edit("ana", {"skeptic.1.rejected": "No."}, "reject", reason="No.")
    assert "Zugzwang" not in search_text(rejected)
