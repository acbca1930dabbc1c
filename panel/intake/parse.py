"""From a document's bytes to what its reader sees: picks the reader by what the bytes are."""

import re
from typing import Literal, NamedTuple

from panel.domain.intake.language import language_of
from panel.domain.intake.reading import Found, Kind, Trouble
from panel.domain.intake.walls import emptiness, foreignness, wall
from panel.intake.decoding import decoded

Sort = Literal["html", "pdf", "markdown", "text", "json", "feed", "binary"]

_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div"
    r"|p|section|h1|span|table|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_PAGE = re.compile(r"\s*<(?:!doctype html|html)\b", re.IGNORECASE)
_FEED = re.compile(r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!.*?>\s*)*<(?:rss|feed|rdf:RDF|\w+)\b", re.DOTALL)
_SUFFIXES: dict[str, Sort] = {
    "md": "markdown",
    "markdown": "markdown",
    "txt": "text",
    "text": "text",
    "html": "html",
    "htm": "html",
    "xhtml": "html",
    "json": "json",
    "pdf": "pdf",
}
_PACKED = (
    b"PK\x03\x04",
    b"\x1f\x8b",
    b"7z\xbc\xaf",
    b"Rar!",
    b"BZh",
    b"\xfd7zXZ",
    b"\x28\xb5\x2f\xfd",
)


class Hints(NamedTuple):
    """What is known of a document besides its bytes.

    Attributes:
        name: File name or path of the URL.
        media: Media type that its server declares.
        charset: Charset that its server declares.
        url: Where it stands; empty for a file.
        entry: Name of the model's entry, where it may be a list.
        card: `org/name`, where it is a card of the hub.
    """

    name: str = ""
    media: str = ""
    charset: str = ""
    url: str = ""
    entry: str = ""
    card: str = ""


def parse(data: bytes, hints: Hints) -> Found:
    """Read a document.

    Args:
        data: Its bytes.
        hints: What else is known of it.
    """
    sort = _sort(data, hints)
    if sort == "binary":
        return Found(kind="text", trouble=_NO_TEXT)
    if sort == "feed":
        return Found(kind="text", trouble=_FEED_TROUBLE)
    found, visible, locked = _read(sort, data, hints)
    if found.trouble:
        return found
    if sort == "json":
        return found
    walled = sort == "html" or len(found.text) < 600
    trouble = wall(found.title, found.text, visible, locked=locked) if walled else None
    trouble = trouble or emptiness(found.text) or foreignness(found.text, found.language)
    language = language_of(found.text) or found.language
    return found.model_copy(update={"trouble": trouble, "language": language})


def _read(sort: Sort, data: bytes, hints: Hints) -> tuple[Found, str, bool]:
    """Each reader is imported by itself: a page must not wait for what reads PDFs."""
    if sort == "html":
        from panel.intake.html import read_html

        return read_html(data, charset=hints.charset, url=hints.url)
    if sort == "pdf":
        from panel.intake.pdf import read_pdf

        found = read_pdf(data)
        return found, found.text, False
    text = decoded(data, hints.charset)
    kind: Kind = "listing" if sort == "json" else "markdown" if sort == "markdown" else "text"
    if isinstance(text, Trouble):
        return Found(kind=kind, trouble=text), "", False
    found = _read_letters(sort, text, hints)
    return found, found.text, False


def _read_letters(sort: Sort, text: str, hints: Hints) -> Found:
    if sort == "json":
        from panel.intake.listing import read_listing

        return read_listing(text, hints.entry)
    from panel.intake.markdown import read_markdown, read_text

    if sort == "markdown":
        from panel.intake.cards import is_card, read_card

        if hints.card or is_card(text):
            return read_card(text, hints.card)
        return read_markdown(text)
    return read_text(text)


def _sort(data: bytes, hints: Hints) -> Sort:
    """What the bytes are: by what they begin with, then by name, then by what the server says."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_PACKED) or hints.media.startswith(("image/", "audio/", "video/", "font/")):
        return "binary"
    if hints.card:
        return "markdown"
    head = data[:4000].decode("utf-8", "replace").lstrip("\ufeff")
    suffix = _SUFFIXES.get(hints.name.rpartition(".")[2].lower() if "." in hints.name else "")
    if "json" in hints.media or hints.entry:
        return "json"
    if suffix and not (suffix in {"markdown", "text"} and _PAGE.match(head)):
        return suffix
    return _sniffed(head, hints)


def _sniffed(head: str, hints: Hints) -> Sort:
    if "html" in hints.media or _HTML.match(head):
        return "html"
    if hints.media == "text/markdown":
        return "markdown"
    if hints.media == "application/pdf":
        return "pdf"
    return "feed" if _FEED.match(head) else "text"


_NO_TEXT = Trouble(
    kind="not-text",
    message="it is a packed file or a picture, not a document",
    remedy="unpack it, and name the HTML, PDF, Markdown or text file inside",
)
_FEED_TROUBLE = Trouble(
    kind="not-text",
    message="it is a feed or another XML file, not an article",
    remedy="name the article itself, or subscribe to the feed with `shipskip inbox`",
)
