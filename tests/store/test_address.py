"""Database URLs: what is understood, and that a refusal tells no secret."""

from pathlib import Path

import pytest

from panel.errors import InputError
from panel.store.address import Address


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("sqlite:///runs/shipskip.db", Path.cwd() / "runs/shipskip.db"),
        ("sqlite:////data/shipskip.db", Path("/data/shipskip.db")),
        ("sqlite+pysqlite:///a/../b.db", Path.cwd() / "b.db"),
        ("sqlite:///with%20space.db", Path.cwd() / "with space.db"),
    ],
)
def test_files(text: str, path: Path) -> None:
    address = Address.parse(text)
    assert address.path == path
    assert address.is_sqlite
    assert str(address) == str(path)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_servers(scheme: str) -> None:
    address = Address.parse(f"{scheme}://me:geheim@db.example:5433/name?sslpassword=geheim")
    assert address.url.drivername == "postgresql+psycopg"
    assert address.url.password == "geheim"
    assert not address.is_sqlite
    assert str(address) == "postgresql://db.example/name"
    assert "geheim" not in repr(address)


def test_a_server_behind_a_socket() -> None:
    assert str(Address.parse("postgresql:///name?host=/run/pg")) == "postgresql://local/name"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "runs/shipskip.db",
        "mysql://me:geheim@host/name",
        "postgresql+asyncpg://me:geheim@host/name",
        "postgresql://me:geheim@host:port/name",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file:a.db?uri=true",
        "sqlite:///a.db?mode=ro",
        "sqlite://host/a.db",
        "sqlite:///a%00b.db",
    ],
)
def test_anything_else_is_refused_without_repeating_a_password(text: str) -> None:
    with pytest.raises(InputError) as caught:
        Address.parse(text)
    message = str(caught.value)
    assert "geheim" not in message
    assert "sqlite:///runs/shipskip.db" in message
    assert message.isprintable()
