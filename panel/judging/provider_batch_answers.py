"""The lines in which a provider's Batch API answers, read one at a time.

Source of the shapes: OpenAI's API reference, batch output; successes and failures share one.
"""

import json
from typing import Any

from pydantic import BaseModel

from panel.domain.value import Value, canonical_json
from panel.errors import EndpointError


class BatchAnswer(Value):
    """What became of one request.

    Attributes:
        custom_id: The key it was sent under.
        status: HTTP status of the answer; None when it was never answered.
        body: Canonical JSON of the answer's body; empty when it was never answered.
        fault: The provider's code for why it was not, e.g. `batch_expired`; else None.
    """

    custom_id: str
    status: int | None
    body: str = ""
    fault: str | None = None


class _Response(BaseModel):
    status_code: int
    body: Any


class _Fault(BaseModel):
    code: str | None = None


class _Line(BaseModel):
    custom_id: str
    response: _Response | None = None
    error: _Fault | None = None


def answer_of(raw: bytes, place: str) -> BatchAnswer:
    """Read one line of an output or error file.

    Args:
        raw: The line.
        place: Where it stands, for the message.

    Raises:
        EndpointError: It is damaged.
    """
    try:
        line = _Line.model_validate(json.loads(raw))
        body = _text_of(line.response.body) if line.response else ""
    except (ValueError, RecursionError) as error:
        raise _damaged(place) from error
    if not line.response and not line.error:
        raise _damaged(place)
    return BatchAnswer(
        custom_id=line.custom_id,
        status=line.response.status_code if line.response else None,
        body=body,
        fault=(line.error.code or "unknown") if line.error else None,
    )


def _damaged(place: str) -> EndpointError:
    return EndpointError(
        f"{place}: is damaged",
        remedy="resume to download it again; if it stays so, resume without --provider-batch",
    )


def _text_of(body: object) -> str:
    """Canonical JSON; half a surrogate pair, which no file can hold, stays the escape it was."""
    text = canonical_json(body)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = json.dumps(body, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text
