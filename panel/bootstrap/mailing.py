"""Hands mail to an SMTP server: confirmations one by one, a digest to each subscriber once.

A password is never sent in the clear, and no address is ever logged or told.
"""

import datetime as dt
import secrets
import smtplib
import ssl
from collections.abc import Callable, Generator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from panel.bootstrap.house import House
from panel.bootstrap.serving import PublicRecords
from panel.domain.publication.mail import SendOutcome, Subscriber
from panel.domain.publication.weekly import Weekly
from panel.domain.value import digest_of
from panel.errors import InputError, ShipskipError
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.mail import (
    Letter,
    add_leave,
    confirm_letter,
    digest_letter,
    message,
    sender_address,
)
from panel.store.sends import Send, SendEnd
from panel.store.store import Store

PASSWORD_VARIABLE = "SHIPSKIP_SMTP_PASSWORD"  # noqa: S105 - the name of a variable
"""Environment variable that holds the password for the SMTP server."""

_TIMEOUT = 30
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"smtp": 587, "smtps": 465}
_BYTES = 24


@dataclass(frozen=True)
class Counts:
    """What became of a digest's mails.

    Attributes:
        sent: Handed over now.
        before: Handed over by an earlier call.
        refused: Refused by the server for good.
        failed: Not handed over; the next call tries again.
        unknown: Begun by an earlier call that died; never tried again, since they may have arrived.
        left: Not sent, since the subscriber left meanwhile, or another call is sending it.
    """

    sent: int = 0
    before: int = 0
    refused: int = 0
    failed: int = 0
    unknown: int = 0
    left: int = 0


