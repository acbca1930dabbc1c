"""What every domain value shares: frozen, closed to unknown keys, and named by its content.

A digest is taken over canonical JSON and a kind, so that equal bytes of two kinds never collide
and a stored document can be checked without knowing the code that wrote it.
"""

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""A sha256 in lower-case hex."""

SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
RESERVED_SLUGS = frozenset(
    {
        "about",
        "admin",
        "api",
        "archive",
        "assets",
        "compare",
        "con",
        "corrections",
        "desk",
        "digest",
        "embed",
        "export",
        "favicon",
        "feed",
        "feeds",
        "index",
        "latest",
        "leaderboard",
        "login",
        "logout",
        "models",
        "new",
        "null",
        "nul",
        "persona",
        "personas",
        "prn",
        "robots",
        "runs",
        "search",
        "sitemap",
        "static",
        "vote",
        "votes",
    }
)
"""Names that pages, routes or file systems already use."""


def _not_reserved(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise ValueError(f"{slug!r} is the name of a page of the site; choose another")
    return slug


Slug = Annotated[
    str,
    StringConstraints(pattern=SLUG_PATTERN, max_length=64),
    AfterValidator(_not_reserved),
]
"""Lower-case letters, digits and single hyphens: safe as file name, URL and id."""


def slugify(name: str) -> str:
    """The slug a name suggests, e.g. `Qwen3.6-27B` -> `qwen3-6-27b`; may be empty."""
    folded = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", folded).strip("-")[:64].strip("-")


def unprintable(text: str, *, newlines: bool) -> tuple[int, str] | None:
    """First character that a reader cannot see or that reorders text.

    Args:
        text: Any text.
        newlines: Whether line feeds are allowed.

    Returns:
        Offset and Unicode name of the character, or None when the text is clean.
    """
    if text.isprintable():
        return None  # true of nearly every text, and hundreds of times as fast as the loop
    for at, char in enumerate(text):
        if char == "\n" and newlines:
            continue
        if unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}:
            return at, f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"
    return None


def _clean_line(text: str) -> str:
    found = unprintable(text, newlines=False)
    if found:
        raise ValueError(f"invisible character {found[1]} at position {found[0] + 1}; delete it")
    if not text.strip():
        raise ValueError("is empty; write something or leave the key out")
    return unicodedata.normalize("NFC", text.strip())


def clean_answer(text: str) -> str:
    """One paragraph of an llm's answer: white space folded, invisible characters refused.

    Args:
        text: What the llm wrote.

    Raises:
        ValueError: For control, zero-width, tag or reordering characters.
    """
    return _clean_line(re.sub(r"\s+", " ", text))


def _clean_text(text: str) -> str:
    found = unprintable(text, newlines=True)
    if found:
        line = text.count("\n", 0, found[0]) + 1
        raise ValueError(f"invisible character {found[1]} on its line {line}; delete it")
    return unicodedata.normalize("NFC", text.strip())


Line = Annotated[str, StringConstraints(max_length=400), AfterValidator(_clean_line)]
"""One visible, non-empty line of text (NFC, no control, zero-width or reordering characters)."""

Text = Annotated[str, StringConstraints(max_length=8000), AfterValidator(_clean_text)]
"""Visible text that may run over several lines; may be empty."""


class Value(BaseModel):
    """Base of all domain values: immutable, and unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_default=True)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy with other fields (see pydantic), without what was derived from the old ones.

        pydantic copies cached properties along, so that a changed copy would keep its old digest.

        Args:
            update: Fields that differ; not validated.
            deep: Whether fields are copied too.
        """
        copied = super().model_copy(update=update, deep=deep)
        derived = vars(copied).keys() - type(self).model_fields.keys()
        for name in derived:
            object.__delattr__(copied, name)
        return copied


def canonical_json(value: Any) -> str:
    """The one JSON spelling of a value: sorted keys, no spaces, no escapes, no NaN.

    Args:
        value: A `Value`, or anything made of JSON types.
    """
    plain = value.model_dump(mode="json") if isinstance(value, BaseModel) else value
    return json.dumps(
        plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )


def digest_of(kind: str, content: Any) -> str:
    """Name of a content: sha256 over its kind and its canonical JSON (or the text as it is).

    Args:
        kind: What the content is, e.g. `dossier`; part of the hash.
        content: A `Value`, JSON types, or text (hashed as it is).
    """
    text = content if isinstance(content, str) else canonical_json(content)
    return hashlib.sha256(f"shipskip {kind}\n{text}".encode("utf-8", "surrogatepass")).hexdigest()
