"""Facts in open conflict may be mentioned as disputed, never relied on."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, cited_by, flag
from panel.domain.checks.passages import Use, overlaps, sentences_of, uses
from panel.domain.flag import Flag
from panel.domain.typography import fold
from panel.domain.verdict import Verdict

_DISPUTE = re.compile(
    r"\b(?:disput\w*|contested|contest\b|contradict\w*|conflict\w*|disagree\w*|at odds"
    r"|unsettled|unclear|unresolved|inconsistent|incompatible|irreconcilable|diverg\w+"
    r"|not settled|not clear|undecided|open question|in doubt|doubtful|cannot both|can't both"
    r"|do(?:es)? not agree|don't agree|cannot agree|can't agree|not agreed"
    r"|in dispute|split on|differ(?:s|ing)?\b|one (?:account"
    r"|source|"
    r"report|page)\b.{0,120}\b(?:another|other)|some (?:sources|accounts|reports)\b.{0,120}\bother"
    r"|depend(?:s|ing) on (?:whom|who|which source)|unconfirmed|competing (?:accounts|claims"
    r"|reports))"
)


def is_hedged(text: str) -> bool:
    """Whether a text says that something is in dispute.

    Args:
        text: One or two sentences.
    """
    return bool(_DISPUTE.search(fold(text).text))


def check_conflicts(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Disputed facts used as if settled, and disputes shown from one side."""
    cited = cited_by(verdict)
    for use in uses(verdict):
        disputes = [(fact, one) for fact in use.facts for one in context.dossier.disputes(fact)]
        hedged = not disputes or is_hedged(_around(use))
        for fact_id, conflict in disputes:
            others = [other for other in conflict.facts if other != fact_id]
            if not hedged:
                message = (
                    f"{fact_id} is in open conflict {conflict.id} with {', '.join(others)};"
                    " say that it is disputed, or leave it out"
                )
                yield flag("relies-on-conflict", "blocks", message, path=use.path, text=use.text,
                           span=(use.start, use.end))  # fmt: skip
            elif not cited.intersection(others):
                message = f"{conflict.id} has another side; cite {', '.join(others)} as well"
                yield flag("one-sided", "warns", message, path=use.path, text=use.text,
                           span=(use.start, use.end))  # fmt: skip


def _around(use: Use) -> str:
    """The sentences of the quote that a cited phrase touches; a reason is read as a whole."""
    if use.path != "quote":
        return use.text
    return "".join(
        use.text[start:end] for start, end in sentences_of(use.text) if overlaps(start, end, use)
    )
