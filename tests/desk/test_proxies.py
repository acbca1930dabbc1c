"""People whom a proxy has signed in, over real HTTP."""

import time
from collections.abc import Iterator
from dataclasses import replace

import httpx2
import pytest

from panel.bootstrap.house import House
from panel.desk.proxies import HEADER, LONGEST_AGE, login_in, signature
from tests.desk.living import LiveDesk, Person, living

SECRET = "a secret of at least thirty-two characters"
NOW = 1_800_000_000


def header(
    login: str = "ana",
    seconds: float = 0,
    method: str = "GET",
    target: str = "/me",
    secret: str = SECRET,
) -> str:
    when = int(seconds or time.time())
    return f"{login} {when} {signature(secret.encode(), login, when, method, target)}"


@pytest.fixture
def behind(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[LiveDesk]:
    """A desk that shares a secret with its proxy."""
    with living(house, environ={"SHIPSKIP_PROXY_SECRET": SECRET}) as desk:
        desk.user("publisher", "ana")
        yield desk


def asked(desk: LiveDesk, told: str, path: str = "/me") -> httpx2.Response:
    return desk.person(None).get(path, headers={HEADER: told})


def test_a_signed_header_opens_a_page(behind: LiveDesk) -> None:
    assert asked(behind, header()).status_code == 200
    target = "/queue?q=a%20b&sort=name"
    assert asked(behind, header(target=target), target).status_code == 200


@pytest.mark.parametrize(
    "told",
    [
        "",
        "ana",
        "ana 1",
        f"ana {'9' * 400} x",
        "ana \u0663 x",
        header(login="nobody"),
        header(secret="another secret of as many characters"),
        header(target="/people"),
        header(method="POST"),
        header().replace("ana", "ada", 1),
        header()[:-1] + "\u00e9",
    ],
    ids=range(11),
)
def test_any_other_header_does_not(behind: LiveDesk, told: str) -> None:
    behind.user("admin", "ada")
    headers = {HEADER.encode(): told.encode()}
    assert behind.person(None).get("/me", headers=headers).status_code == 303


def test_it_holds_for_a_minute(behind: LiveDesk) -> None:
    for age in (LONGEST_AGE + 5, -LONGEST_AGE - 5):
        assert asked(behind, header(seconds=time.time() - age)).status_code == 303
    told, secret = header(seconds=NOW), SECRET.encode()
    for late, found in ((0, "ana"), (60, "ana"), (61, None), (-60, "ana"), (-61, None)):
        assert login_in(told, secret, NOW + late, "GET", "/me") == found


def test_a_disabled_account_stays_out(behind: LiveDesk) -> None:
    behind.accounts.disable("ana")
    assert asked(behind, header()).status_code == 303


def test_it_wins_over_a_session_that_is_left(behind: LiveDesk) -> None:
    left: Person = behind.person("viewer", "vic")
    assert "Ana" in left.get("/me", headers={HEADER: header()}).text
    assert "Vic" in left.get("/me").text


def test_a_form_is_sent_and_taken_once_signed(behind: LiveDesk) -> None:
    person = behind.person(None)
    path, fields = "/queue/views", {"csrf": person.csrf, "name": "Mine", "query": "split=1"}
    assert person.send(path, fields).status_code == 401
    assert behind.context.store.views_of("ana") == ()
    signed = {HEADER: header(method="POST", target=path)}
    assert person.send(path, fields, **signed).headers["location"].startswith("/queue")
    assert [one.name for one in behind.context.store.views_of("ana")] == ["Mine"]
    assert person.send(path, {**fields, "csrf": "x"}, **signed).status_code == 403


def test_programs_need_a_token_all_the_same(behind: LiveDesk) -> None:
    told = header(target="/api/queue")
    assert asked(behind, told, "/api/queue").status_code == 401


def test_a_desk_without_the_secret_believes_nobody(desk: LiveDesk) -> None:
    desk.user("publisher", "ana")
    assert asked(desk, header()).status_code == 303
    assert asked(desk, header(secret="")).status_code == 303
    assert "CANARY" not in repr(replace(desk.context, proxy_secret=b"CANARY"))
