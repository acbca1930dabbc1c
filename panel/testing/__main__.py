"""The fake endpoint as a process, `python -m panel.testing`, for crash tests and benches.

Prints its base URL as the first line and answers until it is stopped. What it would bill is read
at `/shipskip/billed` of the same host, as JSON.
"""

import argparse
import json
import signal
import sys
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from panel.testing.batch import BatchPlan
from panel.testing.grounded import grounded_answer
from panel.testing.gullible import gullible_answer
from panel.testing.reply import Reply, Script
from panel.testing.server import FakeOpenAI

_SCRIPTS: Mapping[str, Script] = {"grounded": grounded_answer, "gullible": gullible_answer}


def main(arguments: Sequence[str] | None = None) -> None:
    """Serves until SIGTERM or SIGINT.

    Args:
        arguments: Command line; that of the process unless given.
    """
    parser = argparse.ArgumentParser(prog="python -m panel.testing", description=main.__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 picks a free port")
    parser.add_argument("--latency", type=float, default=0.0, help="seconds per completion")
    parser.add_argument("--answer", default="grounded", help="grounded, gullible, or a JSON file")
    parser.add_argument("--key", default=None, help="the only key accepted; any when left out")
    parser.add_argument("--batch-seconds", type=float, default=0.0, help="least time of a batch")
    parser.add_argument("--batch-polls", type=int, default=2, help="looks until a batch has ended")
    parser.add_argument("--no-batches", action="store_true", help="have no Batch API")
    chosen = parser.parse_args(arguments)
    stop = threading.Event()

    def end(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    script = _SCRIPTS.get(chosen.answer) or Reply.json(_canned(Path(chosen.answer)))
    plan = BatchPlan(polls=chosen.batch_polls, seconds=chosen.batch_seconds)
    with FakeOpenAI(
        script,
        key=chosen.key,
        latency=chosen.latency,
        port=chosen.port,
        batch_plan=None if chosen.no_batches else plan,
        record=False,
    ) as server:
        sys.stdout.write(f"{server.base_url}\n")
        sys.stdout.flush()
        stop.wait()


def _canned(path: Path) -> Mapping[str, Any]:
    return json.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
