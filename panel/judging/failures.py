"""Turns what an endpoint or a library throws into a `Failure` with a kind and a remedy.

The mapping is by status and type, not by the library's newest class names, so that it holds over
the range of pydantic-ai releases we support.
"""

import json
from typing import cast

import httpx2
from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelHTTPError,
    UnexpectedModelBehavior,
    UserError,
)

from panel.domain.review import Failure, FailureKind
from panel.judging.remedies import NO_ANSWER, failure

_BY_STATUS: dict[int, FailureKind] = {
    401: "key-refused",
    402: "out-of-credit",
    403: "forbidden",
    404: "no-such-llm",
    408: "timeout",
    413: "too-long",
    429: "rate-limited",
    504: "timeout",
}


def failure_of(error: Exception, secrets: tuple[str, ...] = (), address: str = "") -> Failure:
    """The failure an exception stands for.

    Args:
        error: Anything raised while an llm was asked.
        secrets: Keys in use, never to be repeated.
        address: Where the endpoint is, when it is not the provider's own.
    """
    kind, detail = _classify(error)
    if address and kind in {"dropped", "not-an-api"}:
        detail = f"{address}: {detail}"
    return failure(kind, detail, secrets)


_BY_TYPE: tuple[tuple[type[Exception], FailureKind, str], ...] = (
    (json.JSONDecodeError, "not-an-api", "the answer was not JSON"),
    (UnexpectedModelBehavior, "not-an-api", "the answer was no chat completion"),
    (IndexError, "empty-answer", "the answer held no choices"),
    (UserError, "bad-request", "this llm cannot be asked this way"),
)
_DROPPED = "the connection failed or was closed before the answer was complete"


def _classify(error: Exception) -> tuple[FailureKind, str]:
    from openai import APIConnectionError, APITimeoutError

    if isinstance(error, ModelHTTPError):
        return _by_status(error.status_code, error.body)
    if isinstance(error, TimeoutError | APITimeoutError | httpx2.TimeoutException):
        return "timeout", NO_ANSWER
    cause = error.__cause__
    if isinstance(error, ModelAPIError) and isinstance(cause, Exception):
        return _classify(cause)
    if isinstance(error, APIConnectionError | httpx2.RequestError):
        return "dropped", _DROPPED
    for sort, kind, detail in _BY_TYPE:
        if isinstance(error, sort):
            return kind, detail
    return "unexpected", f"{type(error).__name__}: {error}"


def _by_status(status: int, body: object) -> tuple[FailureKind, str]:
    said = cast("dict[str, object]", body) if isinstance(body, dict) else {}
    message = str(said.get("message") or (body if isinstance(body, str) else "no message"))
    code = str(said.get("code") or said.get("type") or "")
    kind: FailureKind = _BY_STATUS.get(status, "server-error" if status >= 500 else "bad-request")
    if status == 429 and "quota" in code:
        kind = "out-of-credit"
    if status == 400 and ("context_length" in code or "context length" in message.lower()):
        kind = "too-long"
    if status in {400, 403} and ("content_filter" in code or "moderation" in message.lower()):
        kind = "filtered"
    return kind, f"HTTP {status}: {message}"
