"""The parts of a claim of experience, shared by the persona's own and those of people it knows.

What makes a claim is its object: somebody used, ran, tested or paid for the model itself.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from panel.domain.sift import Sifted
from panel.domain.typography import fold

_NAME, _MAKER = "\u25a0", "\u25c6"
"""What the names of the model and its maker are replaced by, letter for letter."""

_GOODS = (
    r"(?:weights|apis?|app|apps|endpoint|beta|model|plan|tier|subscription|checkpoint|modes?"
    r"|agents?|assistant|demo|website|chatbot|outputs?|build|download|long context"
    r"|context window|preview|release|version)\b(?! (?:notes?|dates?|day|cards?|names?|page"
    r"|polic\w+|licen[cs]e|terms|prices?|list|letters?|report|announcement|number|maker))(?!['-]\w)"
)
_HERE = (
    r"(?= (?:on|for|in|with|since|at|all|last|yesterday|today|to|and|over|locally|daily|every|out"
    r"|through|against|beside|by|myself|ourselves)\b|[^\w ]|$)"
)
GOODS = (
    r"(?:(?:the|its|this|that|their|every|each|{vendor}(?:'s?)?)"
    r" (?:(?!(?:file|dossier|word|name|price|licence|history)\b)[\w.+\u25a0\u25c6-]+ ){0,2}?"
    rf"{_GOODS})"
)
"""Parts of a product, or the product by its maker's name."""

OBJECT = (
    rf"(?:(?:it|them)\b(?!['-])|(?:this|these|both){_HERE}|{{name}}"
    r"|{goods})"
)
"""The model, by its name, its maker's name for the product, its parts or a pronoun."""

_STOP = (
    r"(?!(?:not|no|nothing|nobody|none|never|whether|how|what|why|that|if|than|about|attention|and"
    r"|but|because|so|which|as|when|while|who|whose|until|before|without|wording|by)\b)"
)
GAP = rf"(?: {_STOP}[\w'%$.+\u25a0\u25c6-]*[\w\u25a0\u25c6]){{0,5}}? "
"""At most five words between verb and object, none of which opens another clause."""

_DIRECT = (
    r"(?:ran|run|used(?! to\b)|tried(?! to\b)|tested|benchmarked|built|deployed|paid|fed|prompted"
    r"|measured(?! it against)|installed|downloaded|fine-?tuned|loaded|shipped|integrated|timed"
    r"|switched"
    r"|subscribed|generated|profiled|debugged|quanti[sz]ed|hosted|queried|demoed|pushed"
    r"|evaluated|stress-?tested|red-?teamed|swapped|wired|hooked|plugged|rendered|trained"
    r"|processed|replaced|rolled|piloted|trial+ed|probed|reproduced|replicated|adopted|ported)"
)
_WITH = (
    r"(?:made|wrote|coded|drew|designed|filmed|edited|drafted|translated|sketched|opened|moved"
    r"|migrated|spent|lived|worked|played|experimented|relied|threw|handed|photographed|finished"
    r"|bought|rented|got)"
)
USED = (
    rf"(?:{_DIRECT}{{gap}}{{object}}|{_WITH}{{gap}}"
    r"(?:(?<= with )|(?<= on )|(?<= to )|(?<= using )|(?<= into )){object}"
    r"|(?:bought|rented|opened) {goods})"
)
"""What people do with a model, in the past, and the model."""

DONE = (
    r"(?:run|used(?! to\b| up\b)|tried|tested|benchmarked|built|deployed|paid|fed|prompted|measured"
    r"|installed|put|fine-?tuned|loaded|spent|worked|lived|played|evaluated|experimented|switched"
    r"|moved|migrated|relied|given|thrown|integrated|reproduced|queried|been (?:using|running"
    r"|testing|trying|benchmarking|deploying|paying|getting|feeding|prompting|playing|hosting"
    r"|experimenting|evaluating|fine-?tuning|relying|working|serving))"
)
"""The same after have or has."""

