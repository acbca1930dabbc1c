from typing import Annotated

import pytest
from fastapi import APIRouter, Depends

from panel.desk.rights import Declared, anybody, declarations, needs
from panel.domain.editing.people import User
from panel.errors import ShipskipError


def test_a_declaration_is_found_where_it_stands() -> None:
    router = APIRouter(prefix="/a")

    def inner(user: Annotated[User, needs("approve")]) -> User:
        return user

    @router.get("/one")
    def one(_user: Annotated[User | None, anybody()]) -> None: ...

    @router.post("/{two}")
    def two(two: str, user: Annotated[User, Depends(inner)]) -> None: ...

    assert list(declarations([router])) == [
        Declared("GET", "/a/one", None),
        Declared("POST", "/a/{two}", "approve"),
    ]


def test_what_is_no_route_of_a_view_is_refused() -> None:
    router = APIRouter()
    router.mount("/files", app=lambda: None)  # pyright: ignore
    with pytest.raises(ShipskipError, match="is no route of a view"):
        list(declarations([router]))
