"""What the page of a persona says: who they are, what they said, how often they were right.

The description is that of the newest model they sat for; the record is that of all.
"""

from panel.domain.persona import Persona
from panel.domain.publication.predictions import Forecast
from panel.domain.publication.records import Call, Record
from panel.domain.publication.release import Published
from panel.domain.value import Value
from panel.publishing.words import one_line

RECENT = 20
"""Calls and predictions on the page itself; the rest has lists of its own."""


class PersonaView(Value):
    """Everything the page of a persona says.

    Attributes:
        persona: Who they are.
        portrait: Paragraphs about them.
        record: Their public record.
        recent: Their newest calls.
        waiting: The first of their predictions that nobody settled, by day.
        ended: The last of their predictions that somebody did, newest day first.
    """

    persona: Persona
    portrait: tuple[str, ...]
    record: Record
    recent: tuple[Call, ...]
    waiting: tuple[Forecast, ...]
    ended: tuple[Forecast, ...]


def persona_view(record: Record, newest: Published) -> PersonaView:
    """Everything the page of a persona says.

    Args:
        record: Their public record.
        newest: The newest model they sat for.
    """
    persona = next(one for one in newest.personas if one.id == record.persona)
    paragraphs = (one_line(text) for text in persona.portrait.split("\n\n"))
    return PersonaView(
        persona=persona,
        portrait=tuple(text for text in paragraphs if text),
        record=record,
        recent=recent_calls(record),
        waiting=waiting(record),
        ended=ended(record),
    )


def recent_calls(record: Record) -> tuple[Call, ...]:
    """The newest calls of a persona."""
    return record.calls[:RECENT]


def waiting(record: Record) -> tuple[Forecast, ...]:
    """The first predictions that nobody settled, by day."""
    return tuple(one for one in record.forecasts if one.end is None)[:RECENT]


def ended(record: Record) -> tuple[Forecast, ...]:
    """The last predictions that somebody settled, newest day first."""
    return tuple(one for one in reversed(record.forecasts) if one.end)[:RECENT]
