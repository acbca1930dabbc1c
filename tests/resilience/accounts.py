"""What a finished run left in its database, laid beside what the server would bill for it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from panel.bootstrap.house import House
from tests.databases import rows

_UNANSWERED = """
SELECT attempts.key, max(known.input_tokens), max(known.output_tokens)
FROM attempts
LEFT JOIN answers ON answers.attempt_id = attempts.id
LEFT JOIN answers AS known ON known.run_id = attempts.run_id AND known.key = attempts.key
  AND known.status = 200
WHERE answers.status IS NULL GROUP BY attempts.id, attempts.key
"""


@dataclass(frozen=True)
class Accounts:
    """What a finished run left, beside what the server says.

    Attributes:
        ordered: Reviews ordered.
        lost: Of them without a verdict, and dossiers without a scorecard.
        doubled: Rows of reviews and scorecards too many.
        unanswered: Calls begun that never came back or were cut off: those in flight at an end.
        repeated: Completions billed beyond one a review.
        unexplained: Completions billed that are neither answered nor unanswered calls.
        tokens_off: Tokens by which the ledger misses the bill, unanswered calls allowed for.
        usd_off: USD by which the ledger misses the price of its tokens.
        failures: Kinds of failures.
    """

    ordered: int
    lost: int
    doubled: int
    unanswered: int
    repeated: int
    unexplained: int
    tokens_off: int
    usd_off: Decimal
    failures: list[str] = field(default_factory=list[str])

    @classmethod
    def settle(cls, desk: Path, bill: dict[str, Any], *, share: Decimal = Decimal(1)) -> "Accounts":
        """Compare the newest run of a workspace with the bill for it.

        Args:
            desk: The workspace.
            bill: What the server billed for this run.
            share: Part of the list price that is paid.
        """
        house = House.open(desk)
        with house.store(write=False) as store:
            assert [check for check in store.health() if check.standing == "error"] == []
            run = store.run(store.resolve_run("latest"))
            assert run.state == "finished", (run.state, run.note)
            reviews, cards = store.reviews(run.id), store.scorecards(run.id)
            ledger = store.ledger(run.id)
        url = house.database_url
        stored = rows(
            url, "SELECT (SELECT count(*) FROM reviews), (SELECT count(*) FROM scorecards)"
        )
        open_calls = rows(url, _UNANSWERED)
        reached = bill["completions"] - ledger.succeeded
        unanswered = ledger.unanswered + ledger.unknown
        price = (ledger.input_tokens + 4 * ledger.output_tokens) * share / 1_000_000
        verdicts = {review.key for review in reviews if review.verdict}
        return cls(
            ordered=run.order.reviews,
            lost=run.order.reviews - len(verdicts) + len(run.order.dossiers) - len(cards),
            doubled=sum(stored[0]) - len({review.key for review in reviews}) - len(cards),
            unanswered=unanswered,
            repeated=bill["completions"] - run.order.reviews,
            unexplained=max(reached - unanswered, -reached, 0),
            tokens_off=_off(bill["input_tokens"] - ledger.input_tokens, reached, open_calls, 1)
            + _off(bill["output_tokens"] - ledger.output_tokens, reached, open_calls, 2),
            usd_off=abs(ledger.spent - price),
            failures=sorted({review.failure.kind for review in reviews if review.failure}),
        )

    @property
    def hold(self) -> bool:
        """Whether nothing is lost or doubled, and every completion is accounted for."""
        wrong = (self.lost, self.doubled, self.unexplained, self.tokens_off, self.usd_off)
        return not any(wrong) and self.repeated <= self.unanswered


def _off(billed: int, reached: int, open_calls: Sequence[tuple[Any, ...]], column: int) -> int:
    """By how much tokens that no answer tells of differ from those of calls without an answer.

    Such a call was asked again and answered alike, so its tokens are known; where not all of them
    reached the server, any of them may be those that did.
    """
    known = sorted(row[column] or 0 for row in open_calls)
    least, most = sum(known[:reached]), sum(known[len(known) - reached :] if reached else [])
    return max(least - billed, billed - most, 0)


def difference(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What was billed between two looks."""
    return {name: after[name] - before[name] for name in after if isinstance(after[name], int)}
