"""A real SMTP server on a real port that keeps what it is given, and can be told to misbehave."""

import asyncio
import socket
import ssl
import subprocess
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Mailbox:
    """What an SMTP server was given.

    Attributes:
        port: Where it listens.
        mails: Messages, each with the addresses it was handed over for.
        logins: User names and passwords that were tried.
        refuses: What it answers to a recipient, by address.
        hangs_up_on: Recipient at whose message it leaves without an answer.
    """

    port: int = 0
    mails: list[tuple[list[str], EmailMessage]] = field(
        default_factory=list[tuple[list[str], EmailMessage]]
    )
    logins: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    refuses: dict[str, str] = field(default_factory=dict[str, str])
    hangs_up_on: str = ""

    @property
    def to(self) -> list[str]:
        """Everybody who got a message, in order."""
        return [address for addresses, _ in self.mails for address in addresses]

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, _server: Any, _session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take a recipient, or not."""
        if address in self.refuses:
            return self.refuses[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a message, or leave."""
        if self.hangs_up_on in envelope.rcpt_tos:
            server.transport.abort()
            return "421 gone"
        made = message_from_bytes(envelope.content, EmailMessage, policy=default)  # type: ignore[arg-type]
        assert isinstance(made, EmailMessage)
        self.mails.append((list(envelope.rcpt_tos), made))
        return "250 OK"

    def authenticate(self, *given: Any) -> AuthResult:
        """Let everybody in who knows the word."""
        data = given[-1]
        assert isinstance(data, LoginPassword)
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"open sesame", handled=False)

    def wait_for(self, count: int) -> None:
        """Wait until so many messages came."""
        while len(self.mails) < count:
            time.sleep(0.01)


@contextmanager
def mailbox(certificate: Path | None = None, *, implicit: bool = False) -> Generator[Mailbox]:
    """An SMTP server as long as the context lasts.

    Args:
        certificate: File with its certificate and key, to offer TLS.
        implicit: Whether TLS begins at once.
    """
    box = Mailbox()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box.port = free.getsockname()[1]
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=box.port,
        server_hostname="mail.example.org",
        loop=asyncio.new_event_loop(),
        ssl_context=context if implicit else None,
        tls_context=None if implicit else context,
        authenticator=box.authenticate,
        auth_require_tls=not implicit,
    )
    controller.start()
    try:
        yield box
    finally:
        controller.stop()


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    path = folder / "certificate.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = folder / "key.pem"
    subprocess.run([*command, "-keyout", key, "-out", path], check=True, capture_output=True)
    path.write_bytes(key.read_bytes() + path.read_bytes())
    return path