DOING = (
    r"(?:running|using|testing|trying|benchmarking|deploying|paying|getting|seeing|feeding"
    r"|prompting|building|playing|experimenting|hosting|evaluating|fine-?tuning|relying|working"
    r"|generating|serving)"
)
USES = (
    r"(?:runs?|uses?|tests?|hosts?|deploys?|serves?|loads?|loves?|relies|rely|swears?|works?|pays?"
    r"|enjoys?|hates?)"
)
PUT = (
    r"(?:put {object} (?:through|to work|to use|to the test|on|into|in front of|against|beside|up"
    r"|next to)\b|gave {object} (?!(?:(?:a|the|my|our) )?(?:chance|pass|credit|full|high|low|marks"
    r"|points|benefit|vote|nod|time)\b)|got {object} (?:working|running|to|going|up)\b"
    r"|had {object} (?:working|running|up|write|do|build|make|draft|translate|summari[sz]e)\b"
    r"|asked {object} (?:for|to|about|what|how|why)\b|found {object} (?!(?:hard|difficult|odd"
    r"|telling|strange|curious|easy|instructive|notable|striking|worth|in|on|missing|stated"
    r"|written|mentioned|listed|only|too (?:early|thin|good))\b)|watched {object}\b"
    r"|(?:saw|noticed) {object} (?:work|run|fail|do|handle|build|write|\w+ing)\b"
    r"|took {object} (?:for|out|home|through|up)\b|compared (?:{object} (?:with|to|against)"
    r"|(?:its|the) outputs?)|checked (?:its|the) outputs?|looked at its outputs?"
    r"|(?:managed|was able|were able|tried|got|went on) to (?:run|break|use|get|make|load|crash"
    r"|fit|build|install|try|test|reach|open|push|deploy|ship|quanti[sz]e|reproduce|finish)"
    r"{gap}{object}|put{gap}{object} to (?:work|use|the test)\b)"
)
"""Verbs that need more than an object to be a claim."""

_UNREAL = re.compile(
    r"\b(?:if|unless|suppose|imagine|wish|until|before|whether|had|ask|find|let|none of|no|not one"
    r" of|neither of|nor|without|like|would|could|might|should)(?: (?:only|and when|or when|one of"
    r"|some of))? ?$"
)
_QUOTED = re.compile(r"\"[^\"]{1,400}\"|(?<!\w)'(?:[^']|(?<=\w)'(?=\w)){1,300}'(?!\w)")
_CLAUSE = re.compile(r"[.!?;:,()\u25a1]| - |-- ")
_COMMON_STARTS = frozenset({"command", "the", "open", "big", "nova", "grok", "deep", "step"})


@dataclass(frozen=True)
class Form:
    """One way to claim experience.

    Attributes:
        pattern: What it looks like in a folded text.
        unreal: What in the words before it makes it no claim.
    """

    pattern: Sifted
    unreal: re.Pattern[str] = _UNREAL


def form(text: str, unreal: re.Pattern[str] = _UNREAL) -> Form:
    """A form of claim; it knows no model, so that it is compiled once for all of them.

    Args:
        text: The pattern, in which `{put}`, `{object}`, `{goods}` and `{gap}` stand for the parts
            above, and `{name}` and `{vendor}` for what `claims_of` puts in place of the names.
        unreal: What in the words before it makes it no claim.
    """
    for slot, part in (("put", PUT), ("object", OBJECT), ("goods", GOODS), ("gap", GAP)):
        text = text.replace(f"{{{slot}}}", part)
    text = text.replace("{name}", rf"{_NAME}+").replace("{vendor}", rf"{_MAKER}+")
    return Form(Sifted(re.compile(text)), unreal)


def claims_of(
    text: str, forms: Sequence[Form], *, name: str, vendor: str
) -> Iterator[tuple[int, int]]:
    """Where a text claims experience in one of the forms.

    What stands in quotation marks belongs to somebody else; what would, could or should be, and
    what is denied, is no claim.

    Args:
        text: What the reviewer wrote.
        forms: What to look for.
        name: Name of the model.
        vendor: Name of its maker.
    """
    folded = fold(text)
    plain = folded.text
    if '"' in plain or "'" in plain:
        plain = _QUOTED.sub(lambda quote: "\u25a1" * len(quote.group()), plain)
    for pattern, mark in zip(_names(name, vendor), (_NAME, _MAKER), strict=True):
        plain = pattern.sub(lambda found, mark=mark: mark * len(found.group()), plain)
    taken: list[tuple[int, int]] = []
    for one in forms:
        for match in one.pattern.finditer(plain):
            start, end = match.span()
            if any(start < last and first < end for first, last in taken):
                continue
            clause = _CLAUSE.split(plain[max(0, start - 70) : start])[-1]
            if not one.unreal.search(clause):
                taken.append((start, end))
                yield folded.original(start, end)


@lru_cache(maxsize=256)
def _names(name: str, vendor: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Patterns of the model's name, or its first word where that is no common word; its maker's."""
    whole, made = fold(name).text, fold(vendor).text
    first = whole.split(" ")[0]
    names = [whole] if first in _COMMON_STARTS else [whole, first]
    return _word(names), _word([made])


def _word(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(name) for name in names)})(?!\w)")
