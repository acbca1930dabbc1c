"""Signing in: by a one-time link or a password, slowly for whoever guesses."""

import datetime as dt
import threading
from functools import cache

from panel.desk.accounts import HASHES
from panel.desk.context import Context
from panel.desk.errors import TooManyTriesError
from panel.desk.secrets import key_id, new_secret
from panel.domain.editing.people import Event, Key, User
from panel.domain.value import digest_of
from panel.errors import SignInError

TRIES_BY_LOGIN, TRIES_BY_ADDRESS = 10, 40
"""How often one may fail within `WINDOW`."""

WINDOW = dt.timedelta(minutes=15)
"""How long a failed try counts."""

_one_at_a_time = threading.Lock()
_waiting = threading.BoundedSemaphore(8)


def sign_in_by_link(context: Context, secret: str) -> User:
    """Use up a one-time link.

    Args:
        context: The desk.
        secret: Its secret.

    Raises:
        SignInError: It is not good, or no more.
    """
    key = live_link(context, secret)
    user = key and context.store.user(key.login)
    if key is None or user is None or user.disabled:
        raise _dead_link()
    if not context.store.end_key(key.id, user.login, _event(context, user, "sign-in.link")):
        raise _dead_link()
    return user


def live_link(context: Context, secret: str) -> Key | None:
    """A one-time link that still holds; None when it does not.

    Args:
        context: The desk.
        secret: Its secret.
    """
    key = context.store.key(key_id(secret))
    if key is None or key.kind != "link" or key.ended or key.expires <= context.clock():
        return None
    return key


def sign_in_by_password(context: Context, login: str, password: str, address: str) -> User:
    """Check a password; takes as long for a login that nobody has.

    One check runs at a time, so that nobody gets more tries by asking at once.

    Args:
        context: The desk.
        login: What they sign in by.
        password: Their password.
        address: Where the request comes from.

    Raises:
        SignInError: It is wrong.
        TooManyTriesError: It was wrong too often, or too many people try at once.
    """
    if not _waiting.acquire(blocking=False):
        raise TooManyTriesError(
            "many people are signing in at this moment", remedy="try again in a minute"
        )
    try:
        with _one_at_a_time:
            return _checked(context, login.strip().lower(), password, address)
    finally:
        _waiting.release()


def start_session(context: Context, user: User, browser: str) -> str:
    """Begin a session.

    Args:
        context: The desk.
        user: Whose.
        browser: What the browser calls itself.

    Returns:
        The session's secret.
    """
    secret, now = new_secret(), context.clock()
    key = Key(
        id=key_id(secret),
        kind="session",
        login=user.login,
        name=browser[:200],
        created=now,
        expires=now + context.session_length,
    )
    context.store.add_key(key, _event(context, user, "session.start"))
    return secret


def _checked(context: Context, login: str, password: str, address: str) -> User:
    store, since = context.store, context.clock() - WINDOW
    by_login, by_address = (digest_of("try", who) for who in (f"login {login}", address))
    if (
        store.failed_tries(by_login, since) >= TRIES_BY_LOGIN
        or store.failed_tries(by_address, since) >= TRIES_BY_ADDRESS
    ):
        minutes = int(WINDOW.total_seconds() // 60)
        raise TooManyTriesError(
            "signing in failed too often",
            remedy=f"wait {minutes} minutes, or ask an admin for a one-time link",
        )
    user = store.user(login)
    known = user.password if user else None
    is_right = HASHES.verify(password[:1024], known or _nobodys_hash())
    if user is None or known is None or user.disabled or not is_right:
        store.note_try(by_login, ok=False)
        store.note_try(by_address, ok=False)
        raise SignInError("this login and password do not belong together", remedy="try again")
    store.note_try(by_login, ok=True)
    return user


@cache
def _nobodys_hash() -> str:
    """Hash of a password nobody knows, checked in place of one that is not there."""
    return HASHES.hash(new_secret())


def _dead_link() -> SignInError:
    return SignInError(
        "this link was used before, or is too old",
        remedy="ask for a new one, or restart the desk on your machine",
    )


def _event(context: Context, user: User, act: str) -> Event:
    return Event(at=context.clock(), by=user.login, act=act, subject=f"user/{user.login}")
