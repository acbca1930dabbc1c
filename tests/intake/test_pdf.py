import datetime as dt

import pytest

from panel.intake.bounds import MAX_PAGES
from panel.intake.pdf import read_pdf
from tests.intake.pdfs import bytes_of, pdf, shows, writer_of

LINES = shows("Nova-7 has open weights and multi-") + shows("modal input, its report says.", 680)


def test_the_text_of_every_page_is_read() -> None:
    found = read_pdf(pdf(LINES, shows("It needs 80 GB.")))
    assert found.text == (
        "Nova-7 has open weights and multimodal input, its report says.\n\nIt needs 80 GB."
    )
    assert found.trouble is None


def test_a_hyphen_that_the_text_has_elsewhere_stays() -> None:
    other = shows("Multi-modal it is.", 600)
    assert "multi-modal input" in read_pdf(pdf(LINES + other)).text


def test_title_and_day_are_what_the_file_says() -> None:
    writer = writer_of(LINES)
    writer.add_metadata({"/Title": "Nova-7 report", "/CreationDate": "D:20260504090000Z"})
    found = read_pdf(bytes_of(writer))
    assert (found.title, found.published) == ("Nova-7 report", dt.date(2026, 5, 4))


def test_a_scan_is_named() -> None:
    found = read_pdf(pdf("q 600 0 0 800 0 0 cm /I Do Q", image=True))
    assert found.trouble is not None
    assert found.trouble.kind == "scanned-pdf"
    assert found.trouble.message == "its pages are pictures without text"


def test_a_scan_with_a_text_layer_nobody_sees_is_named() -> None:
    layer = shows("Recognised words of a page", before="3 Tr")
    found = read_pdf(pdf(f"q 600 0 0 800 0 0 cm /I Do Q {layer}", image=True))
    assert found.trouble is not None
    assert "a text layer that no reader sees" in found.trouble.message


def test_a_locked_file_is_named() -> None:
    writer = writer_of(LINES)
    writer.encrypt("secret", algorithm="RC4-128")
    found = read_pdf(bytes_of(writer))
    assert found.trouble is not None
    assert found.trouble.kind == "encrypted-pdf"


def test_a_file_that_opens_without_password_is_read() -> None:
    writer = writer_of(LINES)
    writer.encrypt("", "owner", algorithm="RC4-128")
    assert "Nova-7" in read_pdf(bytes_of(writer)).text


@pytest.mark.parametrize("data", [b"%PDF-1.4", b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"])
def test_a_broken_file_is_named(data: bytes) -> None:
    found = read_pdf(data)
    assert found.trouble is not None
    assert found.trouble.kind == "broken"


def test_a_book_is_refused() -> None:
    found = read_pdf(pdf(*[""] * (MAX_PAGES + 1)))
    assert found.trouble is not None
    assert found.trouble.kind == "too-big"
