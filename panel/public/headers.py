"""What every answer to a reader tells a browser not to do."""

from collections.abc import Iterator, Mapping

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
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
    "referrer-policy": "strict-origin-when-cross-origin",
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}

_YEAR = 365 * 24 * 3600


def missing_headers(present: set[str], *, is_https: bool) -> Iterator[tuple[str, str]]:
    """The headers an answer still needs.

    Args:
        present: Names of those it has, in small letters; what a view sets itself stays.
        is_https: Whether readers reach the site over TLS.
    """
    yield from ((name, value) for name, value in _ALWAYS.items() if name not in present)
    if is_https:
        yield "strict-transport-security", f"max-age={_YEAR}"
