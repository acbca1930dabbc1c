"""A login is given once; what is known of an account is what was said last."""

import pytest

from panel.errors import InputError, StoreError
from panel.store.store import Store
from tests.databases import dump, rows
from tests.store import desk_values as d


def test_accounts_are_kept_as_they_were_said_last(store: Store, url: str) -> None:
    ana, bo = d.user(store), d.user(store, "bo", role="viewer", password=None)
    assert store.users() == (ana, bo)
    promoted = ana.model_copy(update={"role": "publisher", "password": "other"})
    store.change_user(promoted, d.event("user.role", "user/ana", by="root"))
    off = promoted.model_copy(update={"disabled": True})
    store.change_user(off, d.event("user.disable", "user/ana", by="root"))
    assert store.user("ana") == off
    assert store.users() == (off, bo)
    found = rows(url, "SELECT seq, by, role FROM user_changes WHERE login = 'ana' ORDER BY seq")
    assert found == [(1, "ana", "editor"), (2, "root", "publisher"), (3, "root", "publisher")]


def test_nobody_is_nobody(store: Store) -> None:
    assert store.user("nobody") is None
    assert store.users() == ()
    with pytest.raises(StoreError, match="not stored"):
        store.change_user(d.ANA, d.event())
    assert list(store.events()) == []


def test_a_login_is_never_given_twice(store: Store, url: str) -> None:
    ana = d.user(store)
    before = dump(url)
    with pytest.raises(InputError, match="an account ana already"):
        d.user(store, name="Another Ana")
    assert dump(url) == before
    assert store.user("ana") == ana


def test_every_change_is_in_the_log_without_the_password(store: Store, url: str) -> None:
    ana = d.user(store, password="argon-hash")
    store.change_user(ana, d.event("user.role", "user/ana", reason="asked"))
    assert [(one.act, one.reason) for one in store.events()] == [
        ("user.add", ""),
        ("user.role", "asked"),
    ]
    assert "argon-hash" not in str(rows(url, "SELECT * FROM events"))
    assert "argon-hash" not in repr(store.user("ana"))
