import json

import httpx2
import pytest
from openai import APIConnectionError, APIStatusError, APITimeoutError

from panel.errors import EndpointError
from panel.judging.provider_batch_faults import UnreachableError, mapped, not_a_batch_api

ASKED = httpx2.Request("GET", "http://127.0.0.1/v1/batches")


def refusal(status: int, code: str | None = None) -> APIStatusError:
    response = httpx2.Response(status, request=ASKED)
    body = {"message": "No.", "code": code}
    return APIStatusError("No: sk-abcdef123456\n", response=response, body=body)


def raised(error: Exception, batch_id: str = "") -> EndpointError:
    with pytest.raises(EndpointError) as caught, mapped("list the batches", batch_id=batch_id):
        raise error
    return caught.value


@pytest.mark.parametrize(
    ("error", "remedy"),
    [
        (refusal(401), "check the API key"),
        (refusal(402), "top up"),
        (refusal(403), "console"),
        (refusal(404), "no Batch API: leave out --provider-batch or use --service-tier flex"),
        (refusal(405), "no Batch API"),
        (refusal(501), "no Batch API"),
        (refusal(400), "leave out --provider-batch"),
        (refusal(429, "insufficient_quota"), "top up"),
        (json.JSONDecodeError("no", "", 0), "--base-url"),
    ],
    ids=str,
)
def test_what_will_fail_again(error: Exception, remedy: str) -> None:
    found = raised(error)
    assert not isinstance(found, UnreachableError)
    assert remedy in found.remedy
    assert found.message.startswith("provider batch: list the batches: ")


@pytest.mark.parametrize(
    "error",
    [
        refusal(408),
        refusal(409),
        refusal(429),
        refusal(500),
        refusal(503),
        APITimeoutError(ASKED),
        APIConnectionError(request=ASKED),
        httpx2.ReadTimeout("late"),
        httpx2.RemoteProtocolError("cut"),
    ],
    ids=repr,
)
def test_what_may_succeed_later(error: Exception) -> None:
    found = raised(error)
    assert isinstance(found, UnreachableError)
    assert "nothing is submitted twice" in found.remedy
    assert found.__cause__ is error


def test_the_message_is_one_line_without_a_key() -> None:
    assert raised(refusal(400)).message.endswith("HTTP 400: No: [key]")


def test_a_batch_that_is_gone_is_not_a_missing_api() -> None:
    assert "knows no batch batch_1" in raised(refusal(404), "batch_1").remedy


def test_our_own_errors_pass_as_they_are() -> None:
    own = not_a_batch_api("here")
    assert raised(own) is own


def test_what_nobody_expects_is_not_dressed_up() -> None:
    with pytest.raises(KeyError), mapped("x"):
        raise KeyError
