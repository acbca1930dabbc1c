"""From bytes to letters by one rule, or not at all: no text is guessed into shape.

A byte order mark wins, then the charset that the document or its server declares, then UTF-8. What
does not decode is refused, but for a few stray bytes that a reader would see as spoilt letters.
"""

import codecs
import re

from webencodings import lookup

from panel.domain.intake.reading import Trouble

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}encoding\s*=\s*["']([A-Za-z0-9_:.-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 4096
_STRAY = 5000
"""Among so many letters one may be spoilt."""

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 20_000


def decoded(data: bytes, declared: str = "") -> str | Trouble:
    """The text of some bytes.

    Args:
        data: The bytes.
        declared: Charset that the server declares, if it does.

    Returns:
        The text, or why it has none.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], name)
    if _binary(data):
        return Trouble(
            kind="not-text",
            message="it is no text: it holds bytes that no text has",
            remedy="name an HTML, PDF, Markdown or text file",
        )
    return _strict(data, _charset(data, declared))


def _binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    return b"\x00" in sample or len(_BINARY.findall(sample)) * 50 > len(sample)


def _charset(data: bytes, declared: str) -> str:
    inside = _DECLARED.search(data[:_HEAD])
    named = [declared]
    if inside:
        named.append((inside[1] or inside[2]).decode("ascii"))
    for label in named:
        found = lookup(label) if label else None
        if found:
            name: str = found.codec_info.name
            return "utf-8" if name.startswith("utf-16") else name  # as the HTML standard has it
    return "utf-8"


def _strict(data: bytes, charset: str) -> str | Trouble:
    try:
        return data.decode(charset)
    except UnicodeDecodeError:
        text = data.decode(charset, "replace")
    if text.count("\ufffd") * _STRAY <= len(text):
        return text
    return Trouble(
        kind="charset",
        message=f"its bytes are no {charset} text, though that is what it claims or must be",
        remedy="save it as UTF-8 and name the saved file",
    )
