import datetime as dt
from collections.abc import Iterator
from typing import Annotated

import pytest
from fastapi import APIRouter
from starlette.requests import Request

from panel.bootstrap.house import House
from panel.desk.app import create_app
from panel.desk.identity import Identity
from panel.desk.rights import needs
from panel.desk.secrets import key_id, new_secret
from panel.desk.views import ROUTERS
from panel.domain.editing.people import Key, KeyKind, User
from tests.desk.living import LiveDesk, living

api = APIRouter(prefix="/api")


@api.get("/who")
def who(user: Annotated[User, needs("view")]) -> dict[str, str]:
    return {"login": user.login}


@api.post("/who")
def changes(user: Annotated[User, needs("approve")]) -> dict[str, str]:
    return {"login": user.login}


@pytest.fixture
def with_api(house: House) -> Iterator[LiveDesk]:
    with living(house, (*ROUTERS, api)) as found:
        yield found


def add_key(desk: LiveDesk, kind: KeyKind, hours: float = 1) -> str:
    secret, now = new_secret(), desk.context.clock()
    expires = now + dt.timedelta(hours=hours)
    key = Key(id=key_id(secret), kind=kind, login="editor", created=now, expires=expires)
    desk.context.store.add_key(key)
    return secret


def test_a_program_is_known_by_its_token_alone(with_api: LiveDesk) -> None:
    person = with_api.person("editor")
    assert person.get("/api/who").status_code == 401
    token = {"authorization": f"Bearer {add_key(with_api, 'token')}"}
    assert person.get("/api/who", headers=token).json() == {"login": "editor"}
    assert with_api.person(None).get("/me", headers=token).status_code == 303


@pytest.mark.parametrize("kind", ["session", "link"])
def test_a_secret_of_another_kind_opens_nothing(with_api: LiveDesk, kind: KeyKind) -> None:
    with_api.user()
    headers = {"authorization": f"Bearer {add_key(with_api, kind)}"}
    answer = with_api.person(None).get("/api/who", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("header", ["Bearer", "Basic abc", "Bearer x y", "bearer é"])
def test_other_headers_open_nothing(with_api: LiveDesk, header: str) -> None:
    headers = [(b"authorization", header.encode("latin-1"))]
    assert with_api.person(None).client.get("/api/who", headers=headers).status_code == 401


def test_a_program_needs_no_form_token_and_no_origin_but_json(with_api: LiveDesk) -> None:
    with_api.user()
    client = with_api.person(None).client
    headers = {"authorization": f"Bearer {add_key(with_api, 'token')}"}
    assert client.post("/api/who", json={}, headers=headers).status_code == 403
    assert client.post("/api/who", data={"a": "b"}, headers=headers).status_code == 415
    elsewhere = {**headers, "origin": "https://elsewhere.example"}
    refused = client.post("/api/who", json={}, headers=elsewhere)
    assert refused.json()["detail"] == "this was not sent from a page of the desk"
    told = client.post("/api/who", json={}, headers=headers).json()
    assert told["detail"] == "editor (editor) may not approve"
    assert told["remedy"] == "ask somebody who is at least publisher"


def test_keys_that_ended_or_expired_open_nothing(with_api: LiveDesk) -> None:
    with_api.user()
    for secret in (add_key(with_api, "session", hours=-1), ended := add_key(with_api, "session")):
        if secret == ended:
            with_api.context.store.end_key(key_id(secret), "editor")
        client = with_api.person(None).client
        client.cookies.set(with_api.context.cookie, secret)
        assert client.get("/me").status_code == 303


def test_a_disabled_account_is_out_at_once(with_api: LiveDesk) -> None:
    person = with_api.person("editor")
    assert person.get("/me").status_code == 200
    with_api.accounts.disable("editor")
    assert person.get("/me").status_code == 303


def test_another_way_to_be_known_is_one_function(house: House) -> None:
    def by_header(request: Request) -> Identity | None:
        login = request.headers.get("x-signed-login")
        user = login and request.app.state.context.store.user(login)
        return Identity(user) if user else None

    with living(house) as desk:
        user = desk.user("viewer")
        desk.open_desk.app.state.ways = create_app(desk.context, (), (by_header,)).state.ways
        headers = {"x-signed-login": user.login}
        assert "Viewer" in desk.person(None).get("/me", headers=headers).text
        assert desk.person("viewer").get("/me").status_code == 303
