"""The same text as it may be meant: without disguise of letters, spacing or encoding.

An instruction may hide in look-alike letters, digits, spaced letters or a blob; every rule is
therefore tried on each reading of a text, and the reading knows the way back to the original.
"""

import base64
import binascii
import codecs
import html
import re
import unicodedata
import urllib.parse
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from panel.domain.typography import in_place

_QUOTES = dict.fromkeys("\u2018\u2019\u201a\u2032\u02bc`\u00b4", "'") | dict.fromkeys(
    "\u201c\u201d\u201e\u00ab\u00bb\u2033", '"'
)
_LOOKALIKE = str.maketrans(
    dict(
        zip(
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u04bb\u0501\u051b\u0475"
            "\u043a\u043c\u0442\u043d\u0432\u0433"
            "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0406\u0408\u0405\u0423"
            "\u03b1\u03b5\u03b9\u03ba\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"
            "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7"
            "\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a\u1d0a\u1d0b\u029f\u1d0d\u0274\u1d0f"
            "\u1d18\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22"
            "\u0131\u0261\u0585\u057d\u03f3\u03f2",
            "aeopcyxijshdqvkmthbrABEKMHOPCTXIJSYaeiknoptuxABEZHIKMNOPTYX"
            "abcdefghijklmnoprstuvwyzigosjc",
            strict=True,
        )
    )
)  # fmt: skip
_LEET = str.maketrans("0134578@$!|", "oieastbasil")
_BLOB = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:0x)?(?:[0-9a-fA-F]{2}[ :,-]?){8,}")
_BITS = re.compile(r"(?:[01]{8} ?){4,}")
_ESCAPED = re.compile(
    r"(?:%[0-9a-fA-F]{2}){3,}|(?:&#x?[0-9a-fA-F]{2,6};){2,}|(?:\\(?:x|u00)[0-9a-fA-F]{2}){2,}"
)
_SPACED = re.compile(r"(?<![^\W_])[^\W\d_](?:[ .\u00b7*_|/-]{1,2}[^\W\d_](?![^\W_])){2,}")
_HYPHENED = re.compile(r"(?<![^\W_])[^\W\d_](?:[.\u00b7*_|/-][^\W\d_](?![^\W_])){1,}")
_LONE = re.compile(r"[ .\u00b7*_|/-][^\W\d_][ .\u00b7*_|/-]{1,2}[^\W\d_](?![^\W_])")
_SHORT = re.compile(r"[.\u00b7*_|/-][^\W\d_](?![^\W_])")
"""How the two above end, which is found quicker, and nearly never."""

_MIXED_TOKEN = re.compile(r"[\w@$!|]*[^\W\d_][\w@$!|]*")
_READABLE = re.compile(r"[A-Za-z][\x20-\x7e\n]{6,}")


@dataclass(frozen=True)
class Reading:
    """One way to read a text.

    Attributes:
        text: The text as read.
        starts: For every character, where its original begins.
        ends: For every character, where its original ends.
        how: What was undone; empty for the plain reading.
        decoded: Whether it was an encoding that prose about a model never uses.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]
    how: str = ""
    decoded: bool = False

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the original of a stretch of this reading."""
        return self.starts[start], self.ends[max(start, end - 1)]


def bare(text: str) -> str:
    """A text in compatible letters without marks, case kept: `Pr\u00fcfer` becomes `Prufer`."""
    return plain_reading(text).text


def plain_reading(text: str) -> Reading:
    """The text in compatible letters, without invisible characters and combining marks.

    Args:
        text: Any text.
    """
    if text.isascii():
        return Reading(text, *in_place(len(text)))
    out: list[str] = []
    places: list[int] = []
    for at, char in enumerate(text):
        for piece in _plain(char):
            out.append(piece)
            places.append(at)
    return Reading("".join(out), tuple(places), tuple(at + 1 for at in places))


def _plain(char: str) -> str:
    code = ord(char)
    if 0xE0020 <= code <= 0xE007E:
        return chr(code - 0xE0000)
    for first in (0x1F150, 0x1F170, 0x1F1E6):
        if first <= code < first + 26:
            return chr(code - first + ord("A"))
    if char in _QUOTES:
        return _QUOTES[char]
    if unicodedata.category(char) == "Pd":
        return "-"
    pieces = unicodedata.normalize("NFKD", char)
    return "".join(
        " " if piece.isspace() and piece != "\n" else piece
        for piece in pieces
        if unicodedata.category(piece) not in {"Mn", "Me", "Cf", "Cc"} or piece == "\n"
    )


