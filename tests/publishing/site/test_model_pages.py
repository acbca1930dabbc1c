"""The page of a model: every figure on it is counted anew, and nothing that belongs there lacks."""

import datetime as dt
import math
import re
from decimal import Decimal

import pytest

from panel.domain.dossier import Price
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.publishing.site.model_pages import model_pages
from panel.testing import make_dossier
from tests.publishing.site.books import SITE, MemoryBook, Text, pages, written
from tests.publishing.site.published import NOON, make_published

FILE = "models/some-model/index.html"


def page(book: MemoryBook, slug: str = "some-model") -> Text:
    return Text(pages(book, model_pages)[f"models/{slug}/index.html"].render().decode())


def interval(ships: int, n: int) -> str:
    """Wilson's interval in words, by its formula and not by our code."""
    z, p = 1.959964, ships / n
    centre, scale = p + z * z / (2 * n), 1 + z * z / n
    reach = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    low = 0 if ships == 0 else (centre - reach) / scale
    high = 1 if ships == n else (centre + reach) / scale
    return f"95 % interval {low * 100:.0f} % to {high * 100:.0f} %, n = {n}"


@pytest.mark.parametrize(
    "slug", ["muse-spark", "qwen3-6-27b", "qwen3-6-35b-a3b", "qwen-studio", "command-a-plus"]
)
def test_every_figure_of_a_real_page_is_counted_anew(living_book: MemoryBook, slug: str) -> None:
    edition = living_book.model(slug).edition
    html = pages(living_book, model_pages)[f"models/{slug}/index.html"].render()
    assert len(html) < 60_000
    found = Text(html.decode())
    calls = [review.verdict.call for review in edition.reviews if review.verdict]
    ships = calls.count("ship")
    told = f"{ships} of {len(edition.reviews)} seats ship ({ships / len(calls) * 100:.0f} %, "
    assert told + interval(ships, len(calls)) in found.text
    assert f"{len(calls)} of {len(edition.reviews)} seats answered" in found.text
    word = "Ship" if ships * 2 > len(calls) else "Skip"
    badges = [attrs["class"] for _, attrs in found.tags if "badge" in (attrs.get("class") or "")]
    assert badges[0] == f"badge {'disc' if word == 'Ship' else 'diamond'} large"
    assert sum(badge == "badge disc" for badge in badges[1 : 1 + len(calls)]) == ships
    for review in edition.reviews:
        assert review.verdict
        assert review.verdict.headline in found.text
        assert f"#{next(iter(review.verdict.cited()))}" in found.links
    for source in edition.dossier.sources:
        assert source.publisher in found.text
        assert source.id in found.ids
    assert {fact.id for fact in edition.dossier.facts} <= set(found.ids)


def test_the_real_page_says_all_that_a_reader_may_ask(living_book: MemoryBook) -> None:
    found = page(living_book, "muse-spark")
    for words in (
        "Multimodal assistant model",
        "by Meta",
        "Free in Meta's consumer apps; the API has no public price",
        "Prices and terms as of 21 November 2026",
        "AI persona · rubric draft, no llm · edited by Ana Roy and Pia Santos",
        "What would change their mind",
        "F3 holds, decided by Ana Roy on",
        "Both can stand, decided by Ana Roy on",
        "No votes yet",
        "The API has no public price.",
        "Sources disagree on modes and open weights strategy",
        "GPT-5.4 40.1",
        "GPT-5.4 57",
        "Drafted by",
        "Approved by Pia Santos",
    ):
        assert words in found.text, words
    order = living_book.model("muse-spark").order
    assert order.digest in found.text
    assert "../../compare/muse-spark/qwen-studio/" not in found.links


def test_the_snippet_for_other_sites_is_shown_and_not_obeyed(living_book: MemoryBook) -> None:
    html = pages(living_book, model_pages)["models/muse-spark/index.html"].render().decode()
    assert html.count("&lt;blockquote") == 1
    quotes = sum(tag == "blockquote" for tag, _ in Text(html).tags)
    assert quotes == html.count("<blockquote")


