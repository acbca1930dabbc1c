"""Attributed facts stay attributed: what a source is said to claim is not stated flatly."""

import re
from collections.abc import Iterator
from functools import lru_cache

from panel.domain.checks.context import CheckContext, flag
from panel.domain.checks.passages import Use, is_doubted, overlaps, sentences_of, uses
from panel.domain.checks.sides import stems_of, told_by
from panel.domain.fact import Fact
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_ATTRIBUTED = re.compile(
    r"\b(?:cited as|said to|is said|reportedly|is reported|are reported|claim(?:s|ed)?|according to"
    r"|calls|called|says|is described|are described|estimate[sd]?|allegedly|supposedly"
    r"|(?:was|were) to (?!be\b)\w+|in the article's judgement|is rated|rates it)\b"
)
"""Marks of a statement that only reports what somebody says."""

_KEPT = re.compile(
    r"\b(?:said|says?|saying|reported|reportedly|reports?|claim\w*|according|press|on paper|cited"
    r"|cites|called|calls?|describ\w+|attribut\w+|assert\w*|alleg\w+|supposed\w*|promis\w+"
    r"|advertis\w+|account\w*|source\w*|estimat\w*|purport\w*|unconfirmed|unproven|announc\w+"
    r"|concede\w*|admits?|acknowledg\w+|listed|lists|put down|puts|prints?|printed|wording|words"
    r"|word|page|article|note|notice|vendor|maker|if|would|could|may|might|meant|was to|were to"
    r"|due|planned|plans?|credited|rated|counts?|disput\w*|disagree\w*|in the telling|file"
    r"|dossier|statement|boasts?|talk of|sold as|billed as|presented as|stands? as|mention\w*)\b"
)
"""Words that keep the distance."""

_FLAT = re.compile(
    r"\b(?:is|are|was|were|has|have|matches|match|beats?|equals?|leads?|tops?|outperforms?|fits?"
    r"|runs?|needs?|costs?|gives?|takes?|writes?|handles?|ranks?|scores?|offers?|supports?|works?"
    r"|comes?|does|do|makes?|delivers?|reaches|holds?|serves?|uses?|helped|helps?|chose|reads?"
    r"|wins?|surpass(?:es)?|rivals?|performs?|keeps?|trails?|looks?|answers?|saves?|gets?)\b"
)
"""Verbs that state."""


def check_overstated(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Cited phrases and reasons that state flatly what their facts only report as said."""
    for use in uses(verdict):
        facts = [fact for fact_id in use.facts if (fact := context.dossier.fact(fact_id))]
        if not facts or not all(_is_attributed(fact) for fact in facts):
            continue
        start, end = _sentence(use)
        if _KEPT.search(fold(use.text[start:end]).text) or is_doubted(use.text[start:end]):
            continue
        phrase = fold(use.text[use.start : use.end]).text.rstrip(".")
        if not _FLAT.search(phrase) or any(phrase in fold(fact.brief).text for fact in facts):
            continue
        if not any(stems_of(phrase) & stems_of(text) for fact in facts for text in told_by(fact)):
            continue  # a judgement that leans on the fact, in words of its own
        message = (
            f"{facts[0].id} only reports this as said or claimed; say who says so,"
            " or that it is said"
        )
        yield flag("overstated", "warns", message, path=use.path, text=use.text,
                   span=(use.start, use.end))  # fmt: skip


def _is_attributed(fact: Fact) -> bool:
    return fact.standing != "measured" and _attributes(fact.statement)


@lru_cache(maxsize=2048)
def _attributes(statement: str) -> bool:
    return bool(_ATTRIBUTED.search(fold(statement).text))


def _sentence(use: Use) -> tuple[int, int]:
    """From where the first sentence of a use begins to where its last one ends."""
    touched = [span for span in sentences_of(use.text) if overlaps(*span, use)]
    return (touched[0][0], touched[-1][1]) if touched else (use.start, use.end)
