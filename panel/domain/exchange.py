"""What went over the wire for one call, as the tape keeps it: no header, no key, no host."""

from panel.domain.value import Digest, Value, digest_of


def tape_key(path: str, body: str, sample: int) -> str:
    """The name of a call on the tape.

    Args:
        path: Path of the endpoint, without host or query.
        body: Canonical JSON of the request.
        sample: Sample number, so that two samples of one prompt are two calls.
    """
    return digest_of("exchange", [path, body, sample])


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
    """

    key: Digest
    path: str
    request: str
    status: int | None
    content_type: str = ""
    response: str = ""
    fault: str | None = None
    seconds: float = 0.0

    @property
    def succeeded(self) -> bool:
        """Whether the endpoint answered with a success status."""
        return self.status is not None and 200 <= self.status < 300
