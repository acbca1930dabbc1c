"""What the reviewer was told stays inside: no instructions, no persona file, no prompt marks."""

from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, cited_by, flag, texts_of
from panel.domain.checks.evidence import evidence_of
from panel.domain.checks.markup import markup
from panel.domain.cues import Cued
from panel.domain.flag import Flag
from panel.domain.planting import find_marker
from panel.domain.typography import find_folded, fold, shingles, words
from panel.domain.verdict import Verdict

RUN = 8
"""Consecutive words of the instructions or the persona file that count as a leak."""

_SELF = Cued(
    r"\bas an? (?:ai|large language|language|llm|artificial)\b(?: (?:model|assistant|intelligence"
    r"|reviewer|system|language model))*(?=[, ]+i\b|,)|\bi(?:'m| am) (?:just |only "
    r"|merely )?an? (?:ai\b|llm"
    r"|(?:large )?language model|assistant|chatbot)|\bmy (?:training data|knowledge cut-?off"
    r"|training"
    r"|system prompt|instructions|guidelines|prompt|programming|rubric|brief)\b|\b(?:i was|i am"
    r"|i'm|i've been)"
    r" (?:told|instructed|asked|prompted|programmed) to\b|\bi(?:'m sorry| am sorry"
    r"| apologi[sz]e), (?:but )?i"
    r"|\bi can(?:not|'t) (?:help|assist|comply) with\b|\bthe (?:instructions|prompt) (?:say|tell"
    r"|ask"
    r"|require)s? (?:me|that i)\b|\bper (?:my|the) instructions\b",
    "ai language llm artificial i my me instructions",
)
_MARKUP = {"a markup link", "a code fence", "a role heading"}
_PROMPT = Cued(r"\b(?:system prompt|system message|prompt injection)s?\b", "system prompt")


def check_leaks(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Words of the instructions or the persona, marks of the prompt, the llm speaking of itself."""
    told = (context.prompt.rules, context.prompt.persona, context.persona.portrait)
    secret = _secret(told)
    evidence = evidence_of(context, cited_by(verdict)).folded
    for path, text in texts_of(verdict):
        for start, end in _runs(text, secret):
            message = f"repeats the instructions: {text[start:end]!r}; say it in your own words"
            yield flag("leak", "blocks", message, path=path, text=text, span=(start, end))
        for start, end, what in _marks(text, context.prompt.fence, evidence):
            message = f"{text[start:end]!r} is {what}; remove it"
            yield flag("leak", "blocks", message, path=path, text=text, span=(start, end))


@lru_cache(maxsize=128)
def _secret(told: tuple[str, ...]) -> frozenset[tuple[str, ...]]:
    return frozenset[tuple[str, ...]]().union(*(shingles(text, RUN) for text in told))


def _runs(text: str, secret: frozenset[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    if secret.isdisjoint(shingles(text, RUN)):  # the usual case, and much the quicker question
        return
    own = words(text)
    at = 0
    while at + RUN <= len(own):
        end = at + RUN
        if tuple(word.text for word in own[at:end]) not in secret:
            at += 1
            continue
        while end < len(own) and tuple(w.text for w in own[end - RUN + 1 : end + 1]) in secret:
            end += 1
        yield own[at].start, own[end - 1].end
        at = end


def _is_markup(marker: tuple[int, int, str], text: str) -> bool:
    """Whether the mark is plain markup, which has a check of its own."""
    start, end, what = marker
    return what in _MARKUP and any(start < last and first < end for first, last, _ in markup(text))


def _marks(text: str, fence: str, evidence: str) -> Iterator[tuple[int, int, str]]:
    fenced = find_folded(fence, text)
    if fenced:
        yield *fenced, "the mark around the dossier"
    marker = find_marker(text)
    if marker and not _is_markup(marker, text):
        yield marker
    folded = fold(text)
    for match in _SELF.finditer(folded.text):
        yield *folded.original(*match.span()), "the llm speaking of itself"
    for match in _PROMPT.finditer(folded.text):
        if match.group().removesuffix("s") not in evidence:
            yield *folded.original(*match.span()), "talk of the prompt"
