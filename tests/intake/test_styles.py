import pytest

from panel.intake.styles import Look, gone, hidden_by_class, look, resolved, vanishes


@pytest.mark.parametrize(
    ("names", "hidden"),
    [
        ("sr-only", True),
        ("card visually-hidden", True),
        ("hidden lg:block", False),
        ("d-none d-lg-flex", False),
        ("hidden-gems", False),
        ("", False),
    ],
)
def test_class_names_that_hide(names: str, hidden: bool) -> None:
    assert hidden_by_class(names) is hidden


def test_custom_properties_are_put_in() -> None:
    known = {"--a": "var(--b)", "--b": "none"}
    assert resolved({"display": "var(--a)"}, known) == {"display": "none"}
    assert resolved({"color": "var(--x, rgb(1, 2, 3))"}, known) == {"color": "rgb(1, 2, 3)"}


def test_custom_properties_that_name_each_other_end() -> None:
    known = {"--a": "var(--b) var(--b)", "--b": "var(--a) var(--a)"}
    assert len(resolved({"display": "var(--a)"}, known)["display"]) < 10_000


@pytest.mark.parametrize(
    ("style", "font_px"),
    [
        ({"font-size": "12px"}, 12),
        ({"font-size": "2em"}, 32),
        ({"font-size": "50%"}, 8),
        ({"font-size": "clamp(14px, 2vw, 20px)"}, 25.6),
        ({"font-size": "small"}, 13),
        ({"font": "italic 10pt/1.2 serif"}, 40 / 3),
        ({"font-size": "nonsense"}, 16),
    ],
)
def test_the_size_of_letters(style: dict[str, str], font_px: float) -> None:
    assert look(style, Look()).font_px == pytest.approx(font_px)


def test_what_cannot_be_told_is_taken_as_seen() -> None:
    assert gone({}, 16) is None
    assert gone({"height": "auto", "overflow": "hidden", "left": "calc(1px)"}, 16) is None
    assert not vanishes(look({"color": "color-mix(in srgb, red, blue)"}, Look()))
    assert not vanishes(look({"background": "linear-gradient(red, blue)", "color": "red"}, Look()))
