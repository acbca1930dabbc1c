"""What the fake server can be told to answer: every kind of answer and fault an endpoint has.

A script is a reply, a function of the request, a list used in order, or a mapping from persona.
"""

import json
import re
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias, cast

from panel.testing.grounded import grounded_answer
from panel.testing.request import FakeRequest

Answer: TypeAlias = Callable[[FakeRequest], Mapping[str, Any]]

ERRORS: dict[int, tuple[str, str | None, str]] = {
    400: ("invalid_request_error", "invalid_request", "The request could not be understood."),
    401: ("invalid_request_error", "invalid_api_key", "Incorrect API key provided: sk-****f00d."),
    402: ("billing_error", "payment_required", "The account has no credit left."),
    403: ("permission_error", "unsupported_country", "The country is not supported."),
    404: ("invalid_request_error", "model_not_found", "The model does not exist."),
    408: ("timeout_error", None, "The request took too long."),
    413: ("invalid_request_error", "request_too_large", "The request is too large."),
    422: ("invalid_request_error", "unprocessable", "The request could not be processed."),
    429: ("requests", "rate_limit_exceeded", "Rate limit reached for requests."),
    500: ("server_error", None, "The server had an error while processing the request."),
    502: ("server_error", None, "Bad gateway."),
    503: ("server_error", None, "The engine is currently overloaded."),
    529: ("overloaded_error", None, "Overloaded."),
}
"""Per HTTP status: type, code and message of the error body, in OpenAI's shape."""


@dataclass(frozen=True)
class Reply:
    """One scripted reply; without changes, a well-behaved answer.

    Attributes:
        answer: Makes the JSON answer; used when `said` is None.
        said: Message content as it stands; None when `answer` makes it.
        declined: Text of the refusal field; None when the llm does not refuse.
        finish_reason: Why the llm stopped; None for what suits the answer.
        with_usage: Whether token counts are reported.
        llm: Name the reply claims to come from; None for the one asked for.
        http_status: HTTP status.
        headers: Further headers.
        raw: The whole body, in place of a completion.
        content_type: Media type of the body.
        shape: `null` sends no content, `empty` sends no choices.
        wire: `drop` closes before a byte is sent, `cut` after half of the body.
        seconds: Wait before the reply.
    """

    answer: Answer = grounded_answer
    said: str | None = None
    declined: str | None = None
    finish_reason: str | None = None
    with_usage: bool = True
    llm: str | None = None
    http_status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    raw: bytes | None = None
    content_type: str = "application/json"
    shape: Literal["whole", "null", "empty"] = "whole"
    wire: Literal["whole", "drop", "cut"] = "whole"
    seconds: float = 0.0

    @classmethod
    def json(cls, value: Mapping[str, Any] | Any) -> "Reply":
        """Answers with this JSON object, or with this domain value as JSON."""
        dump = getattr(value, "model_dump", None)
        content: Mapping[str, Any] = dump(mode="json") if dump else value
        return cls(answer=lambda _: content)

    @classmethod
    def body(cls, content: Mapping[str, Any]) -> "Reply":
        """Answers with this JSON object as the whole body, in place of a completion."""
        return cls(raw=json.dumps(content, ensure_ascii=False).encode())

    @classmethod
    def text(cls, content: str) -> "Reply":
        """Answers with this text, JSON or not, even where a tool call was asked for."""
        return cls(said=content)

    @classmethod
    def refusal(cls, content: str = "I cannot help with that.") -> "Reply":
        """Refuses by OpenAI's `refusal` field."""
        return cls(declined=content)

    @classmethod
    def content_filter(cls) -> "Reply":
        """Stopped by the provider's content filter, without content."""
        return cls(shape="null", finish_reason="content_filter")

    @classmethod
    def truncated(cls, content: str = '{"reasons_for": [{"text": "It') -> "Reply":
        """Stopped by the token limit in the middle of an answer."""
        return cls(said=content, finish_reason="length")

    @classmethod
    def status(
        cls,
        http_status: int,
        *,
        code: str | None = None,
        message: str | None = None,
        retry_after: str | None = None,
    ) -> "Reply":
        """Refuses the request with an HTTP status and an error body in OpenAI's shape.

        Args:
            http_status: The status.
            code: Error code, e.g. `insufficient_quota`; None for the usual one of the status.
            message: What the provider says; None for the usual.
            retry_after: Value of the Retry-After header, in seconds or as a date.
        """
        kind, usual_code, usual = ERRORS.get(http_status, ("api_error", None, "Error."))
        headers = {"retry-after": retry_after} if retry_after is not None else {}
        body = error_body(message or usual, kind=kind, code=code or usual_code)
        return cls(http_status=http_status, raw=body, headers=headers)

    @classmethod
    def insufficient_quota(cls) -> "Reply":
        """The 429 that no waiting mends: the account is out of credit."""
        message = "You exceeded your current quota, please check your plan and billing details."
        return cls.status(429, code="insufficient_quota", message=message)

    @classmethod
    def too_long(cls) -> "Reply":
        """The 400 of a prompt that does not fit the context window."""
        message = "This model's maximum context length is 8192 tokens; your messages have 9001."
        return cls.status(400, code="context_length_exceeded", message=message)

    @classmethod
    def html(cls) -> "Reply":
        """A web page with status 200, as a proxy's login page sends it."""
        page = b"<!doctype html><title>Sign in</title><h1>Sign in to the network</h1>"
        return cls(raw=page, content_type="text/html; charset=utf-8")

    @classmethod
    def broken_json(cls) -> "Reply":
        """Status 200 with a body that is not JSON."""
        return cls(raw=b'{"id": "chatcmpl-1", "choices": [{"message"')

    @classmethod
    def empty_choices(cls) -> "Reply":
        """A completion with `choices: []`."""
        return cls(shape="empty")

    @classmethod
    def null_content(cls) -> "Reply":
        """A completion whose message has neither content nor tool call."""
        return cls(shape="null")

    @classmethod
    def drop(cls) -> "Reply":
        """Closes the connection after the request, without a byte of answer."""
        return cls(wire="drop")

    @classmethod
    def cut(cls) -> "Reply":
        """Closes the connection after half of the body."""
        return cls(wire="cut")

    @classmethod
    def slow(cls, seconds: float, then: "Reply | None" = None) -> "Reply":
        """Waits before another reply, which is the well-behaved one unless given."""
        return replace(then or cls(), seconds=seconds)

    @classmethod
    def no_usage(cls, then: "Reply | None" = None) -> "Reply":
        """Leaves the token counts out of another reply."""
        return replace(then or cls(), with_usage=False)

    @classmethod
    def other_llm(cls, name: str, then: "Reply | None" = None) -> "Reply":
        """Claims that another llm wrote the reply."""
        return replace(then or cls(), llm=name)


