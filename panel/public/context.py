"""The parts of the public server, put together once and handed to every view."""

import datetime as dt
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from starlette.requests import Request

from panel.bootstrap.mailing import Post
from panel.bootstrap.serving import PublicRecords
from panel.domain.value import SLUG_PATTERN
from panel.public.files import Files
from panel.public.limits import Limits
from panel.publishing.site import paths
from panel.publishing.site.info import SiteInfo

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

_SLUG = re.compile(SLUG_PATTERN)
_LONGEST = 64

Clock = Callable[[], dt.datetime]


class Salts:
    """The salt of the day, asked for once a day.

    Args:
        records: Where salts are kept.
    """

    def __init__(self, records: PublicRecords) -> None:
        self._records = records
        self._guard = threading.Lock()
        self._known: tuple[dt.date, str] | None = None

    def of(self, day: dt.date) -> str:
        """The salt of a day; those of earlier days are deleted.

        Args:
            day: Today, in UTC.
        """
        with self._guard:
            if self._known is None or self._known[0] != day:
                with self._records.writing() as store:
                    self._known = (day, store.take_salt(day))
            return self._known[1]


@dataclass(frozen=True)
class Context:
    """The parts.

    Attributes:
        site: The site as readers know it.
        files: Its files.
        records: Votes and subscribers.
        secret: Signs cookies.
        hosts: Host names it answers to, besides this machine's own.
        post: Sends confirmations; None when no mail server is set.
        clock: Tells the time.
        limits: Counts what was done lately.
        salts: The salt of the day.
    """

    site: SiteInfo
    files: Files
    records: PublicRecords
    secret: bytes
    hosts: frozenset[str]
    post: Post | None
    clock: Clock
    salts: Salts
    limits: Limits = field(default_factory=Limits)

    @property
    def is_https(self) -> bool:
        """Whether readers reach it over TLS."""
        return self.site.url.startswith("https:")

    def answers_to(self, host: str) -> bool:
        """Whether a request for this host is meant for this server.

        Args:
            host: Host name without its port, as the request names it.
        """
        return host in LOOPBACK or host in self.hosts

    def takes_votes(self, slug: str) -> bool:
        """Whether a model can be voted on: whether its page has the form.

        Args:
            slug: The model; may be any text.
        """
        if len(slug) > _LONGEST or not _SLUG.fullmatch(slug):
            return False
        page = self.files.read(paths.file_of(paths.model_path(slug))) or b""
        return f'/vote/{slug}"'.encode() in page


def context_of(request: Request) -> Context:
    """The parts of the server that answers a request.

    Args:
        request: The request.
    """
    found = request.app.state.context
    assert isinstance(found, Context)  # noqa: S101 - put there by create_app
    return found
