"""What came of reading one document: its visible text, what was removed from it, what is wrong.

Bytes are named by their digest, so that a quote can be checked against them years later.
"""

import datetime as dt
import unicodedata
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from panel.domain.value import Digest, Value, unprintable

Kind = Literal["html", "pdf", "markdown", "text", "card", "listing"]
"""How a document was read."""

HiddenKind = Literal[
    "display",
    "visibility",
    "opacity",
    "off-screen",
    "zero-size",
    "tiny",
    "same-colour",
    "clipped",
    "covered",
    "attribute",
    "class-name",
    "not-rendered",
    "comment",
    "metadata",
    "alternative-text",
    "zero-width",
    "tag-character",
    "bidi-control",
    "control-character",
    "look-alike",
]
"""Why a reader of the document does not see a text, or not the letters it is made of."""

TroubleKind = Literal[
    "refused-address",
    "bad-address",
    "unreachable",
    "timeout",
    "redirects",
    "not-found",
    "soft-404",
    "http-error",
    "too-big",
    "not-text",
    "charset",
    "broken",
    "encrypted-pdf",
    "scanned-pdf",
    "empty",
    "paywall",
    "login-wall",
    "consent-wall",
    "bot-wall",
    "other-language",
]
"""What keeps a document from being evidence."""

MAX_SHOWN = 300
"""Most characters of a removed text that are kept; enough to judge it by."""

Shown = Annotated[str, StringConstraints(max_length=MAX_SHOWN)]


class Hidden(Value):
    """A text that a reader cannot see, or letters that are not what they look like.

    Attributes:
        kind: Why it cannot be seen; a `look-alike` stays in the text, everything else is removed.
        place: Where it stood, e.g. `line 12, article/p[3]`.
        text: Its words, shortened; characters that cannot be seen are spelt `U+200B`.
        times: How often it stood there.
    """

    kind: HiddenKind
    place: Shown
    text: Shown
    times: Annotated[int, Field(ge=1)] = 1


class Trouble(Value):
    """Why a document is no evidence as it was read.

    Attributes:
        kind: Its name.
        message: What was seen.
        remedy: What to do next, as a sentence.
    """

    kind: TroubleKind
    message: str
    remedy: str


class Reading(Value):
    """One document, read.

    Attributes:
        address: What was asked for: an URL, a path, or `hf:org/name`.
        url: Where it was found after redirects; None for a file.
        kind: How it was read.
        title: Its headline; empty when it has none.
        publisher: Who published it; empty when it does not say.
        author: Who wrote it; empty when it does not say.
        published: Day it was published; None when it does not say.
        read: Day it was read.
        sha256: Digest of its bytes as they came, unpacked; None when none came.
        text: What a reader of it sees, paragraph by paragraph.
        language: ISO 639-1 code of the text as far as it can be told, else empty.
        removed: What a reader does not see.
        trouble: Why it is no evidence; None when it is.
    """

    address: str
    url: str | None = None
    kind: Kind
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: dt.date | None = None
    read: dt.date
    sha256: Digest | None = None
    text: str = ""
    language: str = ""
    removed: tuple[Hidden, ...] = ()
    trouble: Trouble | None = None

    @property
    def usable(self) -> bool:
        """Whether facts may be taken from it."""
        return self.trouble is None and bool(self.text)


class Found(Value):
    """What a parser makes of a document's bytes; a `Reading` without where and when.

    Attributes:
        kind: How it was read.
        title: Its headline.
        publisher: Who published it.
        author: Who wrote it.
        published: Day it was published.
        text: What a reader of it sees.
        language: ISO 639-1 code its markup declares, else empty.
        removed: What a reader does not see.
        trouble: Why it is no evidence.
    """

    kind: Kind
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: dt.date | None = None
    text: str = ""
    language: str = ""
    removed: tuple[Hidden, ...] = ()
    trouble: Trouble | None = None


def shown(text: str) -> str:
    """A text short enough to be listed, on one line, what cannot be seen spelt out.

    Args:
        text: Any text.
    """
    line = " ".join(text.split())
    if unprintable(line, newlines=False):
        line = "".join(_spelt(char) for char in line[: MAX_SHOWN + 1])
    return line if len(line) <= MAX_SHOWN else line[: MAX_SHOWN - 3] + "..."


def _spelt(char: str) -> str:
    code = ord(char)
    if 0xE0020 <= code <= 0xE007E:
        return chr(code - 0xE0000)  # a tag character stands for a letter: show which
    hidden = unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}
    return f"<U+{code:04X}>" if hidden else char


def line_of(text: str, limit: int = 200) -> str:
    """A heading or name as one visible line, cut at a word.

    Args:
        text: Any text, as strangers write it.
        limit: Most characters.
    """
    seen = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"}
    )
    line = unicodedata.normalize("NFC", " ".join(seen.split()))
    if len(line) <= limit:
        return line
    return line[: limit + 1].rsplit(" ", 1)[0][:limit]
