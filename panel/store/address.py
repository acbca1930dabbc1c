"""Where the database is: a file for SQLite, a server for PostgreSQL; the one reader of its URL."""

from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from panel.errors import InputError

_REMEDY = "write sqlite:///runs/shipskip.db or postgresql://user:password@host/name"


@dataclass(frozen=True)
class Address:
    """A database, by its URL.

    Attributes:
        url: For SQLAlchemy, with the driver named.
        path: The SQLite file, symbolic links resolved; None for PostgreSQL.
    """

    url: URL = field(repr=False)
    path: Path | None

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read a database URL.

        Args:
            text: `sqlite:///FILE` (relative to the working folder, or absolute with four slashes),
                or `postgresql://...`.

        Raises:
            InputError: When it is neither; the message never repeats a password.
        """
        try:
            url = make_url(text)
        except (ArgumentError, ValueError) as error:
            raise InputError("the database URL cannot be read", remedy=_REMEDY) from error
        if url.drivername in {"sqlite", "sqlite+pysqlite"}:
            return cls(url, _file(url))
        if url.drivername in {"postgres", "postgresql", "postgresql+psycopg"}:
            return cls(url.set(drivername="postgresql+psycopg"), None)
        raise InputError(f"the database kind {url.drivername!r} is not known", remedy=_REMEDY)

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file of SQLite."""
        return self.path is not None

    def __str__(self) -> str:
        if self.path is not None:
            return str(self.path)
        return f"postgresql://{self.url.host or 'local'}/{self.url.database or ''}"


def _file(url: URL) -> Path:
    name = url.database or ""
    if name in {"", ":memory:"} or name.startswith("file:") or url.query or url.host:
        raise InputError(f"{url} does not name a plain database file", remedy=_REMEDY)
    if "\x00" in name:
        raise InputError("the name of the database file holds a NUL character", remedy=_REMEDY)
    return Path(name).resolve()
