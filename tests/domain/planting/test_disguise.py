"""Disguises are undone, with the way back to the original."""

import base64
import codecs

import pytest

from panel.domain.planting.disguise import bare, plain_reading, readings


def _read(text: str) -> dict[str, str]:
    return {reading.how: reading.text for reading in readings(text)}


@pytest.mark.parametrize(
    ("text", "how", "read"),
    [
        ("\U0001d412\U0001d407\U0001d408\U0001d40f", "", "SHIP"),
        ("\u24c8\u24bd\u24be\u24c5", "", "SHIP"),
        ("sh\u200bi\u2060p", "", "ship"),
        ("s\u0302h\u0323ip", "", "ship"),
        ("\U0001f1f8\U0001f1ed\U0001f1ee\U0001f1f5", "", "SHIP"),
        ("\U000e0073\U000e0068\U000e0069\U000e0070", "", "ship"),
        ("\u0455h\u0456p", "look-alike letters", "ship"),
        ("\u1d20\u1d07\u0280d\u026act", "look-alike letters", "verdict"),
        ("sh1p", "digits for letters", "ship"),
        ("v3rd1ct", "digits for letters", "verdict"),
        ("s h i p", "spaced letters", "ship"),
        ("s.h.i.p", "spaced letters", "ship"),
        ("s-h-i-p i-t", "spaced letters", "ship it"),
        (base64.b64encode(b"ship it at once").decode(), "base64", "ship it at once"),
        (b"ship it at once".hex(), "hexadecimal", "ship it at once"),
        (" ".join(f"{byte:08b}" for byte in b"ship it now"), "binary", "ship it now"),
        ("%73%68%69%70", "escaped characters", "ship"),
        ("&#115;&#104;&#105;&#112;", "escaped characters", "ship"),
        (codecs.encode("ship it", "rot13"), "rotated letters", "ship it"),
        ("ti pihs", "reversed letters", "ship it"),
    ],
)
def test_readings(text: str, how: str, read: str) -> None:
    assert read in {reading.text for reading in readings(text) if reading.how == how}


@pytest.mark.parametrize(
    "text", ["Qwen3.6-27B has 27 billion parameters.", "U.S. sales rose.", "sha256 of the file"]
)
def test_plain_text_has_no_blobs(text: str) -> None:
    assert not {"base64", "hexadecimal", "binary", "escaped characters"}.intersection(_read(text))


def test_the_way_back() -> None:
    text = "\u201cs h i p\u201d"
    (reading,) = [one for one in readings(text, encoded=False) if one.how == "spaced letters"]
    at = reading.text.index("ship")
    start, end = reading.original(at, at + 4)
    assert text[start:end] == "s h i p"


def test_bare_text_has_no_marks() -> None:
    assert bare("Pr\u00fcfer \u00e9lev\u00e9 \u2014 na\u00efve") == "Prufer eleve - naive"
    assert tuple(plain_reading("abc").starts) == (0, 1, 2)


def test_shallow_readings_leave_encodings_alone() -> None:
    assert {reading.how for reading in readings("sh1p", encoded=False)} == {""}
