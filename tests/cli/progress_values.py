"""How far some made runs are, for the tests of every view of it."""

import datetime as dt
from decimal import Decimal
from typing import Any

from panel.domain.progress import Ledger, Progress, SeenFailure

NOW = dt.datetime(2026, 11, 21, 8, 30, tzinfo=dt.UTC)
FAILURE = SeenFailure(
    slug="model-7", persona="skeptic", kind="timeout", detail="no answer in time", at=NOW
)


def make_ledger(**changes: Any) -> Ledger:
    """What a run in the middle of its night cost."""
    usual: dict[str, Any] = {
        "calls": 3_180,
        "answered": 3_116,
        "succeeded": 3_100,
        "input_tokens": 1_000_000,
        "cached_tokens": 720_000,
        "spent": Decimal("4.2013"),
        "unanswered": 64,
    }
    return Ledger(**{**usual, **changes})


def make_progress(**changes: Any) -> Progress:
    """A run in the middle of its night."""
    usual: dict[str, Any] = {
        "run": "20261121-083000-5f2a9c",
        "name": "overnight",
        "state": "running",
        "dossiers": 1_000,
        "scored": 610,
        "reviews": 5_000,
        "answered": 3_088,
        "failed": 12,
        "working": 720.0,
        "last_minute": 512,
        "ledger": make_ledger(),
        "kinds": {"rate-limited": 8, "timeout": 4},
        "last_failures": (FAILURE,),
    }
    return Progress(**{**usual, **changes})
