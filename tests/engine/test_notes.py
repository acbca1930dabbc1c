"""Whoever looks on learns from the note whether money ended a run."""

import pytest

from panel.engine.notes import note_of, spending_in
from panel.errors import EndpointError, SpendingError


def test_what_money_ended_can_be_told_from_the_note() -> None:
    error = SpendingError("the cap of 1 USD is reached", remedy="raise it")
    assert spending_in(note_of(error)) == "the cap of 1 USD is reached"


@pytest.mark.parametrize("note", ["", note_of(EndpointError("the cap and gown are refused"))])
def test_other_notes_say_nothing_of_money(note: str) -> None:
    assert spending_in(note) == ""
