"""What went over the wire for one call, as the tape keeps it: no header, no key, no host."""

from decimal import Decimal
from typing import Literal

from panel.domain.value import Digest, Value, digest_of

Tier = Literal["batch"]
"""How a call was delivered when it was not live: through the provider's batch API."""


def tape_key(path: str, body: str, sample: int, nth: int = 1) -> str:
    """The name of a call on the tape.

    Args:
        path: Path of the endpoint, without host or query.
        body: Canonical JSON of the request.
        sample: Sample number, so that two samples of one prompt are two calls.
        nth: Which try of the review, so that a failed review asked again is a call of its own.
    """
    return digest_of("exchange", [path, body, sample, *([nth] if nth > 1 else [])])


class Call(Value):
    """A call about to be made.

    Attributes:
        run: Run id.
        review: Key of the review it is made for.
        key: See `tape_key`.
        path: Path of the endpoint.
        body: Canonical JSON of the request.
        sample: Sample number of the review.
        nth: Which try of the review.
        llm: Digest of the llm settings.
        bound: Most USD it can cost; None when unknown.
        capped: Whether the bound must fit under the run's cap before the call is made.
    """

    run: str
    review: Digest
    key: Digest
    path: str
    body: str
    sample: int = 1
    nth: int = 1
    llm: Digest | None = None
    bound: Decimal | None = None
    capped: bool = False


class Charge(Value):
    """What one try was billed, as far as its answer tells.

    Attributes:
        input_tokens: Tokens sent; None when the answer does not say.
        output_tokens: Tokens received; None when the answer does not say.
        cached_tokens: Part of the input tokens read from the provider's cache.
        cost: USD; None when tokens or price are unknown, or the try may be billed unseen.
    """

    input_tokens: int | None = None
    output_tokens: int | None = None
    cached_tokens: int = 0
    cost: Decimal | None = None


class Exchange(Value):
    """One try of one call.

    Attributes:
        key: See `tape_key`.
        path: Path of the endpoint.
        request: Canonical JSON of the request.
        status: HTTP status; None when no answer came.
        content_type: Media type of the answer; empty when none came.
        response: Body of the answer as text, secrets removed.
        fault: Why no answer came (`timeout`, `cancelled`, `connect`, `dropped`, `given-up`).
        seconds: How long the try took.
        tier: `batch` when the provider's batch API delivered it; None for a live call.
    """

    key: Digest
    path: str
    request: str
    status: int | None
    content_type: str = ""
    response: str = ""
    fault: str | None = None
    seconds: float = 0.0
    tier: Tier | None = None

    @property
    def succeeded(self) -> bool:
        """Whether the endpoint answered with a success status."""
        return self.status is not None and 200 <= self.status < 300
