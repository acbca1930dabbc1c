"""Knows people by a header that a proxy before the desk has signed, for houses with one sign-in.

The signature covers login, time, method and address, so that a header which leaks opens one page
for one minute and changes nothing.
"""

import hmac

PROXY_VARIABLE = "SHIPSKIP_PROXY_SECRET"
"""Environment variable with the secret that the proxy signs with."""

HEADER = "x-shipskip-user"
"""`LOGIN SECONDS SIGNATURE`, with one space between."""

LONGEST_AGE = 60
"""Seconds that a signature holds, and that two clocks may differ."""


def signature(secret: bytes, login: str, seconds: int, method: str, target: str) -> str:
    """HMAC-SHA256 over the parts of a request, one on each line; in hexadecimal digits.

    Args:
        secret: What the proxy and the desk share.
        login: Who sends it.
        seconds: When, in seconds since 1970.
        method: Its method, in capitals.
        target: Path and query as they are sent.
    """
    text = "\n".join(("desk", login, str(seconds), method, target))
    return hmac.new(secret, text.encode(), "sha256").hexdigest()


def login_in(header: str, secret: bytes, now: float, method: str, target: str) -> str | None:
    """Who sends a request, as the proxy says; takes the same time whether it is signed or not.

    Args:
        header: The header.
        secret: What the proxy and the desk share; without one nobody is known.
        now: The time, in seconds since 1970.
        method: As for `signature`.
        target: Likewise.

    Returns:
        The login; None when it is not signed, too old, or from a clock that is ahead.
    """
    login, _, rest = header.partition(" ")
    when, _, given = rest.partition(" ")
    if not (secret and login and when.isascii() and when.isdigit() and len(when) < _DIGITS):
        return None
    wanted = signature(secret, login, int(when), method, target)
    is_signed = hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
    return login if is_signed and abs(now - int(when)) <= LONGEST_AGE else None


_DIGITS = 12
