"""Reads a PDF: the text its reader sees, page by page; a scan is named as one."""

import datetime as dt
import io
import re
from typing import Any, cast

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from panel.domain.intake.characters import cleaned
from panel.domain.intake.reading import Found, Hidden, Trouble, line_of
from panel.domain.intake.walls import words_in
from panel.intake.bounds import MAX_LETTERS, MAX_PAGES, TOO_LONG
from panel.intake.pdf_visible import resources_of, without_hidden

_WORDS_OF_A_PAGE = 10
"""A scan with a stamp has fewer words on a page."""

_BROKEN_WORD = re.compile(r"([^\W\d_]+)-\n([a-z]+)")


def read_pdf(data: bytes) -> Found:
    """Read a PDF.

    Args:
        data: Its bytes.
    """
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            return _locked()
        if _pages(reader) > MAX_PAGES:
            return Found(kind="pdf", trouble=TOO_LONG)
        return _read(reader)
    except DependencyError:
        return _locked()
    except PyPdfError as error:
        trouble = Trouble(
            kind="broken",
            message=f"it is no PDF that can be read: {line_of(str(error))}",
            remedy="open it in a viewer, print it to a new PDF, and name that file",
        )
        return Found(kind="pdf", trouble=trouble)


def _pages(reader: PdfReader) -> int:
    """How many pages it says it has, without looking at them."""
    tree = cast("Any", reader.trailer["/Root"]).get_object().get("/Pages", {}).get_object()
    count = tree.get("/Count", 0)
    return max(int(count), len(tree.get("/Kids", ())) if isinstance(count, int) else 0)


def _read(reader: PdfReader) -> Found:
    off = _layers_off(reader)
    removed: list[Hidden] = []
    pages: list[str] = []
    images = letters = 0
    for number, page in enumerate(reader.pages, start=1):
        removed += without_hidden(page, off, number)
        clean = cleaned(_whole_words(page.extract_text()), f"page {number}")
        removed += clean.found
        pages.append(clean.text.strip())
        letters += len(clean.text)
        images += _has_image(page)
        if letters > MAX_LETTERS:
            return Found(kind="pdf", trouble=TOO_LONG)
    text = "\n\n".join(page for page in pages if page)
    said = reader.metadata
    title = line_of((said.title if said else None) or "")
    return Found(
        kind="pdf",
        title=title or line_of(text.partition("\n")[0], 120),
        author=line_of((said.author if said else None) or "", 120),
        published=_made_on(said),
        text=text,
        removed=tuple(removed[:200]),
        trouble=_scanned(text, len(pages), images, removed),
    )


def _scanned(text: str, pages: int, images: int, removed: list[Hidden]) -> Trouble | None:
    if not images or words_in(text) >= _WORDS_OF_A_PAGE * pages:
        return None
    layer = any(one.kind == "visibility" for one in removed)
    return Trouble(
        kind="scanned-pdf",
        message="its pages are pictures"
        + (", with a text layer that no reader sees" if layer else " without text"),
        remedy="name a version with text, or enter its facts by hand with quotes",
    )


def _locked() -> Found:
    trouble = Trouble(
        kind="encrypted-pdf",
        message="it is encrypted and needs a password",
        remedy="open it, print it to a new PDF, and name that file",
    )
    return Found(kind="pdf", trouble=trouble)


def _layers_off(reader: PdfReader) -> frozenset[int]:
    """Numbers of the objects that are layers switched off when the file is opened."""
    root = cast("Any", reader.trailer["/Root"]).get_object()
    properties = root.get("/OCProperties")
    if properties is None:
        return frozenset()
    usual = properties.get_object().get("/D", {})
    hidden = usual.get_object().get("/OFF", [])
    return frozenset(one.idnum for one in hidden if hasattr(one, "idnum"))


def _has_image(page: Any) -> bool:
    objects: Any = resources_of(page, "/XObject")
    return any(objects[name].get_object().get("/Subtype") == "/Image" for name in objects)


def _whole_words(text: str) -> str:
    """The text with words put together that a line end has parted."""
    seen = text.lower()

    def joined(match: re.Match[str]) -> str:
        hyphened = f"{match[1]}-{match[2]}"
        return hyphened if hyphened.lower() in seen else match[1] + match[2]

    return _BROKEN_WORD.sub(joined, text)


def _made_on(said: Any) -> dt.date | None:
    try:
        made = said.creation_date if said else None
    except (ValueError, PyPdfError):
        return None
    return made.date() if made else None
