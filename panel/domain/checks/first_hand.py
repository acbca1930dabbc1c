"""No invented experience: a persona never claims to have run, used, tested or paid."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_WHO = (
    r"\b(?:i|we|my team|our team|my colleagues|my clients?|my students|our engineers|my engineers)"
)
_ADVERBS = (
    r"(?: (?:just|already|personally|actually|recently|only|also|both|even|briefly|quickly|now"
    r"|currently|still|since|then|always|often|regularly|myself|finally|have|had|has|'ve"
    r"|spent [\w ]{1,20}?|and))*"
)
_PAST = (
    r"ran|had (?:it\b|early|beta|preview|access|hands)|used(?! to\b)|tried|tested|benchmarked"
    r"|built|deployed|paid|fed|prompted|measured|installed|downloaded"
    r"|fine-?tuned|finetuned|loaded|shipped|integrated|played with|spent|asked (?:it|the model)"
    r"|put (?:it|this|them|the model)|threw|timed|switched|migrated|moved (?:it|our|my)|subscribed"
    r"|generated|coded|profiled|debugged|quanti[sz]ed|hosted|queried|demoed|pushed (?:it|the model)"
    r"|gave (?:it|the model|this)|got (?:it|my hands|access|early|about|around|roughly|\d|results)"
    r"|evaluated|stress-?tested|red-?teamed|experimented|swapped|wired|hooked|plugged"
    r"|watched (?:it|the"
    r" model|this)|noticed (?:it|the model|that it)|found (?:it|this|the model|that it)|managed to"
    r"|was able to|were able to|compared (?:it|the outputs?|its)|bought|rented|drafted|rendered"
    r"|translated|trained|processed|handed|hit (?:the |a |its )?(?:rate|limit|bug|wall)"
    r"|saw (?:it|the"
    r" model)|worked with|lived with|relied on|wrote (?:this|it|my|our)|made (?:a|an|two|three"
    r"|my) [\w ]"
    r"{0,20}(?:with|using)|replaced|rolled (?:it|this) out|piloted|trialled|trialed|probed"
    r"|reproduced"
    r"|replicated|checked (?:it|the outputs?)|verified (?:it|this|the)|looked at its outputs?"
)
_PARTICIPLE = (
    r"run|used|tried|tested|benchmarked|built|deployed|paid|fed|prompted|measured|installed|put"
    r"|seen"
    r" it|fine-?tuned|loaded|spent|worked with|lived with|played with|evaluated|experimented"
    r"|had (?:it|"
    r"access|early|hands|good results|no trouble)|found (?:it|this|the model)|switched|moved"
    r"|migrated"
    r"|relied on|gotten|got|given it|thrown|integrated|compared (?:it|its)|reproduced|verified"
    r"|queried"
)
_DOING = (
    r"running|using|testing|trying|benchmarking|deploying|paying|getting|seeing (?:it|results"
    r"|about|\d)"
    r"|feeding|prompting|building (?:on|with) (?:it|this)|playing|experimenting|hosting|evaluating"
    r"|fine-?tuning|relying on it|working with (?:it|this)|generating|serving"
    r"|shipping with (?:it|this)"
)
_OBJECT = r"(?:it|this|them|the model|these|{name})"
_KIT = (
    r"(?:[a-z]*\d{3,4}[a-z]*(?: ti| super)?|gpus?|laptop|mac(?:book)?(?: pro| air| studio| mini)?|"
    r"machines?|rig|desk(?:top)?|server|box|phone|hardware|workstation|cluster|pc"
    r"|m\d(?: (?:ultra|max"
    r"|pro))?|a100s?|h100s?|rtx \w+|setup|own data|codebase|repo(?:sitory)?|documents|data|tasks"
    r"|prompts|workload|machine|stack|tickets|footage|photos)"
)
_STUDY = (
    r"(?:tests?|testing|benchmarks|benchmarking|runs|trials?|experiments|evals?|evaluations?|hands"
    r"|workflows?|experience with (?:it|this|the model)|pipeline|project|projects|setup|environment"
    r"|use|usage|day-to-day|daily work|lab|studio|sessions|playing|pilot|side-by-sides?|stack|team)"
)
_SPAN = r"(?:a|an|one|two|three|four|five|six|several|a few|some|\d+)(?: \w+)?"

_CLAIMS = (
    rf"{_WHO}(?:'ve| have| had|'d been)?{_ADVERBS} (?:{_PAST})\b",
    rf"{_WHO}(?:'ve| have| has| had){_ADVERBS} (?:{_PARTICIPLE})\b",
    rf"{_WHO}(?:'ve| have| has| had) been (?:\w+ly )?(?:{_DOING})\b",
    rf"{_WHO}(?:'m| am|'re| are| is| was| were){_ADVERBS} (?:{_DOING})\b",
    rf"{_WHO}{_ADVERBS} (?:runs?|uses?|tests?|hosts?|deploys?|serves?) {_OBJECT}\b",
    rf"{_WHO}{_ADVERBS} pays?\b",
    r"\bi(?:'m| am) (?:already )?(?:a|an) (?:paying|daily|heavy|long-time|regular|happy)\b",
    (rf"\bin (?:my|our) (?:own |early |quick |brief |limited |informal |internal |daily |first "
    rf"|hands-on"
    rf" |production |real )*{_STUDY}\b"),
    (rf"\b(?:on|through|across|into|with|against) (?:my|our) (?:own |old |single |home |local "
    rf"|trusty"
    rf" |aging |ageing |little |internal |own )*(?:[\w-]+ )?{_KIT}\b"),
    (r"\b(?:my|our) (?:own |early |quick |first |informal |internal |initial |private )*(?:tests"
    r"|testing"
    r"|benchmarks|trials|experiments|evals|test runs?|test drive|trial runs?|runs|pilot|evaluation"
    r"|hands-on|prompts|subscription|invoice|prototype)\b(?! (?:are|is|would|will|for any) )"),
    (rf"\bafter (?:{_SPAN} )?(?:hours?|days?|weeks?|months?|evenings?|nights?|weekends?"
        r"|afternoons?)"
    rf" (?:\w+ )?(?:with|of|on|using|running|testing|inside|in) (?:it\b|this|them|the|use\b"
    rf"|using|testing|running|{{name}})"),
    (rf"\b(?:after|having|by) (?:personally |actually |extensively )?(?:using|testing|running"
        r"|trying"
    rf"|deploying|used|tested|run|tried|benchmarked|deployed|benchmarking) (?:{_OBJECT[3:-1]}"
    rf"|both)\b"),
    (r"\b(?:when|once|while) (?:tested|run|tried|used|asked|benchmarked) (?:\w+ )?(?:by|on|in|with)"
    r" (?:my|our|me|us)\b"),
    (r"\b(?:tested|run|tried|benchmarked|evaluated|verified|measured) (?:it )?(?:by (?:me|us)\b"
    r"|myself"
    r"|ourselves)"),
    (r"\b(?:it|this|that|which|model|{name}) (?:\w+ )?(?:took|gave|cost|saved|saves|handed|showed"
    r"|refused|told|answered|crashed on"
    r"|failed on|worked for|works for|broke on|let) (?:me|us|my|our)\b(?! to (?:think|believe))"),
    (r"\bfrom (?:my |our )?(?:own )?(?:first-?hand|personal|direct|hands-on) (?:experience|use"
    r"|testing)\b"),
    r"\bspeaking from experience\b|\bfirst-?hand (?:experience|testing|use|test)\b",
    (r"\bas (?:a (?:paying|daily|heavy) (?:user|customer)|someone who (?:uses|used|has used|pays"
    r"|runs"
    r"|has run|has tested|tested))\b"),
    r"\b(?:in|during) (?:hands-on|first-hand|in-house) (?:use|testing|tests|trials?)\b",
    (r"\bhands-on (?:testing|time|tests?) (?:showed|shows|confirms?|confirmed|found|with (?:it"
    r"|the))"),
    (r"\b(?:we|i) (?:find|see|observe|measure|measured|observed|recorded|clocked"
    r"|logged) (?:about |around"
    r" |roughly |only |nearly )?(?:\d|a \d|an? (?:speed|latency|throughput|error))"),
    (r"\b(?:i|we) (?:opened|signed up|signed in|logged in|logged into|clicked|uploaded|typed"
    r"|pasted)\b"),
    r"\bmy (?:3090|4090|5090|a100|h100)\b|\bmy (?:own )?api (?:bill|key|keys)\b",
)  # fmt: skip

_UNREAL = re.compile(
    r"(?:\b(?:if|unless|suppose|imagine|wish|would|could|can|can't|cannot|might|may|must|should"
    r"|will"
    r"|won't|want|wants|need|needs|until|before|not|never|without|no|nor|nothing|whether|let"
    r"|hope|plan"
    r"|expect|intend|like|have to|had to be|to)\b|n't\b|'d\b|'ll\b)(?: [\w'-]+){0,6} ?$"
)
_UNREAL_SUBJECT = re.compile(
    r"\b(?:if|unless|suppose|imagine|wish|until|before|whether|had)(?: (?:only|and when"
    r"|or when))? ?$"
)
_QUOTED = re.compile(r"\"[^\"]{1,400}\"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w)){1,300}'(?!\w)")
_SELF = re.compile(
    r"\b(?:i|we|my|our|me|us|myself|ourselves|hands|first-?hand|in-house|having|after|by|as)\b"
    r"|\bhands-on|firsthand"
)
"""Without one of these words no claim can be made."""

_SUBJECT = re.compile(r"^(?:i|we|my team|our team|my [a-z]+|our engineers)\b")


def check_first_hand(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Claims of the reviewer's own experience with the model."""
    first = re.escape(fold(context.dossier.name).text.split(" ")[0] or "it")
    for path, text in verdict.texts():
        for start, end in experience(text, first):
            message = (
                f"claims first-hand experience with {text[start:end]!r}; a persona has none:"
                " say what the facts say"
            )
            yield flag("first-hand", "blocks", message, path=path, text=text, span=(start, end))


def experience(text: str, name: str = "it") -> Iterator[tuple[int, int]]:
    """Where a text claims that its writer has used the model.

    What stands in quotation marks belongs to somebody else; what would, could or should be, and
    what is denied, is no claim.

    Args:
        text: What the reviewer wrote.
        name: First word of the model's name, folded and escaped for a pattern.
    """
    folded = fold(text)
    if not _SELF.search(folded.text):
        return
    plain = _QUOTED.sub(lambda quote: "\u25a1" * len(quote.group()), folded.text)
    taken: list[tuple[int, int]] = []
    for form in _patterns(name):
        for match in form.finditer(plain):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            clause = re.split(r"[.!?;:,()\u25a1]| - |-- ", plain[max(0, start - 70) : start])[-1]
            unreal = _UNREAL_SUBJECT if _SUBJECT.match(match.group()) else _UNREAL
            if unreal.search(clause):
                continue
            taken.append((start, end))
            yield folded.original(start, end)


@lru_cache(maxsize=256)
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form.replace("{name}", name)) for form in _CLAIMS)
