"""A claim of experience has the model for its object, is meant, and is nobody else's."""

import pytest

from panel.domain.checks.experience import OBJECT, claims_of, form

FORMS = (form(r"\bi used{gap}{object}"),)


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        ("I used it.", ["I used it"]),
        ("I used Tern 2.", ["I used Tern 2"]),
        ("I used the Harbour app.", ["I used the Harbour app"]),
        ("I used Harbour's API.", ["I used Harbour's API"]),
        ("I used half of the long context.", ["I used half of the long context"]),
        ("I used the model card.", []),
        ("I used this argument.", []),
        ("I used this for a week.", ["I used this"]),
        ("I used a ruler and it broke.", []),
        ("If I used it.", []),
        ('They say "I used it" too.', []),
    ],
)
def test_objects(text: str, claimed: list[str]) -> None:
    found = claims_of(text, FORMS, name="Tern 2", vendor="Harbour")
    assert [text[start:end] for start, end in found] == claimed


@pytest.mark.parametrize(
    ("name", "said", "claimed"),
    [
        ("Muse Spark", "I used Muse Spark.", True),
        ("Muse Spark", "I used Muse.", True),
        ("Command A+", "I used Command A+.", True),
        ("Command A+", "I used command of the facts.", False),
    ],
)
def test_the_first_word_of_a_name_counts_unless_it_is_a_common_word(
    name: str, said: str, *, claimed: bool
) -> None:
    assert bool(list(claims_of(said, FORMS, name=name, vendor="Harbour"))) == claimed


def test_the_object_has_slots_for_the_name_and_the_goods() -> None:
    assert "{name}" in OBJECT
    assert "{goods}" in OBJECT
