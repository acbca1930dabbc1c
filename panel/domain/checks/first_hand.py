"""No invented experience: a persona never claims to have run, used, tested or paid."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag, texts_of
from panel.domain.checks.experience import (
    DOING,
    DONE,
    USED,
    Form,
    claims_of,
    form,
)
from panel.domain.cues import any_cue, cues
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_WHO = r"\b(?:i|we)"
_ADVERBS = (
    r"(?: (?:just|already|personally|actually|recently|only|also|both|even|briefly|quickly|now"
    r"|currently|still|since|then|always|often|regularly|myself|finally|first|once|have|had|and))*"
)
_ACCESS = r"(?:early|beta|preview) access|my hands on|access to {object}"
_SEATS = (
    r"for (?:(?:the|a|an|my|our|two|three|several|\d+) )?(?:\w+ )?(?:seats?|plan|subscription|tier"
    r"|tokens|credits|access|accounts?)\b"
)
_OWN_KIT = (
    r"(?:my|our) (?:own )?(?:\w+ )?(?:pipeline|stack|codebase|workload|workflow|product|tickets"
    r"|project|setup|repo(?:sitory)?)\b"
)
_MACHINE = (
    r"(?:[a-z]*\d{3,4}[a-z]*(?: ti| super)?|gpus?|laptop|mac(?:book)?(?: pro| air| studio| mini)?"
    r"|rig|desktop|workstation|m\d(?: (?:ultra|max|pro))?|a100s?|h100s?|rtx \w+|hardware|cluster"
    r"|(?:own|home|local|single|little|old|trusty|ageing) (?:machines?|server|box|pc|card))\b"
)
_THINGS = (
    r"(?:machines?|server|box|phone|desk|pc|setup|data|codebase|repo(?:sitory)?|documents|tasks"
    r"|prompts|workload|stack|tickets|footage|photos|card)\b"
)
_PLACES = (
    r"(?:use|usage|workflows?|pipeline|projects?|setup|environment|day-to-day|daily work|lab"
    r"|studio|stack|class|classroom|shop|kitchen)\b"
)
_TRIALS = (
    r"(?:tests?|testing|benchmarks|benchmarking|runs|trials?|experiments|evals?|evaluations?"
    r"|hands|sessions|playing|pilot|side-by-sides?|experience with {object})\b"
)
_OWN = (
    r"(?:own |early |quick |brief |limited |informal |internal |daily |first |hands-on |production"
    r" |real |initial |private )*"
)
_MODEL = r"(?:\b(?:it|the model)\b|{name})"
_REAL = (
    r"(?! (?:would|could|might|may|should|will|can|must|has to|had to|needs?|does not|did not"
    r"|is not)\b)"
)
_SPAN = r"(?:a|an|one|two|three|four|five|six|several|a few|some|\d+)(?: \w+)?"
_LENGTHS = r"(?:hours?|days?|weeks?|months?|evenings?|nights?|weekends?|afternoons?)"
_IDLE = (
    r"(?! (?:to (?:think|believe)|pause|doubts?|reason|hope|confidence|little|no\b|nothing|enough"
    r"|too little|an? (?:doubt|reason|hint)))"
)

_STRONG = (
    rf"{_WHO}(?:'ve| have| had|'d been)?{_ADVERBS} {USED}",
    rf"{_WHO}(?:'ve| have| had|'d been)?{_ADVERBS} {{put}}",
    rf"{_WHO}(?:'ve| have| had){_ADVERBS} {DONE}{{gap}}{{object}}",
    rf"{_WHO}(?:'ve| have) (?:\w+ly )?(?:used|tried|tested|run) (?:worse|better|slower|faster)\b",
    rf"{_WHO}(?:'m| am|'re| are| was| were){_ADVERBS} {DOING}{{gap}}{{object}}",
    rf"{_WHO}{_ADVERBS} (?:use|run|test|host|deploy|serve|rely on|work with|pay for) {{object}}",
    rf"{_WHO}(?:'ve| have| had)?{_ADVERBS} (?:pay|paid) {_SEATS}",
    rf"{_WHO}(?:'ve| have| had)?{_ADVERBS} (?:had|got|gotten|been given) (?:{_ACCESS})",
    (rf"{_WHO}(?:'ve| have)?{_ADVERBS} (?:switched|migrated|moved|ported|rebuilt|wired|hooked"
    rf"|plugged) {_OWN_KIT}"),
    rf"{_WHO}(?:'ve| have)?{_ADVERBS} (?:signed (?:up|in)|logged (?:in|into)|uploaded|pasted)\b",
    (r"\bi(?:'m| am) (?:already )?(?:a|an) (?:paying|daily|heavy|long-time|regular|happy)"
    r" (?:user|customer|subscriber)"),
    rf"\bin (?:my|our) {_OWN}{_TRIALS}",
    (rf"{_MODEL}{_REAL}(?: [\w'-]+){{1,7}} (?:in|on|through|across|into|with|against) (?:my|our)"
    rf" (?:own |daily |early |little )*(?:[\w-]+ )?(?:{_PLACES}|{_THINGS})"),
    rf"\b(?:in|on) (?:my|our) (?:own |daily )*(?:{_PLACES}|{_THINGS}),? {_MODEL}{_REAL}",
    (rf"\b(?:on|through|across|into|with|against) (?:my|our) (?:own |old |single |home |local"
    rf" |trusty |aging |ageing |little |internal )*{_MACHINE}"),
    (rf"\b(?:my|our) {_OWN}(?:tests|testing|benchmarks|trials|experiments|evals|test runs?"
    r"|test drive|trial runs?|runs|pilot|evaluation|hands-on|prompts|subscription|prototype)\b"
    r"(?! (?:are|is|would|will|for any|of (?:the|this|that|a)) )"),
    (rf"\bafter (?:{_SPAN} )?{_LENGTHS} (?:\w+ )?(?:with|of|on|using|running|testing|inside|in)"
    r" (?:(?:using|running|testing) )?(?:use\b|{object})"),
    (r"\b(?:after|having|by) (?:personally |actually |extensively )?(?:using|testing|running|trying"
    r"|deploying|used|tested|run|tried|benchmarked|deployed|benchmarking) {object}"),
    (r"\b(?:when|once|while) (?:tested|run|tried|used|asked|benchmarked) (?:\w+ )?(?:by|on|in|with)"
    r" (?:my|our|me|us)\b"),
    (r"\b(?:tested|run|tried|benchmarked|evaluated|verified|measured) (?:it )?(?:by (?:me|us)\b"
    r"|myself|ourselves)"),
    (rf"{_MODEL} (?:\w+ )?(?:took|gave|cost|saved|saves|handed|showed|refused|told|answered"
    rf"|crashed on|failed on|worked for|works for|broke on|let) (?:me|us|my|our)\b{_IDLE}"),
    (r"\bfrom (?:my |our )?(?:own )?(?:first-?hand|personal|direct|hands-on) (?:experience|use"
    r"|testing)\b"),
    r"\bspeaking from experience\b|\bfirst-?hand (?:experience|testing|use|test)\b",
    (r"\bas (?:a (?:paying|daily|heavy) (?:user|customer)|someone who (?:uses|used|has used|pays"
    r" for|runs|has run|has tested|tested) {object})"),
    r"\b(?:in|during) (?:hands-on|first-hand|in-house) (?:use|testing|tests|trials?)\b",
    r"\bhands-on (?:testing|time|tests?) (?:show(?:s|ed)|confirm(?:s|ed)?|found|with (?:it|the))",
    (r"\b(?:we|i) (?:find|see|observe|measure|measured|observed|recorded|clocked|logged) (?:about"
    r" |around |roughly |only |nearly )?(?:\d|a \d|an? (?:speed|latency|throughput|error))"),
)  # fmt: skip
"""Claims of the persona itself; `{put}`, `{object}`, `{gap}` and `{name}` are filled in."""

_UNREAL = re.compile(
    r"(?:\b(?:if|unless|suppose|imagine|wish|would|could|can|can't|cannot|might|may|must|should"
    r"|will|won't|want|wants|need|needs|until|before|not|never|without|no|nor|nothing|whether|let"
    r"|hope|plan|expect|intend|like|have to|had to be|to)\b|n't\b|'d\b|'ll\b)(?: [\w'-]+){0,6} ?$"
)
"""Before a claim without a subject, any of these within seven words makes it none."""

_SUBJECT = re.compile(r"\\b\(\?:i\||\\bi\(|\\b\(\?:we\|i")
_WRITERS = cues("i we")
"""One of them stands in every claim that has a subject."""

_OWNERS = cues(
    "my our me us myself ourselves hour hours day days week weeks month months evening evenings"
    " night nights weekend weekends afternoon afternoons using testing running trying deploying"
    " used tested run tried benchmarked deployed experience hand hands firsthand personal direct"
    " paying daily heavy someone house"
)
"""One of them stands in every other claim."""

_SELF = re.compile(
    r"\b(?:i|we|my|our|me|us|myself|ourselves|hands|first-?hand|in-house|having|after|by|as)\b"
    r"|\bhands-on|firsthand"
)
"""Without one of these words no claim is made."""


def check_first_hand(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Claims of the reviewer's own experience with the model."""
    for path, text in texts_of(verdict):
        for start, end in experience(text, context.dossier.name, context.dossier.vendor):
            message = (
                f"claims first-hand experience with {text[start:end]!r}; a persona has none:"
                " say what the facts say"
            )
            yield flag("first-hand", "blocks", message, path=path, text=text, span=(start, end))


def experience(text: str, name: str = "it", vendor: str = "it") -> Iterator[tuple[int, int]]:
    """Where a text claims that its writer has used the model.

    Args:
        text: What the reviewer wrote.
        name: Name of the model.
        vendor: Name of its maker.
    """
    folded = fold(text).text
    spoken, owned = any_cue(folded, _WRITERS), any_cue(folded, _OWNERS)
    if (spoken or owned) and _SELF.search(folded):
        forms = _forms(spoken=spoken, owned=owned)
        yield from claims_of(text, forms, name=name, vendor=vendor)


@lru_cache(maxsize=4)
def _forms(*, spoken: bool, owned: bool) -> tuple[Form, ...]:
    """The claims with a subject, those without, or all of them, in the order they are listed."""
    return tuple(one for one, has_subject in _every() if (spoken if has_subject else owned))


@lru_cache(maxsize=1)
def _every() -> tuple[tuple[Form, bool], ...]:
    return tuple(
        (form(text), True) if _SUBJECT.match(text) else (form(text, _UNREAL), False)
        for text in _STRONG
    )
