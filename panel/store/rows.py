"""Domain values as rows: the body with its digest, and the copies that make it searchable."""

import datetime as dt
from typing import Any, TypeVar

from pydantic import ValidationError

from panel.domain.exchange import Call, Charge, Exchange
from panel.domain.review import Review
from panel.domain.run import Run
from panel.domain.scorecard import Scorecard
from panel.domain.value import Value, canonical_json, digest_of
from panel.errors import TamperError
from panel.store.money import nano, nano_bound

Row = dict[str, Any]
AnyValue = TypeVar("AnyValue", bound=Value)


def run_row(run: Run) -> Row:
    """A row of `runs`; state and note stay out of the body, they are events."""
    body = canonical_json(run.model_copy(update={"state": "running", "note": ""}))
    return {
        "id": run.id,
        "created": run.created,
        "digest": digest_of("run", body),
        "body": body,
    }


def ledger_row(run: Run) -> Row | None:
    """A row of `ledgers`; a run without a cap needs none."""
    if run.max_cost is None:
        return None
    return {"run_id": run.id, "cap": nano(run.max_cost), "spent": 0, "reserved": 0}


def request_row(call: Call) -> Row:
    """A row of `requests`."""
    return {"run_id": call.run, "key": call.key, "path": call.path, "body": call.body}


def attempt_row(call: Call, attempt: str, begun: dt.datetime) -> Row:
    """A row of `attempts`, of no work and no batch."""
    return {
        "id": attempt,
        "run_id": call.run,
        "review_key": call.review,
        "key": call.key,
        "begun": begun,
        "nth": call.nth,
        "llm": call.llm,
        "bound": None if call.bound is None else nano_bound(call.bound),
        "capped": call.capped,
        "work_id": None,
        "batch": None,
    }


def answer_row(attempt: Row, exchange: Exchange, charge: Charge, ended: dt.datetime) -> Row:
    """A row of `answers`.

    Args:
        attempt: At least its `id` and `run_id`.
        exchange: How it ended.
        charge: What it was billed, as far as that is known.
        ended: When, with a time zone.
    """
    return {
        "attempt_id": attempt["id"],
        "run_id": attempt["run_id"],
        "key": exchange.key,
        "ended": ended,
        "seconds": exchange.seconds,
        "status": exchange.status,
        "content_type": exchange.content_type,
        "body": exchange.response,
        "fault": exchange.fault,
        "digest": digest_of("answer", answer_text(exchange)),
        "input_tokens": charge.input_tokens,
        "output_tokens": charge.output_tokens,
        "cached_tokens": charge.cached_tokens,
        "cost": None if charge.cost is None else nano(charge.cost),
        "tier": exchange.tier,
    }


def answer_text(exchange: Exchange) -> str:
    """What the digest of an answer is taken over: its head as JSON, then its body as it came."""
    head = [exchange.key, exchange.status, exchange.content_type, exchange.fault]
    return f"{canonical_json(head)}\n{exchange.response}"


def review_row(run_id: str, review: Review, started: dt.datetime, seconds: float) -> Row:
    """A row of `reviews`."""
    body = canonical_json(review)
    return {
        "run_id": run_id,
        "key": review.key,
        "nth": review.nth,
        "slug": review.slug,
        "persona": review.persona,
        "sample": review.sample,
        "call": review.verdict.call if review.verdict else None,
        "failure": review.failure.kind if review.failure else None,
        "cost": None if review.cost is None else str(review.cost),
        "digest": digest_of("review", body),
        "body": body,
        "started": started,
        "seconds": seconds,
    }


def flag_rows(run_id: str, review: Review) -> list[Row]:
    """Rows of `flags`, in the order of the review."""
    return [
        {
            "run_id": run_id,
            "review_key": review.key,
            "review_nth": review.nth,
            "nth": nth,
            "kind": flag.kind,
            "severity": flag.severity,
            "field": flag.span.field if flag.span else None,
            "start": flag.span.start if flag.span else None,
            "end": flag.span.end if flag.span else None,
            "text": flag.span.text if flag.span else None,
            "message": flag.message,
        }
        for nth, flag in enumerate(review.flags)
    ]


def scorecard_row(card: Scorecard, nth: int) -> Row:
    """A row of `scorecards`."""
    body = canonical_json(card)
    return {
        "run_id": card.run,
        "slug": card.slug,
        "nth": nth,
        "digest": digest_of("scorecard", body),
        "body": body,
    }


def parsed(kind: type[AnyValue], body: str, place: str) -> AnyValue:
    """A stored body as a value.

    Args:
        kind: Class of the value.
        body: Canonical JSON.
        place: What it is, for the message.

    Raises:
        TamperError: When the body is no such value, which we never store.
    """
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise TamperError(
            f"{place} is stored in a form that nobody wrote ({error.error_count()} errors)",
            remedy="run `shipskip runs verify`, and restore the database from a backup",
        ) from error
