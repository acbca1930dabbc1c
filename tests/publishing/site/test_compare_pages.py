"""The pages about pairs: mirrored, linked, inert, small, and made anew only when they must be."""

import copy
import importlib
import re
from typing import Any

import pytest

from panel.domain.publication.pairs import pairs
from panel.domain.publication.release import Published
from panel.domain.publication.votes import Tally
from panel.publishing.site import paths
from panel.publishing.site.compare_pages import PER_PAGE, comparison_pages
from panel.publishing.site.compare_view import compare_view
from panel.publishing.site.templating import render
from tests.domain.publication.facing import dossier_of, fact
from tests.publishing.hostile import PAYLOADS, hostile_case
from tests.publishing.site.books import SITE, MemoryBook, Newsroom, Text, pages, written
from tests.publishing.site.published import make_published

PATH = "compare/gannet-5/tern-2/index.html"
A = make_published("gannet-5", ("ship", "skip", "ship", "skip", "timeout"))
B = make_published("tern-2")
HTML: Any = importlib.import_module("lxml.html")  # comes without types
VOTES = Tally(ships=18, skips=9)


def book(*models: Published, **more: Any) -> MemoryBook:
    """Everything published, with every pair there is."""
    made = MemoryBook(models or (A, B), **more)
    made.pairs = pairs(made.entries, "all", (), 45)
    return made


def page(a: Published, b: Published, *, swapped: bool = False) -> str:
    """The page of a pair at one address, in either order."""
    one, two = (b, a) if swapped else (a, b)
    context = {"pair": compare_view(one, two), "tally_a": None, "tally_b": None, "kind": "article"}
    path = paths.comparison_path(a.slug, b.slug)
    return render("compare.html.j2", SITE, path, context).decode()


def mirrored(text: str) -> str:
    """The body of a page with everything that has a side on the other one."""
    body = _body(text)
    for parent in list(body.iter()):
        own = [at for at, child in enumerate(parent) if child.get("data-side")]
        sides = [copy.deepcopy(parent[at]) for at in own]
        for at, side in zip(own, reversed(sides) if len(own) == 2 else sides, strict=True):
            side.tail = parent[at].tail
            parent[at] = side
    for marked in body.iter():
        if marked.get("data-side"):
            marked.set("data-side", {"a": "b", "b": "a"}[marked.get("data-side")])
    return _flat(body)


def as_it_is(text: str) -> str:
    """The body of a page."""
    return _flat(_body(text))


def _body(text: str) -> Any:
    parse: Any = HTML.fromstring
    return parse(text).find("body")


def _flat(body: Any) -> str:
    """Markup without white space."""
    return re.sub(r"\s+", "", HTML.tostring(body, encoding="unicode"))


def test_swapping_the_models_mirrors_the_page() -> None:
    drafted = make_published("tern-2", kind="draft", approved_by="", edited_by=())
    for one, two in ((A, B), (A, drafted)):
        assert as_it_is(page(one, two, swapped=True)) == mirrored(page(one, two))
        assert as_it_is(page(one, two, swapped=True)) != as_it_is(page(one, two))


def test_both_sides_of_everything_are_marked() -> None:
    sides = [told.get("data-side") for _, told in Text(page(A, B)).tags]
    assert sides.count("a") == sides.count("b") > 20


def test_a_page_answers_its_question_with_both_results_and_no_winner() -> None:
    made = book(tallies={"tern-2": VOTES})
    text = Text(written(pages(made, comparison_pages).values())[PATH]).text
    assert "Which one should you ship with?" in text
    view = compare_view(A, B)
    for model, side in ((A, view.a), (B, view.b)):
        assert side.card.result in text
        verdicts = [review.verdict for review in model.edition.reviews if review.verdict]
        assert verdicts
        assert all(verdict.headline in text for verdict in verdicts)
    assert "the panels do not tell the two apart" in text
    assert "No winner is named here" in text
    assert "18 of 27 readers would ship" in text
    assert "No votes yet" in text
    assert "AI persona, edited by Ana Roy, approved by Pia Roy" in text


def test_votes_too_few_to_show_leave_no_share() -> None:
    made = book(tallies={"tern-2": Tally(ships=18, skips=1)})
    text = Text(written(pages(made, comparison_pages).values())[PATH]).text
    assert "readers would ship" not in text


def test_without_quorum_no_percentage_of_that_panel_is_shown() -> None:
    silent = make_published("tern-2", ("timeout",) * 5)
    view = compare_view(A, silent)
    assert view.b.card.interval is None
    text = Text(written(pages(book(A, silent), comparison_pages).values())[PATH]).text
    assert "No result: 0 of 5 seats answered, 3 needed" in text


