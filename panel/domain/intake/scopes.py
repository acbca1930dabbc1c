"""The conditions under which a figure holds: a price for input and one for output do not clash."""

import re
from functools import lru_cache

from panel.domain.fact import Fact
from panel.domain.intake.normal import content_words
from panel.domain.typography import fold, plain_words

_SCOPES = tuple(
    re.compile(form)
    for form in (
        r"\binput\b", r"\boutput\b", r"\bbatch", r"\bcach(?:e|ed|ing)\b", r"\boff-?peak\b",
        r"\bnon-?thinking|\b(?:without|no) (?:thinking|reasoning)\b", r"(?<!non-)\bthinking\b",
        r"\bexten(?:d|s)\w*|\byarn\b|\bextrapolat", r"\bhosted (?:api|version)|\bapi version",
        r"\bquanti[sz]", r"\b2[ -]?bits?\b", r"\b4[ -]?bits?\b|\b(?:int|fp)4\b",
        r"\b8[ -]?bits?\b|\b(?:int|fp)8\b", r"\b(?:bf|fp)16\b|\bfull precision\b",
        r"\bpreview\b(?! to)|\bbeta\b",
        r"\b(?:with|using) tools\b", r"\b(?:without|no) tools\b",
        r"\b(?:thinking|reasoning|search|tools?|caching) (?:turned |switched )?(?P<which>on|off)\b",

        r"\b(?P<which>two|three|four|five|eight|ten|[2-9]|\d\d+) (?:tries|attempts|samples)\b",
        r"\b(?P<which>zero|one|two|three|five|\d+)-shot\b",
        r"\bpass@\d*",
        r"\b(?:in|at|on|during|by) (?:the )?(?P<which>morning|night|evening|noon|weekend|peak)s?\b",
 r"\bmajority|cons@",
        r"\bactive\b|\bactivated\b", r"\bbase model\b", r"\binstruct", r"\bfine-?tuned\b",
        (
            r"\b(?P<which>plus|team|enterprise|business|students?|education|premium|max|ultra|pro"
            r"|free|family|starter|basic|personal|developer|solo|studio|standard|advanced|premier"
            r"|professional|individual|company|hobby|scale|growth|lite|go) (?:plan|tier"
            r"|subscription|account|edition|licence)s?\b"
        ),
        r"\bper (?P<which>image|minute|hour|seat|user|head)\b",
        r"\b(?:above|beyond|longer than|over) \d+k\b", r"\bsubset\b", r"\blite\b", r"\bmini\b",
    )
)  # fmt: skip
"""Conditions of a figure; figures under different ones do not contradict each other."""


def scopes(fact: Fact) -> frozenset[str]:
    """The conditions under which a fact's figure holds, each with the digits in it."""
    parts = (fact.statement, fact.brief, fact.value, fact.unit)
    return scopes_of(" ; ".join(part for part in parts if part))


_HELD = re.compile(
    r"\b(?P<how>in|on|for|under|at|using|during|outside|via|per|with|without|to)"
    r" (?:the |an? |its |their |our )?(?P<what>[a-z]\w*)"
)
_OPEN_TO = re.compile(
    r"\b(?:open|available|offered|given|handed|sold|released|limited|free)(?: out)?(?: only)? $"
)
_NO_CONDITION = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september"}
    | {"october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug"}
    | {"sep", "sept", "oct", "nov", "dec", "spring", "summer", "autumn", "winter", "monday"}
    | {"tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "launch", "release"}
    | {"day", "week", "month", "year", "years", "days", "hundred", "thousand", "million"}
    | {"billion", "trillion", "one", "two", "three", "four", "five", "six", "seven", "eight"}
    | {"nine", "ten", "eleven", "twelve", "single", "every", "all", "any", "each", "least"}
    | {"most", "total", "full", "fact", "addition", "general", "own", "card", "paper"}
    | {"report", "test", "tests", "run", "runs", "count", "article", "post", "list", "table"}
    | {"blog", "announcement", "review", "document", "sheet", "data", "bill", "measurement"}
    | {"measurements", "view", "words", "survey", "interview", "note", "input", "output"}
    | {"token", "tokens", "minute", "second", "hour", "answer", "which", "that", "this"}
    | {"what", "it", "them", "us", "people", "everyone", "anyone", "users", "customers"}
    | {"everybody", "anybody", "be", "use", "download", "about", "around", "up", "only"}
    | {"over", "cost", "costs"}
)
"""Words behind a preposition that tell when, how much or who says it, but no condition."""


def same_conditions(first: Fact, second: Fact) -> bool:
    """Whether two figures are of one thing, as those `in Spanish` and `in Finnish` are not.

    Args:
        first: A fact.
        second: Another one of the same property.
    """
    if scopes(first) != scopes(second):
        return False
    own = [f"{fact.value or ''} {fact.unit or ''}" for fact in (first, second)]
    return not contrasted(first.statement, second.statement, own[0], own[1])


def contrasted(first: str, second: str, value: str = "", other: str = "") -> bool:
    """Whether two sentences name other things behind one preposition: `on Android`, `on iOS`.

    Args:
        first: A sentence.
        second: Another one.
        value: What the first states, which is no condition of it.
        other: Likewise of the second.
    """
    one, two = _held(first, value), _held(second, other)
    words = [content_words(text) for text in (first, second)]
    if one.get("with", set[str]()) & two.get("without", set[str]()):
        return True
    if two.get("with", set[str]()) & one.get("without", set[str]()):
        return True
    return any(one[how] - words[1] and two[how] - words[0] for how in one.keys() & two.keys())


def _held(text: str, value: str) -> dict[str, set[str]]:
    """What stands behind each preposition of a sentence."""
    found: dict[str, set[str]] = {}
    folded, stated = fold(text).text, set(plain_words(value))
    for match in _HELD.finditer(folded):
        if match["what"] in _NO_CONDITION | stated:
            continue
        if match["how"] != "to" or _OPEN_TO.search(folded[: match.start()]):
            found.setdefault(match["how"], set()).update(content_words(match["what"]))
    return found


@lru_cache(maxsize=4096)
def scopes_of(text: str) -> frozenset[str]:
    """The conditions that a text names, see `scopes`.

    Args:
        text: Any text.
    """
    folded = fold(text).text
    return frozenset(
        f"{at} {_kind(found)}" for at, form in enumerate(_SCOPES) for found in form.finditer(folded)
    )


def _kind(found: re.Match[str]) -> str:
    """What tells one condition of a form from another: a word it names, else its digits."""
    return found.groupdict().get("which") or "".join(filter(str.isdigit, found.group()))
