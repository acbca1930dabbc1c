"""Column types that hold any text and any instant alike on SQLite and PostgreSQL.

PostgreSQL refuses NUL in text and both refuse half a surrogate pair, yet a broken endpoint may
answer with either; such characters are escaped on the way in and restored on the way out.
"""

import datetime as dt
import re

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

_ESCAPE = "\x10"
_UNSTORABLE = re.compile(f"[\x00{_ESCAPE}\ud800-\udfff]")
_ESCAPED = re.compile(f"{_ESCAPE}([0-9a-f]{{4}})")


def escaped(text: str) -> str:
    """The text as stored: NUL, DLE and lone surrogates become DLE and four hex digits."""
    if _is_plain(text):
        return text
    return _UNSTORABLE.sub(lambda found: f"{_ESCAPE}{ord(found[0]):04x}", text)


def restored(stored: str) -> str:
    """The inverse of `escaped`."""
    if _ESCAPE not in stored:
        return stored
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), stored)


def _is_plain(text: str) -> bool:
    if "\x00" in text or _ESCAPE in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class AnyText(TypeDecorator[str]):
    """Text of any content and length."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Escape on the way in."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Restore on the way out."""
        return None if value is None else restored(value)


class Instant(TypeDecorator[dt.datetime]):
    """A time zone aware instant, stored as UTC ISO text: text order is time order."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write UTC, to the microsecond."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone; use datetime.now(UTC)")
        utc = value.astimezone(dt.UTC).replace(tzinfo=None)
        return f"{utc.isoformat(timespec='microseconds')}Z"

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Read back an aware datetime."""
        return None if value is None else dt.datetime.fromisoformat(value)
