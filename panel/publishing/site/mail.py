"""Mails as messages: plain text and HTML with the styles written into each element.

The library refuses line breaks in headers, and every text in a header is one visible line, so that
no name of a model can add a header or a recipient.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

import css_inline
from pydantic import TypeAdapter

from panel.domain.publication.mail import MailAddress
from panel.domain.publication.weekly import Weekly
from panel.errors import InputError
from panel.publishing.site.digest_view import NOTICE, digest_text, digest_view
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.templating import render
from panel.publishing.words import one_line

_POLICY = SMTP.clone(max_line_length=990)
"""A long link stays whole in its header; at 78 the library would encode it beyond recognition."""

_ADDRESS: TypeAdapter[str] = TypeAdapter(MailAddress)
_INLINER = css_inline.CSSInliner(load_remote_stylesheets=False, keep_style_tags=False)


@dataclass(frozen=True)
class Letter:
    """What a mail says, ready for any recipient.

    Attributes:
        subject: Its subject.
        text: Its plain text.
        html: The same as HTML.
        leave: Stands where each subscriber's own link to leave comes; empty without one.
    """

    subject: str
    text: str
    html: str
    leave: str = ""

    def with_leave(self, address: str) -> "Letter":
        """The letter with a subscriber's own link to leave.

        Args:
            address: The link; made of characters that HTML leaves alone.
        """
        text, html = (part.replace(self.leave, address) for part in (self.text, self.html))
        return Letter(self.subject, text, html)


def digest_letter(site: SiteInfo, weekly: Weekly, *, leave: bool) -> Letter:
    """A digest as a letter.

    Args:
        site: The site.
        weekly: What happened.
        leave: Whether it goes to subscribers; each needs their link then, see `with_leave`.
    """
    view = digest_view(weekly)
    # No text in the digest can hold the digest's own name.
    place = f"leave-{weekly.digest}" if leave else ""
    closing = [f"Unsubscribe: {place}"] if leave else []
    context = {
        "digest": view,
        "notice": NOTICE,
        "leave": place,
        "weekly": "-w" in weekly.name,
    }
    return Letter(
        subject=one_line(f"{site.name}: {view.title}. {view.summary}"),
        text=digest_text(view, site.url, closing),
        html=_inlined("digest_mail.html.j2", site, context),
        leave=place,
    )


def confirm_letter(site: SiteInfo, confirm: str) -> Letter:
    """The letter that asks whether an address is its owner's.

    Args:
        site: The site.
        confirm: The link to follow.
    """
    text = (
        f"Somebody, probably you, asked for the weekly digest of {site.name} at this address.\n\n"
        f"Confirm the subscription:\n{confirm}\n\nThe link holds for two days. If it was not you,"
        " do nothing: no more mail will\ncome, and the address is forgotten.\n"
    )
    return Letter(
        subject=one_line(f"Confirm your subscription to {site.name}"),
        text=text,
        html=_inlined("mail_confirm.html.j2", site, {"confirm": confirm}),
    )


def message(letter: Letter, sender: str, to: str, at: dt.datetime, ident: str) -> EmailMessage:
    """A letter as a message.

    Args:
        letter: What it says.
        sender: Who sends it: `ana@example.org`, or `Name <ana@example.org>`.
        to: The recipient's address; empty for a message without one, e.g. in a file.
        at: When it is sent.
        ident: What its Message-ID begins with.

    Raises:
        InputError: The sender is no mail address.
    """
    address = sender_address(sender)
    made = EmailMessage(policy=_POLICY)
    made["From"] = address
    if to:
        made["To"] = Address(addr_spec=to)
    made["Subject"] = letter.subject
    made["Date"] = at
    made["Message-ID"] = f"<{ident}@{address.domain}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.text)
    made.add_alternative(letter.html, subtype="html")
    return made


def add_leave(made: EmailMessage, address: str, list_id: str) -> None:
    """Let a mail client offer to unsubscribe with one click (RFC 2369, RFC 8058, RFC 2919).

    Args:
        made: The message.
        address: Where one POST unsubscribes.
        list_id: Names the list, e.g. `digest.example.org`.
    """
    made["List-Id"] = f"<{list_id}>"
    made["List-Unsubscribe"] = f"<{address}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"


def sender_address(sender: str) -> Address:
    """A sender as mail headers carry it.

    Args:
        sender: `ana@example.org`, or `Name <ana@example.org>`.

    Raises:
        InputError: It is no mail address.
    """
    name, bracket, rest = sender.strip().rpartition("<")
    spec = sender.strip() if not bracket else rest[:-1] if rest.endswith(">") else ""
    try:
        return Address(
            display_name=one_line(name).strip('"'), addr_spec=_ADDRESS.validate_python(spec)
        )
    except ValueError as error:
        said = f"{one_line(sender)!r} is no mail address" if sender else "mail_from is not set"
        raise InputError(
            f"mail needs a sender: {said}",
            remedy="set mail_from, e.g. to `Our digest <digest@example.org>`",
        ) from error


def _inlined(template: str, site: SiteInfo, context: Mapping[str, Any]) -> str:
    return _INLINER.inline(render(template, site, "", context).decode())
