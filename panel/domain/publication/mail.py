"""Who gets the digest by mail, and which addresses are taken at all.

Only plain addresses are: what some server might read as two addresses, a header or a command is
refused before it reaches any.
"""

import datetime as dt
import re
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, StringConstraints

from panel.domain.value import Value

CONFIRM_LENGTH = dt.timedelta(days=2)
"""How long the link in a confirmation holds; an address that is not confirmed is then forgotten."""

ASK_PAUSE = dt.timedelta(minutes=10)
"""Least time between two confirmations to one address."""

SendOutcome = Literal["sent", "failed", "refused"]
"""`failed` is tried again, `refused` never."""

_LOCAL = re.compile(r"[A-Za-z0-9_+=&'~^-]+(\.[A-Za-z0-9_+=&'~^-]+)*\Z")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\Z")


def _plain(address: str) -> str:
    local, at, domain = address.rpartition("@")
    domain = domain.lower()
    labels = domain.split(".")
    is_plain = at and len(local) <= 64 and _LOCAL.match(local) and len(labels) > 1
    if not is_plain or not all(map(_LABEL.match, labels)) or labels[-1].isdigit():
        raise ValueError("is no plain mail address; write one like ana@example.org")
    return f"{local}@{domain}"


MailAddress = Annotated[str, StringConstraints(max_length=254), AfterValidator(_plain)]
"""A mail address of plain ASCII, its domain in small letters."""


class Subscriber(Value):
    """Somebody who asked for the digest.

    Attributes:
        id: Names them where the address is not wanted.
        address: Where mail goes.
        asked: When they asked for it.
        confirmed: When they confirmed that the address is theirs; None until then.
    """

    id: str
    address: str
    asked: AwareDatetime
    confirmed: AwareDatetime | None = None


def may_ask_again(last: dt.datetime, at: dt.datetime) -> bool:
    """Whether another confirmation may be sent to an address.

    Args:
        last: When the last one was asked for.
        at: Now.
    """
    return at - last >= ASK_PAUSE


def may_confirm(asked: dt.datetime, at: dt.datetime) -> bool:
    """Whether the link in a confirmation still holds.

    Args:
        asked: When it was asked for.
        at: Now.
    """
    return at - asked <= CONFIRM_LENGTH
