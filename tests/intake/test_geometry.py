import pytest

from panel.intake.geometry import clipped, indented_away, length, moved_away, no_size, number, share


@pytest.mark.parametrize(
    ("value", "px"),
    [
        ("12px", 12),
        ("-1.5em", -30),
        ("2rem", 32),
        ("0", 0),
        (".5in", 48),
        ("10%", 128),
        ("auto", None),
        ("", None),
        ("1px 2px", None),
    ],
)
def test_lengths_are_told_in_pixels(value: str, px: float | None) -> None:
    found = length(value, 20)
    assert found == (None if px is None else pytest.approx(px))


def test_numbers_and_shares() -> None:
    assert (number("-2.5px"), number("auto")) == (-2.5, None)
    assert (share("50%"), share(".25"), share("none")) == (0.5, 0.25, None)


@pytest.mark.parametrize(
    "style",
    [
        {"height": "0"},
        {"height": "20px", "overflow": "hidden"},
        {"width": "100%", "overflow": "auto"},
        {"transform": "scale(.9)"},
        {"transform": "matrix(1,0,0,1,30,0)"},
        {"zoom": "90%"},
    ],
)
def test_what_can_be_read_has_a_size(style: dict[str, str]) -> None:
    assert not no_size(style, 16)


@pytest.mark.parametrize(
    "style",
    [
        {"clip": "rect(0,0,0,0)"},
        {"clip": "rect(0px, 90px, 90px, 0px)", "position": "absolute"},
        {"clip-path": "inset(10% 20%)"},
        {"clip-path": "inset(5px)"},
        {"clip-path": "circle(50%)"},
        {"clip-path": "polygon(0 0, 100% 0, 100% 100%)"},
    ],
)
def test_what_is_clipped_in_part_is_seen(style: dict[str, str]) -> None:
    assert not clipped(style)


@pytest.mark.parametrize(
    "style",
    [
        {"left": "-9999px"},
        {"left": "-10px", "position": "absolute"},
        {"margin": "0 -15px"},
        {"margin-left": "-100%"},
        {"transform": "translateX(-50%)"},
    ],
)
def test_what_is_moved_a_little_is_seen(style: dict[str, str]) -> None:
    assert not moved_away(style, 16)


@pytest.mark.parametrize(
    ("value", "away"),
    [("-9999px", True), ("100%", True), ("2em", False), ("-1.5em", False), ("", False)],
)
def test_indents(value: str, away: bool) -> None:
    assert indented_away(value) is away
