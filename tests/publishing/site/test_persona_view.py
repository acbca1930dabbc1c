"""What the page of a persona shows of a long record."""

import datetime as dt

from panel.domain.publication.entry import entry_of
from panel.domain.publication.predictions import PredictionEnd, standing_ends
from panel.domain.publication.records import Record, records
from panel.domain.verdict import Prediction
from panel.publishing.site.persona_view import RECENT, ended, persona_view, recent_calls, waiting
from panel.testing import make_dossier, make_verdict
from tests.publishing.site.published import NOON, make_published

DAY = dt.timedelta(days=1)
FIRST = dt.date(2027, 1, 1)
MADE = [
    make_published(
        f"m{n}",
        (
            make_verdict(make_dossier()).model_copy(
                update={"predictions": (Prediction(statement=f"No. {n}.", by=FIRST + n * DAY),)}
            ),
            "skip",
            "ship",
        ),
        at=NOON + n * DAY,
    )
    for n in range(RECENT + 10)
]
PERSONA = MADE[0].panel.seats[0].persona


def record(settled: int) -> Record:
    entries = [entry_of(one) for one in MADE]
    told = [
        PredictionEnd(
            review=entry.seats[0].predictions[0].review,
            number=1,
            outcome="came-true",
            by="Pia Roy",
            at=NOON,
            reason="It did.",
        )
        for entry in entries[:settled]
    ]
    return records(entries, standing_ends(told))[PERSONA]


def test_the_newest_calls_are_shown() -> None:
    shown = [call.entry.slug for call in recent_calls(record(0))]
    assert shown == [f"m{n}" for n in reversed(range(10, RECENT + 10))]


def test_what_is_due_first_waits_on_top_and_what_ended_last_stands_on_top() -> None:
    found = record(3)
    assert [one.statement for one in ended(found)] == ["No. 2.", "No. 1.", "No. 0."]
    assert [one.statement for one in waiting(found)] == [f"No. {n}." for n in range(3, RECENT + 3)]


def test_the_description_is_that_of_the_newest_model() -> None:
    newest = MADE[-1]
    persona = newest.personas[0].model_copy(update={"portrait": "One.\n\n Two \n lines.\n\n"})
    later = newest.model_copy(update={"personas": (persona, *newest.personas[1:])})
    found = persona_view(record(0), later)
    assert found.persona == persona
    assert found.portrait == ("One.", "Two lines.")