def test_dissent_comes_first(living_book: MemoryBook) -> None:
    for slug in ("muse-spark", "qwen3-6-27b"):
        edition = living_book.model(slug).edition
        found = page(living_book, slug)
        seats = [one.removeprefix("seat-") for one in found.ids if one.startswith("seat-")]
        assert set(seats[: len(edition.card.dissent)]) == set(edition.card.dissent)
        assert len(seats) == len(edition.reviews)


def test_both_sides_of_a_conflict_stand_with_publisher_and_quote(living_book: MemoryBook) -> None:
    found = page(living_book, "muse-spark")
    dossier = living_book.model("muse-spark").edition.dossier
    for conflict in dossier.conflicts:
        assert conflict.id in found.ids
        for fact_id in conflict.facts:
            fact = dossier.fact(fact_id)
            assert fact
            for witness in fact.witnesses:
                assert " ".join(witness.quote.split()) in found.text


def test_links_of_a_page_lead_to_places_on_it(living_book: MemoryBook) -> None:
    for html in written(pages(living_book, model_pages).values()).values():
        found = Text(html)
        assert len(found.ids) == len(set(found.ids))
        inner = {link.removeprefix("#") for link in found.links if link.startswith("#")}
        assert inner <= set(found.ids)


def test_no_page_carries_style_or_script_of_its_own(living_book: MemoryBook) -> None:
    for html in written(pages(living_book, model_pages).values()).values():
        assert not re.search(r"\sstyle=|<style|\son\w+=|javascript:", html)
        scripts = [attrs for tag, attrs in Text(html).tags if tag == "script"]
        assert all(one.get("src") or one.get("type") == "application/ld+json" for one in scripts)


@pytest.mark.parametrize(
    ("ended", "word", "share"),
    [
        (("ship", "skip", "timeout", "ship", "ship"), "3 of 5 seats ship (", "4 of 5"),
        (("ship", "skip", "ship", "skip", "timeout"), "2 of 5 seats ship (40 %, ", "4 of 5"),
        (("ship", "timeout", "timeout", "timeout", "timeout"), "No result: ", "1 of 5"),
    ],
)
def test_seats_that_failed_have_no_vote(ended: tuple[str, ...], word: str, share: str) -> None:
    found = page(MemoryBook([make_published(ended=ended)]))  # type: ignore[arg-type]
    assert word in found.text
    assert f"{share} seats answered" in found.text
    assert found.text.count("No answer: timeout") == ended.count("timeout")
    without = "ship rate" not in found.text
    assert without == (word == "No result: ")


@pytest.mark.parametrize(
    ("tally", "said", "unsaid"),
    [
        (None, "No votes yet", "readers would ship"),
        (Tally(), "No votes yet", "readers would ship"),
        (Tally(ships=19, as_of=NOON), "19 so far; shown from 20 votes on", "readers would ship"),
        (Tally(ships=15, skips=5, as_of=NOON), "15 of 20 readers would ship (75 %)", "No votes"),
    ],
)
def test_readers_share_is_shown_from_twenty_votes_on(
    tally: Tally | None, said: str, unsaid: str
) -> None:
    tallies = {"some-model": tally} if tally else {}
    found = page(MemoryBook([make_published()], tallies=tallies))
    assert said in found.text
    assert unsaid not in found.text
    if tally and tally.shown:
        assert interval(15, 20).replace(" % to", " to") in found.text


def test_votes_are_taken_only_where_somebody_counts_them() -> None:
    book = MemoryBook([make_published()])
    assert not any(tag == "form" for tag, _ in page(book).tags)
    book.site = SITE.model_copy(update={"votes": True})
    forms = [attrs for tag, attrs in page(book).tags if tag == "form"]
    assert [(one["method"], one["action"]) for one in forms] == [("post", "../../vote/some-model")]


