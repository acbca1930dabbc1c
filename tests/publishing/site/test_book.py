"""What planners hand over: pages that nobody renders until their key is new."""

import dataclasses

import pytest

from panel.publishing.site.book import Book, LiveBook, Page
from tests.publishing.site.books import MemoryBook
from tests.publishing.site.toys import ToyBook


def test_a_page_is_rendered_when_somebody_asks() -> None:
    asked: list[str] = []

    def render() -> bytes:
        asked.append("index.html")
        return b"home"

    page = Page("index.html", "a" * 64, render)
    assert asked == []
    assert page.render() == b"home"
    assert asked == ["index.html"]


def test_a_page_cannot_be_changed_once_it_is_planned() -> None:
    page = Page("index.html", "a" * 64, bytes)
    with pytest.raises(dataclasses.FrozenInstanceError):
        page.path = "other.html"  # pyright: ignore[reportAttributeAccessIssue]


def test_books_in_memory_are_books() -> None:
    plain: Book = MemoryBook([])
    live: LiveBook = ToyBook([], changes=[{"index.html": "new"}])
    assert (plain.entries, plain.retracted) == ({}, {})
    assert not live.current()
