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
            r"(?:can|may|could) (?:now )?be downloaded|free to download",
            r"permissive|self-? ?host\w*|runs? locally|local (?:use|deployment|inference)",
            r"on-prem\w*|\bollama\b|llama\.cpp|apache|\bmit\b|royalty-free|fully open|\bopen\b$",
            r"unrestricted (?:commercial )?use",
            r"weights (?:are |were )?(?:open|public|available|released)",
            r"(?:published|released|opened) (?:the |its |all |full )*weights",
        ),
        (
            r"proprietary|closed|api[ -]only|only (?:through|via|in) |private (?:api )?preview",
            r"withheld|weights? (?:are |were )?(?:not|nowhere|unreleased|private)",
            (
                rf"\b(?:no|not|without|never|non)\b[ -](?:an? |any |yet )*(?:{_WEIGHTS}|open\w*"
                r"[ -]?(?:source\w*|weights?)?|download\w*|self-host\w*)"
            ),
        ),
    ),
    "commerce": (
        (
            r"\bapache\b|\bmit\b|\bbsd\b|\ba?gpl\b|\bcc0\b|open[ -]source|\bany (?:use|purpose)\b",
            r"commercial (?:use|purposes)(?: is| are)? (?:allowed|permitted|included|free)",
            r"(?:allows?|permits?|includes?|for) commercial (?:use|purposes)",
        ),
        (
            (
                r"\b(?:forbid\w*|prohibit\w*|bars?|bans?|exclude[sd]?|rules? out|no|not|never"
                r"|without)\b[^.;]{0,25}\bcommercial(?:ly)?\b"
            ),
            r"non-?commercial|\bcc[ -]by[ -]nc\S*|research(?: use)? only|personal use only",
            (
                r"commercial (?:use|purposes) (?:is |are )?(?:not|forbidden|prohibited|excluded"
                r"|barred)(?: (?:allowed|permitted))?"
            ),
        ),
    ),
    "charge": (
        (
            r"\bfree\b(?! (?:to|from|of (?!charge|cost)))|\bincluded\b",
            r"\b(?:no|without) (?:cost|charge)\b",
        ),
        (r"\bpa(?:id|y|ys|ying)\b|\bcosts?\b|\bcharge[sd]?\b",),
    ),
    "reach": (
        (
            r"general(?:ly)? availab\w+|\bpublic (?:api|beta|preview)|publicly available",
            r"open to (?:all|every(?:one|body)|any(?:one|body))",
            r"\b(?:anyone|everyone|everybody) can\b|\b(?:for|to) (?:any|every)(?:one|body)\b",
        ),
        (
            r"private|select(?:ed)? (?:partners?|users?|customers?)|chosen partners|wait-? ?list",
            r"invit(?:e|ation)[ -]?only|by invitation|limited preview|no public (?:api|access)",
            r"not (?:yet )?(?:publicly|generally) available",
            (
                r"\bonly (?:(?:given|handed|sold|open|released|available|offered) )?(?:out )?"
                r"(?:to|for)\b"
            ),
        ),
    ),
    "design": (
        (r"\bdense\b",),
        (r"mixture[ -]of[ -]experts|\bmoe\b|\bsparse\b|(?:not|non)[ -](?:a )?dense",),
    ),
    "making": ((r"\bdiffusion\b",), (r"\bauto-?regressive\b",)),
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
    "commerce": {"licence", "commercial-use"},
    "charge": set[str](),
    "openness": {"licence", "access", "weights", "openness", "open-source"},
    "reach": {"access", "availability", "api", "api-access"},
    "design": {"architecture", "design"},
    "making": {"architecture", "design"},
    "stage": {"availability", "status", "release", "weights"},
}
"""By axis, the topics and attributes on which it decides; none where an llm has to point at it."""


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
