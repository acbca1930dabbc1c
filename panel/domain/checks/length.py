"""A quote has room for an argument and no room for padding."""

from collections.abc import Iterator

from panel.domain.checks.context import CheckContext, flag
from panel.domain.flag import Flag
from panel.domain.verdict import Verdict

SHORTEST, LONGEST = 60, 160
"""Words of a quote, counted between white space."""

SHORT_LIMIT, LONG_LIMIT = 40, 200
"""Beyond these the quote cannot be published as it is."""


def check_length(verdict: Verdict, context: CheckContext) -> Iterator[Flag]:
    """A quote shorter or longer than it may be."""
    del context
    words = len(verdict.quote.split())
    if SHORTEST <= words <= LONGEST:
        return
    message = f"quote: it has {words} words; write {SHORTEST} to {LONGEST}"
    if SHORT_LIMIT <= words <= LONG_LIMIT:
        yield flag("length", "warns", message)
    else:
        yield flag("length", "blocks", message)
