"""Input files of a provider's Batch API, cut at the provider's limits and never whole in memory."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from panel.errors import InputError

MOST_LINES = 50_000
"""Most requests of one input file (source: OpenAI's API reference, create batch)."""

MOST_BYTES = 200_000_000
"""Most bytes of one input file: 200 MB, read as decimal, the smaller way (same source)."""


def files_of(
    lines: Iterable[tuple[str, str, str]],
    folder: Path,
    *,
    most_lines: int = MOST_LINES,
    most_bytes: int = MOST_BYTES,
) -> Iterator[Path]:
    """Write requests as input files of batches, each under its name only when it is complete.

    Args:
        lines: Per request its key, which comes back as `custom_id` and of which each is there
            once; the path it is for, e.g. `/v1/chat/completions`; and its body as JSON text on
            one line, which is written as it is.
        folder: Where the files go: `requests-0001.jsonl` and so on, over files of that name.
        most_lines: Requests in one file.
        most_bytes: Bytes in one file.

    Yields:
        Each file once it is written; no file when there is no request.

    Raises:
        InputError: One request alone is larger than a file may be.
    """
    rows = ((key, _row(key, path, body)) for key, path, body in lines)
    pending = next(rows, None)
    number = 0
    while pending is not None:
        number += 1
        path = folder / f"requests-{number:04d}.jsonl"
        part = path.with_suffix(".part")
        room, left = most_bytes, most_lines
        with part.open("wb") as file:
            while pending is not None and left and len(pending[1]) <= room:
                file.write(pending[1])
                room, left = room - len(pending[1]), left - 1
                pending = next(rows, None)
        if pending is not None and left == most_lines:
            part.unlink()
            raise InputError(
                f"request {pending[0]}: {len(pending[1])} bytes, more than the {most_bytes} that"
                " the input file of a batch may have",
                remedy="shorten the dossier, or leave out --provider-batch",
            )
        part.replace(path)
        yield path


def _row(key: str, path: str, body: str) -> bytes:
    head = f'{{"custom_id":{json.dumps(key)},"method":"POST","url":{json.dumps(path)},"body":'
    return f"{head}{body}}}\n".encode()
