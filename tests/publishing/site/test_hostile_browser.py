"""Text that tries to become markup, in every field of every page, before a browser that obeys.

The browser fails on any script, dialog, or request that leaves the site; the search is tried with
a real keyboard, since it is the only thing that builds parts of a page.
"""

import functools
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from panel.domain.publication.release import Published, Release, Retraction
from panel.publishing.site.addresses import Addresses
from panel.publishing.site.assets import assets
from panel.publishing.site.planners import planned
from tests.desk.browser import axe, chromium
from tests.publishing import factories as make
from tests.publishing.hostile import PAYLOADS, hostile_case
from tests.publishing.site.books import SITE
from tests.publishing.site.published import NOON, make_published
from tests.publishing.site.test_killed import Quiet
from tests.publishing.site.test_planners import WholeBook

__all__ = ["chromium"]


def hostile(number: int, payload: str) -> Published:
    """A model with the payload in every field that anybody outside can fill."""
    case, slug = hostile_case(payload), f"hostile-{number}"
    about = case.dossier.model_copy(update={"slug": slug})
    same = {"slug": slug, "dossier": about.digest}
    run = make.run((about,), case.personas)
    edition = make_published(slug).edition.model_copy(
        update={
            "run": run.id,
            "card": case.card.model_copy(update={**same, "name": payload, "vendor": payload}),
            "reviews": tuple(one.model_copy(update=same) for one in case.reviews),
            "dossier": about,
            "edited_by": (payload,),
            "approved_by": payload,
            "note": payload,
        }
    )
    release = Release(kind="corrected", at=NOON, edition=edition, note=payload)
    return Published(
        slug=slug,
        releases=(release, release),
        retraction=Retraction(at=NOON, by=payload, note=payload) if number == 0 else None,
        order=run.order,
        ordered=run.created,
        personas=case.personas,
        drafted=edition.reviews,
    )


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The whole site of hostile models on a real port."""
    folder = tmp_path_factory.mktemp("hostile")
    models = [hostile(number, payload) for number, payload in enumerate(PAYLOADS)]
    models.append(make_published("tern"))
    slugs = sorted(model.slug for model in models[1:-1])
    site = SITE.model_copy(update={"assets": assets(), "url": "https://reviews.example/"})
    pairs = tuple(pairwise(slugs))
    book = WholeBook(models, site=site, pairs=pairs)
    for page in planned(book, Addresses(frozenset({"compare/hostile-0/tern/index.html"}))):
        place = folder / page.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(page.render())
    handler = functools.partial(Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture
def watched(chromium: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page of a browser, and everything that happens there and must not."""
    context = chromium.new_context()
    context.set_default_timeout(20_000)
    page, found = context.new_page(), list[str]()

    def hear(message: Any) -> None:
        if message.type in {"error", "warning"}:
            found.append(f"{page.url}: {message.text}")

    def seen(request: Any) -> None:
        if not request.url.startswith((address, "data:")):
            found.append(f"{page.url} asks for {request.url}")

    page.on("console", hear)
    page.on("request", seen)
    page.on("pageerror", lambda error: found.append(f"{page.url}: {error}"))

    def refuse(dialog: Any) -> None:
        found.append(f"{page.url}: a dialog")
        dialog.dismiss()

    page.on("dialog", refuse)
    yield page, found
    context.close()


LISTS = (
    *("", "leaderboard/", "leaderboard/category/", "leaderboard/vendor/", "compare/", "digest/"),
    *("digest/2026-w20/", "corrections/", "personas/", "about/", "export/", "404.html"),
    *("models/hostile-0/", "compare/hostile-0/tern/", "compare/hostile-1/hostile-10/"),
)


def test_nothing_runs_and_nothing_leaves(watched: tuple[Page, list[str]], address: str) -> None:
    page, found = watched
    for path in (*LISTS, *(f"models/hostile-{number}/" for number in range(1, len(PAYLOADS)))):
        answer = page.goto(address + path, wait_until="load")
        assert answer
        assert answer.status == 200, path
        assert page.evaluate("document.querySelectorAll('main script, main img, base').length") == 0
        assert page.evaluate(
            "[...document.querySelectorAll('*')].every(one => "
            "one.getAttributeNames().every(name => !name.startsWith('on')))"
        )
    assert found == []


def test_data_for_search_engines_is_neither_run_nor_refused(
    watched: tuple[Page, list[str]], address: str
) -> None:
    page, found = watched
    page.goto(f"{address}models/hostile-1/", wait_until="load")
    read = "JSON.parse(document.querySelector('[type=\"application/ld+json\"]').textContent)"
    assert page.evaluate(f"{read}.itemReviewed.name") == PAYLOADS[1]
    assert found == []


def test_the_search_finds_with_the_keyboard_and_shows_text_only(
    watched: tuple[Page, list[str]], address: str
) -> None:
    page, found = watched
    page.goto(f"{address}about/", wait_until="load")
    box = page.get_by_role("searchbox", name="Find a model")
    status = page.locator("[data-search] [role=status]")
    box.fill("hostile")
    page.get_by_text("14 models found, the first 12 are listed").wait_for(state="attached")
    names = page.locator("#search-found strong").all_text_contents()
    assert set(names) <= set(PAYLOADS)
    assert page.locator("#search-found script, #search-found img").count() == 0
    assert axe(page) == []
    box.fill("tern")
    page.get_by_text("1 model found").wait_for(state="attached")
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent").startswith("Tern")
    page.keyboard.press("Escape")
    assert not page.locator("#search-found").is_visible()
    assert page.evaluate("document.activeElement.type") == "search"
    box.fill("nothing of the kind")
    page.get_by_text("No model found").wait_for(state="attached")
    assert status.text_content() == "No model found"
    box.fill("harbour la")
    page.get_by_text("1 model found").wait_for(state="attached")
    page.keyboard.press("Enter")
    page.wait_for_url("**/models/tern/")
    assert found == []


def test_without_its_index_the_search_says_so(
    chromium: Browser, address: str, tmp_path: Path
) -> None:
    page = chromium.new_page()
    page.route("**/search/*.json", lambda route: route.abort())
    page.goto(f"{address}leaderboard/", wait_until="load")
    page.get_by_role("searchbox").fill("tern")
    page.get_by_text("The search is not available").wait_for(state="attached")
    page.close()
