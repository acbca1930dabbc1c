"""A real public server on a real port, over a small site, and readers with and without cookies."""

import datetime as dt
import threading
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2

from panel.bootstrap.house import House
from panel.bootstrap.serving import utc_now
from panel.library.workspace import Workspace
from panel.public.context import Context
from panel.public.serving import OpenSite, Server, Wanted, opened
from panel.publishing.site.assets import assets
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.templating import render
from panel.settings import Settings
from panel.store.store import Store

SLUG = "some-model"
SITE = SiteInfo(name="Test", url="http://127.0.0.1/", votes=True, assets=assets())


def model_page(slug: str = SLUG, words: str = "") -> bytes:
    """A page with the form that takes votes."""
    form = f'<form method="post" action="../../vote/{slug}"></form>'
    return f"<!doctype html><title>{slug}</title>{form}{words or 'x' * 600}".encode()


def make_site(out: Path, **files: bytes) -> Path:
    """A small site, published as a build is: a link to a folder beside it.

    Args:
        out: The published folder.
        files: More files by address, slashes written as double underscores.
    """
    site: dict[str, bytes] = {
        "index.html": b"<!doctype html><title>front</title>" + b"front " * 200,
        "404.html": b"<!doctype html><title>nothing here</title>",
        f"models/{SLUG}/index.html": model_page(),
        "models/gone/index.html": b"<!doctype html><title>retracted</title>",
        "feeds/atom.xml": b"<feed/>",
        "assets/site.0123456789.css": b"body{}" * 200,
        **{name.replace("__", "/"): content for name, content in files.items()},
    }
    build = out.parent / f".{out.name}.builds" / f"b{time.monotonic_ns()}"
    for name, content in site.items():
        path = build / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    link = build.parent / "next"
    link.symlink_to(Path(build.parent.name) / build.name)
    link.replace(out)
    return out


def make_house(root: Path, **settings: Any) -> House:
    """A workspace with a public database of its own."""
    root.mkdir(exist_ok=True)
    given = {"public_database_url": f"sqlite:///{root}/public.db", **settings}
    return House(Workspace.find(root), Settings.model_validate(given), {})


@dataclass
class LiveSite:
    """A public server that serves.

    Attributes:
        site: Its parts.
        out: The published folder.
        clients: What readers opened, closed with the server.
    """

    site: OpenSite
    out: Path
    clients: list[httpx2.Client] = field(default_factory=list[httpx2.Client])

    @property
    def context(self) -> Context:
        """Its parts."""
        return self.site.context

    @property
    def address(self) -> str:
        """Where it listens, whatever it tells readers."""
        host, port = self.site.listens_on
        return f"http://{host}:{port}"

    @property
    def store(self) -> Store:
        """Its records, to be read."""
        return self.context.records.reading()

    def reader(self, **headers: str) -> httpx2.Client:
        """A browser without scripts, that tells where forms come from."""
        client = httpx2.Client(
            base_url=self.address, headers={"origin": self.address, **headers}, timeout=30
        )
        self.clients.append(client)
        return client


@contextmanager
def living(
    house: House,
    out: Path,
    environ: Mapping[str, str] | None = None,
    clock: Any = utc_now,
) -> Generator[LiveSite]:
    """A public server that serves as long as the context lasts."""
    with opened(house, Wanted(out, port=0), environ or {}, clock) as site:
        server = Server(site)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [site.door]})
        thread.start()
        found = LiveSite(site, out)
        try:
            while not server.started and thread.is_alive():
                time.sleep(0.01)
            yield found
        finally:
            for client in found.clients:
                client.close()
            server.should_exit = True
            thread.join()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = dt.datetime(2026, 5, 12, 12, 0, tzinfo=dt.UTC)

    def __call__(self) -> dt.datetime:
        """Now."""
        return self.at


def drawn(template: str, **said: Any) -> str:
    """A template of the site, drawn."""
    return render(template, SITE, "", said).decode()
