"""Which side a text takes on the few questions that have two: open or closed, dense or sparse.

What a text denies is read first, so that `no public weights` is not taken for public weights.
"""

import re
from functools import lru_cache

from panel.domain.intake.attributes import canonical
from panel.domain.typography import fold

_WEIGHTS = r"(?:open|public(?:ly available)?|downloadable|released)?[ -]?(?:model )?weights?"
_AXES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "openness": (
        (
            r"open(?:ly)?[ -]?(?:sourced?|weights?|available)|downloadable|public weights",
            r"permissive|self-? ?host\w*|runs? locally|local (?:use|deployment|inference)",
            r"on-prem\w*|\bollama\b|llama\.cpp|apache|\bmit\b|royalty-free|fully open|\bopen\b$",
            r"unrestricted (?:commercial )?use|weights (?:are )?(?:open|public|available|released)",
        ),
        (
            r"proprietary|closed|api[ -]only|only (?:through|via|in) |private (?:api )?preview",
            r"withheld|weights? (?:are |were )?(?:not|unreleased|private)",
            (
                rf"\b(?:no|not|without|never|non)\b[ -](?:an? |any |yet )*(?:{_WEIGHTS}|open\w*"
                r"[ -]?(?:source\w*|weights?)?|download\w*|self-host\w*)"
            ),
        ),
    ),
    "reach": (
        (
            r"general(?:ly)? availab\w+|\bpublic (?:api|beta|preview)|publicly available",
            r"open to (?:all|every(?:one|body)|any(?:one|body))",
            r"\b(?:anyone|everyone|everybody) can\b",
        ),
        (
            r"private|select(?:ed)? (?:partners?|users?|customers?)|chosen partners|wait-? ?list",
            r"invit(?:e|ation)[ -]?only|by invitation|limited preview|no public (?:api|access)",
            r"not (?:yet )?(?:publicly|generally) available",
        ),
    ),
    "design": (
        (r"\bdense\b",),
        (r"mixture[ -]of[ -]experts|\bmoe\b|\bsparse\b|(?:not|non)[ -](?:a )?dense",),
    ),
    "stage": (
        (r"\breleased\b|\bavailable\b|\blaunched\b|\bout now\b|\bshipped\b",),
        (
            r"\bupcoming\b|\bcoming soon\b|\bunreleased\b|\bplanned\b|\bannounced but\b",
            r"\bnot (?:yet )?(?:released|available|launched|out)\b",
        ),
    ),
}
_SIDES = {
    axis: (re.compile("|".join(first)), re.compile("|".join(second)))
    for axis, (first, second) in _AXES.items()
}
_ASKED = {
    "openness": {"licence", "access", "weights", "openness", "open-source"},
    "reach": {"access", "availability", "api", "api-access"},
    "design": {"architecture", "design"},
    "stage": {"availability", "status", "release", "weights"},
}
"""By axis, the topics and attributes on which it decides."""


@lru_cache(maxsize=4096)
def sides(text: str) -> dict[str, bool]:
    """The side a text takes by axis; an axis it is silent on, or takes both sides of, is missing.

    Args:
        text: Any text, e.g. the value and the brief of a fact.
    """
    folded = fold(text).text
    found: dict[str, bool] = {}
    for axis, (first, second) in _SIDES.items():
        rest = second.sub(" ; ", folded)
        one, other = first.search(rest) is not None, rest != folded
        if one != other:
            found[axis] = one
    return found


def opposed(first: str, second: str, topics: set[str], attribute: str) -> str | None:
    """The axis on which two texts take opposite sides, if their subject is decided by it.

    Args:
        first: One text.
        second: The other.
        topics: Topics of the two facts.
        attribute: Their attribute.
    """
    subject = {*topics, canonical(attribute)}
    one, two = sides(first), sides(second)
    shared = (axis for axis in one.keys() & two.keys() if subject & _ASKED[axis])
    return next((axis for axis in sorted(shared) if one[axis] != two[axis]), None)
