"""Home and leaderboards: the stated order, counted anew, and every model on its pages."""

import datetime as dt
import itertools
from typing import Any

from panel.domain.publication.entry import Entry, entry_of
from panel.publishing.site import paths
from panel.publishing.site.list_pages import closest, list_pages, newest, ranked
from panel.testing import make_dossier
from tests.publishing.site.books import MemoryBook, Text, pages
from tests.publishing.site.published import NOON, make_published
from tests.publishing.site.test_model_pages import interval

SHIPS = {count: ("ship",) * count + ("skip",) * (5 - count) for count in range(6)}
NO_QUORUM = ("ship", *("timeout",) * 4)


def model(slug: str, ended: tuple[str, ...], day: int = 0, **dossier: Any) -> Any:
    told: dict[str, Any] = {"name": slug.title(), **dossier}
    made = make_dossier(slug=slug, **told)
    return make_published(slug, ended, dossier=made, at=NOON + dt.timedelta(days=day))  # type: ignore[arg-type]


def slugs(entries: list[Entry]) -> list[str]:
    return [entry.slug for entry in entries]


def test_the_order_is_by_the_lower_end_and_no_result_comes_last() -> None:
    made = [
        model("none", NO_QUORUM),
        model("two", SHIPS[2]),
        model("five", SHIPS[5]),
        model("four-old", SHIPS[4]),
        model("four-newer", SHIPS[4], 1),
    ]
    entries = [entry_of(one) for one in made]
    expected = ["five", "four-newer", "four-old", "two", "none"]
    assert all(slugs(ranked(order)) == expected for order in itertools.permutations(entries))
    # Nine of ten say more than three of three, though the bare share says less.
    few = entries[2].model_copy(update={"slug": "few", "rate": 1.0, "low": 0.44, "ships": 3})
    many = entries[2].model_copy(update={"slug": "many", "rate": 0.9, "low": 0.6, "ships": 9})
    assert slugs(ranked([few, many])) == ["many", "few"]


def test_close_splits_are_those_near_one_half_newest_first() -> None:
    made = [model("two", SHIPS[2]), model("four", SHIPS[4]), model("three", SHIPS[3], 1)]
    made += [model("none", NO_QUORUM), model("five", SHIPS[5])]
    entries = [entry_of(one) for one in made]
    assert slugs(closest(entries)) == ["three", "two"]
    assert slugs(newest(entries))[0] == "three"


def board(found: Text) -> list[str]:
    models = [link for link in found.links if "models/" in link]
    return [link.rstrip("/").rpartition("/")[2] for link in dict.fromkeys(models)]


def test_every_list_has_its_models_and_their_figures(living_book: MemoryBook) -> None:
    planned = pages(living_book, list_pages)
    found = Text(planned["leaderboard/index.html"].render().decode())
    editions = {slug: living_book.model(slug).edition for slug in living_book.entries}
    ships = {
        slug: sum(one.verdict.call == "ship" for one in edition.reviews if one.verdict)
        for slug, edition in editions.items()
    }
    assert set(board(found)) == set(editions)
    counts = [ships[slug] for slug in board(found)]
    assert counts == sorted(counts, reverse=True)
    for slug, edition in editions.items():
        n = len(edition.reviews)
        told = f"{ships[slug]} of {n} seats ship {interval(ships[slug], n)}"
        assert told.replace(" % to", " to") in found.text
    words = {slug: "ship" if count > 2 else "skip" for slug, count in ships.items()}
    for word in ("ship", "skip"):
        expected = [slug for slug in words if words[slug] == word]
        html = planned[f"leaderboard/outcome/{word}/index.html"].render().decode()
        assert sorted(board(Text(html))) == sorted(expected)
    vendor = Text(planned["leaderboard/vendor/alibaba/index.html"].render().decode())
    assert sorted(board(vendor)) == ["qwen-studio", "qwen3-6-27b", "qwen3-6-35b-a3b"]
    assert "hy-mt2" not in planned[paths.file_of(paths.LEADERBOARD)].render().decode()


def test_home_shows_the_newest_the_closest_and_the_corrected(living_book: MemoryBook) -> None:
    html = pages(living_book, list_pages)["index.html"].render().decode()
    found = Text(html)
    firsts = {slug: living_book.model(slug).releases[0].at for slug in living_book.entries}
    order = sorted(firsts, key=lambda slug: firsts[slug], reverse=True)
    assert board(found)[: len(order)] == order
    assert "Closest splits Command A+" in found.text
    assert "The API has no public price." in found.text
    assert "AI personas, edited by Pia Santos" in found.text
    assert len(html) < 60_000


def test_long_lists_are_cut_and_ten_thousand_models_are_planned_without_opening_one() -> None:
    one = make_published("m0")
    made = MemoryBook([one])
    entry = made.entries["m0"]
    many = {f"m{n}": entry.model_copy(update={"slug": f"m{n}"}) for n in range(10_000)}
    made.__dict__["_all"] = many
    made.head = lambda slug: slug.encode().hex().zfill(64)[:64]  # type: ignore[method-assign]
    planned = pages(made, list_pages)
    assert "leaderboard/page/100/index.html" in planned
    assert "leaderboard/page/101/index.html" not in planned
    last = Text(planned["leaderboard/page/100/index.html"].render().decode())
    assert len(board(last)) == 100
    assert "9901" in last.text
    assert made.opened == []


def test_names_that_differ_in_spelling_share_a_list_under_the_usual_one() -> None:
    made = [
        model(f"m{n}", SHIPS[3], vendor=name)
        for n, name in enumerate(("OpenCo", "openco", "OpenCo"))
    ]
    made += [model("other", SHIPS[3], vendor="智谱")]
    planned = pages(MemoryBook(made), list_pages)
    found = Text(planned["leaderboard/vendor/openco/index.html"].render().decode())
    assert len(board(found)) == 3
    every = Text(planned["leaderboard/vendor/index.html"].render().decode())
    assert "OpenCo 3 智谱 1" in every.text or "智谱 1 OpenCo 3" in every.text


def test_an_empty_site_has_its_lists_too() -> None:
    planned = pages(MemoryBook([]), list_pages)
    assert "Nothing has been published yet." in Text(planned["index.html"].render().decode()).text
    assert {f"leaderboard/outcome/{one}/index.html" for one in ("ship", "no-quorum")} <= set(
        planned
    )


def test_a_changed_model_changes_only_the_lists_it_is_on() -> None:
    made = [model("one", SHIPS[5], vendor="A"), model("two", SHIPS[1], vendor="B")]
    before = {path: page.key for path, page in pages(MemoryBook(made), list_pages).items()}
    made[1] = model("two", SHIPS[1], vendor="B", tagline="Another line")
    after = pages(MemoryBook(made), list_pages)
    changed = {path for path, page in after.items() if page.key != before[path]}
    assert "leaderboard/vendor/b/index.html" in changed
    assert "leaderboard/outcome/skip/index.html" in changed
    assert "leaderboard/vendor/a/index.html" not in changed
    assert "leaderboard/outcome/ship/index.html" not in changed
