"""Whoever comes too late learns who was there, and keeps their words."""

from panel.domain.editing.merging import Merge
from panel.editing.stale import StaleDraftError
from tests.editing.desk import HEADLINE, QUOTE, Desk


def test_it_names_those_who_changed_it_since(desk: Desk) -> None:
    desk.edit("ana", {HEADLINE: "One"})
    desk.edit("ben", {QUOTE: "Two."})
    draft = desk.edit("pia", {HEADLINE: "Three"})
    error = StaleDraftError(draft, 1, Merge(), "Clearer.")
    assert "version 1 when you began and is at 3 now, changed by ben, pia ->" in str(error)
    assert (error.draft, error.base, error.reason) == (draft, 1, "Clearer.")
