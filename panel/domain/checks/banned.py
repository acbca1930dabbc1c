"""Words a persona never uses, in any inflection."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict


@lru_cache(maxsize=512)
def _pattern(banned: str) -> re.Pattern[str]:
    """The word with the endings s, es, d, ed, ing; a final e may fall, as in `leveraging`."""
    plain = fold(banned).text
    stem = re.escape(plain.removesuffix("e"))
    last = "e" if plain.endswith("e") else ""
    endings = f"(?:{last}|{last}s|es|{last}d|ed|ing)" if plain[-1:].isalpha() else ""
    return re.compile(rf"(?<!\w){stem}{endings}(?!\w)" if plain else "(?!)")


def check_banned_words(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Banned words of the persona."""
    for path, text in verdict.texts():
        folded = fold(text)
        for banned in context.persona.banned_words:
            for match in _pattern(banned).finditer(folded.text):
                span = folded.original(*match.span())
                message = f"{context.persona.name} never says {banned!r}; use another word"
                yield flag("banned-word", "warns", message, path=path, text=text, span=span)
