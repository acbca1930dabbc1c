"""A model in a list says what its edition says, and no more."""

import datetime as dt

from panel.domain.publication.entry import entry_of
from panel.domain.publication.release import Retraction
from tests.publishing.site.published import NOON, make_published


def test_it_says_what_the_edition_says() -> None:
    published = make_published(ended=("ship", "skip", "timeout", "ship", "skip"))
    entry, card = entry_of(published), published.edition.card
    assert (entry.outcome, entry.ships, entry.answered) == (card.outcome, card.ships, 4)
    assert card.interval
    assert (entry.low, entry.high, entry.n) == (card.interval.low, card.interval.high, 5)
    assert [seat.persona for seat in entry.seats] == [
        seat.persona for seat in published.panel.seats
    ]
    assert [seat.call for seat in entry.seats] == ["ship", "skip", None, "ship", "skip"]
    assert entry.seats[2].headline == ""
    first = published.edition.reviews[0].verdict
    assert first
    assert entry.seats[0].headline == first.headline


def test_without_quorum_it_has_no_figure() -> None:
    entry = entry_of(make_published(ended=("ship", "timeout", "timeout", "timeout", "timeout")))
    assert entry.outcome == "no_quorum"
    assert (entry.rate, entry.low, entry.high, entry.n) == (None, None, None, None)


def test_it_knows_since_when_and_until_when() -> None:
    one = make_published()
    later = one.last.model_copy(update={"at": NOON + dt.timedelta(days=1), "note": "Mended."})
    gone = Retraction(at=NOON + dt.timedelta(days=2), by="Pia Roy", note="Withdrawn.")
    entry = entry_of(one.model_copy(update={"releases": (one.last, later), "retraction": gone}))
    assert (entry.first, entry.at, entry.note) == (NOON, later.at, "Mended.")
    assert entry.retracted == gone.at


def test_it_names_who_answers_for_the_words_and_what_was_corrected() -> None:
    one = make_published()
    later = one.last.model_copy(
        update={"at": NOON + dt.timedelta(days=1), "note": "Mended.", "kind": "corrected"}
    )
    entry = entry_of(one.model_copy(update={"releases": (one.last, later)}))
    assert entry.editors == ("Ana Roy",)
    assert [(told.at, told.note) for told in entry.corrections] == [(later.at, "Mended.")]
    assert entry_of(make_published(edited_by=())).editors == ("Pia Roy",)
    assert entry_of(make_published(edited_by=(), approved_by="")).editors == ()
    assert [seat.name for seat in entry.seats] == [persona.name for persona in one.personas]
    assert not any(seat.edited for seat in entry.seats)


def test_it_keeps_its_whole_history_in_short() -> None:
    one = make_published()
    later = one.last.model_copy(
        update={"at": NOON + dt.timedelta(days=1), "note": "Mended.", "kind": "corrected"}
    )
    gone = Retraction(at=NOON + dt.timedelta(days=2), by="Pia Roy", note="Withdrawn.")
    entry = entry_of(one.model_copy(update={"releases": (one.last, later), "retraction": gone}))
    first, last = entry.history
    assert (first.at, first.kind, first.note) == (NOON, "published", "")
    assert (last.at, last.kind, last.note) == (later.at, "corrected", "Mended.")
    assert (last.outcome, last.ships, last.answered, last.seats) == ("ship", 3, 5, 5)
    assert (last.rate, last.low, last.high, last.n) == (
        *(entry.rate, entry.low, entry.high, entry.n),
    )
    assert entry.why_retracted == "Withdrawn."
