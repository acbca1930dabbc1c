"""Corrections, the method, and the page of what is not there."""

import datetime as dt

import pytest

from panel.publishing.site.fixed_pages import fixed_pages, told_of
from panel.publishing.site.info import SiteInfo
from tests.publishing.site.books import SITE, MemoryBook, Text, pages
from tests.publishing.site.published import NOON, make_published


def read(book: MemoryBook, path: str) -> Text:
    return Text(pages(book, fixed_pages)[path].render().decode())


def test_everything_put_right_or_taken_back_is_listed_newest_first(living_book: MemoryBook) -> None:
    found = read(living_book, "corrections/index.html")
    assert "Retraction Hy-MT2 Taken back; its page says why." in found.text
    assert "Correction Muse Spark The API has no public price." in found.text
    assert found.text.index("Hy-MT2") < found.text.index("Muse Spark")
    assert "../models/hy-mt2/" in found.links


def test_all_corrections_of_a_model_are_kept_even_once_it_is_gone() -> None:
    one = make_published("one")
    later = [
        one.last.model_copy(
            update={"kind": "corrected", "note": f"No. {n}", "at": NOON + dt.timedelta(days=n)}
        )
        for n in (1, 2)
    ]
    book = MemoryBook([one.model_copy(update={"releases": (one.last, *later)})])
    told = told_of((), book.entries.values())
    assert [one.note for one in told] == ["No. 2", "No. 1"]


def test_a_site_that_was_never_wrong_says_so() -> None:
    assert "None so far." in read(MemoryBook([]), "corrections/index.html").text


def test_the_method_says_what_it_cannot_tell() -> None:
    found = read(MemoryBook([]), "about/index.html")
    for words in ("What this cannot tell you", "A seat that fails to answer", "from 20 votes on"):
        assert words in found.text


@pytest.mark.parametrize(
    ("url", "root"), [("https://x.example/ai/", "/ai/"), ("https://x.example/", "/"), ("", "/")]
)
def test_the_page_of_what_is_not_there_works_at_any_depth(url: str, root: str) -> None:
    site = SITE.model_copy(update={"url": url})
    found = read(MemoryBook([], site=site), "404.html")
    inner = [link for link in found.links if not link.startswith(("#", "mailto:"))]
    assert inner
    assert all(link.startswith(root) for link in inner)


@pytest.mark.parametrize(
    ("contact", "link"),
    [
        ("desk@x.example", "mailto:desk@x.example"),
        ("https://x.example/mistakes", "https://x.example/mistakes"),
        ("at the counter", None),
        ('a"b@x.example', "mailto:a%22b@x.example"),
        ("javascript:alert(1)", None),
    ],
)
def test_readers_can_report_a_mistake(contact: str, link: str | None) -> None:
    site: SiteInfo = SITE.model_copy(update={"contact": contact})
    found = read(MemoryBook([], site=site), "corrections/index.html")
    assert (link in found.links) == (link is not None)
    assert link or contact in found.text
    assert not any(one.startswith("javascript") for one in found.links)