def error_body(message: str, *, kind: str, code: str | None, param: str | None = None) -> bytes:
    """An error body in OpenAI's shape."""
    error = {"message": message, "type": kind, "param": param, "code": code}
    return json.dumps({"error": error}).encode()


def refuse(http_status: int, message: str, *, param: str | None = None) -> Reply:
    """The reply to a request that is wrong in itself.

    Args:
        http_status: The status.
        message: What is wrong.
        param: The parameter that is wrong.
    """
    body = error_body(message, kind="invalid_request_error", code=None, param=param)
    return Reply(http_status=http_status, raw=body)


Step: TypeAlias = Reply | Callable[[FakeRequest], "Reply | Mapping[str, Any]"]
Script: TypeAlias = Step | Sequence[Step] | Mapping[str, "Step | Sequence[Step]"]


class Player:
    """Plays a script to many threads at once.

    A list is used in order; when it is used up, the well-behaved answer follows. A mapping is by
    persona: the key that stands first in the persona part of the prompt decides (hyphens match
    spaces, case is ignored), `*` stands for all others, and each value keeps its own place.

    Args:
        script: What to answer.
    """

    def __init__(self, script: Script) -> None:
        self._lock = threading.Lock()
        self._used: dict[str, int] = {}
        self._by_persona = isinstance(script, Mapping)
        self._parts = cast(
            "Mapping[str, Step | Sequence[Step]]", script if self._by_persona else {"": script}
        )

    def reply(self, request: FakeRequest) -> Reply:
        """The reply to one request."""
        key = _persona_key(self._parts, request) if self._by_persona else ""
        step = self._next(key, self._parts.get(key, Reply()))
        if isinstance(step, Reply):
            return step
        made = step(request)
        return made if isinstance(made, Reply) else Reply.json(made)

    def _next(self, key: str, part: Step | Sequence[Step]) -> Step:
        if not isinstance(part, Sequence):
            return part
        steps = cast("Sequence[Step]", part)
        with self._lock:
            at = self._used.get(key, 0)
            self._used[key] = at + 1
        return steps[at] if at < len(steps) else Reply()


def _persona_key(script: Mapping[str, Any], request: FakeRequest) -> str:
    text = request.persona_text.lower().replace("-", " ")
    places = {
        key: found.start()
        for key in script
        if key != "*"
        and (found := re.search(rf"\b{re.escape(key.lower().replace('-', ' '))}\b", text))
    }
    return min(places, key=lambda key: places[key]) if places else "*"
