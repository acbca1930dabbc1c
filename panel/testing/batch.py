"""One batch of the fake endpoint: its plan, its lines, its state, and what makes its input wrong.

Source of the states, shapes and codes: OpenAI's Batch guide and API reference.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from panel.testing.reply import Reply
from panel.testing.request import FakeRequest, JsonObject, as_object

MOST_LINES = 50_000
"""Most requests of one batch (source: OpenAI's API reference, create batch)."""

_ENDED = frozenset({"completed", "failed", "expired", "cancelled"})


@dataclass(frozen=True)
class BatchPlan:
    """How the batches of a fake endpoint go.

    Attributes:
        polls: Times a batch is looked at before it has ended.
        seconds: Seconds a batch takes at least.
        shuffle: Whether output and error lines come in another order than the input.
        seed: Decides the order.
        expire_after: Lines that are answered before the window closes on the rest; None for all.
        refuse: Error code with which validation fails, e.g. `token_limit_exceeded`; None to pass.
        duplicates: Output lines that stand in the file twice.
        lost: Batches that are created without the client hearing of it.
        cut_downloads: Downloads of a file that break off half way.
        instead: What every request about a batch is answered with; None for the true answer.
    """

    polls: int = 2
    seconds: float = 0.0
    shuffle: bool = True
    seed: int = 0
    expire_after: int | None = None
    refuse: str | None = None
    duplicates: int = 0
    lost: int = 0
    cut_downloads: int = 0
    instead: Reply | None = None


@dataclass(frozen=True)
class Line:
    """One line of an input file that passed validation.

    Attributes:
        custom_id: The client's name for it.
        url: The endpoint it is for.
        raw: The line.
    """

    custom_id: str
    url: str
    raw: bytes

    def request(self, number: int) -> FakeRequest:
        """The line as a request, parsed anew, since a large batch is not held parsed.

        Args:
            number: Its place among all requests.
        """
        body = as_object(json.loads(self.raw)["body"])
        return FakeRequest("POST", self.url, body=body, raw=self.raw, number=number)

    def told(self, number: int, reply: Reply) -> bytes:
        """The line of the answer; a body that is not JSON makes a damaged line.

        Args:
            number: Place of the request among all.
            reply: The answer.
        """
        head = f'{{"id": "batch_req_{number:06d}", "custom_id": {json.dumps(self.custom_id)},'
        head += f' "response": {{"status_code": {reply.http_status},'
        head += f' "request_id": "req_{number:06d}", "body": '
        return head.encode() + (reply.raw or b"{}").replace(b"\n", b" ") + b'}, "error": null}'

    def failed(self, number: int, code: str, message: str) -> bytes:
        """The line of a request that never got an answer.

        Args:
            number: Place of the request among all.
            code: Error code, e.g. `batch_expired`.
            message: The same in words.
        """
        told: JsonObject = {
            "id": f"batch_req_{number:06d}",
            "custom_id": self.custom_id,
            "response": None,
            "error": {"code": code, "message": message},
        }
        return json.dumps(told).encode()


@dataclass
class FakeBatch:
    """A batch that was submitted, with its state.

    Attributes:
        id: Its id.
        endpoint: What its lines are for.
        input_file_id: Its input.
        metadata: What the client pinned to it.
        input: Content of its input file.
        status: Its state.
        polls: How often it was looked at.
        lines: Its lines, once validated.
        answered: Per answered line whether it succeeded, and the text of the answer.
        errors: Why validation failed.
        output_file_id: Answers with status 200, once it has ended.
        error_file_id: All others, once it has ended.
        begun: When it was created, on the monotonic clock.
        times: When it reached each state, in seconds since 1970.
    """

    id: str
    endpoint: str
    input_file_id: str
    metadata: Mapping[str, str]
    input: bytes
    status: str = "validating"
    polls: int = 0
    lines: Sequence[Line] = ()
    answered: list[tuple[bool, bytes]] = field(default_factory=list[tuple[bool, bytes]])
    errors: Sequence[JsonObject] = ()
    output_file_id: str | None = None
    error_file_id: str | None = None
    begun: float = field(default_factory=time.monotonic)
    times: dict[str, int] = field(default_factory=lambda: {"created": int(time.time())})

    @property
    def ended(self) -> bool:
        """Whether nothing further will happen to it."""
        return self.status in _ENDED

    @property
    def requests(self) -> list[FakeRequest]:
        """What was asked, line by line."""
        return [
            Line("", self.endpoint, raw).request(at) for at, raw in enumerate(_rows(self.input))
        ]

    def move_to(self, status: str) -> None:
        """Reaches a state."""
        self.status = status
        self.times.setdefault(status, int(time.time()))

    def told(self) -> JsonObject:
        """The batch object as the API shows it."""
        done = sum(succeeded for succeeded, _ in self.answered)
        lost = len(self.lines) if self.ended else len(self.answered)
        times = {f"{name}_at": at for name, at in self.times.items()}
        return {
            "id": self.id,
            "object": "batch",
            "endpoint": self.endpoint,
            "errors": {"object": "list", "data": list(self.errors)} if self.errors else None,
            "input_file_id": self.input_file_id,
            "completion_window": "24h",
            "status": self.status,
            "output_file_id": self.output_file_id,
            "error_file_id": self.error_file_id,
            "expires_at": self.times["created"] + 86_400,
            "request_counts": {
                "total": len(self.lines),
                "completed": done,
                "failed": lost - done,
            },
            "metadata": dict(self.metadata) or None,
            **times,
        }


def checked(batch: FakeBatch, plan: BatchPlan) -> tuple[list[Line], list[JsonObject]]:
    """The lines of a batch's input, and what is wrong with them.

    Args:
        batch: A batch that is being validated.
        plan: May refuse it whatever its input.
    """
    lines: list[Line] = []
    errors: list[JsonObject] = []
    seen: set[str] = set()
    models: set[str] = set()
    for number, raw in enumerate(_rows(batch.input), start=1):
        row = _parsed(raw)
        custom_id, llm = str(row.get("custom_id", "")), as_object(row.get("body")).get("model")
        models |= {str(llm)} if llm else set()
        code = _wrong(row, batch.endpoint, seen, models)
        if code:
            errors.append(_error(code, number))
        seen.add(custom_id)
        lines.append(Line(custom_id, batch.endpoint, raw))
    whole = "empty_file" if not lines else "too_many_tasks" if len(lines) > MOST_LINES else None
    refused = plan.refuse or whole
    return lines, [_error(refused, None)] if refused else errors


def _wrong(row: JsonObject, endpoint: str, seen: set[str], models: set[str]) -> str | None:
    """The code of what is wrong with one row."""
    custom_id = str(row.get("custom_id", ""))
    found = {
        "invalid_json_line": not row,
        "missing_required_parameter": not (custom_id and row.get("method") and row.get("body")),
        "duplicate_custom_id": custom_id in seen,
        "url_mismatch": row.get("url") != endpoint,
        "model_mismatch": len(models) > 1,
    }
    return next((code for code, holds in found.items() if holds), None)


def _error(code: str, line: int | None) -> JsonObject:
    message = f"The batch was refused: {code.replace('_', ' ')}."
    return {"code": code, "message": message, "param": None, "line": line}


def _rows(content: bytes) -> Iterator[bytes]:
    return (row for row in content.split(b"\n") if row.strip())


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        return as_object(json.loads(raw))
    except ValueError:
        return {}
