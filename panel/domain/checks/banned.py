"""Words a persona never uses, in any inflection of any of their words."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag, texts_of
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict


@lru_cache(maxsize=512)
def _pattern(banned: str) -> re.Pattern[str]:
    """The phrase with every word of it inflected."""
    plain = fold(banned).text
    form = re.sub(r"[^\W\d_]+|[^\w]+|[\d_]+", lambda part: _inflected(part.group()), plain)
    return re.compile(rf"(?<!\w){form}(?!\w)" if plain else "(?!)")


@lru_cache(maxsize=512)
def _beginning(banned: str) -> str:
    """What every inflection of a phrase holds: its first word without the last letter."""
    plain = fold(banned).text
    found = re.search(r"[^\W\d_]+", plain)
    return found.group()[:-1] if found else plain


def _inflected(word: str) -> str:
    """A pattern for one word with the endings s, es, d, ed, ing, ies, ied.

    A final e may fall, as in `leveraging`, a final consonant double, as in `shipping`, and a y
    become ie, as in `synergies`.
    """
    if not word.isalpha() or len(word) < 3:
        return re.escape(word)
    if word.endswith("y") and word[-2] not in "aeiou":
        return rf"{re.escape(word[:-1])}(?:y|ies|ied|ying)"
    stem, last = re.escape(word.removesuffix("e")), "e" if word.endswith("e") else ""
    doubled = "" if last or word[-1] in "aeiouwxy" else f"|{word[-1]}(?:ed|ing)"
    return rf"{stem}(?:{last}|{last}s|es|{last}d|ed|ing{doubled})"


def check_banned_words(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Banned words of the persona."""
    banned_words = [(_beginning(word), word) for word in context.persona.banned_words]
    for path, text in texts_of(verdict):
        folded = fold(text)
        for beginning, banned in banned_words:
            if beginning not in folded.text:
                continue
            for match in _pattern(banned).finditer(folded.text):
                span = folded.original(*match.span())
                message = f"{context.persona.name} never says {banned!r}; use another word"
                yield flag("banned-word", "warns", message, path=path, text=text, span=span)
