"""Every way an endpoint can fail has a kind, says whether to retry, and what to do."""

import json

import httpx2
import pytest
from pydantic_ai.exceptions import ModelAPIError, ModelHTTPError, UnexpectedModelBehavior, UserError

from panel.domain.review import FailureKind
from panel.judging.failures import failure_of


def http(status: int, body: object = None) -> ModelHTTPError:
    return ModelHTTPError(status, "fake-llm", body)


@pytest.mark.parametrize(
    ("error", "kind", "retryable", "ends_run"),
    [
        (http(401), "key-refused", False, True),
        (http(402), "out-of-credit", False, True),
        (http(403), "forbidden", False, True),
        (http(404), "no-such-llm", False, True),
        (http(400), "bad-request", False, False),
        (http(422), "bad-request", False, False),
        (http(413), "too-long", False, False),
        (http(400, {"code": "context_length_exceeded"}), "too-long", False, False),
        (http(400, {"code": "content_filter"}), "filtered", False, False),
        (http(403, {"message": "flagged by moderation"}), "filtered", False, False),
        (http(408), "timeout", True, False),
        (http(429), "rate-limited", True, False),
        (http(429, {"code": "insufficient_quota"}), "out-of-credit", False, True),
        (http(500), "server-error", True, False),
        (http(503), "server-error", True, False),
        (http(504), "timeout", True, False),
        (http(529), "server-error", True, False),
        (TimeoutError(), "timeout", True, False),
        (httpx2.ReadTimeout("slow"), "timeout", True, False),
        (httpx2.ReadError("gone"), "dropped", True, False),
        (json.JSONDecodeError("x", "y", 0), "not-an-api", False, False),
        (UnexpectedModelBehavior("expected JSON data"), "not-an-api", False, False),
        (IndexError("list index out of range"), "empty-answer", True, False),
        (UserError("no json schema output"), "bad-request", False, False),
        (RuntimeError("what?"), "unexpected", False, False),
    ],
)
def test_errors_map_to_kinds(
    error: Exception, kind: FailureKind, retryable: bool, ends_run: bool
) -> None:
    found = failure_of(error)
    assert (found.kind, found.retryable, found.ends_run) == (kind, retryable, ends_run)
    assert found.remedy


def test_the_cause_of_a_wrapped_error_counts() -> None:
    wrapped = ModelAPIError("fake-llm", "Connection error.")
    wrapped.__cause__ = httpx2.ReadTimeout("slow")
    assert failure_of(wrapped).kind == "timeout"


def test_keys_are_taken_out_of_what_the_provider_said() -> None:
    said = http(401, {"message": "Client error for url 'https://a.invalid?key=sk-test-CANARYKEY1'"})
    assert "CANARYKEY1" not in failure_of(said).detail
