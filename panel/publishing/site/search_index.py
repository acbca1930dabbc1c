"""A small index that browsers search: one file for each first letter of a word.

A reader who types loads the one file that their first word leads to, some kilobytes even with ten
thousand models; a changed model changes the few files that its own words begin.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import partial

from panel.domain.publication.entry import Entry
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.phrases import name_of, seats_line
from panel.publishing.words import one_line

Row = tuple[str, str, str, str, str, str]
"""Slug, name, vendor, category, outcome, and the votes of a model in words."""

OTHER = "_"
"""Names the file of words that begin with no Latin letter and no digit."""


def search_pages(book: Book) -> Iterator[Page]:
    """The files of the index; one for every letter, so that a script can ask for any.

    Args:
        book: Everything that is published.
    """
    files = defaultdict[str, list[Row]](list)
    for entry in book.entries.values():
        row = _row(entry)
        for letter in _letters(entry):
            files[letter].append(row)
    for letter in "abcdefghijklmnopqrstuvwxyz0123456789" + OTHER:
        rows = files.get(letter, [])
        key = digest_of("search", rows)
        yield Page(f"{paths.SEARCH}{letter}.json", key, partial(_written, rows))


def _row(entry: Entry) -> Row:
    return (
        entry.slug,
        name_of(entry),
        one_line(entry.vendor),
        one_line(entry.category),
        entry.outcome,
        seats_line(entry),
    )


def _letters(entry: Entry) -> set[str]:
    """What its words begin with, spelled as the script spells what is typed."""
    found: set[str] = set()
    text = unicodedata.normalize("NFKD", f"{entry.name} {entry.vendor} {entry.slug}").lower()
    bare = "".join(char for char in text if not unicodedata.combining(char))
    for word in filter(None, re.split(r"[\W_]+", bare)):
        found.add(word[0] if word[0].isascii() else OTHER)
    return found


def _written(rows: Sequence[Row]) -> bytes:
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
