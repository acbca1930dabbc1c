from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import APIRouter

from panel.bootstrap.house import House
from panel.desk.errors import TooManyTriesError, trouble_of
from panel.desk.rights import anybody
from panel.desk.views import ROUTERS
from panel.domain.editing.people import User
from panel.errors import (
    BusyError,
    EndpointError,
    InputError,
    Problem,
    RefusedError,
    ShipskipError,
    SignInError,
    StaleError,
    StoreError,
)
from tests.desk.living import LiveDesk, living, words_of

router = APIRouter()


@router.get("/boom")
@router.get("/api/boom")
def boom(_user: Annotated[User | None, anybody()]) -> None:
    raise ZeroDivisionError("CANARY in a detail")


@router.get("/lost")
def lost(_user: Annotated[User | None, anybody()]) -> None:
    raise StoreError("the database is away", remedy="start it")


@router.get("/number/{number}")
def number(number: int, _user: Annotated[User | None, anybody()]) -> None:
    raise InputError([Problem("is too <small>", "write more", key=f"field.{number}")])


@pytest.fixture
def failing(house: House) -> Iterator[LiveDesk]:
    with living(house, (*ROUTERS, router)) as found:
        yield found


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (SignInError("x"), 401),
        (TooManyTriesError("x"), 429),
        (RefusedError("x"), 403),
        (StaleError("x"), 409),
        (InputError("x"), 422),
        (BusyError("x"), 503),
        (StoreError("x"), 503),
        (EndpointError("x"), 502),
        (ShipskipError("x"), 500),
    ],
)
def test_every_error_of_ours_has_its_status(error: ShipskipError, status: int) -> None:
    trouble = trouble_of(error)
    assert trouble.status == status
    assert trouble.title
    assert trouble.title[0].isupper()


def test_what_nobody_foresaw_shows_no_detail(failing: LiveDesk) -> None:
    for path in ("/boom", "/api/boom"):
        answer = failing.person(None).get(path)
        assert answer.status_code == 500
        assert "CANARY" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["content-security-policy"].startswith("default-src 'none'")
        assert answer.headers["cache-control"] == "no-store"


def test_a_page_says_what_happened_and_what_to_do(failing: LiveDesk) -> None:
    words = words_of(failing.person(None).get("/lost"))
    assert "The database does not answer" in words
    assert "The database is away." in words
    assert "What to do: start it" in words


def test_problems_stand_field_by_field_and_escaped(failing: LiveDesk) -> None:
    answer = failing.person(None).get("/number/3")
    assert answer.status_code == 422
    assert "field.3 : is too <small> write more" in words_of(answer)
    assert "<small>" not in answer.text


def test_what_is_no_number_is_told_calmly(failing: LiveDesk) -> None:
    answer = failing.person(None).get("/number/three")
    assert answer.status_code == 422
    assert "number : Input should be a valid integer" in words_of(answer)


def test_a_program_gets_a_problem_it_can_read(failing: LiveDesk) -> None:
    client = failing.person(None).client
    for path in ("/api/nothing", "/nothing"):
        answer = client.get(path, headers={"accept": "application/json"})
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json() == {
            "type": "about:blank",
            "title": "There is nothing here",
            "status": 404,
            "detail": "no page has this address",
            "remedy": "Go back, or start from the queue.",
        }


def test_whoever_was_signed_out_finds_their_words_again(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    desk.context.store.end_keys_of("admin", "session", "admin")
    answer = admin.post("/people/add", login="ana", name="Ana Maria", role="editor")
    assert answer.status_code == 401
    words = words_of(answer)
    assert "Please sign in again" in words
    assert "Ana Maria" in words
    assert "Send again" in words


def test_whoever_opens_a_page_is_led_back_to_it_after_signing_in(desk: LiveDesk) -> None:
    answer = desk.person(None).get("/me?a=b&c=%2F%2Fevil")
    assert answer.headers["location"] == "/sign-in?next=%2Fme%3Fa%3Db%26c%3D%252F%252Fevil"


def test_a_method_no_page_knows_is_refused(desk: LiveDesk) -> None:
    person = desk.person()
    assert person.send("/me", {"csrf": person.csrf}, "PATCH").status_code == 405
    assert person.client.request("OPTIONS", "/me").status_code == 405