class Mailer:
    """Hands messages to one SMTP server.

    Args:
        url: `smtp://USER@HOST:PORT`, or `smtps:`.
        sender: The setting mail_from.
        password: The user's password; empty for none.

    Raises:
        InputError: The address of the server or the sender is wrong.
    """

    def __init__(self, url: str, sender: str, password: str = "") -> None:
        parts = urlsplit(url)
        try:
            self._port = parts.port or _PORTS[parts.scheme]
        except ValueError as error:
            raise InputError(f"smtp_url: {error}", remedy="give a port up to 65535") from error
        self._host = parts.hostname or ""
        self._user = unquote(parts.username or "")
        self._password = password
        self._tls = parts.scheme == "smtps"
        self.sender = sender
        # Who we say we are; the library would ask the network for this machine's name.
        self._name = sender_address(sender).domain

    @contextmanager
    def connected(self) -> Generator[smtplib.SMTP]:
        """A connection over TLS on which messages can be sent, as long as the context lasts.

        Raises:
            ShipskipError: The server cannot be reached, offers no TLS, or refuses the login.
        """
        try:
            server = self._open()
        except (OSError, smtplib.SMTPException) as error:
            raise ShipskipError(
                f"the mail server {self._host}:{self._port} does not take mail: {_told(error)}",
                remedy=f"check smtp_url and {PASSWORD_VARIABLE}, then send again",
            ) from error
        try:
            yield server
        finally:
            server.close()

    def _open(self) -> smtplib.SMTP:
        context, place = ssl.create_default_context(), (self._host, self._port, self._name)
        with ExitStack() as stack:
            if self._tls:
                server: smtplib.SMTP = smtplib.SMTP_SSL(*place, timeout=_TIMEOUT, context=context)
            else:
                server = smtplib.SMTP(*place, timeout=_TIMEOUT)
            stack.callback(server.close)
            self._greet(server, context)
            stack.pop_all()
        return server

    def _greet(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        # Mail to this machine itself crosses no network.
        if not self._tls and (server.has_extn("starttls") or self._host not in _LOOPBACK):
            server.starttls(context=context)
            server.ehlo()
        if self._user and self._password:
            server.login(self._user, self._password)

    def send(self, server: smtplib.SMTP, made: EmailMessage) -> SendOutcome | None:
        """Hand over one message.

        Args:
            server: A connection.
            made: The message.

        Returns:
            What became of it; None when nobody knows.
        """
        try:
            server.send_message(made)
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            return "refused" if all(code >= 500 for code in codes) else "failed"
        except smtplib.SMTPResponseException:
            return "failed"
        except (OSError, smtplib.SMTPException):
            return None
        return "sent"


def open_mailer(house: House, environ: Mapping[str, str]) -> Mailer:
    """The mail server of a workspace.

    Args:
        house: The workspace.
        environ: Where the password is read.

    Raises:
        InputError: No server or no sender is set.
    """
    settings = house.settings
    if not settings.smtp_url:
        raise InputError("no mail server is set", remedy="set smtp_url and mail_from")
    return Mailer(settings.smtp_url, settings.mail_from, environ.get(PASSWORD_VARIABLE, ""))


@dataclass(frozen=True)
class Post:
    """Sends the mails of a site.

    Attributes:
        mailer: Hands them over.
        site: The site.
        clock: Tells the time.
    """

    mailer: Mailer
    site: SiteInfo
    clock: Callable[[], dt.datetime]

    def confirm(self, address: str, secret: str) -> bool:
        """Ask whether an address is its owner's; whether the mail was handed over.

        Args:
            address: The address.
            secret: What the link carries.

        Raises:
            ShipskipError: The server cannot be reached, or refuses us.
        """
        letter = confirm_letter(self.site, f"{self.site.url}confirm/{secret}")
        made = message(letter, self.mailer.sender, address, self.clock(), secrets.token_hex(16))
        add_leave(made, f"{self.site.url}unsubscribe/{secret}", _list_id(self.site))
        with self.mailer.connected() as server:
            return self.mailer.send(server, made) == "sent"

    def digest(self, records: PublicRecords, weekly: Weekly) -> Counts:
        """Send a digest to every confirmed subscriber who has not got it.

        Args:
            records: Where subscribers and sends are kept; taken for a moment for each mail, so that
                readers can vote meanwhile.
            weekly: The digest.

        Raises:
            ShipskipError: The server cannot be reached, or leaves; what was sent is noted.
        """
        letter = digest_letter(self.site, weekly, leave=True)
        known = records.reading().sends(weekly.name)
        found: list[str] = []
        with self.mailer.connected() as server:
            for subscriber in confirmed(records.reading()):
                if known.get(subscriber.id, "failed") == "failed":
                    sending = _Sending(records, server, weekly.name, letter)
                    found.append(self._one(sending, subscriber))
                else:
                    found.append(_BEFORE.get(known[subscriber.id] or "", "unknown"))
        return Counts(**{name: found.count(name) for name in vars(Counts())})

    def _one(self, sending: "_Sending", subscriber: Subscriber) -> str:
        secret, name = secrets.token_urlsafe(_BYTES), sending.name
        with sending.records.writing() as store:
            begun = Send(name, subscriber.id, link_key(secret), self.clock())
            if not store.begin_send(begun):
                return "left"
        link = f"{self.site.url}unsubscribe/{secret}"
        letter, ident = sending.letter.with_leave(link), f"{name}.{subscriber.id}"
        made = message(letter, self.mailer.sender, subscriber.address, self.clock(), ident)
        add_leave(made, link, _list_id(self.site))
        outcome = self.mailer.send(sending.server, made)
        if outcome is None:
            raise ShipskipError(
                "the mail server went away in the middle of a mail",
                remedy="send again: everybody else still gets the digest, nobody gets it twice",
            )
        with sending.records.writing() as store:
            store.end_send(SendEnd(name, subscriber.id, outcome, self.clock()))
        return outcome


_BEFORE = {"sent": "before", "refused": "refused"}


@dataclass(frozen=True)
class _Sending:
    """One call that sends a digest."""

    records: PublicRecords
    server: smtplib.SMTP
    name: str
    letter: Letter


def confirmed(store: Store) -> tuple[Subscriber, ...]:
    """Everybody who confirmed their address.

    Args:
        store: Where subscribers are kept.
    """
    return tuple(one for one in store.subscribers() if one.confirmed)


def waiting(store: Store, weekly: Weekly) -> int:
    """To how many subscribers a digest would be sent.

    Args:
        store: Where subscribers are kept.
        weekly: The digest.
    """
    known = store.sends(weekly.name)
    return sum(known.get(one.id, "failed") == "failed" for one in confirmed(store))


def link_key(secret: str) -> str:
    """What the store keeps of a link's secret.

    Args:
        secret: The secret.
    """
    return digest_of("link", secret)


def _list_id(site: SiteInfo) -> str:
    return f"digest.{urlsplit(site.url).hostname}"


def _told(error: Exception) -> str:
    """What a server said, without an address that it may repeat."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"it answered {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "it offers no TLS"
    return str(error) or type(error).__name__
