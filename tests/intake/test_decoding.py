import pytest

from panel.domain.intake.reading import Trouble
from panel.intake.decoding import decoded

TEXT = "Preis: 5 \u20ac \u2013 \u201egut\u201c"


@pytest.mark.parametrize(
    ("data", "declared"),
    [
        (TEXT.encode(), ""),
        (TEXT.encode("utf-8-sig"), "iso-8859-1"),
        (TEXT.encode("utf-16"), ""),
        (TEXT.encode("cp1252"), "iso-8859-1"),
        (TEXT.encode("cp1252"), "latin1"),
        (TEXT.encode(), "no-such-charset"),
    ],
)
def test_bytes_are_read_by_what_they_declare(data: bytes, declared: str) -> None:
    assert decoded(data, declared) == TEXT


def test_a_page_may_declare_its_charset_itself() -> None:
    page = "<meta charset=gbk><p>\u4ef7\u683c"
    assert decoded(page.encode("gbk")) == page


def test_bytes_that_are_not_what_they_claim_are_refused() -> None:
    for declared in ("", "utf-8"):
        found = decoded("\u4ef7\u683c \u4e13\u6709\u6a21\u578b".encode("gbk"), declared)
        assert isinstance(found, Trouble)
        assert found.kind == "charset"


def test_a_stray_byte_in_a_long_page_is_a_spoilt_letter() -> None:
    assert decoded(b"a" * 9000 + b"\xff") == "a" * 9000 + "\ufffd"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x01\x02\x03\x04" * 9])
def test_bytes_that_no_text_has_are_no_text(data: bytes) -> None:
    found = decoded(data)
    assert isinstance(found, Trouble)
    assert found.kind == "not-text"
