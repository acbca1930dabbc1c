"""The batches of the fake endpoint: OpenAI's Batch API, played by the script of live calls.

A batch moves on when it is looked at, so that tests wait for nothing and never race. Source of the
states, shapes and codes: OpenAI's Batch guide and API reference.
"""

import random
import threading
import time
from collections.abc import Callable

from panel.testing.answering import Answering
from panel.testing.batch import BatchPlan, FakeBatch, Line, checked
from panel.testing.files import Files, page
from panel.testing.reply import Reply, refuse
from panel.testing.request import FakeRequest, JsonObject, as_object

_EXPIRED = (
    "batch_expired",
    "This request could not be executed before the completion window expired.",
)
_CANCELLED = ("batch_cancelled", "This request was not executed: the batch was cancelled.")


class Batches:
    """Keeps batches, and answers `/v1/batches`.

    Args:
        plan: How batches go.
        files: Where their input lies and their output goes.
        answering: Answers their lines.
        number: Gives each line its place among all requests.
    """

    def __init__(
        self, plan: BatchPlan, files: Files, answering: Answering, number: Callable[[], int]
    ) -> None:
        self._plan = plan
        self._files = files
        self._answering = answering
        self._number = number
        self._lock = threading.RLock()
        self._kept: dict[str, FakeBatch] = {}
        self._lost = 0

    @property
    def kept(self) -> list[FakeBatch]:
        """All batches, oldest first."""
        with self._lock:
            return list(self._kept.values())

    def answer(self, request: FakeRequest) -> Reply:
        """Answers a request to `/v1/batches` or below.

        Args:
            request: The request.
        """
        if self._plan.instead:
            return self._plan.instead
        batch_id, _, verb = request.path.removeprefix("/v1/batches").strip("/").partition("/")
        with self._lock:
            if not batch_id and request.method == "POST":
                return self._create(request.body)
            if not batch_id:
                shown = [batch.told() for batch in reversed(self.kept)]
                return Reply.body(page(shown, request.query))
            batch = self._kept.get(batch_id)
            if batch is None:
                return refuse(404, f"No batch found with id '{batch_id}'.")
            if verb == "cancel":
                return self._cancel(batch)
            self._move_on(batch)
            return Reply.body(batch.told())

    def _create(self, body: JsonObject) -> Reply:
        file = self._files.find(str(body.get("input_file_id")))
        if file is None or file.purpose != "batch":
            return refuse(400, "No such batch input file.", param="input_file_id")
        if body.get("completion_window") != "24h":
            return refuse(400, "Only '24h' is supported.", param="completion_window")
        batch = FakeBatch(
            id=f"batch_{len(self._kept) + 1:06d}",
            endpoint=str(body.get("endpoint")),
            input_file_id=file.id,
            metadata={k: str(v) for k, v in as_object(body.get("metadata")).items()},
            input=file.content,
        )
        self._kept[batch.id] = batch
        if self._lost < self._plan.lost:
            self._lost += 1
            return Reply.drop()
        return Reply.body(batch.told())

    def _cancel(self, batch: FakeBatch) -> Reply:
        if batch.ended:
            return refuse(409, f"Cannot cancel a batch with status '{batch.status}'.")
        batch.move_to("cancelling")
        return Reply.body(batch.told())

    def _move_on(self, batch: FakeBatch) -> None:
        if batch.ended:
            return
        if batch.status == "cancelling":
            self._close(batch, "cancelled", _CANCELLED)
            return
        batch.polls += 1
        if batch.status == "validating":
            batch.lines, batch.errors = checked(batch, self._plan)
            if batch.errors:
                batch.move_to("failed")
                return
        self._work(batch)

    def _work(self, batch: FakeBatch) -> None:
        """Answers as many lines as are due, and closes the batch when its time has come."""
        plan, spent = self._plan, time.monotonic() - batch.begun
        share = min(
            batch.polls / plan.polls if plan.polls else 1.0,
            spent / plan.seconds if plan.seconds else 1.0,
            1.0,
        )
        limit = len(batch.lines) if plan.expire_after is None else plan.expire_after
        for line in batch.lines[len(batch.answered) : min(int(share * len(batch.lines)), limit)]:
            batch.answered.append(self._answered(line))
        if batch.polls <= plan.polls or share < 1:
            batch.move_to("finalizing" if share == 1 and batch.polls > 1 else "in_progress")
        elif len(batch.answered) < len(batch.lines):
            self._close(batch, "expired", _EXPIRED)
        else:
            self._close(batch, "completed", _EXPIRED)

    def _answered(self, line: Line) -> tuple[bool, bytes]:
        """Whether a line succeeded, and its line of the output or error file."""
        request = line.request(self._number())
        made = self._answering.make(request)
        self._answering.settle(made, batch=True)
        if made.reply.wire != "whole":
            return False, line.failed(request.number, "request_timeout", "The request timed out.")
        return made.reply.http_status == 200, line.told(request.number, made.reply)

    def _close(self, batch: FakeBatch, status: str, fault: tuple[str, str]) -> None:
        """Writes both files, and ends the batch."""
        rest = batch.lines[len(batch.answered) :]
        output = [text for succeeded, text in batch.answered if succeeded]
        errors = [text for succeeded, text in batch.answered if not succeeded]
        errors += [line.failed(self._number(), *fault) for line in rest]
        output += output[: self._plan.duplicates]
        if self._plan.shuffle:
            dice = random.Random(self._plan.seed)  # noqa: S311
            dice.shuffle(output)
            dice.shuffle(errors)
        batch.output_file_id = self._written(batch, "output", output)
        batch.error_file_id = self._written(batch, "error", errors)
        batch.move_to(status)

    def _written(self, batch: FakeBatch, kind: str, lines: list[bytes]) -> str | None:
        if not lines:
            return None
        content = b"".join(line + b"\n" for line in lines)
        return self._files.add(f"{batch.id}_{kind}.jsonl", "batch_output", content).id
