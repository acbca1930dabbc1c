"""Everything that is published, for other sites and programs.

Each model has all it says beside its page; the same lies here by the week in which it was first
published, so that somebody who comes back reads only what they lack. The lists hold one line each.
"""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache, partial
from typing import Any

from panel.domain.editing.edition import Edition
from panel.domain.publication.entry import Entry
from panel.domain.publication.release import Published
from panel.domain.value import digest_of
from panel.publishing.card_json import card_json
from panel.publishing.cells import csv_lines
from panel.publishing.markdown import escaped
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.info import SiteInfo
from panel.publishing.site.phrases import OUTCOMES, name_of, rate_line, seats_line
from panel.publishing.site.templating import render, templates_digest
from panel.publishing.words import day, one_line

FORMAT = "shipskip-model-1"
NOTICE = "Quotes are those of AI personas, edited by the named humans."
COLUMNS = (
    *("slug", "name", "vendor", "category", "tagline", "released", "licence", "as_of", "outcome"),
    *("ships", "answered", "seats", "rate", "low", "high", "n", "entry_price", "input_per_million"),
    *("output_per_million", "currency", "first_published", "last_published", "how", "url"),
)
"""Headings of the table."""


def export_pages(book: Book) -> Iterator[Page]:
    """The data of each model, the same by weeks, and lists of all models.

    Args:
        book: Everything that is published.
    """
    weeks = defaultdict[str, list[str]](list)
    for slug, entry in book.entries.items():
        weeks[_week(entry.first)].append(slug)
        key = digest_of("data", [book.site.url, book.head(slug)])
        yield Page(paths.data_of(slug), key, partial(_data, book, slug))
    for week, slugs in sorted(weeks.items()):
        key = digest_of("week", [book.site.url, [book.head(slug) for slug in slugs]])
        yield Page(f"{paths.EXPORT}{week}.jsonl", key, partial(_lines, book, slugs))
    editions = [[one.edition, one.at.isoformat(), one.kind] for one in book.entries.values()]
    key = digest_of("export", [book.site.url, editions])
    lines = cache(partial(_rows, book))  # two of the lists hold the same lines
    for name, write in _LISTS.items():
        yield Page(paths.EXPORT + name, key, partial(write, book, lines))
    yield _overview(book, sorted(weeks, reverse=True))


def _overview(book: Book, weeks: Sequence[str]) -> Page:
    counted = len(book.entries)
    key = digest_of("exports", [templates_digest(), book.site.digest, weeks, counted])
    context = {"weeks": weeks, "lists": tuple(_LISTS), "models": counted, "notice": NOTICE}
    made = partial(render, "export.html.j2", book.site, paths.EXPORT, context)
    return Page(paths.file_of(paths.EXPORT), key, made)


def model_data(site: SiteInfo, published: Published) -> dict[str, Any]:
    """Everything the page of a model says.

    Args:
        site: The site.
        published: The model.
    """
    edition, last = published.edition, published.last
    dossier = edition.dossier
    return {
        "format": FORMAT,
        "notice": NOTICE,
        "slug": published.slug,
        "url": _url(site, published.slug),
        "status": last.kind,
        "first_published": _stamp(published.releases[0].at),
        "last_published": _stamp(last.at),
        "note": last.note,
        "edited_by": edition.edited_by,
        "approved_by": edition.approved_by,
        "edition": edition.digest,
        "scorecard": _scorecard(edition),
        "dossier": dossier.model_dump(mode="json"),
        "personas": [
            {"id": one.id, "name": one.name, "title": one.title, "known_bias": one.known_bias}
            for one in published.personas
        ],
    }


def _scorecard(edition: Edition) -> dict[str, Any]:
    """What readers may know of it: flags and what a provider answered stay at the desk."""
    found = card_json(edition.card, edition.reviews).model_dump(mode="json", exclude={"flags"})
    for review in found["reviews"]:
        del review["flags"]
        review["failure"] = review["failure"] and review["failure"]["kind"]
    return found


def _data(book: Book, slug: str) -> bytes:
    data = model_data(book.site, book.model(slug))
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def _lines(book: Book, slugs: Sequence[str]) -> bytes:
    return b"".join(_line(model_data(book.site, book.model(slug))) for slug in slugs)


def _line(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _week(at: dt.datetime) -> str:
    year, week, _ = at.astimezone(dt.UTC).isocalendar()
    return f"{year}-w{week:02}"


def _url(site: SiteInfo, slug: str) -> str:
    return site.url + paths.model_path(slug)


def _row(site: SiteInfo, entry: Entry) -> dict[str, Any]:
    return {
        "slug": entry.slug,
        "name": entry.name,
        "vendor": entry.vendor,
        "category": entry.category,
        "tagline": entry.tagline,
        "released": entry.released,
        "licence": entry.licence,
        "as_of": entry.as_of,
        "outcome": entry.outcome,
        "ships": entry.ships,
        "answered": entry.answered,
        "seats": len(entry.seats),
        "rate": entry.rate,
        "low": entry.low,
        "high": entry.high,
        "n": entry.n,
        "entry_price": entry.entry,
        "input_per_million": entry.input_per_million,
        "output_per_million": entry.output_per_million,
        "currency": entry.currency,
        "first_published": _stamp(entry.first),
        "last_published": _stamp(entry.at),
        "how": entry.kind,
        "url": _url(site, entry.slug),
    }


def _plain(site: SiteInfo, entry: Entry) -> dict[str, Any]:
    row = {name: _jsonable(value) for name, value in _row(site, entry).items()}
    panel = [one.model_dump(include={"persona", "call", "headline"}) for one in entry.seats]
    return {**row, "panel": panel, "data": site.url + paths.data_of(entry.slug)}


def _jsonable(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, dt.date) else value


_Rows = Callable[[], list[bytes]]


def _rows(book: Book) -> list[bytes]:
    return [_line(_plain(book.site, entry)) for entry in book.entries.values()]


def _json(_: Book, rows: _Rows) -> bytes:
    head = _line({"format": "shipskip-models-1", "notice": NOTICE}).rstrip().removesuffix(b"}")
    return head + b',"models":[\n' + b",".join(rows()) + b"]}\n"


def _jsonl(_: Book, rows: _Rows) -> bytes:
    return b"".join(rows())


def _csv(book: Book, _: _Rows) -> bytes:
    rows = (_row(book.site, entry).values() for entry in book.entries.values())
    return "".join(csv_lines(COLUMNS, (map(_jsonable, row) for row in rows))).encode()


def _markdown(book: Book, _: _Rows) -> bytes:
    head = "| model | vendor | category | outcome | seats | ship rate | published |"
    rows = [
        "| "
        + " | ".join(
            (
                f"[{escaped(name_of(entry))}]({_url(book.site, entry.slug)})",
                escaped(one_line(entry.vendor)),
                escaped(one_line(entry.category)),
                OUTCOMES[entry.outcome],
                seats_line(entry),
                rate_line(entry),
                day(entry.at.date()),
            )
        )
        + " |"
        for entry in book.entries.values()
    ]
    title = f"# {escaped(one_line(book.site.name))}: everything published\n\n{NOTICE}\n"
    return "\n".join([title, head, "|---" * 7 + "|", *rows, ""]).encode()


_LISTS = {
    "models.json": _json,
    "models.jsonl": _jsonl,
    "models.csv": _csv,
    "models.md": _markdown,
}


def _stamp(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
