"""Takes subscribers: nothing is sent that was not confirmed, and one click ends it.

Links lead to a page with a button, since programs that look for harmful mail follow every link.
"""

import re
import secrets

from pydantic import TypeAdapter, ValidationError
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response

from panel.bootstrap.mailing import Post, link_key
from panel.domain.publication.mail import MailAddress
from panel.errors import ShipskipError
from panel.public.context import context_of
from panel.public.pages import Message, count, log, page, refuse
from panel.public.visitors import address_of, network_of
from panel.publishing.site import paths
from panel.store.subscribers import Asked, Followed

ASKS_AN_HOUR = 6
"""Confirmations that one network may have sent within an hour."""

ALL_ASKS_AN_HOUR = 600
"""Confirmations that everybody together may have sent within an hour."""

_ADDRESS: TypeAdapter[str] = TypeAdapter(MailAddress)
_BYTES = 24
_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,64}\Z")
_HOUR = 3600
_SENT = "Unless the address gets the digest already, a mail with a link is on its way to it."


def subscribe(request: Request) -> Response:
    """Takes an address, and has its owner asked; says the same whether it is known or not.

    Args:
        request: A POST with the field `address`.
    """
    context = context_of(request)
    post = context.post
    if post is None:
        raise refuse(503, "This site sends no mail")
    try:
        address = _ADDRESS.validate_python(request.state.fields.get("address", "").strip())
    except ValidationError:
        raise refuse(
            400, "This is no mail address we can use", "Write one like ana@example.org."
        ) from None
    count(context, f"subscribe {network_of(address_of(request))}", ASKS_AN_HOUR, _HOUR)
    count(context, "subscribe", ALL_ASKS_AN_HOUR, _HOUR)
    secret = secrets.token_urlsafe(_BYTES)
    with context.records.writing() as store:
        is_new = store.ask_subscription(Asked(address, link_key(secret), context.clock()))
    told = Message(
        "Look into your mail",
        (_SENT, "Follow the link within two days; until then no other mail is sent."),
        back=paths.DIGESTS,
        back_words="To the digests",
    )
    response = page(request, told)
    if is_new:
        response.background = BackgroundTask(_ask, post, address, secret)
    return response


def _ask(post: Post, address: str, secret: str) -> None:
    """Send a confirmation, after the answer: how long it takes tells nobody who is subscribed."""
    try:
        if not post.confirm(address, secret):
            log.error("a confirmation was not taken by the mail server")
    except ShipskipError as error:
        log.error("a confirmation was not sent", extra={"error": error.message})


def confirm_page(request: Request) -> Response:
    """Asks for the click that confirms.

    Args:
        request: A GET.
    """
    token = _token(request)
    told = Message("Get the weekly digest?", action=f"confirm/{token}", button="Yes, send it")
    return page(request, told)


def confirm(request: Request) -> Response:
    """Confirms an address.

    Args:
        request: A POST.
    """
    context = context_of(request)
    followed = Followed(link_key(_token(request)), context.clock())
    with context.records.writing() as store:
        holds = store.confirm_subscription(followed)
    if not holds:
        raise refuse(410, "This link does not hold any more", "Subscribe again to get a new one.")
    told = Message(
        "You get the weekly digest",
        ("Every mail has a link that ends it with one click.",),
        back=paths.DIGESTS,
        back_words="To the digests",
    )
    return page(request, told)


def leave_page(request: Request) -> Response:
    """Asks for the click that unsubscribes.

    Args:
        request: A GET.
    """
    token = _token(request)
    told = Message(
        "Stop the weekly digest?",
        ("Your address is deleted.",),
        action=f"unsubscribe/{token}",
        button="Unsubscribe",
    )
    return page(request, told)


def leave(request: Request) -> Response:
    """Unsubscribes, for a reader or for a mail provider on a reader's behalf (RFC 8058).

    Args:
        request: A POST from anywhere.
    """
    context = context_of(request)
    followed = Followed(link_key(_token(request)), context.clock())
    with context.records.writing() as store:
        is_known = store.unsubscribe(followed)
    if not is_known:
        raise refuse(404, "This link was in none of our mails")
    return page(request, Message("You get no more mail", ("Your address was deleted.",)))


def _token(request: Request) -> str:
    token = request.path_params["token"]
    if not _TOKEN.match(token):
        raise refuse(404, "This link was in none of our mails", "Was it copied whole?")
    return token
