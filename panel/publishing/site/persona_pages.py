"""The personas in public: who they are, and a record that anybody can hold against them."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from panel.domain.publication.predictions import Forecast
from panel.domain.publication.records import Call, Record, records
from panel.domain.value import digest_of
from panel.publishing.site import paths
from panel.publishing.site.book import Book, Page
from panel.publishing.site.listing import Part, parts
from panel.publishing.site.persona_view import ended, persona_view, recent_calls, waiting
from panel.publishing.site.templating import render, templates_digest

_SHARES = ("ships", "dissents", "edited", "came_true")


def persona_pages(book: Book) -> Iterable[Page]:
    """A page for every persona that sat on a panel, its lists, and one for all of them.

    Args:
        book: Everything that is published.
    """
    found = list(records(book.entries.values(), book.ends).values())
    yield _index(book, found)
    for record in found:
        yield _persona(book, record)
        yield from _calls(book, record)
        yield from _predictions(book, record)


def _index(book: Book, found: list[Record]) -> Page:
    def make() -> bytes:
        views = [persona_view(record, book.model(_newest(record))) for record in found]
        return render("personas.html.j2", book.site, paths.PERSONAS, {"personas": views})

    told = [[_counts(record), book.head(_newest(record))] for record in found]
    return Page(paths.file_of(paths.PERSONAS), _key(book, "personas", told), make)


def _persona(book: Book, record: Record) -> Page:
    path = paths.persona_path(record.persona)

    def make() -> bytes:
        view = persona_view(record, book.model(_newest(record)))
        return render("persona.html.j2", book.site, path, {"view": view})

    shown = (*waiting(record), *ended(record))
    told = [_counts(record), book.head(_newest(record)), _heads(book, recent_calls(record))]
    key = _key(book, path, [*told, [one.model_dump(mode="json") for one in shown]])
    return Page(paths.file_of(path), key, make)


def _calls(book: Book, record: Record) -> Iterator[Page]:
    for part in parts(record.calls, paths.calls_path(record.persona)):
        key = _key(book, part.path, [_place(record, part), _heads(book, part.items)])
        make = partial(_list, book, "persona_calls.html.j2", record, part)
        yield Page(paths.file_of(part.path), key, make)


def _predictions(book: Book, record: Record) -> Iterator[Page]:
    if not record.forecasts:
        return
    for part in parts(record.forecasts, paths.predictions_path(record.persona)):
        shown = [one.model_dump(mode="json") for one in part.items]
        key = _key(book, part.path, [_place(record, part), shown])
        make = partial(_list, book, "persona_predictions.html.j2", record, part)
        yield Page(paths.file_of(part.path), key, make)


def _list(book: Book, template: str, record: Record, part: Part[Call] | Part[Forecast]) -> bytes:
    return render(template, book.site, part.path, {"record": record, "part": part})


def _newest(record: Record) -> str:
    return record.calls[0].entry.slug


def _counts(record: Record) -> list[Any]:
    shares = [getattr(record, name).model_dump() for name in _SHARES]
    return [record.persona, record.name, record.silent, *shares]


def _place(record: Record, part: Part[Call] | Part[Forecast]) -> list[Any]:
    return [record.persona, record.name, part.number, part.total]


def _heads(book: Book, calls: Iterable[Call]) -> list[str]:
    return [book.head(call.entry.slug) for call in calls]


def _key(book: Book, about: str, rests_on: object) -> str:
    return digest_of("page", [templates_digest(), book.site.digest, about, rests_on])
