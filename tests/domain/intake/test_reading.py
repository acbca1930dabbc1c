import datetime as dt

import pytest

from panel.domain.intake.reading import MAX_SHOWN, Reading, Trouble, line_of, shown

DAY = dt.date(2026, 5, 4)


def test_only_text_without_trouble_is_usable() -> None:
    trouble = Trouble(kind="paywall", message="a", remedy="b")
    plain = Reading(address="a", kind="text", read=DAY, text="Nova-7 is out.")
    assert plain.usable
    assert not plain.model_copy(update={"text": ""}).usable
    assert not plain.model_copy(update={"trouble": trouble}).usable


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("a\n  b", "a b"),
        ("a\u200bb\u202e", "a<U+200B>b<U+202E>"),
        ("\U000e0053\U000e0048", "SH"),
        ("caf\u00e9", "caf\u00e9"),
        ("x" * 400, "x" * (MAX_SHOWN - 3) + "..."),
    ],
)
def test_what_is_listed_is_short_and_can_be_seen(text: str, listed: str) -> None:
    assert shown(text) == listed


def test_endless_invisible_text_is_listed_short() -> None:
    assert len(shown("\u200b" * 100_000)) <= MAX_SHOWN


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (" a\n b ", "a b"),
        ("a\u202eb\x00", "ab"),
        ("one two three", "one two"),
        ("onetwothree", "onetwoth"),
        ("", ""),
    ],
)
def test_a_heading_is_one_visible_line(text: str, line: str) -> None:
    assert line_of(text, 8) == line
