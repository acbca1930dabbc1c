"""Reads sources whatever they are: a page, a file, a card of the hub, an entry of a list."""

import asyncio
import datetime as dt
import hashlib
import re
import urllib.parse
from collections.abc import AsyncGenerator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from panel.domain.intake.reading import Found, Reading, Trouble
from panel.errors import InputError, Problem
from panel.intake.bounds import MAX_BYTES, MAX_PDF_BYTES, too_big
from panel.intake.cards import card_url, hub_address
from panel.intake.contained import parse_apart
from panel.intake.fetch import Fetcher, refusal
from panel.intake.keeping import Keeping
from panel.intake.parse import Hints

LISTS = {"openrouter": "https://openrouter.ai/api/v1/models"}
"""Lists of models that go by a short name, as in `openrouter:vendor/model`."""

AT_ONCE = 4
_USER = re.compile(r"//[^/?#]*@")


class _Got(NamedTuple):
    """The bytes of a source.

    Attributes:
        data: The bytes.
        hints: What else is known of them.
        url: Where they stood; None for a file.
    """

    data: bytes
    hints: Hints
    url: str | None = None


class Sources:
    """Reads and keeps sources.

    Args:
        fetcher: Fetches pages.
        keeping: Keeps what was read.
        today: Day of reading.
        hub: Where cards are published; the usual hub unless given.
    """

    def __init__(
        self, fetcher: Fetcher, keeping: Keeping, *, today: dt.date, hub: str | None = None
    ) -> None:
        self._fetcher = fetcher
        self._keeping = keeping
        self._today = today
        self._hub = hub or hub_address()

    async def read(self, address: str) -> Reading:
        """Read one source and keep it.

        Args:
            address: `https://...`, a path, `hf:org/name`, `openrouter:id`, or a list with `#id`.

        Raises:
            InputError: A file is not there or cannot be read.
            StoreError: It cannot be kept.
        """
        got = await self._get(address)
        address = _USER.sub("//", address)  # a password is neither kept nor told
        if isinstance(got, Trouble):
            return Reading(address=address, kind="text", read=self._today, trouble=got)
        found = await parse_apart(got.data, got.hints)
        data = got.data
        if found.kind == "listing" and found.text:
            data = found.text.encode()  # of a list only the entry is the source
        reading = self._reading(address, got, found, data)
        return await asyncio.to_thread(self._keeping.keep, data, reading)

    async def read_all(self, addresses: Sequence[str]) -> AsyncGenerator[tuple[int, Reading]]:
        """Read sources, a few at once.

        Args:
            addresses: See `read`; one that stands there twice is read once.

        Yields:
            Place among the addresses and reading, as they come.

        Raises:
            InputError: A file is not there or cannot be read.
            StoreError: One cannot be kept.
        """
        places = {address: at for at, address in reversed([*enumerate(addresses)])}
        turn = asyncio.Semaphore(AT_ONCE)

        async def one(address: str) -> tuple[int, Reading]:
            async with turn:
                return places[address], await self.read(address)

        tasks = [asyncio.create_task(one(address)) for address in dict.fromkeys(addresses)]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:
            for task in tasks:
                task.cancel()
            with suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    def _reading(self, address: str, got: _Got, found: Found, data: bytes) -> Reading:
        published = found.published
        if published and published > self._today:
            published = None  # a date that lies ahead is none
        return Reading(
            address=address,
            url=got.url,
            kind=found.kind,
            title=found.title,
            publisher=found.publisher or _host(got.url),
            author=found.author,
            published=published,
            read=self._today,
            sha256=hashlib.sha256(data).hexdigest(),
            text=found.text,
            language=found.language,
            removed=found.removed,
            trouble=found.trouble,
        )

    async def _get(self, address: str) -> _Got | Trouble:
        scheme, _, rest = address.partition(":")
        if scheme == "hf":
            url = card_url(rest, self._hub)
            if url is None:
                remedy = "write hf:ORG/NAME, as in the address of its page"
                message = f"{rest!r} is no name of a model on the hub"
                return Trouble(kind="bad-address", message=message, remedy=remedy)
            return await self._page(url, Hints(card=rest))
        if scheme in LISTS:
            return await self._page(LISTS[scheme], Hints(entry=rest))
        if "://" in address or scheme in {"file", "javascript", "data", "ftp"}:
            return await self._page(address, Hints())
        return await asyncio.to_thread(_file, address)

    async def _page(self, url: str, hints: Hints) -> _Got | Trouble:
        answer = await self._fetcher.fetch(url)
        if isinstance(answer, Trouble):
            return answer
        if trouble := refusal(answer.status):
            return trouble
        path = urllib.parse.urlsplit(answer.url)
        if "json" in answer.media and not hints.entry:
            entry = urllib.parse.unquote(urllib.parse.urlsplit(url).fragment)
            hints = hints._replace(entry=entry)
        name = path.path if answer.media in {"", "text/plain", "application/octet-stream"} else ""
        known = hints._replace(
            name=name, media=answer.media, charset=answer.charset, url=answer.url
        )
        return _Got(answer.body, known, answer.url.partition("#")[0])


def _file(address: str) -> _Got | Trouble:
    path, entry = Path(address).expanduser(), ""
    if not path.exists() and "#" in address:
        name, _, entry = address.rpartition("#")
        path = Path(name).expanduser()
    try:
        if not path.is_file():
            message = "is a folder" if path.is_dir() else "there is no such file"
            remedy = "name a file, an address with https://, hf:ORG/NAME or openrouter:ID"
            raise InputError([Problem(message, remedy, address)])
        if path.stat().st_size > MAX_PDF_BYTES:
            return too_big(MAX_BYTES)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError([Problem(f"cannot be read: {reason}", "check it", address)]) from None
    return _Got(data, Hints(name=path.name, entry=entry))


def _host(url: str | None) -> str:
    host = urllib.parse.urlsplit(url or "").hostname or ""
    return host.removeprefix("www.")
