"""The fake endpoint in a process of its own, so that its CPU time is not counted."""

import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def endpoint(seconds: float = 0.0) -> Generator[str]:
    """Run the endpoint; yields its base URL.

    Args:
        seconds: Latency of each call.
    """
    command = [sys.executable, "-m", "panel.testing", "--port", "0", "--latency", str(seconds)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.terminate()
