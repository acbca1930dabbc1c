"""Finds text that speaks to reviewers, assistants or summarisers instead of about the model."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.cues import Cued
from panel.domain.planting.address import ADDRESS
from panel.domain.planting.disguise import Reading, readings
from panel.domain.planting.languages import LANGUAGES, foreign
from panel.domain.planting.markers import find_marker
from panel.domain.planting.pressure import HARD, PRESSURE
from panel.domain.planting.signals import Signal
from panel.domain.planting.vocabulary import THIRD_PARTY
from panel.domain.sift import Sieve, Sifted
from panel.domain.typography import sentences

THRESHOLD = 3
"""What the weights of the signals must add up to."""

_WHOLE = 420
"""Texts up to this length are judged as one; longer ones two sentences at a time."""

Found = tuple[int, int, str]


@lru_cache(maxsize=2048)
def find_plant(text: str, *, own_words: bool) -> Found | None:
    """The first stretch of a text that is planted, or None.

    Args:
        text: Any text.
        own_words: Whether we wrote it: our own words are English and never address a reader.

    Returns:
        Offsets in the text and why, or None.
    """
    if found := _invisible(text) or _mixed_alphabets(text):
        return found
    for reading in readings(text):
        if found := _in_reading(reading, own_words=own_words):
            start, end, why = found
            how = f", written in {reading.how}" if reading.how else ""
            return *reading.original(start, end), why + how
    return None


def find_address(text: str) -> Found | None:
    """Where a verdict speaks to other reviewers or gives orders; its own call is no plant.

    Args:
        text: What an llm wrote.
    """
    return _invisible(text) or next(
        (
            (*reading.original(start, end), why)
            for reading in readings(text, encoded=False)
            for start, end, why in _addresses(reading.text)
        ),
        None,
    )


def _invisible(text: str) -> Found | None:
    if text.isascii():
        return None
    for at, char in enumerate(text):
        if char.isascii():
            continue
        hidden = (
            "\U000e0000" <= char <= "\U000e007f"
            or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
        )
        if hidden or (
            unicodedata.category(char) == "Cf"
            and 0 < at < len(text) - 1
            and text[at - 1].isascii()
            and (text[at + 1].isascii() or unicodedata.category(text[at + 1]) == "Cf")
            and char != "\u00ad"
        ):
            return at, at + 1, "invisible characters"
    return None


_MIXED = re.compile(r"(?=\w*[a-zA-Z])(?=\w*[\u0400-\u04ff])[^\W\d_]{2,}")


def _mixed_alphabets(text: str) -> Found | None:
    if text.isascii():
        return None
    found = _MIXED.search(text)
    return (*found.span(), "two alphabets in one word") if found else None


def _in_reading(reading: Reading, *, own_words: bool) -> Found | None:
    text = reading.text
    if reading.decoded and reading.how not in {"rotated letters", "reversed letters"}:
        return 0, len(text), "encoded text"
    if not reading.decoded and (marker := find_marker(text)):
        return marker
    for why, form in _HARD:
        if match := form.search(text):
            return *match.span(), why
    own = own_words and not reading.decoded
    for start, end, more in _windows(text):
        if found := _judge(text[start:end].lower(), own=own, more=more):
            return start + found[0], start + found[1], found[2]
    if own and not reading.how and foreign(text):
        return 0, len(text), "not in English, in which our own words are written"
    return None if reading.decoded else _in_any_sentence(text)


def _in_any_sentence(text: str) -> Found | None:
    """A sentence in another language, even among English ones; then the text as a whole."""
    for start, end in sentences(text):
        if found := _elsewhere(text[start:end]):
            return start + found[0], start + found[1], found[2]
    return _elsewhere(text)


def _windows(text: str) -> Iterator[tuple[int, int, int]]:
    """Stretches to judge, with the weight they need beyond the threshold."""
    if len(text) <= _WHOLE:
        yield 0, len(text), 0
        return
    spans = sentences(text)
    for at, (start, end) in enumerate(spans):
        yield start, end, 0
        if at + 1 < len(spans):
            yield start, spans[at + 1][1], 2


def _judge(text: str, *, own: bool, more: int) -> Found | None:
    """Adds up the signals of one window.

    Lower-casing may lengthen a text by a few characters, never the ones that are matched here.
    """
    maybe = [number for number in _SIEVE.numbers(text) if own or not _SIGNALS[number].own]
    still = sum(_weight(_SIGNALS[number], own=own) for number in maybe)
    hits: dict[int, re.Match[str]] = {}
    for number in sorted(maybe, key=_SUBJECT_LAST.__getitem__):
        signal = _SIGNALS[number]
        if still < THRESHOLD + more or (signal.name in _SUBJECTS and not hits):
            return None  # whatever else is found; talk of reviewers and scores alone is no plant
        if match := _first(signal, text):
            hits[number] = match
        else:
            still -= _weight(signal, own=own)
    if still < THRESHOLD + more or not hits:
        return None
    start = min(match.start() for match in hits.values())
    end = max(match.end() for match in hits.values())
    names = ", ".join(_SIGNALS[number].name for number in sorted(hits))
    return start, end, f"it speaks to its reader ({names})"


def _weight(signal: Signal, *, own: bool) -> int:
    return signal.weight if own or signal.name not in _MARKETING else 0


_MARKETING = frozenset({"you or your", "authority"})
"""What vendors write in their own pages, so that in quotes it counts for nothing."""

_SUBJECTS = frozenset({"audience", "verdict", "review words", "authority", "you or your"})
"""Signals that only name a subject: talk of reviewers and scores alone is no plant."""

_SIGNALS = (*ADDRESS, *PRESSURE)
_SUBJECT_LAST = [(signal.name in _SUBJECTS, at) for at, signal in enumerate(_SIGNALS)]
_SIEVE = Sieve([signal.pattern for signal in _SIGNALS])
_HARD = tuple((why, Sifted(form)) for why, form in HARD)


def _first(signal: Signal, text: str) -> re.Match[str] | None:
    for match in signal.pattern.finditer(text):
        subject = match.groupdict().get("subject")
        if not (subject and THIRD_PARTY.search(subject.strip())):
            return match
    return None


def _elsewhere(text: str) -> Found | None:
    low = text.lower()
    if _mostly_english(low):
        return None
    for language, orders in _ORDERS:
        order = orders.search(low)
        if order is None:
            continue
        others = [
            match
            for form in (language.audience, language.verdict)
            if (match := form.search(low)) and match.span() != order.span()
        ]
        if others:
            start = min(order.start(), *(match.start() for match in others))
            end = max(order.end(), *(match.end() for match in others))
            return start, min(end, len(text)), f"it speaks to its reader in {language.name}"
    return None


_ORDERS = tuple((language, Sifted(language.order)) for language in LANGUAGES)
_PLAIN_ENGLISH = re.compile(r"\b(?:the|of|and|with|for|from|is|are|you|your|which|how|what)\b")


def _mostly_english(text: str) -> bool:
    return len(_PLAIN_ENGLISH.findall(text)) >= 2


_TO_PANEL = Cued(
    r"(?:^|[.!?;:]\s+)(?:dear |attention,? )?(?:fellow |other |all )?(?:reviewers|graders"
    r"|panel members|assistants|summari[sz]ers)\s?[,:]"
    r"|\b(?:note|message|reminder|instructions?) (?:to|for) (?:\w+ ){0,2}(?:reviewers?|graders?"
    r"|editors?|assistants?|readers?|summari[sz]ers?|ai|llms?)\b"
    r"|\b(?:reviewers|graders|panel members|summari[sz]ers|editors|other personas) (?:must"
    r"|should|shall|have to|are to|are required to)\b"
    r"|\b(?:ignore|disregard|forget|override|set aside)\b(?: [\w']+){0,3} (?:instructions?"
    r"|guidelines?|rules|rubric|prompt)\b"
    r"|\bpre-?approved\b[^.]{0,40}\b(?:verdict|ship|panel|editors?)\b|\bscore:? ?100\b"
    r"|\b(?:10/10|100/100)\b"
    r"|\bas (?:instructed|requested|ordered)\b|\b(?:the )?(?:dossier|source|page|text"
    r"|note) (?:told|tells|asks|asked|instructs|orders) (?:me|us|reviewers)\b",
    "reviewers graders members assistants summarisers summarizers note message reminder"
    " instructions editors personas ignore disregard forget override aside approved preapproved"
    " score instructed requested ordered told tells asks asked orders",
)
_FULL_MARKS = "/10"
"""The one thing in it that is written without any word."""


def _addresses(text: str) -> Iterator[Found]:
    low = text.lower()
    if not _TO_PANEL.may_match(low) and _FULL_MARKS not in low:
        return
    for match in _TO_PANEL.pattern.finditer(low):
        yield match.start(), min(match.end(), len(text)), "speaks to the panel"
