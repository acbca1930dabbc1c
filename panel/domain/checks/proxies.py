"""No experience by proxy: a persona has no class, friend or client who used the model either."""

from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag, texts_of
from panel.domain.checks.experience import (
    DONE,
    USED,
    USES,
    Form,
    claims_of,
    form,
)
from panel.domain.cues import Cued
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_PEOPLE = (
    r"(?:class(?:es)?|classmates?|room|students?|pupils?|friends?|cooks?|clients?|customers?|teams?"
    r"|colleagues?|neighbou?rs?|crew|partner|wife|husband|daughters?|sons?|sisters?|brothers?"
    r"|mother|father|boss|interns?|editors?|engineers?|developers?|analysts?|co-?workers?|staff"
    r"|firm|company|department|studio|workshop|group|illustrators?|freelancers?|nephew|niece|kids?"
    r"|children|readers?|users?|people|surveyors?|makers?|learners?|evening class(?:es)?)\b"
)
_CLOSE = r"(?:friend|neighbou?r|colleague|flatmate|cousin|relative|acquaintance)s?\b"
_ROOM = r"(?:class|room|students?|pupils?|crew|workshop|cooks?|illustrators?|surveyor)\b"
_OF = r"(?:(?:one|two|three|some|several|most|many|half|both|all|each|a few) of )?"
_KNOWN = (
    rf"\b(?:{_OF}(?:my|our) (?:[\w-]+ ){{0,2}}?{_PEOPLE}"
    rf"|(?:a|an|one|another|the|some) (?:[\w-]+ ){{0,2}}?{_CLOSE}"
    rf"|(?:a|an|one|another|some|two|three) (?:[\w-]+ ){{0,2}}?{_PEOPLE} (?:of mine|of ours"
    r"|i know|i teach|i work with)"
    r"|(?:everyone|everybody|people|someone|somebody|teams|a (?:shop|studio|team|firm)) i (?:know"
    r"|teach|work with|talk to))"
    r"(?: (?:of mine|of ours|at work|in (?:the|my) \w+|from (?:the|my) \w+|downstairs|upstairs"
    r"|next door))?(?: who| that|,)?"
)
_ADVERBS = (
    r"(?: (?:just|already|actually|recently|also|both|even|quickly|now|currently|still|since|then"
    r"|always|often|regularly|finally|all|happily|once|last week|last month|yesterday))*"
)
_MADE = (
    r"(?:photographed|uploaded|typed|asked|described|sketched|recorded|filmed|drew|scanned|pasted"
    r"|fed|dictated|snapped|showed|sent|entered)"
)
_LIKED = r"(?:loved|liked|hated|enjoyed|preferred|picked up|took to|chose|dropped|abandoned)"
_ALONE = (
    r"(?:deployed|switched(?: over)?|migrated|adopted|piloted)"
    r"(?=(?: (?:to|over|last|in|on|at|this|within|for|by|weeks?|months?|days?|early|already)\b)"
    r"|[.,;:!?]|$)"
)

_FORMS = (
    rf"{_KNOWN}{_ADVERBS} (?:{USED}|{_LIKED} {{object}})",
    rf"{_KNOWN}{_ADVERBS} {{put}}",
    rf"{_KNOWN}(?: have| has| had|'ve){_ADVERBS} {DONE}{{gap}}{{object}}",
    rf"{_KNOWN}{_ADVERBS} {USES}(?: (?:on|by|for|with))? {{object}}",
    (
        rf"{_KNOWN}(?: is| are| was| were){_ADVERBS} (?:using|running|testing|trying|deploying"
        r"|hosting|paying for|working with|playing with|building (?:on|with)) {object}"
    ),
    rf"{_KNOWN}(?: have| has| had|'ve)?{_ADVERBS} {_ALONE}",
    (
        rf"{_KNOWN}{_ADVERBS} {_MADE}[^.;!?]{{1,60}}? and (?:got|received|had|came (?:back|away)"
        r"|walked away|went home)\b"
    ),
    rf"\bthe (?:[\w-]+ ){{0,2}}?{_ROOM}{_ADVERBS} (?:{USED}|{_LIKED} {{object}})",
    rf"\bthe (?:[\w-]+ ){{0,2}}?{_ROOM}{_ADVERBS} {{put}}",
)

_ANYBODY = Cued(
    r"\b(?:my|our|mine|ours|friends?|neighbou?rs?|colleagues?|flatmate|cousin|relative|class|room"
    r"|students?|pupils?|crew|workshop|cooks?|illustrators?|surveyor|i (?:know|teach|work|talk))\b",
    "my our mine ours friend friends neighbor neighbour colleague flatmate cousin relative class"
    " room student pupil pupils crew workshop cook cooks illustrator surveyor know teach work talk",
)
"""Without one of these words there is nobody to speak through."""


def check_proxies(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Claims that people the persona knows have used the model."""
    name, vendor = context.dossier.name, context.dossier.vendor
    for path, text in texts_of(verdict):
        for start, end in experience_by_proxy(text, name, vendor):
            message = (
                f"tells an experience with the model that nobody had: {text[start:end]!r};"
                " say what the facts say, or what people could do"
            )
            yield flag("first-hand", "blocks", message, path=path, text=text, span=(start, end))


def experience_by_proxy(text: str, name: str, vendor: str) -> Iterator[tuple[int, int]]:
    """Where a text tells how people the writer knows have used the model.

    Args:
        text: What the reviewer wrote.
        name: Name of the model.
        vendor: Name of its maker.
    """
    if _ANYBODY.search(fold(text).text):
        yield from claims_of(text, _forms(), name=name, vendor=vendor)


@lru_cache(maxsize=1)
def _forms() -> tuple[Form, ...]:
    return tuple(form(text) for text in _FORMS)