def test_facts_and_personas_are_links_that_work_from_any_sub_path() -> None:
    weights = fact("access", "weights", "open")
    one = make_published("gannet-5", dossier=dossier_of(weights, slug="gannet-5"))
    two = make_published("tern-2", dossier=dossier_of(weights))
    links = Text(written(pages(book(one, two), comparison_pages).values())[PATH]).links
    assert "../../../models/gannet-5/#F1" in links
    assert "../../../models/tern-2/#F1" in links
    assert "../../../personas/developer/" in links
    assert not [link for link in links if link.startswith("/")]


def test_drafts_are_marked_loudly() -> None:
    drafted = make_published("tern-2", kind="draft", approved_by="", edited_by=())
    text = Text(page(A, drafted)).text
    assert "Tern 2: draft, approved by nobody" in text
    assert "Gannet 5: draft" not in text


def hostile(payload: str) -> Published:
    """A model with the payload in every text that others wrote, and in the editors' names."""
    case = hostile_case(payload)
    edition = A.edition.model_copy(
        update={
            "card": case.card,
            "reviews": case.reviews,
            "dossier": case.dossier,
            "edited_by": (payload, "Ana Roy"),
            "approved_by": payload,
        }
    )
    return A.model_copy(
        update={
            "releases": (A.last.model_copy(update={"edition": edition}),),
            "order": case.run.order,
            "slug": case.card.slug,
            "personas": case.personas,
        }
    )


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_texts_are_text(payload: str) -> None:
    found, plain = (page(hostile(text), hostile(text)) for text in (payload, "plain words"))
    tags = Text(found).tags
    assert {tag for tag, _ in tags} <= {tag for tag, _ in Text(plain).tags}
    assert not [name for _, told in tags for name in told if name.startswith("on")]
    assert not [link for link in Text(found).links if not link.startswith(("../", "#", "mailto:"))]
    assert " ".join(payload.split()) in Text(found).text


def test_equal_input_gives_equal_bytes_and_only_what_changed_is_new() -> None:
    third = make_published("heron-2")
    before, again = (pages(book(A, B, third), comparison_pages) for _ in range(2))
    assert {path: made.key for path, made in before.items()} == {
        path: made.key for path, made in again.items()
    }
    assert written(before.values()) == written(again.values())
    changed = make_published("heron-2", ("skip",) * 5)
    after = pages(book(A, B, changed), comparison_pages)
    new = {path for path, made in after.items() if made.key != before[path].key}
    assert new == {
        "compare/index.html",
        "compare/gannet-5/heron-2/index.html",
        "compare/heron-2/tern-2/index.html",
    }
    voted = pages(book(A, B, third, tallies={"tern-2": VOTES}), comparison_pages)
    assert voted[PATH].key != before[PATH].key


def test_planning_opens_no_model() -> None:
    made = book()
    assert len(pages(made, comparison_pages)) == 2
    assert made.opened == []


def test_the_list_names_every_pair_once_over_as_many_pages_as_it_takes() -> None:
    made = book(*[make_published(f"{'a-model-with-a-name-' * 2}{at:02}") for at in range(16)])
    assert len(made.pairs) == 2 * PER_PAGE
    planned = pages(made, comparison_pages)
    found = [written([planned[paths.file_of(paths.numbered("compare/", at))]]) for at in (1, 2)]
    named: list[str] = []
    for texts in found:
        (text,) = texts.values()
        assert len(text.encode()) < 60_000
        links = [re.sub(r"^(\.\./)+", "", link) for link in Text(text).links]
        assert {"compare/", paths.numbered("compare/", 2)} <= set(links)
        named += [link for link in links if "a-model" in link]
    assert named == [paths.comparison_path(*pair) for pair in made.pairs]


def test_without_pairs_the_list_says_so() -> None:
    text = Text(written(pages(book(A), comparison_pages).values())["compare/index.html"]).text
    assert "No two models that are published can be compared yet." in text


def test_the_real_models_side_by_side(living_book: MemoryBook) -> None:
    living_book.pairs = pairs(living_book.entries, "all", (), 45)
    assert len(living_book.pairs) == 10
    found = written(pages(living_book, comparison_pages).values())
    assert max(len(text.encode()) for text in found.values()) < 60_000
    for other, pick in (("qwen3-6-27b", "Qwen3.6-27B"), ("qwen3-6-35b-a3b", "Qwen3.6-35B-A3B")):
        text = Text(found[f"compare/muse-spark/{other}/index.html"]).text
        assert f"Is code what you want out of it? Pick {pick}" in text
        assert f"Must it run on machines of your own? Pick {pick}" in text
        assert "Do you feed it more than 200,000 tokens at once? In dispute, so no answer" in text
        assert "AI persona, edited by Ana Roy" in text


def test_a_rumour_about_a_real_model_answers_nothing(newsroom: Newsroom) -> None:
    drafts = newsroom.book(preview=True)
    muse = drafts.model("muse-spark")
    asked = {
        one.ask: one.words for one in compare_view(muse, drafts.model("qwen3-6-27b")).questions
    }
    assert asked["Must it work well beyond English?"] == "In dispute, so no answer"
