"""Lets Python's garbage collector rest while thousands of reviews pass through.

What is loaded at the start of a run lives to its end, and a review's values die by their reference
counts. What this gains is within the noise of the last measurement (see bench/README.md).
"""

import gc
from collections.abc import Generator
from contextlib import contextmanager

_RARELY = (50_000, 20, 100)


@contextmanager
def quiet_collector() -> Generator[None]:
    """Collect rarely, and never what is there already; afterwards as before."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*_RARELY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
