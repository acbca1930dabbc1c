"""Flip conditions: each is an event that a stranger could check, not a mood."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_MOOD = re.compile(
    r"\b(?:it|this|that|things?|everything|something|anything|matters|situation|circumstances"
    r"|conditions|quality|performance|results|experience|model|tool|product|company|market|hype"
    r"|story|picture|trust|reputation)\b"
    r"(?: (?:ever|really|still|just|also|itself|later|clearly|noticeably|significantly|somehow"
    r"|should|would|does|do|to|will|could|can|around))*"
    r" (?:(?:gets?|becomes?|grows?|turns?(?: out)?|goes|proves?(?: to be)?|is|are|stays?|remains?)"
    r"(?: (?:\w+ly|much|far|any|to be|even|a lot|out))*"
    r" (?:better|worse|good|bad|wrong|well|badly|different|differently|useful|useless|stable"
    r"|reliable|unreliable|mature|disappointing|true|false)"
    r"|improves?|worsens?|changes?|evolves?|deteriorates?|degrades?|declines?|matures?|develops?"
    r"|disappoints?|fails?|succeeds?|slips?|suffers?|works? (?:out|well)|holds? up|falls? (?:off"
    r"|short)|fades?)\b"
    r"|\b(?:better|more|new|other|further|clearer) (?:information|evidence|data|news|facts"
    r"|details|clarity|proof|knowledge|results)\b"
    r"|\b(?:more|better) (?:is|becomes?) (?:known|clear)\b|\bproves? (?:itself|me wrong)\b"
    r"|\bi (?:change my mind|am (?:convinced|persuaded)|feel)\b"
)
"""What can be felt and not looked up."""

_ANCHOR = re.compile(
    r"\d|\b(?:publish\w*|releas\w+|document\w*|print\w*|announc\w+|list\w*|stat(?:es?|ed|ement)"
    r"|show\w*|measur\w+|report\w*|independent\w*|third|part(?:y|ies)|licen[cs]\w+|pric\w+|fees?"
    r"|weights?|apis?|sign\w*|download\w*|scor\w+|benchmark\w*|tests?|court|regulator\w*|audit\w*"
    r"|contract\w*|terms|sources?|dated|changelog|card|policy|withdraw\w*|offer\w*|open\w*|support\w*"
    r"|percent|leaderboard|index|hospital|university|laborator\w+|account|unpaid|paid|free)\b"
)
"""What somebody can look up: an event, a document, a number, an institution."""


def check_flips(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Flip conditions that nobody could check."""
    del context
    for at, flip in enumerate(verdict.flip_conditions):
        folded = fold(flip.condition).text
        if _MOOD.search(folded) and not _ANCHOR.search(folded):
            message = (
                f"nobody can check {flip.condition!r}; name an event, a document or a figure"
                " that a stranger could look up"
            )
            yield flag("vague-flip", "warns", message, path=f"flip_conditions[{at}].condition",
                       text=flip.condition, span=(0, len(flip.condition)))  # fmt: skip
