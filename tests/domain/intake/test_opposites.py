import pytest

from panel.domain.intake.aging import IS_FREE
from panel.domain.intake.opposites import is_free, opposite
from tests.domain.intake.pairs import fact

DENIED = "one denies what the other says"


@pytest.mark.parametrize(
    ("attribute", "first", "second", "why"),
    [
        ("student-price", "free", "the full price", IS_FREE),
        ("student-price", "free", "free for now, then paid", None),
        ("weights", "free", "must pay", None),
        ("ownership", "its staff", "the Castell Group", "different names"),
        ("owner", "the Castell Group", "Castell", None),
        ("base-model", "Curlew Base", "Plover 3", "different names"),
        ("head-of-research", "Ida Penn", "a teacher of maths", None),
        ("training-data", "published in full", "kept secret", DENIED),
        ("china", "may be used", "blocked", DENIED),
        ("support", "available from 2027", "not available", None),
    ],
)
def test_values_that_exclude_each_other(
    attribute: str, first: str, second: str, why: str | None
) -> None:
    one = fact(1, attribute=attribute, value=first, statement=f"It is {first}.")
    two = fact(2, attribute=attribute, value=second, statement=f"It is {second}.")
    assert opposite(one, two) == opposite(two, one) == why


def test_a_yes_here_and_a_no_there_go_together() -> None:
    here = fact(1, attribute="sale", value="allowed", statement="Its sale is allowed in Spain.")
    there = fact(2, attribute="sale", value="banned", statement="Its sale is banned in Norway.")
    assert opposite(here, there) is None


def test_what_is_free() -> None:
    assert is_free("Free of charge")
    assert not is_free("not free")
