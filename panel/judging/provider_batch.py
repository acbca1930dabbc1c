"""A provider's Batch API as five plain verbs: the half-price way to have many requests answered.

It knows nothing of runs and stores. A batch carries a tag of ours, so that one which was created
but never noted is found again and not paid twice.
"""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, BinaryIO, Literal, cast, get_args

from openai import APIConnectionError, AsyncOpenAI, ConflictError, InternalServerError
from openai.types import Batch

from panel.domain.secrecy import redact
from panel.domain.value import Value
from panel.judging.provider_batch_answers import BatchAnswer, answer_of
from panel.judging.provider_batch_faults import UnreachableError, mapped, not_a_batch_api
from panel.judging.remedies import plain_line

TAG = "shipskip"
"""Key of the metadata under which a batch carries our tag."""

BatchState = Literal[
    "validating", "in_progress", "finalizing", "completed",
    "failed", "expired", "cancelling", "cancelled",
]  # fmt: skip
"""States of a batch (source: OpenAI's Batch guide)."""

_STATES = frozenset[str](get_args(BatchState))
_ENDED = frozenset[BatchState]({"completed", "failed", "expired", "cancelled"})
_PAGE = 100
_MOST_ERRORS = 5


class BatchStatus(Value):
    """How far a batch is.

    Attributes:
        state: The provider's state; one that we do not know counts as `in_progress`.
        done: Requests answered with status 200 so far.
        failed: Requests that failed so far.
        total: Requests in the batch; 0 until it was validated.
        error: Why the provider refused the whole batch; empty when it did not.
    """

    state: BatchState
    done: int = 0
    failed: int = 0
    total: int = 0
    error: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing further will happen to it; answers may be there whatever the state."""
        return self.state in _ENDED


class ProviderBatches:
    """The Batch API of one provider.

    Args:
        client: A client at the provider's address, over a transport that keeps no tape: files of
            200 MB pass through it.
    """

    def __init__(self, client: AsyncOpenAI) -> None:
        self._client = client

    async def submit(self, lines: Path, *, endpoint: str, tag: str) -> str:
        """Upload an input file and create its batch; look with `find` first.

        A creation whose answer is lost is looked for, never repeated.

        Args:
            lines: Input file, see `panel.judging.provider_batch_files`.
            endpoint: Path that all its requests are for, e.g. `/v1/chat/completions`.
            tag: Our name for it, at most 512 characters.

        Returns:
            The provider's id of the batch.

        Raises:
            EndpointError: The provider refuses it, or cannot be reached (`UnreachableError`).
        """
        with mapped(f"upload {lines.name}"), _opened(lines) as content:
            file = await self._client.files.create(
                file=(lines.name, content, "application/jsonl"), purpose="batch"
            )
        file_id = _id_of(file, f"upload {lines.name}")
        once = self._client.with_options(max_retries=0)
        with mapped("create a batch"):
            try:
                batch = await once.batches.create(
                    input_file_id=file_id,
                    endpoint=cast("Any", endpoint),
                    completion_window="24h",
                    metadata={TAG: tag},
                )
            except (APIConnectionError, InternalServerError):
                found = await self.find(tag)
                if found is None:
                    raise
                return found
        return _id_of(batch, "create a batch")

    async def find(self, tag: str) -> str | None:
        """The id of the newest batch with a tag of ours, or None.

        Args:
            tag: Our name for it.

        Raises:
            EndpointError: The provider refuses to list, or cannot be reached (`UnreachableError`).
        """
        doing = "list the batches"
        try:
            with mapped(doing):
                return await self._search(tag)
        except AttributeError as error:  # the library takes any answer for a page of a list
            raise not_a_batch_api(f"provider batch: {doing}") from error

    async def _search(self, tag: str) -> str | None:
        async for batch in self._client.batches.list(limit=_PAGE):
            if (batch.metadata or {}).get(TAG) == tag:
                return batch.id
        return None

    async def poll(self, batch_id: str) -> BatchStatus:
        """How far a batch is.

        Args:
            batch_id: The provider's id.

        Raises:
            EndpointError: There is no such batch, or no reaching it (`UnreachableError`).
        """
        batch = await self._retrieve(batch_id)
        counts = batch.request_counts
        state = batch.status if batch.status in _STATES else "in_progress"
        return BatchStatus(
            state=state,
            done=counts.completed if counts else 0,
            failed=counts.failed if counts else 0,
            total=counts.total if counts else 0,
            error=_refusal_of(batch),
        )

    async def answers(self, batch_id: str) -> AsyncIterator[BatchAnswer]:
        """Every answer of an ended batch, those that succeeded and those that failed.

        They come line by line, in any order, and a duplicate comes twice; a download that breaks
        off is taken up where it was, as often as the client retries a call.

        Args:
            batch_id: The provider's id.

        Yields:
            The answers.

        Raises:
            EndpointError: A line is damaged, or the provider refuses or cannot be reached
                (`UnreachableError`).
        """
        batch = await self._retrieve(batch_id)
        for kind, file_id in (("output", batch.output_file_id), ("error", batch.error_file_id)):
            if file_id is None:
                continue
            async for number, line in self._lines(file_id):
                yield answer_of(line, f"batch {batch_id}: {kind} file {file_id}: line {number}")

    async def cancel(self, batch_id: str) -> None:
        """Stop a batch; what it has answered stays, and nothing happens to one that has ended.

        Args:
            batch_id: The provider's id.

        Raises:
            EndpointError: There is no such batch, or no reaching it (`UnreachableError`).
        """
        if (await self.poll(batch_id)).ended:
            return
        with mapped(f"cancel {batch_id}", batch_id=batch_id):
            try:
                await self._client.batches.cancel(batch_id)
            except ConflictError:
                return  # it ended in between

    async def _retrieve(self, batch_id: str) -> Batch:
        doing = f"look at {batch_id}"
        with mapped(doing, batch_id=batch_id):
            batch = await self._client.batches.retrieve(batch_id)
        _id_of(batch, doing)
        return batch

    async def _lines(self, file_id: str) -> AsyncIterator[tuple[int, bytes]]:
        """The lines of a file with their numbers, over as many downloads as it takes."""
        seen = failures = 0
        while True:
            try:
                async for number, line in self._download(file_id):
                    if number > seen:
                        seen = number
                        yield number, line
            except UnreachableError:
                failures += 1
                if failures > self._client.max_retries:
                    raise
            else:
                return

    async def _download(self, file_id: str) -> AsyncIterator[tuple[int, bytes]]:
        content = self._client.files.with_streaming_response.content
        number, rest = 0, b""
        with mapped(f"download {file_id}"):
            async with content(file_id) as response:
                async for chunk in response.iter_bytes():
                    # Only a line feed ends a line: text may hold what Python takes for others.
                    *whole, rest = (rest + chunk).split(b"\n")
                    for line in whole:
                        number += 1
                        if line.strip():
                            yield number, line
        if rest.strip():
            yield number + 1, rest


def _opened(lines: Path) -> BinaryIO:
    return lines.open("rb")


def _id_of(answer: object, doing: str) -> str:
    """The id in an answer of the library, which checks none of what it parses."""
    found = getattr(answer, "id", None)
    if not isinstance(found, str):
        raise not_a_batch_api(f"provider batch: {doing}")
    return found


def _refusal_of(batch: Batch) -> str:
    found = (batch.errors.data if batch.errors else None) or []
    said = [
        f"{f'line {error.line}: ' if error.line else ''}{error.code}: {error.message}"
        for error in found[:_MOST_ERRORS]
    ]
    more = len(found) - len(said)
    return plain_line(redact("; ".join([*said, *([f"and {more} more"] if more else [])])))
