"""What every answer of the desk tells a browser not to do."""

from collections.abc import Iterator, Mapping

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Nothing from elsewhere, nothing inline, no framing."""

_ALWAYS: Mapping[str, str] = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

_YEAR = 365 * 24 * 3600


def missing_headers(present: set[str], *, is_https: bool) -> Iterator[tuple[str, str]]:
    """The headers an answer still needs.

    Args:
        present: Names of those it has, in small letters; what a view sets itself stays.
        is_https: Whether the desk is reached over TLS.
    """
    yield from ((name, value) for name, value in _ALWAYS.items() if name not in present)
    if is_https:
        yield "strict-transport-security", f"max-age={_YEAR}"
