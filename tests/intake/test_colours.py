import pytest

from panel.intake.colours import contrast, parsed


def test_colours_are_read_in_every_notation() -> None:
    for value in ("#ff0000", "#f00", "red", "rgb(255, 0, 0)", "rgb(100% 0% 0%)", "hsl(0 100% 50%)"):
        found = parsed(value)
        assert found is not None
        assert found[0] == pytest.approx((1, 0, 0))
    assert parsed("#ff000000") == ((1, 0, 0), 0)


@pytest.mark.parametrize("value", ["", "inherit", "currentcolor", "url(a.png)", "12px", "var(--x)"])
def test_what_is_no_colour_cannot_be_told(value: str) -> None:
    assert parsed(value) is None


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast((0, 0, 0), (1, 1, 1)) == pytest.approx(21)
    assert contrast((1, 1, 1), (1, 1, 1)) == 1
    grey = 0x76 / 255
    assert contrast((grey, grey, grey), (1, 1, 1)) == pytest.approx(
        4.54, abs=0.01
    )  # the lightest grey for AA
