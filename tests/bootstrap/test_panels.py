"""Panels as an order wishes them: the usual one, and one for each other wish."""

import pytest

from panel.bootstrap.panels import Panels
from panel.errors import InputError
from panel.library.orders import Wishes
from tests.bootstrap.conftest import Opened


def test_no_wish_is_the_usual_panel(house: Opened) -> None:
    panels = Panels(house(seats="skeptic,creator,developer", samples=2))
    assert panels.place(Wishes()) is None
    assert panels.at(None) == panels.usual
    assert [seat.persona for seat in panels.usual.seats] == ["skeptic", "creator", "developer"]
    assert (panels.usual.samples, panels.usual.quorum) == (2, 2)
    assert panels.others == []


def test_equal_wishes_share_a_panel_and_others_have_their_own(house: Opened) -> None:
    panels = Panels(house())
    one = panels.place(Wishes(seats=("skeptic", "creator")))
    two = panels.place(Wishes(samples=3))
    assert panels.place(Wishes(seats=("skeptic", "creator"))) == one
    assert (one, two) == (0, 1)
    first, second = panels.others
    assert [seat.persona for seat in first.seats] == ["skeptic", "creator"]
    assert (first.quorum, second.quorum, second.samples) == (2, 3, 3)
    assert second.seats == panels.usual.seats
    assert {persona.id for persona in panels.personas} == {
        seat.persona for seat in panels.usual.seats
    }


def test_a_row_may_wish_another_llm_or_none(house: Opened) -> None:
    panels = Panels(house(llm="openai-chat:x"))
    place = panels.place(Wishes(llm="openai-chat:y"))
    assert {seat.llm.label for seat in panels.at(place).seats} == {"openai-chat:y"}
    offline = panels.place(Wishes(llm="rubric"))
    assert all(seat.llm.is_rubric for seat in panels.at(offline).seats)
    assert {seat.llm.label for seat in panels.usual.seats} == {"openai-chat:x"}


@pytest.mark.parametrize(
    ("flags", "wishes", "message"),
    [
        ({}, Wishes(seats=("nobody",)), "nobody"),
        ({}, Wishes(llm="no colon"), "KIND:NAME"),
        ({"quorum": 3}, Wishes(seats=("skeptic", "creator")), "quorum of 3"),
    ],
)
def test_a_wish_that_cannot_be_met_is_refused(
    house: Opened, flags: dict[str, object], wishes: Wishes, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        Panels(house(**flags)).place(wishes)


def test_everything_wrong_with_the_usual_panel_is_told_at_once(house: Opened) -> None:
    with pytest.raises(InputError) as caught:
        Panels(house(seats="skeptic,skeptic,nobody", quorum=9))
    told = str(caught.value)
    assert "skeptic sits twice" in told
    assert "nobody" in told
    assert "quorum of 9" in told
