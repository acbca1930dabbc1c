import datetime as dt

import pytest
from pydantic import TypeAdapter, ValidationError

from panel.domain.publication.mail import (
    ASK_PAUSE,
    CONFIRM_LENGTH,
    MailAddress,
    may_ask_again,
    may_confirm,
)

NOON = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
ADDRESS: TypeAdapter[str] = TypeAdapter(MailAddress)


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("ana@example.org", "ana@example.org"),
        ("Ana.Roy+shipskip@Mail.EXAMPLE.org", "Ana.Roy+shipskip@mail.example.org"),
        ("o'neil@xn--bcher-kva.example", "o'neil@xn--bcher-kva.example"),
    ],
)
def test_plain_addresses_are_taken(given: str, taken: str) -> None:
    assert ADDRESS.validate_python(given) == taken


@pytest.mark.parametrize(
    "given",
    [
        *("", "ana", "@example.org", "ana@", "ana@localhost", "ana@127.0.0.1", "ana@[127.0.0.1]"),
        *("ana@example.org\r\nBcc: all@example.org", "ana\n@example.org", "ana@example.org\n"),
        *("ana@example.org,bo@example.org", "Ana <ana@example.org>", "a b@example.org"),
        *('"a\r\nb"@example.org', "a@b@example.org", ".a@example.org", "a..b@example.org"),
        *("ana@-example.org", "ana@example..org", "an\u00e4@example.org", "ana@ex\u00e4mple.org"),
        *("a" * 65 + "@example.org", "a@" + "b." * 130 + "org", "ana@example.org\x00", "%s@x.org"),
    ],
)
def test_what_some_server_might_read_otherwise_is_not(given: str) -> None:
    with pytest.raises(ValidationError):
        ADDRESS.validate_python(given)


def test_links_and_pauses_have_their_length() -> None:
    assert may_confirm(NOON, NOON + CONFIRM_LENGTH)
    assert not may_confirm(NOON, NOON + CONFIRM_LENGTH + SECOND)
    assert may_ask_again(NOON, NOON + ASK_PAUSE)
    assert not may_ask_again(NOON, NOON + ASK_PAUSE - SECOND)
