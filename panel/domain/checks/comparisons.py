"""Claims without a number: a comparison of price, speed, quality, size or adoption needs a fact."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from panel.domain.checks.context import CheckContext, Keyed, cited_by, claims, flag
from panel.domain.checks.evidence import evidence_of, identity, own_names
from panel.domain.checks.naming import is_named_in, names
from panel.domain.checks.passages import Use, clauses, is_doubted, overlaps, sentences_of, uses
from panel.domain.cues import Cued, any_cue, any_of
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_PRICE = (
    r"\b(?:cheaper|cheapest|dearer|dearest|costlier|priciest|pricier|(?:less|more|least|most)"
    r" (?:expensive|costly|affordable)|dirt[ -]cheap|pocket (?:change|money)|peanuts|a bargain"
    r"|for pennies|next to nothing|undercuts?|a steal|lower prices?|lowest prices?"
    r"|(?:a|the) fraction of (?:the|its|their|what)(?: \w+)? ?(?:price|cost|bill)?"
    r"|(?:half|third|quarter|fifth|tenth|twice|double) (?:of )?the (?:price|cost))\b"
)
_BETTER = (
    r"\b(?:outperforms?|outscores?|outclass(?:es)?|surpass(?:es)?|beats|outdoes|trounces"
    r"|superior to|inferior to|on (?:a )?par with|state[ -]of[ -]the[ -]art|best[ -]in[ -]class"
    r"|world[ -]class|second to none|unrivall?ed|unmatched|(?:is|are|writes?|codes|performs|reasons"
    r"|works|runs|translates|answers) (?:\w+ly |far |much |even |a lot )?better(?! (?:off|to\b|than"
    r" (?:not|no\b|none|nothing|its (?:tone|reputation|packaging|looks)|it (?:looks|sounds))|left"
    r"|served|known|read|kept|put|suited|judged|without))"
    r"|(?:better|worse|stronger|weaker|smarter) (?:at \w+ )?than (?:any|every|most|all|other|its"
    r" (?:predecessors?|rivals?|peers|competitors?)|anything|everything else|the competition)"
    r"|the (?:best|strongest|smartest|most (?:capable|accurate|powerful|advanced|reliable))"
    r" (?:\w+[ -]){0,2}?(?:model|llm|assistant|coder|translator|weights|chatbot|agent)s?)\b"
)
_SPEED = (
    r"\b(?:(?:is|are|runs?|answers?|responds?|works|far|much|even|the|noticeably|a lot) (?:faster"
    r"|fastest|quicker|quickest|slower|slowest)|(?:faster|quicker|slower) than|lower latency"
    r"|the lowest latency)\b"
)
_SIZE = (
    r"\b(?:(?:far|much|even|is|a lot) (?:smaller|larger|bigger|lighter|leaner)(?= than)"
    r"|the (?:smallest|largest|biggest|lightest)(?= (?:\w+ ){0,2}(?:model|weights|window|context)))"
)
_MANY = (
    r"(?:most|many|several|countless|plenty of|lots of|dozens of|hundreds of|thousands of"
    r"|a growing number of|more and more|all the|numerous|various|enough)"
)
_WHO = (
    r"(?:(?:\w+ ){0,2}(?:developers?|users?|people|teams?|firms?|companies|businesses|vendors?"
    r"|suppliers?|providers?|hosts|hosters|labs|customers?|engineers?|makers?|studios?|shops"
    r"|enterprises|editors|freelancers))"
)
_DO = (
    r"(?: (?:already|now|also|today|have|has|had|are|have already))*"
    r" (?:serves?|served|serving|offers?|offering|hosts?|hosting|hosted|uses?|used|using|runs?"
    r"|running|switched|switching|moved|moving|adopted|adopting|prefers?|choose|chose|love"
    r"|trust|rely|sells?|selling|support|rent|deploy|deployed|know|agree|praise|swear)"
)
_ADOPTION = (
    rf"\b(?:{_MANY} {_WHO}{_DO}|(?:everyone|everybody|the (?:whole )?(?:industry|market|community)"
    rf"|half the (?:industry|market)){_DO}|widely (?:used|adopted|deployed|supported|available"
    r"|praised)|the (?:most (?:popular|used|downloaded|widely \w+)|industry standard|default"
    r" choice|market leader)|(?:a|the) (?:runaway )?(?:hit|favou?rite) (?:with|among|of))\b"
)
_SORTS = {
    "price": Cued(
        _PRICE,
        "cheaper cheapest dearer dearest costlier priciest pricier expensive costly affordable"
        " cheap pocket peanuts bargain pennies nothing undercut undercuts steal price prices"
        " fraction cost",
    ),
    "quality": Cued(
        _BETTER,
        "outperform outscore outclass surpass beats outdoes trounces superior inferior par art"
        " class none unrivaled unmatched better worse stronger weaker smarter best capable accurate"
        " powerful advanced reliable",
    ),
    "speed": Cued(_SPEED, "faster fastest quicker quickest slower slowest latency"),
    "size": Cued(_SIZE, "smaller smallest larger largest bigger biggest lighter lightest leaner"),
    "adoption": Cued(
        _ADOPTION,
        "developer developers user users people team teams firm firms companies business vendor"
        " vendors supplier provider host hosts hosters labs customer engineer maker makers studio"
        " studios shops enterprises editors freelancers everyone everybody industry market"
        " community widely popular used downloaded default hit favourite favorite",
    ),
}
_ANY = any_of(_SORTS.values())
_PRICED = re.compile(
    r"[$\u20ac\u00a3\u00a5]|\b(?:price\w*|pricing|cost\w*|cheap\w*|free|paid|pay\w*|fees?|charg\w+"
    r"|expens\w+|dollars?|discount\w*|royalt\w+|per million)\b"
)
_CLOSE = frozenset({"price", "adoption"})
"""Sorts that a citation elsewhere in the sentence does not carry: the clause itself must."""


class _Claim(NamedTuple):
    """A comparison: its sort, where it stands, its clause and its sentence."""

    sort: str
    span: tuple[int, int]
    clause: tuple[int, int]
    sentence: tuple[int, int]


def check_comparisons(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Comparisons that no citation carries; of prices with a named rival they block."""
    cited = uses(verdict)
    for path, text in claims(verdict):
        here = [use for use in cited if use.path == path]
        for claim in _claims(text):
            rival = claim.sort == "price" and _names_rival(text[slice(*claim.clause)], context)
            if path == "headline":
                known = evidence_of(context, cited_by(verdict)).folded
                carried = bool(_SORTS[claim.sort].search(known)) and not rival
            else:
                carried = _rests(claim, here, context, rival=rival)
            if not carried:
                words = text[slice(*claim.span)]
                message = f"no cited fact carries {words!r}; cite the fact that does, or remove it"
                yield flag("uncarried-claim", "blocks" if rival else "warns", message, path=path,
                           text=text, span=claim.span)  # fmt: skip


