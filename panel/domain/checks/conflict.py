"""Facts in open conflict may be mentioned as disputed, never relied on."""

import re
from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import find_folded, fold, sentences
from panel.domain.verdict import Verdict

_DISPUTE = re.compile(
    r"\b(?:disput\w*|contested|contest\b|contradict\w*|conflict\w*|disagree\w*|at odds"
    r"|unsettled|unclear|unresolved|inconsistent|incompatible|irreconcilable|diverg\w+"
    r"|not settled|not clear|undecided|open question|in doubt|doubtful|cannot both|can't both"
    r"|do(?:es)? not agree|don't agree|not agreed|split on|differ(?:s|ing)?\b|one (?:account"
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
    cited = verdict.cited()
    for path, text, span, sentence, facts in _uses(verdict):
        for fact_id in facts:
            for conflict in context.dossier.disputes(fact_id):
                others = [other for other in conflict.facts if other != fact_id]
                if not is_hedged(sentence):
                    message = (
                        f"{fact_id} is in open conflict {conflict.id} with {', '.join(others)};"
                        " say that it is disputed, or leave it out"
                    )
                    yield flag("relies-on-conflict", "blocks", message, path=path, text=text,
                               span=span)  # fmt: skip
                elif not cited.intersection(others):
                    message = f"{conflict.id} has another side; cite {', '.join(others)} as well"
                    yield flag("one-sided", "warns", message, path=path, text=text, span=span)


_Use = tuple[str, str, tuple[int, int], str, tuple[str, ...]]


def _uses(verdict: Verdict) -> Iterator[_Use]:
    """Each use of facts: path, text, the words that rest on them, their sentence, the facts."""
    for citation in verdict.citations:
        place = find_folded(citation.phrase, verdict.quote)
        if place:
            around = "".join(
                verdict.quote[start:end]
                for start, end in sentences(verdict.quote)
                if start < place[1] and place[0] < end
            )
            yield "quote", verdict.quote, place, around, citation.facts
    for name in ("reasons_for", "reasons_against"):
        for at, reason in enumerate(getattr(verdict, name)):
            whole = (0, len(reason.text))
            yield f"{name}[{at}].text", reason.text, whole, reason.text, reason.facts
