import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from panel.desk import signing
from panel.desk.errors import TooManyTriesError
from panel.desk.secrets import key_id
from panel.desk.signing import (
    TRIES_BY_ADDRESS,
    TRIES_BY_LOGIN,
    WINDOW,
    live_link,
    sign_in_by_link,
    sign_in_by_password,
    start_session,
)
from panel.errors import SignInError
from tests.desk.living import LiveDesk

PASSWORD = "a long enough password"


@pytest.fixture
def ana(desk: LiveDesk) -> LiveDesk:
    """A desk where ana has a password."""
    desk.user("admin")
    desk.user("editor", "ana")
    desk.accounts.set_password("ana", PASSWORD)
    return desk


def link_of(desk: LiveDesk, login: str = "editor") -> str:
    desk.user("editor", login)
    return desk.accounts.link(login).partition("link=")[2]


def test_a_link_lets_in_once(desk: LiveDesk) -> None:
    secret = link_of(desk)
    assert live_link(desk.context, secret)
    assert sign_in_by_link(desk.context, secret).login == "editor"
    assert live_link(desk.context, secret) is None
    with pytest.raises(SignInError, match="used before"):
        sign_in_by_link(desk.context, secret)


def test_a_link_two_follow_at_once_lets_in_one(desk: LiveDesk) -> None:
    secret, start = link_of(desk), threading.Barrier(6)

    def follow(_nth: int) -> bool:
        start.wait()
        try:
            sign_in_by_link(desk.context, secret)
        except SignInError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(follow, range(6))) == 1


def test_a_link_that_is_old_made_up_or_of_somebody_disabled_is_dead(desk: LiveDesk) -> None:
    desk.user("admin")
    later = replace(desk.context, clock=lambda: desk.context.clock() + dt.timedelta(hours=2))
    for context, secret in ((later, link_of(desk)), (desk.context, "made up"), (desk.context, "")):
        with pytest.raises(SignInError):
            sign_in_by_link(context, secret)
    secret = link_of(desk)
    desk.accounts.disable("editor")
    with pytest.raises(SignInError):
        sign_in_by_link(desk.context, secret)


def test_a_session_is_no_link(desk: LiveDesk) -> None:
    with pytest.raises(SignInError):
        sign_in_by_link(desk.context, desk.session())


def test_a_password_lets_in(ana: LiveDesk) -> None:
    assert sign_in_by_password(ana.context, " Ana ", PASSWORD, "::1").login == "ana"


@pytest.mark.parametrize(
    ("login", "password"),
    [("ana", "wrong"), ("ana", ""), ("nobody", PASSWORD), ("", ""), ("admin", "")],
)
def test_nobody_learns_what_was_wrong(ana: LiveDesk, login: str, password: str) -> None:
    with pytest.raises(SignInError, match="do not belong together"):
        sign_in_by_password(ana.context, login, password, "::1")


def test_a_disabled_account_has_no_password(ana: LiveDesk) -> None:
    ana.accounts.disable("ana")
    with pytest.raises(SignInError, match="do not belong together"):
        sign_in_by_password(ana.context, "ana", PASSWORD, "::1")


def fail(desk: LiveDesk, login: str, address: str) -> None:
    with pytest.raises(SignInError):
        sign_in_by_password(desk.context, login, "wrong", address)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few tries, since each one takes as long as a hash takes."""
    monkeypatch.setattr(signing, "TRIES_BY_LOGIN", 2)
    monkeypatch.setattr(signing, "TRIES_BY_ADDRESS", 3)


@pytest.mark.usefixtures("quick")
def test_a_login_that_failed_too_often_waits_even_with_the_right_password(ana: LiveDesk) -> None:
    for address in ("10.0.0.1", "10.0.0.2"):
        fail(ana, "ana", address)
    with pytest.raises(TooManyTriesError, match="failed too often"):
        sign_in_by_password(ana.context, "ana", PASSWORD, "10.0.0.3")
    later = replace(ana.context, clock=lambda: ana.context.clock() + WINDOW + WINDOW)
    assert sign_in_by_password(later, "ana", PASSWORD, "10.0.0.3").login == "ana"


@pytest.mark.usefixtures("quick")
def test_an_address_that_failed_too_often_waits(ana: LiveDesk) -> None:
    for login in ("bo", "cy", "di"):
        fail(ana, login, "10.0.0.9")
    with pytest.raises(TooManyTriesError):
        sign_in_by_password(ana.context, "ana", PASSWORD, "10.0.0.9")
    assert sign_in_by_password(ana.context, "ana", PASSWORD, "10.0.0.8")


@pytest.mark.usefixtures("quick")
def test_asking_at_once_gives_no_more_tries(ana: LiveDesk) -> None:
    def attempt(nth: int) -> str:
        try:
            sign_in_by_password(ana.context, "ana", "wrong", f"10.0.1.{nth}")
        except SignInError:
            return "checked"
        except TooManyTriesError:
            return "refused"
        return "let in"

    with ThreadPoolExecutor(6) as pool:
        found = list(pool.map(attempt, range(6)))
    assert found.count("checked") == 2
    assert found.count("refused") == 4


def test_the_limits_are_there() -> None:
    assert 3 <= TRIES_BY_LOGIN < TRIES_BY_ADDRESS <= 100


def test_only_the_digest_of_a_session_is_kept(desk: LiveDesk) -> None:
    secret = start_session(desk.context, desk.user(), "x" * 500)
    (key,) = desk.context.store.keys_of("editor")
    assert (key.id, key.kind, len(key.name)) == (key_id(secret), "session", 200)
    assert key.expires - key.created == dt.timedelta(hours=12)
    assert secret not in repr(key)
