"""Planted text: the dossier must be clean, and no verdict may carry what was planted."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, Keyed, flag, texts_of
from panel.domain.dossier import Dossier
from panel.domain.flag import Flag
from panel.domain.planting import Plant, find_address, plants
from panel.domain.typography import find_folded, shingles, words
from panel.domain.verdict import Verdict

_TOKEN = re.compile(
    r"\b[A-Za-z]*[A-Z][A-Za-z]*[-_ ]?\d[\w-]*|\b[A-Z]{4,}\b"
    r"|(?<!\w)['\"\u2018\u201c]([^'\"\u2019\u201d]{3,60})['\"\u2019\u201d]"
)
_RUN = 5
"""Consecutive words of planted text that a verdict may not repeat."""

_DECISIONS = frozenset({"ship", "skip"})


def check_planted(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Planted text in the dossier, and its traces in the verdict."""
    found = _plants(Keyed(context.dossier))
    for plant in found:
        message = (
            f"{plant.path} carries planted text ({plant.why}): {plant.text[:120]!r};"
            " clean the dossier and run again"
        )
        yield flag("planted", "blocks", message, mendable=False)
    tokens = _tokens(context.dossier, found)
    runs = frozenset[tuple[str, ...]]().union(*(shingles(plant.text, _RUN) for plant in found))
    for path, text in texts_of(verdict):
        for token in tokens:
            if span := find_folded(token, text):
                message = f"repeats the planted {token!r}; remove it"
                yield flag("planted", "blocks", message, path=path, text=text, span=span)
        if runs and (span := _repeated(text, runs)):
            message = f"repeats planted text {text[slice(*span)]!r}; remove it"
            yield flag("planted", "blocks", message, path=path, text=text, span=span)
        if address := find_address(text):
            start, end, why = address
            message = f"{text[start:end]!r} {why}; a verdict speaks about the model only"
            yield flag("planted", "blocks", message, path=path, text=text, span=(start, end))


@lru_cache(maxsize=128)
def _plants(keyed: Keyed) -> tuple[Plant, ...]:
    return plants(keyed.dossier)


def _tokens(dossier: Dossier, found: tuple[Plant, ...]) -> tuple[str, ...]:
    """Codes, shouted words and quoted phrases of the planted text; the model's own name is none."""
    own = f"{dossier.name} {dossier.vendor}".casefold()
    tokens = {
        match.group(1) or match.group() for plant in found for match in _TOKEN.finditer(plant.text)
    }
    return tuple(
        sorted(
            token
            for token in tokens
            if token.casefold() not in _DECISIONS and token.casefold() not in own
        )
    )


def _repeated(text: str, runs: frozenset[tuple[str, ...]]) -> tuple[int, int] | None:
    own = words(text)
    for at in range(len(own) - _RUN + 1):
        if tuple(word.text for word in own[at : at + _RUN]) in runs:
            return own[at].start, own[at + _RUN - 1].end
    return None
