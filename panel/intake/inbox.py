"""The inbox: asks subscriptions politely what is new, and remembers what it was told.

It is safe to run from cron: one poll at a time, every change written whole, and a server that is
down is left alone for longer each time.
"""

import asyncio
import datetime as dt
import email.utils
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from filelock import FileLock, Timeout
from pydantic import Field, ValidationError

from panel.domain.intake.reading import Trouble
from panel.domain.intake.release import Entry, Sighting, gathered
from panel.domain.value import Value
from panel.errors import BusyError, InputError, Problem, StoreError
from panel.intake.feeds import address_of, sightings
from panel.intake.fetch import Fetched, Fetcher, refusal
from panel.intake.keeping import write_whole

FIRST_WAIT = dt.timedelta(minutes=10)
LONGEST_WAIT = dt.timedelta(hours=24)
AT_ONCE = 4


class Watch(Value):
    """What is remembered of one subscription.

    Attributes:
        etag: What its server called the last answer.
        modified: When it said the last answer was changed.
        failures: How often it failed in a row.
        wait_until: Until when it is left alone.
    """

    etag: str = ""
    modified: str = ""
    failures: int = 0
    wait_until: dt.datetime | None = None


class Box(Value):
    """Everything an inbox remembers.

    Attributes:
        watches: Subscriptions by their address.
        entries: Models that were seen, the latest last.
        done: Ids of entries that were accepted or dismissed.
    """

    watches: dict[str, Watch] = Field(default_factory=dict)
    entries: tuple[Entry, ...] = ()
    done: Annotated[tuple[str, ...], Field(max_length=100_000)] = ()

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """Entries that nobody has decided on."""
        done = frozenset(self.done)
        return tuple(entry for entry in self.entries if entry.id not in done)


class Polled(Value):
    """What asking one subscription came to.

    Attributes:
        subscription: Which one.
        state: `new` answer, `unchanged`, `waiting` until it may be asked again, or `failed`.
        seen: Models in the answer.
        note: What to tell of it; empty when all is well.
    """

    subscription: str
    state: str
    seen: int = 0
    note: str = ""


class Inbox:
    """One workspace's inbox.

    Args:
        path: Its file.
        now: The time.
    """

    def __init__(self, path: Path, now: dt.datetime) -> None:
        self._path = path
        self._now = now

    def read(self) -> Box:
        """What it remembers.

        Raises:
            InputError: Its file was changed by hand and cannot be read.
        """
        try:
            return Box.model_validate_json(self._path.read_bytes())
        except FileNotFoundError:
            return Box()
        except OSError as error:
            raise StoreError(f"{self._path} cannot be read: {error.strerror}") from error
        except ValidationError as error:
            what = f"is no inbox: {error.errors()[0]['msg']}"
            remedy = "delete the file; the next poll fills it again"
            raise InputError([Problem(what, remedy, str(self._path))]) from None

    def finish(self, entry_id: str) -> None:
        """Take an entry off the list.

        Args:
            entry_id: Its id.

        Raises:
            BusyError: A poll is under way.
        """
        with self._locked():
            box = self.read()
            if entry_id not in box.done:
                self._write(box.model_copy(update={"done": (*box.done, entry_id)}))

    async def poll(self, subscriptions: Sequence[str], fetcher: Fetcher) -> list[Polled]:
        """Ask every subscription that may be asked now.

        Args:
            subscriptions: What to ask.
            fetcher: Fetches.

        Raises:
            BusyError: Another poll is under way.
            StoreError: The file cannot be written.
        """
        with self._locked():
            box = self.read()
            turn = asyncio.Semaphore(AT_ONCE)

            async def one(name: str) -> tuple[Watch, Polled, tuple[Sighting, ...]]:
                async with turn:
                    return await self._ask(name, box.watches.get(name, Watch()), fetcher)

            wanted = list(dict.fromkeys(subscriptions))
            answers = await asyncio.gather(*(one(name) for name in wanted))
            seen = [sighting for _, _, found in answers for sighting in found]
            watches = {name: watch for name, (watch, _, _) in zip(wanted, answers, strict=True)}
            entries = gathered(box.entries, seen, self._now.date())
            self._write(Box(watches=watches, entries=entries, done=box.done))
        return [polled for _, polled, _ in answers]

    async def _ask(
        self, name: str, watch: Watch, fetcher: Fetcher
    ) -> tuple[Watch, Polled, tuple[Sighting, ...]]:
        if watch.wait_until and self._now < watch.wait_until:
            note = f"left alone until {watch.wait_until:%Y-%m-%d %H:%M} after it failed"
            return watch, Polled(subscription=name, state="waiting", note=note), ()
        url = address_of(name)
        if isinstance(url, Trouble):
            return self._failed(name, watch, url, None)
        headers = {"if-none-match": watch.etag, "if-modified-since": watch.modified}
        answer = await fetcher.fetch(url, {key: value for key, value in headers.items() if value})
        if isinstance(answer, Trouble):
            return self._failed(name, watch, answer, None)
        if answer.status == 304:
            kept = watch.model_copy(update={"failures": 0, "wait_until": None})
            return kept, Polled(subscription=name, state="unchanged"), ()
        found = refusal(answer.status) or sightings(answer.body, name, url)
        if isinstance(found, Trouble):
            return self._failed(name, watch, found, answer)
        fresh = Watch(
            etag=answer.headers.get("etag", ""), modified=answer.headers.get("last-modified", "")
        )
        return fresh, Polled(subscription=name, state="new", seen=len(found)), found

    def _failed(
        self, name: str, watch: Watch, trouble: Trouble, answer: Fetched | None
    ) -> tuple[Watch, Polled, tuple[Sighting, ...]]:
        """Wait twice as long as the last time, or as long as the server asks."""
        failures = watch.failures + 1
        wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(failures - 1, 10))
        asked = self._retry_after(answer.headers.get("retry-after", "")) if answer else None
        until = self._now + max(wait, min(asked or wait, LONGEST_WAIT))
        kept = watch.model_copy(update={"failures": failures, "wait_until": until})
        note = f"{trouble.message} -> {trouble.remedy}"
        return kept, Polled(subscription=name, state="failed", note=note), ()

    def _retry_after(self, said: str) -> dt.timedelta | None:
        if said.strip().isdigit():
            return dt.timedelta(seconds=min(int(said), 10**6))
        try:
            return email.utils.parsedate_to_datetime(said) - self._now
        except (ValueError, TypeError):
            return None

    def _locked(self) -> FileLock:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self._path.with_suffix(".lock"), timeout=0)
            lock.acquire()
        except Timeout:
            raise BusyError(
                "another poll of the inbox is under way", remedy="wait until it has ended"
            ) from None
        except OSError as error:
            raise self._unwritable(error) from error
        return lock

    def _write(self, box: Box) -> None:
        try:
            write_whole(self._path, (box.model_dump_json(indent=1) + "\n").encode())
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> StoreError:
        message = f"{self._path} cannot be written: {error.strerror or error}"
        return StoreError(message, remedy="check the rights and the space of the workspace")
