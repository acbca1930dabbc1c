"""Citations: the fact exists, the panel was shown it, and the cited words stand in the quote."""

from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.typography import find_folded
from panel.domain.verdict import Verdict


def check_citations(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """Facts that were never shown, and cited phrases that the quote does not contain."""
    shown = set(context.prompt.fact_ids)
    for path, fact_id in verdict.fact_ids():
        if fact_id not in shown or context.dossier.fact(fact_id) is None:
            message = f"the panel was shown no fact {fact_id}; cite one it was shown"
            yield flag("unknown-fact", "blocks", message, path=path, text=fact_id,
                       span=(0, len(fact_id)))  # fmt: skip
    for at, citation in enumerate(verdict.citations):
        if find_folded(citation.phrase, verdict.quote) is None:
            message = f"the quote does not contain {citation.phrase!r}; copy its very words"
            yield flag("phrase-missing", "blocks", message, path=f"citations[{at}].phrase",
                       text=citation.phrase, span=(0, len(citation.phrase)))  # fmt: skip
