import pytest

from panel.domain.intake.scopes import contrasted, same_conditions, scopes, scopes_of
from tests.domain.intake.pairs import fact


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("input costs $3", "output costs $3"),
        ("the student plan costs $8", "the Team plan costs $45"),
        ("$3 per image", "$3 per minute"),
        ("it scores 59 without thinking", "it scores 68 with thinking"),
        ("quantised to 4 bits", "quantised to 8 bits"),
        ("with tools it scores 92", "without tools it scores 81"),
        ("beyond 200K tokens it costs $6", "it costs $3"),
        ("with thinking on it scores 68", "with thinking off it scores 59"),
        ("at night it takes 1 s", "in the morning it takes 2 s"),
    ],
)
def test_other_conditions_are_told_apart(one: str, other: str) -> None:
    assert scopes_of(one) != scopes_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("in INT4 it needs 9 GB", "the 4-bit files need 9 GB"),
        ("the pro plan", "the Pro subscription"),
        ("cached input", "input that is in the cache"),
        ("it costs $3", "one pays $3"),
    ],
)
def test_one_condition_in_other_words_is_one(one: str, other: str) -> None:
    assert scopes_of(one) == scopes_of(other)


def test_the_unit_of_a_fact_is_a_condition_too() -> None:
    first = fact(1, value="3|USD per million input tokens", statement="It costs $3.")
    second = fact(2, value="3|USD per million output tokens", statement="It costs $3.")
    assert scopes(first) != scopes(second)


@pytest.mark.parametrize(
    ("one", "other", "are_apart"),
    [
        ("It takes 2 GB on Android.", "It takes 3 GB on iOS.", True),
        ("In Spanish it errs 3 times.", "In Finnish it errs 6 times.", True),
        ("It scores 3 with maps.", "It scores 2 without maps.", True),
        ("It scores 88 on DeepSums.", "It scored 79 on DeepSums in the paper's run.", False),
        ("It has 9B in its card.", "It has 8B in the paper.", False),
        ("It came in March.", "It came in spring.", False),
        ("It is open to partners.", "It is open to schools.", True),
        ("It can switch to German.", "It can reply to letters.", False),
    ],
)
def test_other_things_behind_one_preposition_are_other_conditions(
    one: str, other: str, are_apart: bool
) -> None:
    assert contrasted(one, other) is contrasted(other, one) is are_apart


def test_what_a_fact_states_is_no_condition_of_it() -> None:
    norway = fact(1, value="Norway", statement="It was trained in Norway.")
    texas = fact(2, value="Texas", statement="It was trained in Texas.")
    assert same_conditions(norway, texas)
    spain = fact(3, value="3|%", statement="It errs by 3% in Spanish.")
    assert not same_conditions(spain, fact(4, value="6|%", statement="It errs by 6% in Finnish."))
