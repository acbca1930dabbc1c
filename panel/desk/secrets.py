"""Secrets that people and programs carry: how they are made, and what is kept of them."""

import hmac
import secrets

from panel.domain.value import digest_of

_BYTES = 32


def new_secret() -> str:
    """A secret nobody can guess, in characters that are safe in addresses and cookies."""
    return secrets.token_urlsafe(_BYTES)


def key_id(secret: str) -> str:
    """The digest under which a secret is known to the store, which never sees the secret itself.

    Args:
        secret: A session's, a link's or a token's secret.
    """
    return digest_of("key", secret)


def form_token(secret: bytes, bearer: str) -> str:
    """What a form must carry to be taken as sent from one of our own pages.

    Args:
        secret: The desk's secret; may be empty, since the bearer is secret too.
        bearer: The session's secret, or the visit's where nobody is signed in.
    """
    return hmac.new(bearer.encode(), b"form\n" + secret, "sha256").hexdigest()


def is_form_token(given: str, secret: bytes, bearer: str) -> bool:
    """Whether a form carries the right token; takes the same time either way.

    Args:
        given: What the form carries.
        secret: The desk's secret.
        bearer: As for `form_token`.
    """
    wanted = form_token(secret, bearer)
    return hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())
