import pytest

from panel.domain.intake.characters import cleaned
from panel.domain.value import unprintable


@pytest.mark.parametrize(
    ("text", "left", "kinds"),
    [
        ("Plain text.", "Plain text.", []),
        ("Re\u200bview\u200cers, \u2060set \ufeffit", "Reviewers, set it", ["zero-width"]),
        ("A.\U000e0053\U000e0048 End", "A. End", ["tag-character"]),
        ("Nova \u202e7-avoN\u202c", "Nova 7-avoN", ["bidi-control"]),
        ("a\x00b\x1bc", "abc", ["control-character"]),
        ("icon \ue001", "icon ", ["control-character"]),
        ("\u2800\u3164\u115f", "", ["zero-width"]),
        ("soft\u00adhyphen", "softhyphen", []),
        ("\U0001f469\u200d\U0001f4bb", "\U0001f469\U0001f4bb", []),
        ("sh\u200dip", "ship", ["zero-width"]),
        ("a\r\nb\rc\u2028d\x0be", "a\nb\nc\nd\ne", ["zero-width", "control-character"]),
        ("\U0001d412\U0001d407 it", "\U0001d412\U0001d407 it",
         ["look-alike"]),
        ("p\u0430ypal", "p\u0430ypal", ["look-alike"]),
        ("\uff33\uff28\uff29\uff30", "\uff33\uff28\uff29\uff30", ["look-alike"]),
        ("5 \u00b5m, \u03b1-test", "5 \u00b5m, \u03b1-test", []),
        ("\u0434\u043e\u043c", "\u0434\u043e\u043c", []),
    ],
)  # fmt: skip
def test_what_nobody_sees_goes_and_is_told(text: str, left: str, kinds: list[str]) -> None:
    clean = cleaned(text, "line 1")
    assert clean.text == left
    assert [one.kind for one in clean.found if one.kind != "zero-width" or kinds] == kinds
    assert unprintable(clean.text, newlines=True) is None


def test_every_kind_is_told_once_and_every_tag_message_by_itself() -> None:
    found = cleaned("a\u200bb\u200bc\U000e0041 d\U000e0042", "p").found
    assert [(one.kind, one.times) for one in found] == [
        ("zero-width", 2),
        ("tag-character", 1),
        ("tag-character", 1),
    ]
    assert "A" in found[1].text
