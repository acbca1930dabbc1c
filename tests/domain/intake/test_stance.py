import pytest

from panel.domain.intake.stance import opposed, sides


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("no public weights", {"openness": False}),
        ("open weights", {"openness": True}),
        ("not open source", {"openness": False}),
        ("runs locally with llama.cpp", {"openness": True}),
        ("open weights for one size, the other is proprietary", {}),
        ("an API limited to a private preview", {"openness": False, "reach": False}),
        ("generally available", {"reach": True}),
        ("a dense transformer", {"design": True}),
        ("a sparse mixture of experts", {"design": False}),
        ("it is not yet released", {"stage": False}),
        ("its weights can be downloaded", {"openness": True}),
        ("its weights are nowhere to be found", {"openness": False}),
        ("under the MIT licence", {"commerce": True}),
        ("commercial use is not allowed", {"commerce": False}),
        ("the terms forbid commercial use", {"commerce": False}),
        ("CC BY-NC 4.0", {"commerce": False}),
        ("later versions are included", {"charge": True}),
        ("owners paid again", {"charge": False}),
        ("", {}),
    ],
)
def test_a_text_takes_a_side_or_none(text: str, expected: dict[str, bool]) -> None:
    assert {axis: side for axis, side in sides(text).items() if axis in expected} == expected
    if not expected:
        assert "openness" not in sides(text)


def test_sides_count_only_where_they_decide_the_matter() -> None:
    first, second = "open weights", "proprietary"
    assert opposed(first, second, {"licence"}, "licence") == "openness"
    assert opposed(first, second, {"roadmap"}, "future-plans") is None
