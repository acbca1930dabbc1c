"""Waiting for a database server that is away for a moment: a restart must not end a night's run."""

import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from panel.store.faults import is_lost_server

Result = TypeVar("Result")

_FIRST, _LONGEST = 0.05, 2.0
"""Seconds between two tries: doubled from the first to the longest."""


def outlasting(
    attempt: Callable[[], Result],
    patience: float,
    *,
    again: Callable[[], Result] | None = None,
) -> Result:
    """Try until the server is there; any other error is raised at once.

    Args:
        attempt: What to do; in a transaction of its own.
        patience: Seconds after which the last error is raised.
        again: What to do instead from the second try on.

    Raises:
        SQLAlchemyError: What the last try raised.
    """
    until, pause = time.monotonic() + patience, _FIRST
    while True:
        try:
            return attempt()
        except SQLAlchemyError as error:
            if not is_lost_server(error) or time.monotonic() + pause > until:
                raise
        time.sleep(pause)
        attempt, pause = again or attempt, min(2 * pause, _LONGEST)
