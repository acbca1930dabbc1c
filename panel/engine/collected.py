"""Calls that wait for a provider's batch, by llm, on disk: a round may hold a gigabyte of them."""

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from typing import IO

from panel.domain.exchange import Call

MOST_CALLS = 50_000
"""Most requests in one batch (source: OpenAI's API reference, create batch)."""

MOST_BYTES = 180_000_000
"""Most bytes of bodies in one batch; OpenAI takes files of 200 MB, keys and paths included."""


class Collected:
    """Calls in the order they were wanted; freed with the object."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._files: dict[str, IO[str]] = {}
        self._seen: set[str] = set()

    def __len__(self) -> int:
        """How many calls there are."""
        return len(self._seen)

    @property
    def llms(self) -> tuple[str, ...]:
        """Digests of the llms that are wanted."""
        return tuple(self._files)

    async def want(self, call: Call) -> None:
        """Take a call; one of the same key is taken once.

        Args:
            call: The call, with its llm.
        """
        if call.key in self._seen or call.llm is None:
            return
        self._seen.add(call.key)
        if call.llm not in self._files:
            self._files[call.llm] = self._open.enter_context(
                tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
            )
        self._files[call.llm].write(f"{call.model_dump_json()}\n")

    def batches(self, llm: str) -> Iterator[Iterator[Call]]:
        """The calls of one llm in batches a provider accepts; read each before the next.

        Args:
            llm: Digest of the llm.
        """
        file = self._files[llm]
        file.seek(0)
        calls = (Call.model_validate_json(line) for line in file)
        pending = next(calls, None)
        while pending is not None:
            taken: list[Call] = []

            def one(first: Call, rest: Iterator[Call], last: list[Call]) -> Iterator[Call]:
                room, left, call = MOST_BYTES, MOST_CALLS, first
                while call is not None and left and (left == MOST_CALLS or room >= len(call.body)):
                    room, left = room - len(call.body.encode()), left - 1
                    yield call
                    call = next(rest, None)
                if call is not None:
                    last.append(call)

            yield one(pending, calls, taken)
            pending = taken[0] if taken else None

    def close(self) -> None:
        """Free the files."""
        self._open.close()
