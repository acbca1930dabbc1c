"""Patterns that are tried only where one of their words stands, which is hardly anywhere.

A regular expression is tried at every place of a text, and there are hundreds of them. Asking
first for the words that its matches cannot do without takes a tenth of the time, and what is found
stays the same as long as each pattern names its words; tests hold them to it.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

_LENGTH = 6
"""Letters by which a word is told; its endings come after them."""

_GAPS = {code: " " for code in range(128) if not chr(code).islower()}


@lru_cache(maxsize=2048)
def heads(text: str) -> frozenset[str]:
    """The first six letters of every run of letters in a text in ASCII and lower case.

    Args:
        text: The text.
    """
    return frozenset([run[:_LENGTH] for run in text.translate(_GAPS).split()])


def cues(words: str) -> frozenset[str]:
    """The same of words that a pattern cannot do without.

    Args:
        words: Runs of letters, separated by spaces.
    """
    return frozenset(word[:_LENGTH] for word in words.split())


def any_cue(text: str, wanted: frozenset[str]) -> bool:
    """Whether a text may hold one of the words; False is certain, True is not.

    Args:
        text: A text in lower case, folded or not.
        wanted: Their `cues`.
    """
    # Outside ASCII a run of letters may begin or end where a pattern sees no edge of a word.
    return not text.isascii() or not wanted.isdisjoint(heads(text))


def any_digit(text: str) -> bool:
    """Whether a text may hold a digit; False is certain, True is not.

    Args:
        text: Any text.
    """
    return not text.isascii() or any(map(text.__contains__, "0123456789"))


class Cued:
    """A pattern with the words one of which stands in every match.

    Attributes:
        pattern: The pattern, for texts in lower case.
        cues: The cues of its words.

    Args:
        pattern: The pattern.
        words: The words, separated by spaces; six letters of each are enough. A word that goes on
            beyond the match, or begins before it, is no such word: name it as it may stand.
    """

    def __init__(self, pattern: str, words: str) -> None:
        self.pattern = re.compile(pattern)
        self.cues = cues(words)

    def may_match(self, text: str) -> bool:
        """Whether a text holds what every match holds; False is certain, True is not.

        Args:
            text: A text in lower case.
        """
        return any_cue(text, self.cues)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match, as `re.Pattern.search` finds it.

        Args:
            text: A text in lower case.
        """
        return self.pattern.search(text) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Every match, as `re.Pattern.finditer` finds them.

        Args:
            text: A text in lower case.
        """
        return self.pattern.finditer(text) if self.may_match(text) else iter(())


def any_of(forms: Iterable[Cued]) -> frozenset[str]:
    """The cues of many patterns, to ask once whether any of them may match.

    Args:
        forms: The patterns.
    """
    return frozenset[str]().union(*(form.cues for form in forms))