def test_prices_stand_beside_those_of_rivals_with_their_days() -> None:
    def priced(slug: str, amount: str, *rivals: str, **price: str) -> Published:
        told = Price.model_validate({"input_per_million": amount, "facts": ("F1",), **price})
        return make_published(
            slug, dossier=make_dossier(slug=slug, name=slug, price=told, rivals=rivals)
        )

    models = [
        priced("own", "2.50", "dear", "euro", "absent"),
        priced("dear", "10"),
        priced("euro", "1", currency="EUR"),
    ]
    found = page(MemoryBook(models), "own")
    bars = [attrs for tag, attrs in found.tags if tag == "rect" and attrs["class"] != "bar"]
    assert [attrs["class"] for attrs in bars] == ["rival", "own"]
    assert float(str(bars[1]["width"])) / float(str(bars[0]["width"])) == pytest.approx(0.25)
    assert "$10.00" in found.text
    assert "€1.00" not in found.text
    assert "from zero, n = 2 models" in found.text
    assert models[0].edition.card.pricing.input_per_million == Decimal("2.50")


def test_the_second_edition_says_what_changed() -> None:
    first, second = make_published(), make_published(ended=("skip", "skip", "ship", "skip", "skip"))
    later = second.last.model_copy(update={"at": NOON + dt.timedelta(days=7)})
    both = second.model_copy(update={"releases": (first.last, later)})
    assert "This is the first edition" in page(MemoryBook([first])).text
    told = page(MemoryBook([both])).text
    assert "Since the edition of 12 May 2026" in told
    assert "Outcome: ship skip" in told
    assert "Seats that ship: 3 of 5 1 of 5" in told


def test_a_draft_says_so_loudly_and_names_nobody() -> None:
    draft = make_published(kind="draft", approved_by="", edited_by=())
    site = SITE.model_copy(update={"preview": True, "votes": True})
    html = pages(MemoryBook([draft], site=site), model_pages)[FILE].render().decode()
    found = Text(html)
    assert found.text.count("approved by nobody") >= 7
    assert 'name="robots" content="noindex"' in html
    assert "Pia Roy" not in html
    assert not any(tag == "form" for tag, _ in found.tags)


def test_a_retracted_model_leaves_a_tombstone(living_book: MemoryBook) -> None:
    found = page(living_book, "hy-mt2")
    assert "Its two notices describe different releases." in found.text
    assert "Retracted by Pia Santos" in found.text
    assert "seats ship" not in found.text


def test_an_old_address_leads_to_the_new_one_through_all_moves() -> None:
    models = [make_published("newest"), make_published("taken")]
    moved = {"old": "newer", "newer": "newest", "taken": "newest", "a": "b", "b": "a", "c": "gone"}
    planned = pages(MemoryBook(models, moved=moved), model_pages)
    assert sorted(planned) == [
        f"models/{one}/index.html" for one in ("newer", "newest", "old", "taken")
    ]
    html = planned["models/old/index.html"].render().decode()
    assert 'http-equiv="refresh" content="0; url=../../models/newest/"' in html
    assert "seats ship" in planned["models/taken/index.html"].render().decode()


def test_planning_opens_no_model_and_a_key_changes_with_what_a_page_shows() -> None:
    one, two = make_published("one"), make_published("two")
    other = make_published("three", dossier=make_dossier(slug="three", category="Elsewhere"))
    book = MemoryBook([one, two, other])
    before = {path: page.key for path, page in pages(book, model_pages).items()}
    assert book.opened == []
    again = make_published("two", ("skip",) * 5)
    after = pages(MemoryBook([one, again, other]), model_pages)
    changed = {path for path, page in after.items() if page.key != before[path]}
    assert changed == {"models/one/index.html", "models/two/index.html"}
    voted = MemoryBook([one, two, other], tallies={"one": Tally(ships=1, as_of=NOON)})
    after = pages(voted, model_pages)
    changed = {path for path, page in after.items() if page.key != before[path]}
    assert changed == {"models/one/index.html"}


def test_equal_books_give_equal_bytes(living_book: MemoryBook) -> None:
    assert written(pages(living_book, model_pages).values()) == written(
        pages(living_book, model_pages).values()
    )
