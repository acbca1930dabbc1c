"""What somebody wants to do to a draft, with all that has to be right about it beforehand."""

from collections.abc import Iterator
from dataclasses import dataclass

from panel.domain.editing.people import User
from panel.domain.value import unprintable
from panel.editing.drafts import Ref
from panel.errors import InputError, Problem

LONGEST_REASON = 1000
"""Characters of a reason, and of a note to readers."""

LONGEST_KEY = 64
"""Characters of the name of an attempt."""


@dataclass(frozen=True)
class Intent:
    """What somebody wants to do to a draft.

    Attributes:
        by: Who.
        ref: To which draft.
        base: Version they looked at.
        reason: Why, for colleagues.
        note: What readers are told.
        key: Name of this very attempt, so that one sent twice is done once.
        seen: Digest of today's dossier as they saw it, settlements included; empty when they were
            not told, and then it is not compared.
    """

    by: User
    ref: Ref
    base: int
    reason: str = ""
    note: str = ""
    key: str = ""
    seen: str = ""

    def check(self) -> None:
        """Refuse words that cannot be kept.

        Raises:
            InputError: The reason, the note or the key is too long or has invisible characters.
        """
        texts = {"reason": self.reason, "note": self.note}
        found = [one for name, text in texts.items() for one in text_problems(name, text)]
        found += text_problems("key", self.key, LONGEST_KEY)
        if found:
            raise InputError(found)


def text_problems(name: str, text: str, longest: int = LONGEST_REASON) -> Iterator[Problem]:
    """What is wrong with a text that somebody typed beside a draft.

    Args:
        name: Its field.
        text: The text, which may have several lines.
        longest: Most characters.
    """
    if len(text.strip()) > longest:
        yield Problem(f"has {len(text.strip()):,} characters, at most {longest:,}", key=name)
    found = unprintable(tidy(text), newlines=True)
    if found:
        yield Problem(f"has an invisible character, {found[1]}", "delete it", key=name)


def tidy(text: str) -> str:
    """A text as it is kept: line ends as one character, tabs as spaces, no space around.

    Args:
        text: What somebody typed.
    """
    return text.replace("\r\n", "\n").replace("\t", " ").strip()
