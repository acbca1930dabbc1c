"""Two models are opened as readers see them, and listed pairs are told apart from refused ones."""

from pathlib import Path

import pytest

from panel.bootstrap.house import House
from panel.bootstrap.pairing import pairing, sides
from panel.errors import InputError, MissingError
from tests.publishing.site.books import Newsroom

PAIR = ("hy-mt2", "command-a-plus")


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A workspace in which two of the six real models are published."""
    room = Newsroom(tmp_path)
    for slug in PAIR:
        room.publish(slug)
    room.store.close()
    return House.open(tmp_path)


def test_published_models_are_opened_in_the_order_in_which_they_are_named(house: House) -> None:
    found = sides(house, PAIR, preview=False)
    assert (found.a.slug, found.b.slug) == PAIR
    assert found.found.fine
    assert {one.last.kind for one in (found.a, found.b)} == {"published"}


def test_drafts_are_opened_for_a_preview_only(house: House) -> None:
    named = ("hy-mt2", "muse-spark")
    with pytest.raises(MissingError, match="nothing about muse-spark was published"):
        sides(house, named, preview=False)
    found = sides(house, named, preview=True)
    assert (found.a.last.kind, found.b.last.kind) == ("published", "draft")


def test_a_model_is_not_compared_with_itself(house: House) -> None:
    with pytest.raises(InputError, match="hy-mt2 cannot be compared with itself"):
        sides(house, ("hy-mt2", "hy-mt2"), preview=False)


def test_the_days_that_dossiers_may_lie_apart_are_a_setting(house: House) -> None:
    assert sides(house.with_settings(compare_days=0), PAIR, preview=False).found.fine


def test_pairs_are_those_of_what_readers_see(house: House) -> None:
    listed = house.with_settings(compare="listed", compare_pairs=("hy-mt2:muse-spark",))
    found = pairing(listed, preview=False)
    assert sorted(found.entries) == sorted(PAIR)
    assert found.pairs == ()
    assert [one.reason for one in found.unpaired] == ["nothing is published about muse-spark"]
    assert pairing(listed, preview=True).pairs == (("hy-mt2", "muse-spark"),)
    assert pairing(house.with_settings(compare="all"), preview=False).pairs == (PAIR[::-1],)
