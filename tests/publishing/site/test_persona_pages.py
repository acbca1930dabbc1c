"""The public record of each persona, counted anew from the editions."""

import datetime as dt

from panel.domain.publication.predictions import PredictionEnd
from panel.domain.verdict import Prediction
from panel.publishing.site.persona_pages import persona_pages
from panel.testing import make_dossier, make_verdict
from tests.publishing.site.books import MemoryBook, Text, pages
from tests.publishing.site.published import NOON, make_published
from tests.publishing.site.test_model_pages import interval

DAY = dt.timedelta(days=1)


def read(book: MemoryBook, path: str) -> Text:
    return Text(pages(book, persona_pages)[path].render().decode())


def share(count: int, n: int, words: str) -> str:
    told = interval(count, n).replace(" % to", " to")
    return f"{count} of {n} {words} {count / n * 100:.0f} %, {told}"


def test_the_record_is_what_the_editions_say(living_book: MemoryBook) -> None:
    models = [living_book.model(slug) for slug in living_book.entries]
    every = read(living_book, "personas/index.html")
    for persona in models[0].personas:
        said = [
            review.verdict
            for model in models
            for review in model.edition.reviews
            if review.persona == persona.id and review.verdict
        ]
        drafted = [
            review.verdict
            for model in models
            for review in model.drafted
            if review.persona == persona.id
        ]
        ships = sum(verdict.call == "ship" for verdict in said)
        edited = sum(verdict not in drafted for verdict in said)
        found = read(living_book, f"personas/{persona.id}/index.html")
        assert share(ships, len(said), "calls are ship") in found.text
        assert share(ships, len(said), "calls are ship") in every.text
        words = "verdicts had words changed by an editor"
        assert share(edited, len(said), words) in found.text
        assert edited == (persona.id == "skeptic")
        assert persona.known_bias in found.text
        for verdict in said:
            assert (
                f"“{verdict.headline}”" in found.text.replace('"', "“")
                or verdict.headline in found.text
            )


def test_predictions_stand_with_their_day_and_how_they_turned_out(living_book: MemoryBook) -> None:
    found = read(living_book, "personas/futurist/index.html")
    assert share(0, 1, "settled predictions came true") in found.text
    assert "Did not come true. Nothing of the kind was released." in found.text
    assert "https://notes.example/2027" in found.links
    every = read(living_book, "personas/futurist/predictions/index.html")
    for slug in living_book.entries:
        for review in living_book.model(slug).edition.reviews:
            for one in review.verdict.predictions if review.verdict else ():
                assert one.statement in every.text
    assert "Makes no predictions" in read(living_book, "personas/skeptic/index.html").text


def test_lists_are_cut_into_pages() -> None:
    forecast = Prediction(statement="Something happens.", by=dt.date(2027, 3, 1))
    said = make_verdict(make_dossier()).model_copy(update={"predictions": (forecast,)})
    made = [make_published(f"m{n}", (said, "skip", "ship"), at=NOON + n * DAY) for n in range(101)]
    book = MemoryBook(made)
    planned = pages(book, persona_pages)
    first = made[0].panel.seats[0].persona
    for kind in ("verdicts", "predictions"):
        assert f"personas/{first}/{kind}/page/2/index.html" in planned
        assert f"personas/{first}/{kind}/page/3/index.html" not in planned
    page = planned[f"personas/{first}/index.html"].render().decode()
    assert "All 101 verdicts" in page
    assert "All 101 predictions" in page
    assert len(page) < 60_000


def test_nobody_who_never_spoke_has_a_page_and_an_empty_site_has_an_index() -> None:
    planned = pages(MemoryBook([]), persona_pages)
    assert list(planned) == ["personas/index.html"]
    assert "Nothing has been published yet." in read(MemoryBook([]), "personas/index.html").text


def test_a_settled_prediction_changes_the_pages_that_show_it(living_book: MemoryBook) -> None:
    before = {path: page.key for path, page in pages(living_book, persona_pages).items()}
    ends = dict(living_book.ends)
    ((name, end),) = ends.items()
    living_book.ends = {name: PredictionEnd.model_validate({**end.model_dump(), "reason": "No."})}
    after = pages(living_book, persona_pages)
    changed = {path for path, page in after.items() if page.key != before[path]}
    assert changed == {
        "personas/futurist/index.html",
        "personas/futurist/predictions/index.html",
    }
