"""Benchmarks, rivals, products and odd tokens: nobody is named whom no cited fact names."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from panel.domain.checks.context import CheckContext, Keyed, cited_by, claims, flag, texts_of
from panel.domain.checks.evidence import evidence_of, identity, own_names
from panel.domain.checks.figures import figures
from panel.domain.checks.lexicon import ACRONYMS, MONTHS_AND_DAYS, PLAIN_TOKENS
from panel.domain.checks.naming import Name, is_named_in, named_in, names
from panel.domain.checks.passages import sentences_of
from panel.domain.cues import any_digit
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_ODD_MARKS = ("@", "_", "://", "www.")
_DOTTED = re.compile(r"\.[a-z]")
_LONG = 16
"""Letters and digits in a row that may be a hash or a key."""

_ODD = re.compile(
    r"https?://[^\s\"'<>)]+|\bwww\.[^\s\"'<>)]+|[\w.+-]+@[\w-]+\.[\w.-]*\w"
    r"|\b[0-9A-Fa-f]{16,}\b|(?<![\w-])[A-Z]{2,}[A-Z0-9]*(?:[-_][A-Z0-9]+)*[-_]?[0-9][A-Z0-9]*(?![\w-])"
    r"|(?<![\w-])[A-Z]{3,}(?:_[A-Z0-9]+)+(?![\w-])|\bdoi:? ?10\.\S+"
    r"|(?<![\w/+])[A-Za-z0-9+/]{24,}={0,2}"
    r"|\b[\w-]+\.(?:com|net|org|io|ai|dev|info|invalid|example|xyz|app)\b"
)
_CAPITAL = re.compile(
    r"[A-Z\u00c0-\u00de][\w\u2019'&-]*(?: (?:of |for |de )?[A-Z\u00c0-\u00de][\w\u2019'&-]*)*"
)
_BEFORE_WORDS = " \"'\u201c\u2018("
_BEFORE_CAPITALS = tuple(":;-\u2013\u2014.?!\"'\u201c\u2018(")
_POSSESSIVE = re.compile(r"['\u2019]s?$")


def check_names(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Benchmarks, vendors, models, and tokens of letters and digits, that no cited fact names."""
    benchmarks = evidence_of(context, cited_by(verdict)).benchmarks
    folded, rivals = _carried(verdict, context), own_names(Keyed(context.dossier))[1:]
    for path, text in claims(verdict):
        for name in _strangers(text, rivals):
            word = text[name.start : name.end]
            known = name.key in benchmarks if name.sort == "benchmark" else is_named(word, folded)
            if known or name.key in PLAIN_TOKENS:
                continue
            message = f"no cited fact names {word!r}; cite the fact that does, or remove it"
            span = (name.start, name.end)
            yield flag("uncarried-name", "blocks", message, path=path, text=text, span=span)


def _strangers(text: str, rivals: Sequence[str]) -> Iterator[Name]:
    found = [name for name in names(text) if name.sort != "licence"]
    yield from found
    folded = fold(text)
    for rival in rivals:
        for match in named_in(folded.text, rival):
            if match.end() > match.start():
                start, end = folded.original(*match.span())
                if not any(start < name.end and name.start < end for name in found):
                    yield Name(start, end, "family", rival)


def check_odd_tokens(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Addresses, certificates, hashes and capitals with digits that no cited fact carries."""
    carried = _carried(verdict, context)
    stated = {path for path, _ in claims(verdict)}
    for path, text in texts_of(verdict):
        named = [(name.start, name.end) for name in names(text)] if path in stated else []
        for match in _odd(text):
            if _covered(match.span(), named) or match.group().casefold() in PLAIN_TOKENS:
                continue
            if fold(match.group()).text in carried:
                continue
            if path not in stated and any(name.sort != "mixed" for name in names(match.group())):
                continue
            message = f"no cited fact carries {match.group()!r}; remove it"
            yield flag("uncarried-name", "blocks", message, path=path, text=text, span=match.span())


def check_proper_nouns(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Other capitalised names in mid-sentence that no cited fact mentions: worth a look."""
    rivals = own_names(Keyed(context.dossier))[1:]
    persona = f"{context.persona.name} | {context.persona.title}"
    own = f"{fold(persona).text} | {_carried(verdict, context)}"
    for path, text in claims(verdict):
        if path == "headline" and _in_title_case(text):
            continue
        taken = [(name.start, name.end) for name in (*names(text), *_strangers(text, rivals))]
        taken += [match.span() for match in _odd(text)]
        taken += [(figure.start, figure.end) for figure in figures(text)]
        openings = {_opening(text, start) for start, _ in sentences_of(text)}
        for match in _CAPITAL.finditer(text):
            span = _unopened(match, openings, text)
            if span is None or _covered(span, taken) or _plain(text[slice(*span)], own):
                continue
            message = (
                f"no cited fact names {text[slice(*span)]!r}; cite the fact that names it,"
                " or remove it"
            )
            yield flag("uncarried-name", "warns", message, path=path, text=text, span=span)


@lru_cache(maxsize=1024)
def _odd(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_ODD.finditer(text)) if _may_be_odd(text) else ()


def _may_be_odd(text: str) -> bool:
    """Whether a text holds anything without which no token is odd; False is certain."""
    return (
        any_digit(text)
        or any(map(text.__contains__, _ODD_MARKS))
        or bool(_DOTTED.search(text))
        or max(map(len, text.split()), default=0) >= _LONG
    )


def _carried(verdict: Verdict, context: CheckContext) -> str:
    """All texts that may carry a name, folded."""
    return f"{evidence_of(context, cited_by(verdict)).folded} | {identity(context).folded}"


def is_named(word: str, folded: str) -> bool:
    """Whether a name stands in a text, however its parts are joined.

    Args:
        word: The name as a verdict writes it.
        folded: The folded text.
    """
    plain = _POSSESSIVE.sub("", fold(word).text)
    return is_named_in(folded, plain)


def _covered(span: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any(span[0] < end and start < span[1] for start, end in taken)


def _in_title_case(text: str) -> bool:
    long = [word for word in text.split() if len(word) > 3]
    return len(long) > 2 and sum(word[0].isupper() for word in long) > len(long) / 2


def _opening(text: str, start: int) -> int:
    """Where the first word of a sentence begins."""
    rest = text[start:]
    return start + len(rest) - len(rest.lstrip(_BEFORE_WORDS))


def _unopened(match: re.Match[str], openings: set[int], text: str) -> tuple[int, int] | None:
    """The name without the word that only opens a sentence, or follows a colon or a quote mark."""
    start, end = match.span()
    before = text[:start].rstrip()
    if start in openings or before.endswith(_BEFORE_CAPITALS):
        rest = match.group().partition(" ")[2]
        start = end - len(rest)
    return (start, end) if start < end else None


def _plain(phrase: str, own: str) -> bool:
    words = [_POSSESSIVE.sub("", fold(word).text) for word in re.split(r"[ /&-]+", phrase)]
    return all(
        word in ACRONYMS
        or word.partition("'")[0] in ACRONYMS
        or word in MONTHS_AND_DAYS
        or word in {"of", "for", "de", ""}
        or bool(re.search(rf"(?<!\w){re.escape(word.removesuffix('s'))}", own))
        for word in words
    )
