"""The call and the words must agree: no quote says `skip it` under a ship."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_I = (
    r"\bi(?:'d| would|'m| am|'ll| will| still| must| have to)?(?: (?:still|therefore|so|rather"
    r"|also))?(?: not| never)?"
)
_STANCE = re.compile(
    rf"{_I} (?:be )?(?P<a>ship|skip)(?:ping|s)?(?! (?:it )?(?:to|with|code|over|past|around)\b)"
    r"|\b(?P<b>ship|skip) (?:it|this|this one|now|today)\b"
    r"|\b(?:verdict|call|vote|answer|decision|result)(?: is| remains|:| goes to| stays)?"
    r" (?:a |an |to |clear |firm |hard )*(?P<c>ship|skip)\b"
    r"|\b(?:a|an) (?:clear |easy |firm |hard |reluctant |cautious |confident )*(?P<d>ship|skip)"
    r"(?= (?:for|from|today|now|until|because|in my)|[.,;!]|$)"
    r"|^(?P<e>ship|skip)[.:,!]|(?<=[.!?] )(?P<f>ship|skip)[.!]"
)
_SAID, _LOUD = ("ship", "skip"), ("SHIP", "SKIP")
_NOT = re.compile(r" (?:not|never) ")
_SHOUTED = re.compile(r"\b(SHIP|SKIP)\b")
_DENIED = re.compile(
    r"(?:\b(?:not|never|don't|cannot|can't|wouldn't|won't|couldn't|isn't|hardly|no|nor)\b)"
    r"(?: [\w']+){0,3} ?$"
)
_SUPPOSED = re.compile(
    r"\b(?:if|once|when|until|unless|before|whether|would|could|might|to|turns?|flips?|becomes?"
    r"|into|toward|towards|or|than|for|from|others?|who)\b(?: [\w']+){0,3} ?$"
)
_CONDITION = re.compile(
    r"^[^.!?]{0,60}?\b(?:if|once|when|unless|only after|as soon as|until|the day|provided)\b"
)


def check_call(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Words in headline or quote that say the opposite of the call."""
    del context
    for path, text in (("headline", verdict.headline), ("quote", verdict.quote)):
        for start, end, stance in _stances(text):
            if stance != verdict.call:
                message = (
                    f"says {text[start:end]!r} while the call is {verdict.call};"
                    " change the words or the call"
                )
                yield flag("call-mismatch", "blocks", message, path=path, text=text,
                           span=(start, end))  # fmt: skip


def _stances(text: str) -> Iterator[tuple[int, int, str]]:
    folded = fold(text)
    if not any(map(folded.text.__contains__, _SAID)) and not any(map(text.__contains__, _LOUD)):
        return
    seen: list[tuple[int, int]] = []
    for match in _STANCE.finditer(folded.text):
        before = folded.text[max(0, match.start() - 40) : match.start()]
        before = re.split(r"[.!?;,:]", before)[-1]
        after = folded.text[match.end() :]
        plain = match["c"] is None and match["e"] is None
        if plain and (_SUPPOSED.search(before) or _CONDITION.search(after)):
            continue
        said = next(word for word in match.groups() if word)
        denied = bool(_DENIED.search(before)) or bool(_NOT.search(match.group()))
        span = folded.original(*match.span())
        seen.append(span)
        yield *span, ({"ship": "skip", "skip": "ship"}[said] if denied else said)
    for match in _SHOUTED.finditer(text):
        before = re.split(r"[.!?;,:]", fold(text[max(0, match.start() - 40) : match.start()]).text)[
            -1
        ]
        after = fold(text[match.end() :]).text
        covered = any(start < match.end() and match.start() < end for start, end in seen)
        if not (covered or _DENIED.search(before + " ") or _SUPPOSED.search(before + " ")
                or _CONDITION.search(after)):  # fmt: skip
            yield *match.span(), match.group().lower()
