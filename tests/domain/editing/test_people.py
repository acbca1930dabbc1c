"""Whoever has no right is told who has, and no account shows its password."""

import pytest
from pydantic import ValidationError

from panel.domain.editing.people import User
from panel.domain.editing.states import Right, Role
from panel.errors import RefusedError


def user(role: Role = "editor", **changes: object) -> User:
    content = {"login": "ana", "name": "Ana Lee", "role": role, **changes}
    return User.model_validate(content)


@pytest.mark.parametrize(
    ("role", "right", "message"),
    [
        ("viewer", "edit", "ana (viewer) may not edit"),
        ("viewer", "settle", "may not settle a conflict"),
        ("editor", "approve", "at least publisher"),
        ("publisher", "people", "may not manage accounts"),
    ],
)
def test_what_a_role_may_not(role: Role, right: Right, message: str) -> None:
    with pytest.raises(RefusedError) as refused:
        user(role).must(right)
    assert message in str(refused.value)


def test_what_a_role_may() -> None:
    user("viewer").must("view")
    user("publisher").must("approve")


def test_a_disabled_account_may_nothing() -> None:
    with pytest.raises(RefusedError):
        user("admin", disabled=True).must("view")


def test_a_password_is_not_shown() -> None:
    assert "argon2" not in repr(user(password="$argon2id$v=19"))


@pytest.mark.parametrize("login", ["", "Ana", "a b", "-a", "a\n", "a" * 65])
def test_a_login_is_plain(login: str) -> None:
    with pytest.raises(ValidationError):
        user(login=login)