def readings(text: str, *, encoded: bool = True) -> Iterator[Reading]:
    """Every way to read a text, the plain one first.

    Args:
        text: Any text.
        encoded: Whether to look into encodings as well as disguises that a reader sees through.
    """
    plain = plain_reading(text)
    yield plain
    letters = plain
    if not plain.text.isascii():
        letters = _replaced(plain, plain.text.translate(_LOOKALIKE), "look-alike letters")
        if letters.text != plain.text:
            yield letters
    if _LONE.search(letters.text) and _SPACED.search(letters.text):
        yield _closed_up(letters)
    if _SHORT.search(letters.text) and _HYPHENED.search(letters.text):
        yield _closed_up(letters, _HYPHENED)
    if not encoded:
        return
    leet = _MIXED_TOKEN.sub(_without_digits, letters.text)
    if leet != letters.text:
        yield _replaced(letters, leet, "digits for letters")
    yield from _blobs(plain)
    rotated = codecs.encode(letters.text, "rot13")
    yield _replaced(letters, rotated, "rotated letters", decoded=True)
    yield Reading(
        plain.text[::-1], plain.starts[::-1], plain.ends[::-1], "reversed letters", decoded=True
    )


def _replaced(reading: Reading, text: str, how: str, *, decoded: bool = False) -> Reading:
    return Reading(text, reading.starts, reading.ends, how, decoded)


def _without_digits(token: re.Match[str]) -> str:
    word = token.group()
    mixed = any(char.isdigit() or char in "@$!|" for char in word.rstrip("!|"))
    if not mixed:
        return word
    body = word.rstrip("!|")
    return body.translate(_LEET) + word[len(body) :]


def _closed_up(reading: Reading, form: re.Pattern[str] = _SPACED) -> Reading:
    out: list[int] = []
    at = 0
    for match in form.finditer(reading.text):
        out += range(at, match.start())
        out += [i for i in range(*match.span()) if reading.text[i].isalpha()]
        at = match.end()
    out += range(at, len(reading.text))
    return Reading(
        "".join(reading.text[i] for i in out),
        tuple(reading.starts[i] for i in out),
        tuple(reading.ends[i] for i in out),
        "spaced letters",
    )


def _blobs(reading: Reading) -> Iterator[Reading]:
    """Each encoded stretch that decodes to readable text."""
    for form, how, decode in _DECODERS:
        for match in form.finditer(reading.text):
            try:
                content = decode(match.group())
                text = content if isinstance(content, str) else content.decode("utf-8")
            except (ValueError, binascii.Error):
                continue
            readable = _READABLE.fullmatch(text.strip()) or (
                form is _ESCAPED and text.isprintable()
            )
            if not text.isascii() or not readable:
                continue
            start, end = reading.original(*match.span())
            yield Reading(text, (start,) * len(text), (end,) * len(text), how, decoded=True)


def _unescaped(blob: str) -> str:
    blob = re.sub(r"\\(?:x|u00)([0-9a-fA-F]{2})", r"%\1", blob)
    return html.unescape(urllib.parse.unquote(blob, errors="strict"))


def _bits(blob: str) -> bytes:
    digits = blob.replace(" ", "")
    return bytes(int(digits[at : at + 8], 2) for at in range(0, len(digits), 8))


def _base64(blob: str) -> bytes:
    body = blob.rstrip("=").replace("-", "+").replace("_", "/")
    return base64.b64decode(body + "=" * (-len(body) % 4), validate=True)


_DECODERS: tuple[tuple[re.Pattern[str], str, Callable[[str], bytes | str]], ...] = (
    (_ESCAPED, "escaped characters", _unescaped),
    (_BITS, "binary", _bits),
    (_HEX, "hexadecimal", lambda blob: bytes.fromhex(re.sub(r"0x|[ :,-]", "", blob))),
    (_BLOB, "base64", _base64),
)
