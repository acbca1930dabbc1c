"""Walks every route of the desk: what none of them may let through, and who may use which."""

from itertools import product

import pytest
from fastapi import APIRouter

from panel.desk.app import create_app
from panel.desk.rights import SAFE, Declared, anybody, declarations, needs
from panel.desk.views import ROUTERS
from panel.domain.editing.states import ROLES, Role, may
from panel.errors import ShipskipError
from tests.desk.living import LiveDesk

DECLARED = tuple(declarations(ROUTERS))
CHANGING = tuple(one for one in DECLARED if one.method not in SAFE)
READING = tuple(one for one in DECLARED if one.method in SAFE)


def path_of(route: Declared) -> str:
    """A path of this route; what it names need not exist."""
    filled = route.path.replace("{run}", "20261121-083000-5f2a9c").replace("{slug}", "tern-2")
    return filled.replace("{version}", "1").replace("{page}", "1").format_map(_Any())


class _Any(dict[str, str]):
    def __missing__(self, _name: str) -> str:
        return "x"


def is_api(route: Declared) -> bool:
    return route.path.startswith("/api/")


FORMS = tuple(one for one in CHANGING if not is_api(one))


def test_there_are_changing_routes() -> None:
    assert len(CHANGING) >= 8


def test_a_route_that_declares_nothing_keeps_the_desk_from_starting(desk: LiveDesk) -> None:
    silent, loud = APIRouter(), APIRouter()
    silent.post("/silent")(lambda: None)
    with pytest.raises(ShipskipError, match="/silent declares no right"):
        create_app(desk.context, (silent,))
    loud.post("/loud", dependencies=[needs("edit"), anybody()])(lambda: None)
    with pytest.raises(ShipskipError, match="/loud declares more than one right"):
        create_app(desk.context, (loud,))


def test_no_changing_route_lets_through_what_no_page_of_the_desk_sends(desk: LiveDesk) -> None:
    admin, here = desk.person("admin"), {"origin": desk.address}
    for route in FORMS:
        path, method = path_of(route), route.method
        good = {"csrf": admin.csrf}
        refused = {
            "no origin": admin.send(path, good, method, origin=""),
            "another origin": admin.send(path, good, method, origin="https://elsewhere.example"),
            "no origin at all": admin.send(path, good, method, origin="null"),
            "another site": admin.send(path, good, method, sec_fetch_site="cross-site"),
            "a site beside": admin.send(path, good, method, sec_fetch_site="same-site"),
            "no token": admin.send(path, {"login": "x"}, method),
            "another's token": admin.send(path, {"csrf": desk.person("editor").csrf}, method),
        }
        found = {why: answer.status_code for why, answer in refused.items()}
        assert set(found.values()) == {403}, (route, found)
        for content in ("application/json", "text/plain", "multipart/form-data; boundary=x", ""):
            headers = {**here, "content-type": content}
            answer = admin.client.request(method, path, content=b"{}", headers=headers)
            assert answer.status_code == 415, (route, content)


def test_no_changing_route_changes_anything_by_a_link(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    readable = {one.path for one in READING}
    for route in CHANGING:
        if route.path not in readable and not is_api(route):
            assert admin.get(path_of(route)).status_code == 405, route


def test_every_route_is_closed_to_whoever_is_not_signed_in(desk: LiveDesk) -> None:
    stranger = desk.person(None)
    for route in DECLARED:
        if route.right is None or is_api(route):
            continue
        if route.method in SAFE:
            answer = stranger.get(path_of(route))
            assert answer.status_code == 303, route
            assert answer.headers["location"].startswith("/sign-in?next=%2F"), route
        else:
            fields = {"csrf": stranger.csrf}
            assert stranger.send(path_of(route), fields, route.method).status_code == 401, route


@pytest.mark.parametrize("role", ROLES)
def test_every_route_is_open_to_those_roles_that_have_its_right(desk: LiveDesk, role: Role) -> None:
    person = desk.person(role)
    for route in DECLARED:
        if route.right is None or is_api(route) or route.path == "/sign-out":
            continue
        fields = {"csrf": person.csrf}
        answer = (
            person.get(path_of(route))
            if route.method in SAFE
            else person.send(path_of(route), fields, route.method)
        )
        if may(role, route.right):
            assert answer.status_code != 403, (route, answer.text)
            assert answer.status_code < 500, (route, answer.text)
        else:
            assert answer.status_code == 403, route


def test_only_these_routes_are_open_to_anybody() -> None:
    assert {(one.method, one.path) for one in DECLARED if one.right is None} <= {
        ("GET", "/"),
        ("GET", "/favicon.ico"),
        ("GET", "/static/{name}"),
        ("GET", "/sign-in"),
        ("POST", "/sign-in"),
        ("GET", "/api/openapi.json"),
    }


def test_no_two_routes_share_a_method_and_a_path() -> None:
    names = [(one.method, one.path) for one in DECLARED]
    assert len(names) == len(set(names))


def test_every_answer_tells_browsers_what_they_may_not_do(desk: LiveDesk) -> None:
    admin = desk.person("admin")
    for path, who in product(("/me", "/nowhere", "/sign-in", "/"), (admin, desk.person(None))):
        headers = who.get(path).headers
        assert "'unsafe" not in headers["content-security-policy"]
        assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
