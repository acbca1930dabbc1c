"""The whole site as it is published: nothing leads nowhere, all of it is valid, and it adds up."""

import json
import math
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from posixpath import normpath
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from panel.bootstrap.house import House
from panel.bootstrap.publishing import publish_site
from panel.publishing.site.hands import untold
from tests.publishing.site.books import Newsroom, Text
from tests.publishing.site.nu import complaints
from tests.publishing.site.reading import parsed

URL = "https://reviews.example/ai/"
ROOT_PATH = "/ai/"


@pytest.fixture(scope="session")
def site(newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The newsroom's site, and one comparison that is no more."""
    house = House.open(newsroom.folder, {"site_url": URL, "site_contact": "desk@reviews.example"})
    out = tmp_path_factory.mktemp("whole") / "site"
    memory = house.workspace.runs / "addresses.txt"
    memory.write_text("compare/hy-mt2/muse-spark/index.html\n", encoding="utf-8")
    publish_site(house, out, preview=False, told=untold)
    return out


@cache
def page(path: Path) -> Text:
    """A page as it is read."""
    return Text(path.read_text(encoding="utf-8"))


def html(site: Path) -> list[Path]:
    """Every page."""
    return sorted(site.rglob("*.html"))


def targets(site: Path, at: Path) -> Iterator[tuple[str, str]]:
    """The files and places that a page refers to."""
    here = at.parent.relative_to(site).as_posix()
    for tag, told in page(at).tags:
        if tag == "link" and told.get("rel") == "canonical":
            continue
        for name in ("href", "src", "action"):
            address = told.get(name)
            if not address or urlsplit(address).scheme or tag == "form":
                continue
            parts = urlsplit(address)
            # A page that is shown for any address, however deep, can only link from the top.
            base = ROOT_PATH if parts.path.startswith(ROOT_PATH) else ""
            within = unquote(parts.path).removeprefix(base)
            path = normpath(within or ".") if base else normpath(f"{here}/{within}")
            whole = at.relative_to(site).as_posix() if not parts.path else path
            if parts.path.endswith("/") or whole in {".", ""}:
                whole = normpath(f"{whole}/index.html")
            yield whole, parts.fragment


def test_every_link_leads_somewhere(site: Path) -> None:
    found: list[str] = []
    for at in html(site):
        for path, place in targets(site, at):
            if not (site / path).is_file():
                found.append(f"{at.relative_to(site)} -> {path}")
            elif place and path.endswith(".html") and place not in page(site / path).ids:
                found.append(f"{at.relative_to(site)} -> {path}#{place}")
    assert found == []


def test_every_page_for_readers_is_reached_from_the_home_page(site: Path) -> None:
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        for path, _ in targets(site, site / waiting.pop()):
            if path not in seen and path.endswith(".html") and (site / path).is_file():
                seen.add(path)
                waiting.append(path)
    listed = etree.parse(site / "sitemap.xml").xpath(
        "//s:loc/text()", namespaces={"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    )
    files = {f"{str(one).removeprefix(URL)}index.html" for one in listed}  # pyright: ignore
    assert files - seen == set()
    assert all((site / path).is_file() for path in files)


def test_the_nu_checker_finds_nothing(site: Path) -> None:
    assert complaints(html(site)) == []


def test_no_page_is_heavy_but_for_long_dossiers(site: Path) -> None:
    sizes = {at.relative_to(site).as_posix(): at.stat().st_size for at in html(site)}
    long = {path for path, size in sizes.items() if size > 60_000}
    assert long <= {"models/muse-spark/index.html"}, "its dossier has 94 facts"


def test_feeds_and_files_can_be_read(site: Path) -> None:
    for path in sorted(site.rglob("*.xml")):
        etree.parse(path)
    for path in sorted(site.rglob("*.json")):
        json.loads(path.read_bytes())
    for name in ("atom", "rss"):
        for path in sorted((site / "feeds").rglob(f"{name}.xml")):
            links = [str(entry.link) for entry in parsed(path.read_bytes()).entries]
            assert all(link.startswith(URL) for link in links)


def test_each_page_shows_its_drawing_and_its_data(site: Path) -> None:
    for slug in ("muse-spark", "qwen3-6-27b"):
        at = site / "models" / slug / "index.html"
        tags = [told for tag, told in page(at).tags if tag == "meta"]
        told = {one.get("property"): one.get("content") for one in tags}
        assert told["og:image"] == f"{URL}models/{slug}/card.png"
        assert (site / "models" / slug / "card.png").is_file()
        assert told["og:url"] == f"{URL}models/{slug}/"
        text = at.read_text(encoding="utf-8")
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.DOTALL)
        assert found
        markup = json.loads(found[1])
        assert markup["@type"] == "Review"
        assert "aggregateRating" not in found[1]
        assert "AI personas" in markup["creditText"]


def live_editions(database: Path) -> dict[str, dict[str, Any]]:
    """What is live, read past all of our code."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        rows = connection.execute(
            "SELECT drafts.slug, documents.body FROM drafts"
            " JOIN documents ON documents.digest = drafts.live"
        ).fetchall()
    return {slug: json.loads(body) for slug, body in rows}


def recomputed(edition: dict[str, Any]) -> tuple[int, int, float, float]:
    """Ships, answers and Wilson's interval, from the calls of the reviews alone."""
    calls = Counter(one["verdict"]["call"] for one in edition["reviews"] if one["verdict"])
    ships, n = calls["ship"], calls["ship"] + calls["skip"]
    z, share = 1.959963984540054, ships / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return ships, n, max(0.0, middle - half), min(1.0, middle + half)


def test_every_number_is_that_of_the_records(newsroom: Newsroom, site: Path) -> None:
    editions = live_editions(newsroom.folder / "runs" / "shipskip.db")
    listed = json.loads((site / "export" / "models.json").read_bytes())["models"]
    assert {one["slug"] for one in listed} == editions.keys()
    board = page(site / "leaderboard" / "index.html").text
    for row in listed:
        edition = editions[row["slug"]]
        ships, n, low, high = recomputed(edition)
        assert (row["ships"], row["answered"], row["n"]) == (ships, n, n)
        assert row["low"] == pytest.approx(low)
        assert row["high"] == pytest.approx(high)
        words = page(site / "models" / row["slug"] / "index.html").text
        assert f"{ships} of {n} seats" in words
        span = re.compile(rf"{low * 100:.0f} %? ?to {high * 100:.0f} %, n = {n}")
        assert span.search(words), row["slug"]
        assert span.search(board)
        assert edition["card"]["name"] in board


def test_what_is_no_more_says_so(site: Path) -> None:
    assert "retracted" in page(site / "models/hy-mt2/index.html").text.lower()
    gone = page(site / "compare/hy-mt2/muse-spark/index.html")
    assert "No longer here" in gone.text
    assert "../../../models/muse-spark/" in gone.links
