import json
from typing import Any

import pytest

from panel.errors import EndpointError
from panel.judging.provider_batch_answers import BatchAnswer, answer_of


def line(**changes: Any) -> bytes:
    whole = {
        "id": "batch_req_1",
        "custom_id": "k",
        "response": {"status_code": 200, "request_id": "req_1", "body": {"b": 1, "a": "é"}},
        "error": None,
    }
    return json.dumps({**whole, **changes}).encode()


def test_the_body_comes_as_canonical_json() -> None:
    assert answer_of(line(), "here") == BatchAnswer(
        custom_id="k", status=200, body='{"a":"é","b":1}'
    )


@pytest.mark.parametrize(
    ("error", "fault"),
    [({"code": "batch_expired", "message": "m"}, "batch_expired"), ({"message": "m"}, "unknown")],
)
def test_what_was_never_answered_has_a_fault(error: dict[str, str], fault: str) -> None:
    answer = answer_of(line(response=None, error=error), "here")
    assert answer == BatchAnswer(custom_id="k", status=None, fault=fault)


def test_half_a_character_stays_an_escape_that_a_file_can_hold() -> None:
    raw = line(response={"status_code": 200, "body": {"text": "\ud83d"}})
    body = answer_of(raw, "here").body
    assert body.encode() == rb'{"text":"\ud83d"}'


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"[]",
        b"\xff",
        b"[" * 100_000,
        line(custom_id=None),
        line(response=None),
        line(response={"status_code": "fine"}),
        line(response={"status_code": 200, "body": float("nan")}),
    ],
    ids=["cut", "array", "bytes", "deep", "nameless", "empty", "status", "nan"],
)
def test_a_damaged_line_is_an_error_that_says_where(raw: bytes) -> None:
    with pytest.raises(EndpointError, match="output file f: line 3: is damaged"):
        answer_of(raw, "output file f: line 3")
