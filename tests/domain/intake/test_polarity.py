import pytest

from panel.domain.intake.polarity import denies_all, narrowed, polarity, stems


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("published in full", True),
        ("works without a connection", True),
        ("not blocked", True),
        ("may not be used", False),
        ("kept secret", False),
        ("stops when the connection drops", False),
        ("never", False),
        ("can't be tuned", False),
        ("watches video", None),
        ("Bergen", None),
    ],
)
def test_the_first_word_that_takes_a_side_counts(text: str, says: bool | None) -> None:
    assert polarity(text) is says


@pytest.mark.parametrize(
    ("denial", "other", "is_part"),
    [
        ("It is not sold in Norway.", "It is sold.", True),
        ("It is not sold in Norway.", "In Norway it is sold.", False),
        ("It is hidden from its users.", "It is shown.", False),
        ("It is not open to the public.", "It is open.", False),
    ],
)
def test_a_denial_of_a_part_leaves_the_rest(denial: str, other: str, is_part: bool) -> None:
    assert narrowed(denial, other) is is_part


@pytest.mark.parametrize(
    ("denial", "other", "denied"),
    [
        ("Wren does not understand video.", "Wren watches video.", True),
        ("Wren has no way to reach video.", "Wren watches video.", True),
        ("Wren does not understand nested video lists.", "Wren watches video.", False),
        ("Wren watches video.", "Wren does not understand video.", False),
        ("Wren does not understand music.", "Wren watches video.", False),
    ],
)
def test_only_a_bare_denial_denies_it_all(denial: str, other: str, denied: bool) -> None:
    assert denies_all(denial, other, "video-input") is denied


def test_words_are_compared_without_their_endings() -> None:
    assert stems("Caching calls functions") == stems("cache call function")
    assert stems("red") == {"red"}
