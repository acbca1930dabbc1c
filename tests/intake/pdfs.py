"""PDFs made by hand, so that a test says what each operator does."""

# pyright: reportPrivateUsage=false

import io

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
)

FONT = DictionaryObject(
    {
        NameObject("/Type"): NameObject("/Font"),
        NameObject("/Subtype"): NameObject("/Type1"),
        NameObject("/BaseFont"): NameObject("/Helvetica"),
    }
)


def shows(text: str, y: int = 700, before: str = "", size: int = 12) -> str:
    """Operators that show a line."""
    return f"q BT {before} /F1 {size} Tf 1 0 0 1 50 {y} Tm ({text}) Tj ET Q"


def writer_of(*contents: str, image: bool = False) -> PdfWriter:
    """A PDF with a page for each list of operators."""
    writer = PdfWriter()
    for content in contents:
        page = writer.add_blank_page(600, 800)
        stream = DecodedStreamObject()
        stream.set_data(content.encode("latin-1"))
        fonts = DictionaryObject({NameObject("/F1"): FONT})
        resources = DictionaryObject({NameObject("/Font"): fonts})
        if image:
            picture = DecodedStreamObject()
            picture.set_data(b"\x00")
            picture.update(
                {
                    NameObject("/Type"): NameObject("/XObject"),
                    NameObject("/Subtype"): NameObject("/Image"),
                    NameObject("/Width"): NumberObject(1),
                    NameObject("/Height"): NumberObject(1),
                    NameObject("/BitsPerComponent"): NumberObject(8),
                    NameObject("/ColorSpace"): NameObject("/DeviceGray"),
                }
            )
            drawn = DictionaryObject({NameObject("/I"): writer._add_object(picture)})
            resources[NameObject("/XObject")] = drawn
        page[NameObject("/Resources")] = resources
        page[NameObject("/Contents")] = writer._add_object(stream)
    return writer


def bytes_of(writer: PdfWriter) -> bytes:
    """A PDF as a file has it."""
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def pdf(*contents: str, image: bool = False) -> bytes:
    """A PDF with a page for each list of operators."""
    return bytes_of(writer_of(*contents, image=image))


def with_form(operators: str) -> bytes:
    """A PDF whose page draws a form with these operators."""
    writer = writer_of("q 1 0 0 1 0 0 cm /Fm Do Q " + shows("The page itself is seen."))
    page = writer.pages[0]
    form = DecodedStreamObject()
    form.set_data(operators.encode())
    fonts = DictionaryObject({NameObject("/F1"): FONT})
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject([NumberObject(one) for one in (0, 0, 600, 800)]),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): fonts}),
        }
    )
    resources = page["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    drawn = DictionaryObject({NameObject("/Fm"): writer._add_object(form)})
    resources[NameObject("/XObject")] = drawn
    return bytes_of(writer)


def with_layer_off(hidden: str) -> bytes:
    """A PDF with a layer that is switched off."""
    writer = writer_of(f"/OC /L BDC {shows(hidden, 600)} EMC " + shows("The page itself is seen."))
    layer = writer._add_object(DictionaryObject({NameObject("/Type"): NameObject("/OCG")}))
    resources = writer.pages[0]["/Resources"].get_object()
    assert isinstance(resources, DictionaryObject)
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L"): layer})
    usual = DictionaryObject({NameObject("/OFF"): ArrayObject([layer])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([layer]), NameObject("/D"): usual}
    )
    return bytes_of(writer)


def packed_pdf(operators: bytes) -> bytes:
    """A PDF whose only page has operators that are packed already."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = StreamObject()
    stream._data = operators
    stream[NameObject("/Filter")] = NameObject("/FlateDecode")
    stream[NameObject("/Length")] = NumberObject(len(operators))
    page[NameObject("/Contents")] = writer._add_object(stream)
    return bytes_of(writer)
