"""Books in memory, and the six real dossiers as a desk publishes them."""

import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from panel.domain.editing.people import Event, User
from panel.domain.fact import Settlement
from panel.domain.publication.entry import Entry, entry_of
from panel.domain.publication.predictions import PredictionEnd, PredictionName
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.domain.value import digest_of
from panel.editing.adoption import adopt
from panel.editing.drafts import Drafts, Ref
from panel.editing.editing import Editing
from panel.editing.intent import Intent
from panel.editing.published import PublishedModels
from panel.editing.settling import Settling
from panel.publishing.site.book import Page, Planner
from panel.publishing.site.info import SiteInfo
from panel.store.store import Store

ROOT = Path(__file__).parents[3]
SITE = SiteInfo(
    name="Ship or Skip",
    url="https://reviews.example/ai/",
    contact="desk@reviews.example",
    assets={"site.css": "assets/site.test.css", "site.js": "assets/site.test.js"},
)
STARTED = dt.datetime(2026, 11, 21, 9, 0, tzinfo=dt.UTC)
ANA = User(login="ana", name="Ana Roy", role="editor")
PIA = User(login="pia", name="Pia Santos", role="publisher")


@dataclass
class MemoryBook:
    """Everything published, held in memory."""

    models: Sequence[Published]
    site: SiteInfo = SITE
    tallies: Mapping[str, Tally] = field(default_factory=dict[str, Tally])
    ends: Mapping[PredictionName, PredictionEnd] = field(
        default_factory=dict[PredictionName, PredictionEnd]
    )
    moved: Mapping[str, str] = field(default_factory=dict[str, str])
    pairs: tuple[tuple[str, str], ...] = ()
    opened: list[str] = field(default_factory=list[str])

    @cached_property
    def _all(self) -> dict[str, Entry]:
        found = (entry_of(model) for model in self.models)
        return {entry.slug: entry for entry in sorted(found, key=lambda entry: entry.slug)}

    @property
    def entries(self) -> Mapping[str, Entry]:
        return {slug: entry for slug, entry in self._all.items() if not entry.retracted}

    @property
    def retracted(self) -> Mapping[str, Entry]:
        return {slug: entry for slug, entry in self._all.items() if entry.retracted}

    def head(self, slug: str) -> str:
        return digest_of("head", self._all[slug])

    def model(self, slug: str) -> Published:
        self.opened.append(slug)
        return next(model for model in self.models if model.slug == slug)

    def tally(self, slug: str) -> Tally | None:
        return self.tallies.get(slug)


def pages(book: MemoryBook, *planners: Planner) -> dict[str, Page]:
    """Planned pages by file; no file is planned twice."""
    found = [page for planner in planners for page in planner(book)]
    by_path = {page.path: page for page in found}
    assert len(by_path) == len(found)
    return by_path


def written(planned: Iterable[Page]) -> dict[str, str]:
    """Pages as text, by file."""
    return {page.path: page.render().decode() for page in planned}


class Text(HTMLParser):
    """A page as a reader reads it: words, links, and ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append((tag, told))
        if tag == "a" and told.get("href"):
            self.links.append(str(told["href"]))
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag not in {"a", "span", "strong", "sup", "q", "code", "time", "del", "ins"}:
            self.words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in {"a", "span", "strong", "sup", "q", "code", "time", "del", "ins"}:
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if "SHIPSKIP" not in name}


class Newsroom:
    """The real dossiers, drafted by the offline judge, with people who edit and publish.

    Args:
        folder: An empty folder, which becomes the workspace.
        slugs: The dossiers; all of them unless given.
    """

    def __init__(self, folder: Path, *slugs: str) -> None:
        self.folder = folder
        (folder / "dossiers").mkdir()
        for path in sorted((ROOT / "dossiers").glob("*.md")):
            if not slugs or path.stem in slugs:
                shutil.copy(path, folder / "dossiers")
        (folder / "shipskip.toml").write_text("", encoding="utf-8")
        slugs = tuple(path.stem for path in sorted((folder / "dossiers").glob("*.md")))
        # A process of its own, since a browser's loop may run in this one.
        command = [sys.executable, "-c", "from panel.cli.main import run; run()", "review", *slugs]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, env=_environment(), check=False
        )
        assert done.returncode == 0, done.stderr
        self.store = Store.open(f"sqlite:///{folder / 'runs' / 'shipskip.db'}", write=True)
        self.drafts = Drafts(self.store, lambda _: None)
        self.now = STARTED
        self.editing = Editing(self.store, self.drafts, clock=self.clock)
        self.settling = Settling(self.store, self.drafts, clock=self.clock)
        for user in (ANA, PIA):
            event = Event(at=STARTED, by="ana", act="user.add", subject=f"user/{user.login}")
            self.store.add_user(user, event)
        adopt(self.store, self.drafts)
        heads = self.store.draft_heads(preview=True)
        self.refs = {head.slug: Ref(head.run, head.slug) for head in heads}

    def clock(self) -> dt.datetime:
        """The time; every glance at it takes a minute."""
        self.now += dt.timedelta(minutes=1)
        return self.now

    def intent(self, user: User, slug: str, **more: Any) -> Intent:
        """What somebody wants of a draft as it stands."""
        ref = self.refs[slug]
        return Intent(user, ref, len(self.store.revisions(ref.run, slug)), **more)

    def edit(self, slug: str, changes: Mapping[str, Any], reason: str = "Plainer.") -> None:
        """Change words."""
        self.editing.edit(self.intent(ANA, slug, reason=reason), changes)

    def settle(self, slug: str, conflict: str, fact: str | None, reason: str) -> None:
        """Decide a conflict."""
        how = "pick" if fact else "keep-both"
        told = Settlement(how=how, fact=fact, by="-", on=STARTED.date(), reason=reason)
        self.settling.settle(ANA, self.refs[slug], conflict, told, 0)

    def publish(self, slug: str) -> None:
        """Approve and publish what stands."""
        self.editing.move(self.intent(PIA, slug), "approve")
        self.editing.move(self.intent(PIA, slug), "publish")

    def correct(self, slug: str, changes: Mapping[str, Any], note: str) -> None:
        """Put something right in public."""
        self.editing.correct(self.intent(PIA, slug, reason="It was wrong.", note=note), changes)

    def retract(self, slug: str, note: str) -> None:
        """Take it back."""
        self.editing.move(self.intent(PIA, slug, note=note, reason="Wrong."), "retract")

    def book(self, *, preview: bool = False, **more: Any) -> MemoryBook:
        """What readers see by now."""
        models = PublishedModels(self.store, self.drafts, preview=preview)
        return MemoryBook([models.model(head.slug) for head in models.heads()], **more)
