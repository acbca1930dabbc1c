"""Turns what a Batch API or its library throws into one error with what to do about it.

The line that matters is between what may succeed later, which a night's run waits out, and what
never will.
"""

import json
from collections.abc import Generator
from contextlib import contextmanager

import httpx2
from openai import APIConnectionError, APIStatusError, APITimeoutError, OpenAIError

from panel.domain.secrecy import redact
from panel.errors import EndpointError
from panel.judging.remedies import plain_line

WITHOUT = "leave out --provider-batch or use --service-tier flex"
_NO_API = f"this provider has no Batch API: {WITHOUT}"
_LATER = "the provider failed; resume the run, and nothing is submitted twice"

_REMEDIES: dict[int, str] = {
    401: "check the API key in the environment, then resume",
    402: "top up the account, then resume",
    403: f"allow the key files and batches in the provider's console, or {WITHOUT}",
    404: _NO_API,
    405: _NO_API,
    501: _NO_API,
}


class UnreachableError(EndpointError):
    """The provider's Batch API did not answer or failed; the same call may succeed later."""


@contextmanager
def mapped(doing: str, *, batch_id: str = "") -> Generator[None]:
    """Raise our errors for those of the library.

    Args:
        doing: What is being done, e.g. `upload requests-0001.jsonl`.
        batch_id: The batch that is asked for; a 404 then means that batch, not the whole API.

    Raises:
        UnreachableError: The provider cannot be reached, is overloaded or failed.
        EndpointError: The provider refuses, and will do so again.
    """
    try:
        yield
    except (OpenAIError, httpx2.HTTPError, json.JSONDecodeError) as error:
        raise _fault(error, f"provider batch: {doing}", batch_id) from error


def _fault(error: Exception, place: str, batch_id: str) -> EndpointError:
    if isinstance(error, APIStatusError):
        return _refused(error, place, batch_id)
    if isinstance(error, (APITimeoutError, httpx2.TimeoutException)):
        return UnreachableError(f"{place}: no answer in time", remedy=_LATER)
    if isinstance(error, (APIConnectionError, httpx2.HTTPError)):
        return UnreachableError(
            f"{place}: the connection failed or broke off",
            remedy="check the network and the --base-url, then resume; nothing is submitted twice",
        )
    return not_a_batch_api(place)


def _refused(error: APIStatusError, place: str, batch_id: str) -> EndpointError:
    status = error.status_code
    said = plain_line(redact(error.message))[:400]
    message = f"{place}: HTTP {status}: {said}"
    quota = status == 429 and "quota" in (error.code or "")
    if not quota and status not in _REMEDIES and (status in {408, 409, 429} or status >= 500):
        return UnreachableError(message, remedy=_LATER)
    remedy = _REMEDIES.get(402 if quota else status, WITHOUT)
    if status == 404 and batch_id:
        remedy = f"the provider knows no batch {batch_id}; check the key's project, or {WITHOUT}"
    return EndpointError(message, remedy=remedy)


def not_a_batch_api(place: str) -> EndpointError:
    """The error of an address that answers with something else.

    Args:
        place: What was being done.
    """
    return EndpointError(
        f"{place}: the answer was not that of a Batch API",
        remedy=f"check the --base-url, or {WITHOUT}",
    )
