"""Parses documents of strangers in a process of their own, bounded in time and memory.

Whatever a document does to a parser, the build goes on with the next one. `python -m` of this
module is that process: it reads one document from stdin and writes what it found to stdout.
"""

import asyncio
import json
import resource
import sys

from panel.domain.intake.reading import Found, Trouble, line_of
from panel.intake.bounds import MAX_BYTES, MAX_PDF_BYTES, TOO_MUCH_WORK, too_big
from panel.intake.parse import Hints, parse

CPU_SECONDS = 3
"""Most seconds of work one document may cost."""

WALL_SECONDS = 30.0
"""Most seconds it may take on a machine that is busy."""

MEMORY_BYTES = 260_000_000
_OUT_OF_MEMORY = 77


async def parse_apart(data: bytes, hints: Hints) -> Found:
    """Parse a document in a process of its own.

    Args:
        data: Its bytes.
        hints: What else is known of it.
    """
    most = MAX_PDF_BYTES if b"%PDF-" in data[:1024] else MAX_BYTES
    if len(data) > most:
        return Found(kind="text", trouble=too_big(most))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "panel.intake.contained",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    sent = json.dumps(hints).encode() + b"\n" + data
    try:
        async with asyncio.timeout(WALL_SECONDS):
            out, err = await process.communicate(sent)
    except TimeoutError:
        return Found(kind="text", trouble=TOO_MUCH_WORK)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode == 0:
        return Found.model_validate_json(out)
    told = err.decode("utf-8", "replace").strip().rpartition("\n")[2]
    killed = process.returncode is not None and process.returncode < 0
    if killed or process.returncode == _OUT_OF_MEMORY or "MemoryError" in told:
        return Found(kind="text", trouble=TOO_MUCH_WORK)
    message = f"it cannot be parsed: {line_of(told, 160) or 'the parser gave up'}"
    remedy = "open it in its own program, save it as text, and name that file"
    return Found(kind="text", trouble=Trouble(kind="broken", message=message, remedy=remedy))


def main() -> int:
    """Read one document within bounds (the process)."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_BYTES, MEMORY_BYTES))
    hints = Hints(*json.loads(sys.stdin.buffer.readline()))
    try:
        found = parse(sys.stdin.buffer.read(), hints)
    except MemoryError:
        return _OUT_OF_MEMORY
    sys.stdout.buffer.write(found.model_dump_json().encode())
    return 0


if __name__ == "__main__":
    sys.exit(main())
