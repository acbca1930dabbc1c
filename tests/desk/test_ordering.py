"""An order is read from a form, checked whole, and told in words."""

from pathlib import Path

import pytest

from panel.desk.ordering import Wanted, planned, told, wanted_dossiers
from panel.errors import InputError, SpendingError
from panel.testing import FakeOpenAI
from tests.databases import Environment
from tests.desk.working import stocked


def test_dossiers_are_ticked_or_typed() -> None:
    assert wanted_dossiers(["a", "b"], " c,\r\nb  d; ") == ("a", "b", "c", "d")
    assert wanted_dossiers([], " \n") == ()


def test_all_that_is_wrong_is_told_at_once(tmp_path: Path) -> None:
    wanted = Wanted(("../x",), samples="x", llm="\u202e", max_cost="-1", name="\n")
    with pytest.raises(InputError) as caught:
        planned(stocked(tmp_path / "desk"), wanted)
    keys = [one.key for one in caught.value.problems]
    assert keys == ["dossiers", "samples", "llm", "name", "max_cost"]


def test_what_it_takes_is_told(tmp_path: Path, database: Environment) -> None:
    with FakeOpenAI() as server:
        house = stocked(tmp_path / "desk", server, max_cost="1")
        made = planned(house, Wanted(("hy-mt2",), ("skeptic",), samples="2", max_cost="0.5"))
        words = dict(told(made))
        assert words["Panel"] == "skeptic, 2 times each"
        assert words["Reviews"] == "2"
        assert words["Cost"].startswith("$0.0")
        assert words["Never more than"] == "$0.50"
        assert server.requests == []
        with pytest.raises(SpendingError):
            planned(house, Wanted(("hy-mt2",), samples="100", max_cost="0.01"))


def test_what_costs_nothing_says_so(tmp_path: Path, database: Environment) -> None:
    made = planned(stocked(tmp_path / "desk"), Wanted(("hy-mt2",), name="Friday"))
    assert dict(told(made))["Cost"] == "no calls, no cost"
    assert made.run.name == "Friday"
