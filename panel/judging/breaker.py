"""Ends a run whose provider answers nothing usable any more, before every seat has failed on it."""

from panel.domain.review import FailureKind, Review
from panel.errors import EndpointError

_LEAST = 20

_DEAD: frozenset[FailureKind] = frozenset(
    {"rate-limited", "server-error", "dropped", "timeout", "not-an-api"}
)


class Breaker:
    """Counts reviews in a row that got no answer, for each provider.

    Args:
        concurrency: Reviews at once; so many may fail by one short fault.
    """

    def __init__(self, concurrency: int) -> None:
        self._most = max(_LEAST, concurrency)
        self._in_a_row: dict[str, int] = {}

    def watch(self, provider: str, review: Review) -> None:
        """Take note of a review.

        Args:
            provider: Who was asked.
            review: What came of it.

        Raises:
            EndpointError: It is one too many.
        """
        if review.usage.calls:
            self._in_a_row.pop(provider, None)
        elif review.failure and review.failure.kind in _DEAD:
            failed = self._in_a_row[provider] = self._in_a_row.get(provider, 0) + 1
            if failed >= self._most:
                raise EndpointError(
                    f"{provider} has answered nothing usable {failed} times in a row, last:"
                    f" {review.failure.kind}: {review.failure.detail}",
                    remedy="wait until it answers again, then resume; seats that failed meanwhile"
                    " are asked again by `shipskip runs retry-failed`",
                )