def _claims(text: str) -> Iterator[_Claim]:
    """Comparisons that are stated, not asked, denied or supposed."""
    if not any_cue(fold(text).text, _ANY):
        return
    for sentence in sentences_of(text):
        said = fold(text[slice(*sentence)]).text
        sorts = [(sort, form.pattern) for sort, form in _SORTS.items() if form.may_match(said)]
        if not sorts:
            continue
        if text[: sentence[1]].rstrip("\"')\u201d\u2019 ").endswith("?"):
            continue
        for clause in clauses(text, *sentence):
            words = text[slice(*clause)]
            folded = fold(words)
            for sort, form in sorts:
                found = form.search(folded.text)
                if found and not is_doubted(words):
                    start, end = folded.original(*found.span())
                    offset = clause[0]
                    yield _Claim(sort, (offset + start, offset + end), clause, sentence)


def _rests(claim: _Claim, here: Sequence[Use], context: CheckContext, *, rival: bool) -> bool:
    """Whether a citation carries it; a price beside a rival's needs facts that speak of money."""
    around = claim.clause if claim.sort in _CLOSE else claim.sentence
    found = [use for use in here if overlaps(*around, use)]
    if not rival:
        return bool(found)
    facts = {fact for use in found for fact in use.facts}
    return bool(_PRICED.search(evidence_of(context, facts).folded))


def _names_rival(clause: str, context: CheckContext) -> bool:
    own = identity(context).folded
    named = [
        fold(clause[name.start : name.end]).text
        for name in names(clause)
        if name.sort in {"family", "vendor"}
    ]
    rivals = own_names(Keyed(context.dossier))[1:]
    folded = fold(clause).text
    return any(word not in own for word in named) or any(
        is_named_in(folded, rival) for rival in rivals
    )
