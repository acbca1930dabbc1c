from collections.abc import Iterator

import pytest

from panel.bootstrap.house import House
from panel.desk.accounts import HASHES, Accounts
from panel.desk.context import utc_now
from panel.domain.editing.people import User
from panel.errors import InputError, RefusedError
from panel.store.store import Store


@pytest.fixture
def store(house: House) -> Iterator[Store]:
    with house.store(write=True) as opened:
        yield opened


@pytest.fixture
def accounts(store: Store) -> Accounts:
    made = Accounts(store, utc_now)
    made.add("root", "Root", "admin")
    return made


def test_an_account_is_opened_changed_and_closed(accounts: Accounts, store: Store) -> None:
    assert accounts.add("ana", "Ana Maria", "editor").role == "editor"
    assert accounts.set_role("ana", "publisher").role == "publisher"
    assert accounts.disable("ana").disabled
    assert not accounts.enable("ana").disabled
    found = store.user("ana")
    assert found == User(login="ana", name="Ana Maria", role="publisher")


@pytest.mark.parametrize(
    ("login", "name", "role", "problem"),
    [
        ("Ana", "Ana", "editor", "a login is up to 64 small letters"),
        ("", "Ana", "editor", "a login"),
        ("ana b", "Ana", "editor", "a login"),
        ("../ana", "Ana", "editor", "a login"),
        ("a" * 65, "Ana", "editor", "a login"),
        ("me", "Ana", "editor", "me cannot be a login"),
        ("none", "Ana", "editor", "none cannot be a login"),
        ("ana", "", "editor", "a name is one visible line"),
        ("ana", "A\u202eB", "editor", "a name"),
        ("ana", "Ana", "boss", "boss is no role -> choose one of viewer"),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    accounts: Accounts, login: str, name: str, role: str, problem: str
) -> None:
    with pytest.raises(InputError) as refused:
        accounts.add(login, name, role)
    assert problem in str(refused.value)


def test_a_login_is_given_once(accounts: Accounts) -> None:
    with pytest.raises(InputError, match="root already"):
        accounts.add("root", "Other", "viewer")


def test_nobody_is_found_under_another_login(accounts: Accounts) -> None:
    for act in (accounts.find, accounts.disable, accounts.enable, accounts.link):
        with pytest.raises(InputError, match="there is no account bo"):
            act("bo")


def test_the_last_admin_stays(accounts: Accounts) -> None:
    with pytest.raises(RefusedError, match="only admin left"):
        accounts.disable("root")
    with pytest.raises(RefusedError, match="only admin left"):
        accounts.set_role("root", "editor")
    accounts.add("second", "Second", "admin")
    assert accounts.disable("root").disabled


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 257])
def test_a_password_is_neither_short_nor_endless(accounts: Accounts, password: str) -> None:
    with pytest.raises(InputError, match="12 to 256 characters"):
        accounts.set_password("root", password)


def test_only_the_hash_of_a_password_is_kept(accounts: Accounts, store: Store) -> None:
    accounts.set_password("root", "a long enough password")
    kept = store.user("root")
    assert kept
    assert kept.password
    assert kept.password.startswith("$argon2id$")
    assert HASHES.verify("a long enough password", kept.password)
    assert "argon2" not in repr(kept)


def test_a_new_password_and_a_closed_account_end_what_was_open(
    accounts: Accounts, store: Store
) -> None:
    accounts.add("ana", "Ana", "editor")
    accounts.link("ana")
    accounts.set_password("ana", "a long enough password")
    accounts.link("ana")
    accounts.disable("ana")
    assert all(key.ended for key in store.keys_of("ana"))
    assert len(store.keys_of("ana")) == 2
    with pytest.raises(InputError, match="ana is disabled"):
        accounts.link("ana")


def test_everything_stands_in_the_log(accounts: Accounts, store: Store) -> None:
    accounts.add("ana", "Ana", "editor")
    accounts.set_role("ana", "viewer")
    accounts.set_role("ana", "viewer")
    accounts.set_password("ana", "a long enough password")
    told = [event for event in store.events() if event.subject == "user/ana"]
    acts = sorted(event.act for event in told)
    assert acts == ["user.add", "user.password", "user.role"]
    assert {event.by for event in told} == {"command-line"}
    assert all(event.after for event in told)


def test_only_an_admin_manages_accounts(accounts: Accounts, store: Store) -> None:
    for role in ("viewer", "editor", "publisher"):
        user = accounts.add(role, role, role)
        with pytest.raises(RefusedError, match="may not manage accounts"):
            Accounts(store, utc_now, user)
    root = store.user("root")
    assert Accounts(store, utc_now, root).add("bo", "Bo", "viewer")
