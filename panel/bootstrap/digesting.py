"""Puts a digest together from what is published, in any form it can leave the house in."""

import datetime as dt
import secrets
from typing import Literal

from panel.bootstrap.house import House
from panel.bootstrap.publishing import opened_book
from panel.domain.publication.weekly import Weekly, weekly
from panel.domain.value import canonical_json
from panel.errors import InputError
from panel.publishing.site.digest_view import digest_text, digest_view
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.mail import digest_letter, message

Form = Literal["text", "html", "eml", "json"]

_KEPT = "digest-entries.json"
"""Keeps entries between digests; lies in the folder of results, and may be deleted any time."""


def collect(house: House, since: dt.date, until: dt.date) -> tuple[SiteInfo, Weekly]:
    """What happened between two days, and the site that tells of it.

    Args:
        house: The workspace.
        since: The first day.
        until: The last day.

    Raises:
        InputError: The last day lies before the first.
        StoreError: The records cannot be read.
    """
    if until < since:
        raise InputError(f"--until {until} lies before --since {since}", remedy="swap the two days")
    with opened_book(house, house.workspace.runs / _KEPT, preview=False) as book:
        entries = [*book.entries.values(), *book.retracted.values()]
        return book.site, weekly(entries, since, until)


def written(house: House, site: SiteInfo, found: Weekly, form: Form, at: dt.datetime) -> str:
    """A digest in one of its forms.

    Args:
        house: The workspace.
        site: The site that tells of it.
        found: What happened.
        form: The form.
        at: What a message in a file says when it was made.

    Raises:
        InputError: The form has links, and the address of the site is not set; or it is a message
            and has no sender.
    """
    if form == "json":
        names = [item.slug for item in found.flips]
        return canonical_json({"name": found.name, "flips": names, **found.model_dump(mode="json")})
    if form == "text":
        return digest_text(digest_view(found), site.url)
    check_url(site)
    letter = digest_letter(site, found, leave=False)
    if form == "html":
        return letter.html
    ident = f"{found.name}.{secrets.token_hex(8)}"
    return message(letter, house.settings.mail_from, "", at, ident).as_string()


def check_url(site: SiteInfo) -> None:
    """Refuse to make links without knowing where they lead.

    Args:
        site: The site.

    Raises:
        InputError: Its address is not set.
    """
    if not site.url:
        raise InputError(
            "links in mail need the address of the site",
            remedy="set site_url to where readers find it, e.g. https://reviews.example.org",
        )
